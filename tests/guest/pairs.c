/* SPDX-License-Identifier: MIT */
/*
 * Functions with two results, both of which go into one expression, and on.
 */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

struct pair { int64_t a, b; };
struct numbers { double x, y, z; };

static uint64_t hash = 1, other[4] = { 3, 5, 7, 11 };

static NOINLINE struct pair divide(int64_t x, int64_t y)
{
	struct pair p = { x, 0 };

	for (; p.a >= y; p.b++)                 /* with a loop, or it would be inlined */
		p.a -= y;
	return p;
}

static NOINLINE struct numbers spread(double x)
{
	struct numbers n = { x * 2, x - 1, x / 4 };

	for (int i = 0; i < 3; i++)
		n.z += n.y * other[i];
	return n;
}

static inline void mix(uint64_t x)
{
	hash = (hash ^ x) * 0x9e3779b97f4a7c15;
	hash ^= hash >> 29;
}

static NOINLINE int64_t loop(int64_t n)
{
	int64_t sum = 0, kept = n;

	for (int64_t i = 1; i < 8; i++) {
		if ((n >> i & 1) == 0) {
			struct pair p = divide(n + kept, i);
			hash = (p.a ^ hash ^ p.b) * 0x9e3779b97f4a7c15;
			kept = (int16_t)(p.b + p.a) + (p.b ^ kept);
		} else {
			mix(other[i & 3]);
		}
		mix((uint64_t)(kept * 3) + i);
		sum += kept;
	}
	return sum;
}

static NOINLINE int64_t subtract(int64_t n)
{
	int64_t r = 0;

	for (int64_t i = 1; i < 5; i++) {
		struct pair p = divide(n * i, 7);
		r = p.b - (p.a - (int64_t)(hash & 15)) + (r ^ p.b);
		other[i & 3] = p.b << (p.a & 7);
	}
	return r;
}

int main(void)
{
	for (int64_t n = 0; n < 300; n += 37) {
		struct numbers s = spread(n);
		mix((uint64_t)(s.y - (s.x - s.z * (double)(hash & 3))));
		printf("%lld %lld %016llx\n", (long long)loop(n), (long long)subtract(n), (unsigned long long)hash);
	}
	return 0;
}
