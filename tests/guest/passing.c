/* SPDX-License-Identifier: MIT */
/*
 * Arguments handed on in the registers they came in, through pointers: some
 * replaced on one way only, some looked at in half.  The assembly keeps
 * compilers from choosing and extending by themselves.
 */
#include <stdio.h>

/* not static: nor does the compiler know all callers */
#define NOINLINE __attribute__((noinline))

typedef double vector __attribute__((vector_size(16)));
typedef long numbers(long, long, long, long, long, long);
typedef double mixed(long, vector, double, vector);

static long say(long a, long b, long c, long d, long e, long f)
{
	return printf("%ld %ld %ld %ld %#lx %ld\n", a, b, c, d, e, f);
}

static double say_mixed(long a, vector b, double c, vector d)
{
	printf("%ld {%g, %g} %g {%g, %g}\n", a, b[0], b[1], c, d[0], d[1]);
	return b[0];
}

static numbers *volatile to = say;
static mixed *volatile to_mixed = say_mixed;

NOINLINE long replaced(long a, long b, long c, long d, long e, long f)
{
	numbers *next = to;

	if (a)
		__asm__("mov %0, #7" : "=r"(e));
	return next(a, b, c, d, e, f) + 1;
}

NOINLINE long replaced_tail(long a, long b, long c, long d, long e, long f)
{
	numbers *next = to;

	if (a)
		__asm__("mov %0, #7" : "=r"(e));
	return next(a, b, c, d, e, f);
}

NOINLINE long halved(long a, long b, long c, long d, long e, long f)
{
	numbers *next = to;
	int half;

	__asm__ volatile("add %w0, %w1, #1" : "=r"(half) : "r"(e));
	return next(a, b, c, d, e, f) + half;
}

NOINLINE double replaced_mixed(long a, vector b, double c, vector d)
{
	mixed *next = to_mixed;

	if (a) {
		__asm__("fmov %d0, #7.0" : "=w"(c));
		__asm__("fmov %0.2d, #8.0" : "=w"(d));
	}
	return next(a, b, c, d) + 1;
}

NOINLINE double halved_mixed(long a, vector b, double c, vector d)
{
	mixed *next = to_mixed;
	double sum;

	__asm__ volatile("fadd %d0, %d1, %d2" : "=w"(sum) : "w"(b), "w"(d));
	return next(a, b, c, d) + sum;
}

int main(void)
{
	volatile long start = 2;
	long c = start + 1, e = 5 + (start << 40);
	vector b = { c - 1, c }, d = { c + 2, c + 3 };

	for (long a = 0; a < 2; a++) {
		printf("%ld\n", replaced(a, c - 1, c, c + 1, e, c + 3));
		printf("%ld\n", replaced_tail(a, c - 1, c, c + 1, e, c + 3));
		printf("%ld\n", halved(a, c - 1, c, c + 1, e, c + 3));
		printf("%g\n", replaced_mixed(a, b, c + 1, d));
		printf("%g\n", halved_mixed(a, b, c + 1, d));
	}
	return 0;
}
