/* SPDX-License-Identifier: MIT */
/* Inline assembly: what compilers seldom emit, flags across statements, SP as a base. */
#include <stdint.h>
#include <stdio.h>

static uint64_t rbit(uint64_t x) { uint64_t r; __asm__("rbit %0, %1" : "=r"(r) : "r"(x)); return r; }
static uint64_t extr(uint64_t a, uint64_t b) { uint64_t r; __asm__("extr %0, %1, %2, #13" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint64_t cls(uint64_t a) { uint64_t r; __asm__("cls %0, %1" : "=r"(r) : "r"(a)); return r; }

static unsigned flags(uint64_t a, uint64_t b)
{
	uint64_t f;

	__asm__("subs xzr, %1, %2\n\tccmp %1, #3, #5, hi\n\tmrs %0, nzcv" : "=r"(f) : "r"(a), "r"(b) : "cc");
	return f >> 28;
}

static unsigned long wide(unsigned long a, unsigned long b, unsigned long c, unsigned long d)
{
	unsigned long lo, hi;

	__asm__("adds %0, %2, %4\n\tadcs %1, %3, %5\n\tcinc %0, %0, cs" : "=&r"(lo), "=&r"(hi)
		: "r"(a), "r"(b), "r"(c), "r"(d) : "cc");
	return lo ^ hi;
}

static int stack(int x)
{
	int r;

	__asm__("sub sp, sp, #32\n\tstp %w1, %w1, [sp, #8]\n\tldr %w0, [sp, #12]\n\tadd sp, sp, #32" : "=r"(r) : "r"(x) : "memory");
	return r;
}

static uint64_t vector(uint64_t x)
{
	uint64_t r;

	__asm__("fmov d0, %1\n\tcnt v0.8b, v0.8b\n\tuaddlv h0, v0.8b\n\tfmov %w0, s0" : "=r"(r) : "r"(x) : "v0");
	return r;
}

static long loop(long n)
{
	long r;

	__asm__("mov %0, #0\n1:\tadd %0, %0, %1\n\tsub %1, %1, #1\n\tcbnz %1, 1b\n\ttbz %0, #0, 2f\n\tneg %0, %0\n2:"
		: "=&r"(r), "+r"(n));
	return r;
}

int main(void)
{
	uint64_t id;

	printf("%llx %llx %llx\n", (long long)rbit(0x123456789), (long long)extr(0x1111, ~0x2222ull), (long long)cls(-5));
	for (uint64_t a = 0; a < 6; a++)
		printf("%x %x %x\n", flags(a, 3), flags(a, -1), flags(-a, 2));
	printf("%lx\n", wide(-1, -1, 2, 3));
	printf("%d %llu %ld %ld\n", stack(42), (long long)vector(0xff00ff0f), loop(10), loop(9));
	__asm__ volatile("mrs %0, fpcr" : "=r"(id));
	printf("%llx\n", (long long)id);
	__asm__ volatile("dmb ish\n\tisb\n\tnop\n\tyield\n\tdsb sy\n\tprfm pldl1keep, [%0]\n\thint #34" : : "r"(&id) : "memory");
	return 0;
}
