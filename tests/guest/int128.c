/* SPDX-License-Identifier: MIT */
/* 128-bit integers: products, quotients, shifts, comparisons, conversions. */
#include <stdio.h>

typedef unsigned __int128 u128;
typedef __int128 s128;

static void show(const char *what, u128 v)
{
	printf("%s %016lx%016lx\n", what, (unsigned long)(v >> 64), (unsigned long)v);
}

static volatile unsigned long a = 0xfedcba9876543210, b = 0x0123456789abcdef;

int main(void)
{
	u128 x = (u128)a * b, y = x << 7 | b;
	s128 n = -(s128)x;

	show("product", x);
	show("signed product", (s128)(long)a * (long)b);
	show("sum", x + y);
	show("difference", y - x * 3);
	show("quotient", y / b);
	show("remainder", y % (b >> 5));
	show("by wide", (y * 12345) / (x >> 3));
	show("signed quotient", n / (long)b);
	show("signed remainder", n % 1000003);
	for (int i = 0; i < 128; i += 13) {
		show("left", x << i);
		show("right", y >> i);
		show("arithmetic", n >> i);
	}
	printf("%d %d %d %d\n", x < y, (s128)x < n, x == y, n < 0);
	printf("%.10g %.10g %.10g\n", (double)x, (double)n, (float)y);
	show("from double", (u128)1.5e30);
	show("from negative", (s128)-1.5e30);
	u128 power = 1;
	for (int i = 0; i < 40; i++)
		power *= 10 + i % 2;
	show("power", power);
	return 0;
}
