/* SPDX-License-Identifier: MIT */
/* Variable arguments: registers, stack, copies, structs, the printf family. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct pair { double a, b; };
struct big { long v[5]; };

static __attribute__((noinline)) double sum(int n, ...)
{
	va_list a, b;
	double total = 0;

	va_start(a, n);
	va_copy(b, a);
	for (int i = 0; i < n; i++)
		total += i % 2 ? va_arg(a, double) : va_arg(a, int);
	for (int i = 0; i < n; i++)
		total += i % 2 ? va_arg(b, double) * 100 : va_arg(b, int) * 100;
	va_end(b);
	va_end(a);
	return total;
}

static __attribute__((noinline)) long structs(const char *kinds, ...)
{
	va_list a;
	double total = 0;

	va_start(a, kinds);
	for (; *kinds; kinds++) {
		if (*kinds == 'p') {
			struct pair p = va_arg(a, struct pair);
			total += p.a * p.b;
		} else if (*kinds == 'b') {
			struct big b = va_arg(a, struct big);
			total += b.v[0] + b.v[4];
		} else if (*kinds == 'l') {
			total += va_arg(a, long double);
		} else {
			total += va_arg(a, long);
		}
	}
	va_end(a);
	return total;
}

static void report(const char *format, ...)
{
	char text[200];
	va_list a;

	va_start(a, format);
	int n = vsnprintf(text, sizeof text, format, a);
	va_end(a);
	printf("%d %s\n", n, text);
}

int main(void)
{
	struct big b = { { 1, 2, 3, 4, 5 } };
	int read = 0;
	long x;
	double d;
	char word[20];

	printf("%g\n", sum(4, 1, 2.5, 3, 4.5));
	printf("%g\n", sum(20, 1, 2., 3, 4., 5, 6., 7, 8., 9, 10., 11, 12., 13, 14., 15, 16., 17, 18., 19, 20.));
	printf("%ld\n", structs("pibplibl", (struct pair){ 2, 3 }, 5L, b, (struct pair){ 4, 5 }, 1.5L, 7L, b, 2.5L));
	report("%d %s %c %5.2f %lld %p %%", -5, "str", 'c', 3.14159, 1LL << 40, (void *)0x1234);
	report("%-8s|%8s|%.3s|%*d|%-*d|", "left", "right", "cutoff", 6, 42, 6, 42);
	report("%hhd %hd %ld %zu %jx %o %#x %#o %+d % d", 300, 70000, 1L << 50, (size_t)9, (intmax_t)255, 8, 255, 8, 5, 5);
	report("%a %.10e %G %f %.0f %#.0f", 1.5, 1e-10, 1e-10, 1e15, 2.5, 3.0);
	printf("%n%s", &read, "");
	int n = sscanf("  42 3.25 word,rest", "%ld %lf %19[a-z]", &x, &d, word);
	printf("%d %ld %g %s %d\n", n, x, d, word, read);
	return 0;
}
