/* SPDX-License-Identifier: MIT */
/* Function pointers: tables, callbacks, many and mixed arguments, methods. */
#include <stdio.h>
#include <stdlib.h>

struct point { float x, y; };
struct shape {
	const struct methods { double (*area)(struct shape *); const char *(*name)(void); } *m;
	double a, b;
};

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static int (*const table[])(int, int) = { add, sub, mul };

static double many(int a, double b, long c, float d, char e, double f, short g, long double h, int i, int j, long k, int l,
		   double m, double n, double o, double p, double q, double r)
{
	return a + b * c + d * e + f * g + h + i * j - k + l + m * n * o * p * q * r;
}

static struct point flip(struct point p, int n) { return (struct point){ p.y * n, p.x * n }; }
static double circle_area(struct shape *s) { return 3 * s->a * s->a; }
static const char *circle_name(void) { return "circle"; }
static double box_area(struct shape *s) { return s->a * s->b; }
static const char *box_name(void) { return "box"; }
static const struct methods circle = { circle_area, circle_name }, box = { box_area, box_name };

static int (*choose(char op))(int, int)
{
	return op == '+' ? add : op == '-' ? sub : mul;
}

static long apply(long (*f)(long, void *), long n, void *with)
{
	return n ? f(n, with) + apply(f, n - 1, with) : 0;
}

static long times(long n, void *with) { return n * *(long *)with; }
static void each(const int *v, int n, void (*visit)(int, void *), void *with)
{
	while (n--)
		visit(*v++, with);
}
static void tally(int v, void *with) { ((int *)with)[v % 3]++; }

int main(int argc, char **argv)
{
	double (*volatile f)(int, double, long, float, char, double, short, long double, int, int, long, int, double, double,
			     double, double, double, double) = many;
	struct point (*volatile g)(struct point, int) = flip;
	int (*volatile indirect)(const char *, ...) = printf;
	struct shape shapes[] = { { &circle, 2, 0 }, { &box, 3, 4 }, { &circle, 1, 1 } };
	int values[] = { 1, 2, 3, 4, 5, 7, 9, 11 }, counts[3] = { 0 };
	long three = 3;

	(void)argv;
	for (int i = 0; i < 9; i++)
		printf("%d ", table[(i + argc) % 3](i, 10 - i));
	printf("\n%d %d\n", choose('+')(3, 4), choose('*')(3, 4));
	printf("%.6f\n", f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, .14, 15, .16, 17, .18));
	struct point p = g((struct point){ 1.5, 2.5 }, 2);
	printf("%g %g\n", p.x, p.y);
	for (int i = 0; i < 3; i++)
		printf("%s %g\n", shapes[i].m->name(), shapes[i].m->area(&shapes[i]));
	printf("%ld\n", apply(times, 100, &three));
	each(values, 8, tally, counts);
	indirect("%d %d %d %s\n", counts[0], counts[1], counts[2], "through a pointer");
	printf("%d\n", (*(volatile long *)&(void *){ (void *)main } == (long)main));
	return 0;
}
