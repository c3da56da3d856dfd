/* SPDX-License-Identifier: MIT */
/*
 * Loops that a compiler turns into vectors: saxpy, a blend of 8-bit pixels
 * with a widening multiply, and a sum of 16-bit products.
 */
#include "kernel.h"

enum { FLOATS = 4096, PIXELS = 16384, WORDS = 8192 };

static float x[FLOATS], y[FLOATS];
static u8 front[PIXELS], back[PIXELS], shown[PIXELS];
static int16_t left[WORDS], right[WORDS];

static __attribute__((noinline)) void saxpy(float a, const float *restrict p, float *restrict q)
{
	for (int i = 0; i < FLOATS; i++)
		q[i] = a * p[i] + q[i] * 0.5f;
}

static __attribute__((noinline)) void blend(const u8 *restrict a, const u8 *restrict b, u8 *restrict to, unsigned alpha)
{
	for (int i = 0; i < PIXELS; i++)
		to[i] = (a[i] * alpha + b[i] * (256 - alpha) + 128) >> 8;
}

static __attribute__((noinline)) s32 dot(const int16_t *a, const int16_t *b)
{
	s32 sum = 0;

	for (int i = 0; i < WORDS; i++)
		sum += a[i] * b[i];
	return sum;
}

static u64 run(unsigned n)
{
	u64 seed = 128, sum = 0;

	for (int i = 0; i < FLOATS; i++) {
		x[i] = random_unit(&seed);
		y[i] = random_unit(&seed);
	}
	for (int i = 0; i < PIXELS; i++) {
		front[i] = random_u32(&seed);
		back[i] = random_u32(&seed);
	}
	for (int i = 0; i < WORDS; i++) {
		left[i] = random_u32(&seed) & 255;
		right[i] = random_u32(&seed) & 255;
	}
	for (unsigned i = 0; i < n * 100; i++) {
		saxpy(0.25f + i % 8, x, y);
		blend(front, back, shown, i & 255);
		left[i % WORDS] = shown[i % PIXELS];
		sum = mix(sum, dot(left, right));
		front[i % PIXELS] ^= sum;
	}
	for (int i = 0; i < FLOATS; i += 31)
		sum = mix_double(sum, y[i]);
	return sum;
}

KERNEL("blend", 12)
