/* SPDX-License-Identifier: MIT */
/*
 * Code made at run time: expressions compiled, loops, code patched and run
 * again, calls between it and the program, longjmp() out of it.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { SIZE = 16384 };
enum { EQ, NE, HS, LO, GE = 10, LT, GT, LE };

typedef long fn1(long), fn2(long, long);

static uint32_t *code, *at;

/* W^X: either written or run. */
static void writable(void) { mprotect(code, SIZE, PROT_READ | PROT_WRITE); }

static void runnable(void)
{
	mprotect(code, SIZE, PROT_READ | PROT_EXEC);
	__builtin___clear_cache((char *)code, (char *)code + SIZE);
}

static void emit(uint32_t word) { *at++ = word; }
static void ret(void) { emit(0xd65f03c0); }
static void mov(int rd, int rm) { emit(0xaa0003e0 | rm << 16 | rd); }
static void movz(int rd, int imm) { emit(0xd2800000 | imm << 5 | rd); }
static void add(int rd, int rn, int rm) { emit(0x8b000000 | rm << 16 | rn << 5 | rd); }
static void sub(int rd, int rn, int rm) { emit(0xcb000000 | rm << 16 | rn << 5 | rd); }
static void mul(int rd, int rn, int rm) { emit(0x9b007c00 | rm << 16 | rn << 5 | rd); }
static void add_imm(int rd, int rn, int imm) { emit(0x91000000 | imm << 10 | rn << 5 | rd); }
static void subs_imm(int rd, int rn, int imm) { emit(0xf1000000 | imm << 10 | rn << 5 | rd); }
static void ldr_w(int rt, int rn) { emit(0xb9400000 | rn << 5 | rt); }
static void blr(int rn) { emit(0xd63f0000 | rn << 5); }
static void push_lr(void) { emit(0xa9be53fe); emit(0xa9015bf5); } /* x30, x20, x21, x22 */
static void pop_lr(void) { emit(0xa9415bf5); emit(0xa8c253fe); }

static void b_cond(int cond, const uint32_t *to)
{
	emit(0x54000000 | ((to - at) & 0x7ffff) << 5 | cond);
}

static void address(int rd, const void *p)
{
	uint64_t v = (uint64_t)p;

	movz(rd, v & 0xffff);
	for (int hw = 1; hw < 4; hw++)
		emit(0xf2800000 | hw << 21 | (v >> 16 * hw & 0xffff) << 5 | rd);
}

/* Reverse Polish, x and y in x0 and x1; the stack is x9 and up. */
static fn2 *compile(const char *s)
{
	fn2 *f = (fn2 *)at;
	int top = 9;

	for (; *s; s++) {
		switch (*s) {
		case 'x': mov(top++, 0); break;
		case 'y': mov(top++, 1); break;
		case '+': top--; add(top - 1, top - 1, top); break;
		case '-': top--; sub(top - 1, top - 1, top); break;
		case '*': top--; mul(top - 1, top - 1, top); break;
		default: movz(top++, *s - '0');
		}
	}
	mov(0, 9);
	ret();
	return f;
}

static void expressions(void)
{
	static const char *const texts[] = { "xy+", "xx*yy*-", "7", "xy*3+xy-*", "xy+xy+*9-", "123***x-" };
	fn2 *f[6];

	writable();
	at = code;
	for (int i = 0; i < 6; i++)
		f[i] = compile(texts[i]);
	runnable();
	for (int i = 0; i < 6; i++)
		printf("%s: %ld %ld\n", texts[i], f[i](11, -5), f[i](1l << 40, 3));
}

/* sum of i * i for 0 < i <= n */
static fn1 *squares(void)
{
	fn1 *f = (fn1 *)at;

	movz(9, 0);
	uint32_t *loop = at;
	mul(10, 0, 0);
	add(9, 9, 10);
	subs_imm(0, 0, 1);
	b_cond(NE, loop);
	mov(0, 9);
	ret();
	return f;
}

static uint32_t *patched;

static long patch(long imm)
{
	writable();
	*patched = 0xd2800000 | (uint32_t)imm << 5;
	runnable();
	return imm;
}

/* The same address, other code; then code that has itself patched while it loops. */
static void patching(void)
{
	long sum = 0;

	writable();
	at = code;
	fn1 *f = (fn1 *)at;
	patched = at;
	movz(0, 0);
	ret();
	runnable();
	for (int i = 0; i < 1000; i++) {
		patch(i * 7 & 0xffff);
		sum = sum * 3 + f(0);
	}
	printf("patched %lx\n", sum);

	writable();
	at = code;
	f = (fn1 *)at;
	push_lr();
	mov(21, 0);
	movz(20, 0);
	uint32_t *loop = at;
	mov(0, 21);
	address(9, patch);
	blr(9);
	patched = at;
	movz(0, 9999);
	add(20, 20, 0);
	subs_imm(21, 21, 1);
	b_cond(NE, loop);
	mov(0, 20);
	pop_lr();
	ret();
	runnable();
	printf("patches itself %ld\n", f(100));
}

/* Another mapping in the place of code that ran. */
static void remapped(void)
{
	for (int i = 1; i <= 3; i++) {
		munmap(code, SIZE);
		code = mmap(code, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		at = code;
		fn1 *f = (fn1 *)at;
		add_imm(0, 0, i);
		ret();
		runnable();
		printf("mapping %d: %ld\n", i, f(40));
	}
}

static fn1 *fib_jit;

static long fib_c(long n) { return n < 2 ? n : fib_jit(n - 1) + fib_jit(n - 2); }

/* f(n) = n < 2 ? n : fib_c(n - 1) + fib_c(n - 2) */
static void mutual(void)
{
	writable();
	at = code;
	fib_jit = (fn1 *)at;
	subs_imm(31, 0, 2);
	uint32_t *small = at++;
	push_lr();
	mov(20, 0);
	address(22, fib_c);
	emit(0xd1000400 | 20 << 5); /* sub x0, x20, #1 */
	blr(22);
	mov(21, 0);
	emit(0xd1000800 | 20 << 5);
	blr(22);
	add(0, 0, 21);
	pop_lr();
	uint32_t *end = at;
	at = small;
	b_cond(LT, end);
	at = end;
	ret();
	runnable();
	printf("fib %ld %ld\n", fib_jit(20), fib_c(19));
}

static void sorting(void)
{
	unsigned seed = 1;
	int v[200];

	writable();
	at = code;
	int (*compare)(const void *, const void *) = (int (*)(const void *, const void *))at;
	ldr_w(9, 0);
	ldr_w(10, 1);
	emit(0x6b0a013f);           /* cmp w9, w10 */
	emit(0x1a9fd7e0);           /* cset w0, gt */
	emit(0x5a9fa000);           /* csinv w0, w0, wzr, ge */
	ret();
	runnable();
	for (int i = 0; i < 200; i++)
		v[i] = (int)((seed = seed * 1103515245 + 12345) >> 8) % 1000 - 500;
	qsort(v, 200, sizeof *v, compare);
	int ordered = 1;
	for (int i = 1; i < 200; i++)
		ordered &= v[i - 1] <= v[i];
	printf("sorted %d, %d to %d\n", ordered, v[0], v[199]);
}

static jmp_buf out;
static void jump(long n) { longjmp(out, (int)n); }

static void jumping(void)
{
	volatile long sum = 0, i = 0;

	writable();
	at = code;
	void (*f)(long) = (void (*)(long))at;
	push_lr();
	address(9, jump);
	blr(9);
	emit(0xd4200000);           /* brk: not reached */
	runnable();
	for (i = 1; i < 300; i++) {
		int r = setjmp(out);
		if (!r)
			f(i);
		sum += r;
	}
	printf("jumped %ld\n", sum);
}

int main(void)
{
	code = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	expressions();
	at = code + 512;
	writable();
	fn1 *f = squares();
	runnable();
	printf("squares %ld %ld\n", f(10), f(200000));
	patching();
	remapped();
	mutual();
	sorting();
	jumping();
	return 0;
}
