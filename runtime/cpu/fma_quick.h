/* SPDX-License-Identifier: MIT */
/*
 * The quick part of a fused multiply-add in software: right for nearly all
 * operands, and knows when it is not.  It stands in cpu.wasm (fma.c) and in
 * every lifted program that needs it (toolchains/fused.c).
 *
 * a * b + c is written as s + t: s is a double and t the small rest, which is
 * known to within a unit in its last place.  Where t a little larger and a
 * little smaller round s + t to the same number, that is the result.  What
 * overflows or is not a number on the way is NaN in the end, and unequal.
 */
#ifndef RUNTIME_CPU_FMA_QUICK_H
#define RUNTIME_CPU_FMA_QUICK_H

#include "../../lifter/a64/sem/types.h"

static const double fma_more = 1 + 0x1p-52, fma_less = 1 - 0x1p-52;

PURE f64x2 fma_twice(double d) { return (f64x2){d, d}; }

PURE bool fma_all(v128 mask)
{
#ifdef __wasm__
	return __builtin_wasm_all_true_i32x4((s32x4)mask);
#else
	u64x2 m = (u64x2)mask;
	return (m[0] & m[1]) == ~(u64)0;
#endif
}

/* x = high + low, both with at most 26 bits (Veltkamp). */
struct fma_halves {
	f64x2 high, low;
};

PURE struct fma_halves fma_split(f64x2 x)
{
	f64x2 wide = x * fma_twice(0x1p27 + 1), high = wide - (wide - x);

	return (struct fma_halves){high, x - high};
}

/* False: *r is not to be trusted, as with tiny and huge products. */
PURE bool fma_quick_v64(f64x2 a, f64x2 b, f64x2 c, f64x2 *r)
{
	struct fma_halves x = fma_split(a), y = fma_split(b);
	f64x2 p = a * b;
	/* what p lacks of a * b (Dekker): exact where its last bit, 2^-106 of p, is one */
	f64x2 rest = ((x.high * y.high - p) + x.high * y.low + x.low * y.high) + x.low * y.low;
	/* what s lacks of p + c (Knuth), exact */
	f64x2 s = p + c, c1 = s - p, lost = (p - (s - c1)) + (c - c1);
	f64x2 t = lost + rest, size = (f64x2)((u64x2)p & ~((u64)1 << 63));
	f64x2 above = s + t * fma_twice(fma_more), below = s + t * fma_twice(fma_less);

	*r = s + t;
	if (__builtin_expect(fma_all((v128)((above == below) & (size > fma_twice(0x1p-960)) & (size < fma_twice(0x1p1000)))), 1))
		return true;
	/* Zeros are common; the quick way would lose their sign. */
	*r = s;
	return fma_all((v128)(((a == 0) | (b == 0)) & (p == 0) & (c == c)));
}

/* In double the product is exact, and the sum is as good as t above. */
PURE bool fma_quick_32(float a, float b, float c, float *r)
{
	double s = (double)a * b + c;

	*r = (float)s;
	return (float)(s * fma_more) == (float)(s * fma_less);
}

PURE f64x2 fma_doubles(f32x4 v, u32 high)
{
	return __builtin_convertvector(high ? __builtin_shufflevector(v, v, 2, 3) : __builtin_shufflevector(v, v, 0, 1), f64x2);
}

/* In the lower half; so written, it is one instruction. */
PURE f32x4 fma_singles(f64x2 v)
{
	return __builtin_convertvector(__builtin_shufflevector(v, (f64x2){0}, 0, 1, 2, 3), f32x4);
}

PURE bool fma_quick_v32(f32x4 a, f32x4 b, f32x4 c, f32x4 *r)
{
	f64x2 low = fma_doubles(a, 0) * fma_doubles(b, 0) + fma_doubles(c, 0);
	f64x2 high = fma_doubles(a, 1) * fma_doubles(b, 1) + fma_doubles(c, 1);
	f64x2 more = fma_twice(fma_more), less = fma_twice(fma_less);
	f32x4 l = fma_singles(low * more), h = fma_singles(high * more);

	*r = (f32x4)__builtin_shufflevector((u64x2)l, (u64x2)h, 0, 2);
	return fma_all((v128)((l == fma_singles(low * less)) & (h == fma_singles(high * less))));
}

#endif
