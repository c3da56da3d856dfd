/* SPDX-License-Identifier: MIT */
/* 64-bit and narrower integer arithmetic at its edges; builtins. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

static const int64_t edge[] = { 0, 1, -1, 2, -2, 7, 10, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 0x123456789abcdef,
				-0x123456789abcdef, 1000000007 };
enum { EDGES = sizeof edge / sizeof *edge };

static uint64_t h;
static void put(uint64_t v) { h = (h ^ v) * 0x100000001b3; }

static __attribute__((noinline)) void pair(int64_t a, int64_t b)
{
	int64_t r;
	int32_t n;

	put(a + (uint64_t)b);
	put((uint64_t)a * b);
	put(((__int128)a * b) >> 64);
	put(((unsigned __int128)(uint64_t)a * (uint64_t)b) >> 64);
	if (b && !(a == INT64_MIN && b == -1)) {
		put(a / b);
		put(a % b);
	}
	if (b) {
		put((uint64_t)a / (uint64_t)b);
		put((uint64_t)a % (uint64_t)b);
	}
	if ((int32_t)b && !((int32_t)a == INT32_MIN && (int32_t)b == -1))
		put((int32_t)a / (int32_t)b * 3 + (int32_t)a % (int32_t)b);
	if ((uint16_t)b)
		put((uint16_t)a / (uint16_t)b);
	put(a << (b & 63));
	put(a >> (b & 63));
	put((uint64_t)a >> (b & 63));
	put((uint32_t)a << (b & 31) | (uint32_t)a >> (-b & 31));
	put((int32_t)a >> (b & 31));
	put((int8_t)a * (int16_t)b);
	put(__builtin_add_overflow(a, b, &r) + 2 * __builtin_sub_overflow(a, b, &r) + 4 * __builtin_mul_overflow(a, b, &r));
	put(__builtin_add_overflow((int)a, (int)b, &n) + 2 * __builtin_mul_overflow((int)a, (int)b, &n));
	put(a < b);
	put((uint64_t)a < (uint64_t)b);
	put((int)a <= (int)b);
	put((a < b ? a : b) - (a > 5 && b < 7 ? a & ~b : a | ~b));
	put(a == b ? a ^ b : a - b);
	put(a < 0 ? -(uint64_t)a : (uint64_t)a);
}

int main(void)
{
	for (int i = 0; i < EDGES; i++) {
		int64_t a = edge[i];

		for (int k = 0; k < EDGES; k++)
			pair(a, edge[k]);
		put(__builtin_popcountll(a));
		put(__builtin_parityll(a));
		put(__builtin_bswap64(a));
		put(__builtin_bswap32(a));
		put(__builtin_bswap16(a));
		put(__builtin_ffsll(a));
		if (a) {
			put(__builtin_clzll(a) * 64 + __builtin_ctzll(a));
			put(__builtin_clrsbll(a));
		}
		if ((int)a)
			put(__builtin_clz(a) * 64 + __builtin_ctz(a));
		put(a / 10);
		put(a % 10);
		put((uint64_t)a / 1000000007);
		put((uint32_t)a / 7);
		put(a / -16);
		printf("%lld %016llx\n", (long long)a, (unsigned long long)h);
	}
	return 0;
}
