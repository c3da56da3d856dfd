/* SPDX-License-Identifier: MIT */
/*
 * NaNs through chains of operations: which of two survives, the sign of those
 * that an operation makes, and that they are the same wherever they are looked
 * at: after the chain, in the middle of it, in sums carried around a loop.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { N = 24 };

static double d[4][N], dr[6][N];
static float s[4][N], sr[6][N];

static const uint64_t d_bits[] = {
	0x3ff0000000000000, 0xbff8000000000000, 0x7ff8000000000000, 0xfff8000000000000, 0x7ff8000000001234, 0xfff8000000005678,
	0x7ff0000000000001, 0xfff4000000000abc, 0x7ff0000000000000, 0xfff0000000000000, 0, 0x8000000000000000, 0x0010000000000000,
};
static const uint32_t s_bits[] = {
	0x3f800000, 0xbfc00000, 0x7fc00000, 0xffc00000, 0x7fc01234, 0xffc05678, 0x7f800001, 0xffa00abc, 0x7f800000, 0xff800000, 0, 0x80000000, 0x00800000,
};

static void fill(unsigned seed)
{
	for (int k = 0; k < 4; k++)
		for (int i = 0; i < N; i++) {
			seed = seed * 1664525 + 1013904223;
			unsigned pick = (seed >> 16) % (sizeof d_bits / sizeof *d_bits);
			memcpy(&d[k][i], &d_bits[pick], 8);
			memcpy(&s[k][i], &s_bits[pick], 4);
		}
}

/* Each as its own loop, for the compiler to make vectors of. */
#define KERNELS(type, v, r, root) \
static void v##_chain(void) \
{ \
	for (int i = 0; i < N; i++) r[0][i] = v[0][i] * v[1][i] + v[2][i]; \
	for (int i = 0; i < N; i++) r[1][i] = (v[0][i] - v[1][i]) / (v[2][i] * v[3][i]); \
	for (int i = 0; i < N; i++) { type m = v[2][i] * v[3][i]; r[2][i] = m; r[3][i] = v[0][i] - m; } \
	for (int i = 0; i < N; i++) r[4][i] = -(v[1][i] + v[3][i]); \
	for (int i = 0; i < N; i++) r[5][i] = root(v[0][i] - v[3][i]); \
} \
static type v##_sum(int from, int n) \
{ \
	type a = 0, b = 1; \
	for (int i = from; i < from + n; i++) { a += v[0][i] * v[1][i]; b = v[2][i] - b; } \
	return a / b; \
} \
static int v##_compared(int i) \
{ \
	type x = v[0][i] + v[1][i], y = x * v[2][i]; \
	return (x < y) + 2 * (x == x) + 4 * (y != y) + 8 * !(x >= y); \
}

KERNELS(double, d, dr, sqrt)
KERNELS(float, s, sr, sqrtf)

int main(void)
{
	uint64_t sum = 0;

	for (unsigned round = 0; round < 200; round++) {
		fill(round);
		d_chain();
		s_chain();
		for (int k = 0; k < 6; k++)
			for (int i = 0; i < N; i++) {
				uint64_t b = 0, c = 0;
				memcpy(&b, &dr[k][i], 8);
				memcpy(&c, &sr[k][i], 4);
				sum = (sum ^ b) * 0x100000001b3 + c;
				if (round < 2)
					printf("%u %d %d %016llx %08llx\n", round, k, i, (unsigned long long)b, (unsigned long long)c);
			}
		for (int i = 0; i < N - 5; i++) {
			double x = d_sum(i, 5);
			float y = s_sum(i, 5);
			uint64_t b;
			uint32_t c;
			memcpy(&b, &x, 8);
			memcpy(&c, &y, 4);
			sum = (sum ^ b) * 0x100000001b3 + c + d_compared(i) + 16 * s_compared(i);
		}
	}
	printf("%016llx\n", (unsigned long long)sum);
	return 0;
}
