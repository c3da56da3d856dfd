/* SPDX-License-Identifier: MIT */
/* Bit-fields, packed and unaligned data, unions, flexible arrays. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fields { unsigned a : 3; int b : 5; unsigned long c : 33; int d : 1; unsigned e : 22; };
struct __attribute__((packed)) packed { uint8_t a; uint32_t b; uint64_t c; double d; uint16_t e; };
union view { float f; uint32_t u; struct { uint32_t mantissa : 23, exponent : 8, sign : 1; }; };
struct flexible { int n; short v[]; };

static __attribute__((noinline)) void set(struct fields *f, int i)
{
	f->a = i;
	f->b = i * 3;
	f->c = (unsigned long)i << 28 | i;
	f->d = i;
	f->e += i * 1000;
}

int main(void)
{
	struct fields f = { 0 };
	struct packed p[3];
	unsigned char bytes[64];

	for (int i = 0; i < 40; i += 7) {
		set(&f, i);
		printf("%u %d %lx %d %u\n", f.a, f.b, (unsigned long)f.c, f.d, f.e);
	}
	memcpy(bytes, &f, sizeof f);
	for (unsigned i = 0; i < sizeof f; i++)
		printf("%02x", bytes[i]);
	puts("");
	for (int i = 0; i < 3; i++)
		p[i] = (struct packed){ i, i * 0x01020304, i * 0x1122334455667788, i * 1.5, i };
	printf("%zu %x %llx %g %d\n", sizeof p, p[2].b, (unsigned long long)p[2].c, p[2].d, p[1].e);
	for (int i = 0; i < 8; i++) {
		uint64_t v;

		memcpy(&v, (char *)p + 23 + i, 8);
		*(volatile uint32_t *)(bytes + i) = v;
		printf("%llx ", (unsigned long long)v);
	}
	puts("");
	union view v = { .f = -6.25f };
	printf("%u %u %x\n", v.sign, v.exponent, v.mantissa);
	v.exponent += 2;
	printf("%g\n", v.f);
	struct flexible *x = malloc(sizeof *x + 10 * sizeof *x->v);
	x->n = 10;
	for (int i = 0; i < 10; i++)
		x->v[i] = -i * 1000;
	printf("%d %d\n", x->v[9], x->v[3]);
	free(x);
	return 0;
}
