/* SPDX-License-Identifier: MIT */
/*
 * Ways meet where one of them has a value from a call, in a register that
 * nobody reads but the next call, which may be through a pointer, variadic or
 * come back by longjmp().
 */
#include <setjmp.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

typedef double map(double);
typedef void sink(double);
struct pair { double x, y; };
struct shape { double (*area)(const struct shape *); double width; };

NOINLINE static double halved(double x) { return x / 2 + 1; }
NOINLINE static void show(double d) { printf("shown %g\n", d); }
NOINLINE static double squared(const struct shape *s) { return s->width * s->width; }
NOINLINE static struct pair twice(double a) { return (struct pair){ a, 2 * a }; }
NOINLINE static void show_pair(struct pair p) { printf("pair %g %g\n", p.x, p.y); }

static map *volatile the_map = halved;
static sink *volatile the_sink = show;
static struct pair (*volatile the_pair)(double) = twice;
static void (*volatile the_pair_sink)(struct pair) = show_pair;

NOINLINE static double through(map *f, double x) { return f(x + 1); }

NOINLINE static void choose(int c)
{
	map *f = the_map;

	printf("%g\n", c ? f(c) : 1.0);
	printf("%g\n", c ? through(f, c) : 1.0);
	the_sink(c ? f(c) : 2.0);
}

NOINLINE static void choose_pair(int c)
{
	struct pair (*f)(double) = the_pair;
	struct pair p = c ? f(c) : (struct pair){ 7, 8 };

	the_pair_sink(p);
}

NOINLINE static void area(const struct shape *s) { printf("area %g\n", s ? s->area(s) : 0.0); }

NOINLINE static void repeat(long n)
{
	map *f = the_map;
	double d = 100;

	do
		d = f(d);
	while (--n);
	printf("%g\n", d);
}

static jmp_buf back;
NOINLINE static void perhaps(int k) { if (k & 1) longjmp(back, k); }

NOINLINE static void comes_back(map *f, int n)
{
	volatile double sum = 0;
	volatile int k = 0;

	setjmp(back);
	while (k < n) {
		double d = k & 2 ? f(sum) : 1.0;
		k++;
		printf("%d %g\n", k, d);
		sum += d;
		perhaps(k);
	}
}

/* gcc makes the last call a jump, clang both. */
struct counter { long (*fn)(struct counter *); long n; };
static volatile long seen;
NOINLINE static void note(struct counter *c) { seen += c->n; }
NOINLINE static long tail(struct counter *c) { c->n++; return c->fn(c); }
NOINLINE static long calls_tail(struct counter *c) { note(c); return tail(c); }
extern char etext[];
static long is_code(struct counter *c)
{
	char *from = __builtin_return_address(0);

	return from > (char *)0x400000 && from < etext && c->n < 3;
}

int main(void)
{
	struct shape square = { squared, 3 };
	struct counter counter = { is_code, 0 };
	long sum = 0;

	for (int i = 0; i < 3; i++) {
		choose(i);
		choose_pair(i);
		area(i & 1 ? &square : NULL);
		repeat(i + 1);
		sum = 2 * sum + calls_tail(&counter);
	}
	comes_back(the_map, 6);
	printf("%ld %ld\n", sum, seen);
	return 0;
}
