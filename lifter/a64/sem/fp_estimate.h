/* SPDX-License-Identifier: MIT */
/*
 * Reciprocal and reciprocal square root estimates: the bits the Arm ARM's
 * RecipEstimate() and RecipSqrtEstimate() prescribe, computed instead of
 * looked up.
 */
#ifndef A64_FP_ESTIMATE_H
#define A64_FP_ESTIMATE_H

#include "fp_arith.h"

/* a is 0.5..1 in units of 1/512; the result 1..2 in units of 1/256. */
PURE u32 recip_estimate(u32 a)
{
	return ((1u << 19) / (a * 2 + 1) + 1) >> 1;
}

/*
 * a is 0.25..1 in units of 1/512; the result as above.  RecipSqrtEstimate()
 * counts up to the largest b with a * b * b < 2^28; that is a square root, and
 * double precision is wide enough for its floor to be right.
 */
PURE u32 rsqrt_estimate(u32 a)
{
	u32 low = a * 2 + 1, high = (a | 1) * 2, even = a < 256 ? low : high;
	u32 b = (u32)any_sqrt((double)((1u << 28) - 1) / (double)even);

	return (b + 1) >> 1;
}

/*
 * FPRecipEstimate() of a number that is not a NaN, on its bits: `f` fraction
 * bits, all exponent bits set in `top`.
 */
SHARED u64 recip_bits(u32 f, u32 top, u64 bits)
{
	u64 sign = bits & (u64)(top + 1) << f, ones = ((u64)1 << f) - 1, fraction = bits & ones;
	s32 exponent = (s32)(bits >> f & top);
	/* the two largest subnormal binades have reciprocals in range */
	u32 binade = fraction >> (f - 1) & 1;
	u64 scaled = exponent ? fraction : fraction << (2 - binade) & ones;
	s32 e = exponent ? exponent : (s32)binade - 1;
	u64 estimate = (u64)(recip_estimate(256 + (u32)(scaled >> (f - 8))) & 255) << (f - 8);
	s32 result = (s32)top - 2 - e;
	u64 tiny = (estimate | (u64)1 << f) >> (result < 0 ? 2 : 1);
	u64 r = choose(result > 0, (u64)(u32)result << f | estimate, tiny);
	bool huge = (exponent == 0) & (fraction < (u64)1 << (f - 2));

	r = choose(huge, (u64)top << f, r);
	return choose(exponent == (s32)top, 0, r) | sign;
}

/* FPRSqrtEstimate() likewise; a negative number gives the default NaN. */
SHARED u64 rsqrt_bits(u32 f, u32 top, u64 bits)
{
	u64 sign = bits & (u64)(top + 1) << f, ones = ((u64)1 << f) - 1, fraction = bits & ones;
	s32 exponent = (s32)(bits >> f & top);
	/* normalise a subnormal: its top bit becomes the implicit one */
	u32 leading = (u32)__builtin_clzll(fraction | 1) - (63 - f), shift = exponent ? 0 : leading;
	u64 scaled = fraction << shift & ones;
	s32 e = exponent ? exponent : 1 - (s32)shift;
	u32 high = 256 + (u32)(scaled >> (f - 8));
	u32 scaled_high = high >> (e & 1);
	u64 estimate = rsqrt_estimate(scaled_high) & 255;
	u64 r = (u64)(((s32)(top >> 1) * 3 - 1 - e) >> 1) << f | estimate << (f - 8);
	u64 nan = (u64)top << f | (u64)1 << (f - 1);

	r = choose(exponent == (s32)top, 0, r);
	r = choose(bits == sign, (u64)top << f | sign, r);
	return choose((sign != 0) & (bits != sign), nan, r);
}

/* FRECPX: the exponent inverted, the fraction zero. */
SHARED u64 recpx_bits(u32 f, u32 top, u64 bits)
{
	u64 exponent = bits >> f & top, inverted = exponent ? ~exponent & top : top - 1;

	return (bits & (u64)(top + 1) << f) | inverted << f;
}

#define FP_LANES(name) \
	PURE f64x2 name##_v64(f64x2 a) { return (f64x2){name##_64(a[0]), name##_64(a[1])}; } \
	PURE f32x4 name##_v32(f32x4 a) \
	{ \
		return (f32x4){name##_32(a[0]), name##_32(a[1]), \
			       name##_32(a[2]), name##_32(a[3])}; \
	}
#define ON_BITS(name) \
	PURE double name##_64(double a) { return any_of_64(name##_bits(52, 0x7ff, bits_64(a))); } \
	PURE float name##_32(float a) { return any_of_32((u32)name##_bits(23, 0xff, bits_32(a))); } \
	PURE u32 name##_16(u32 a) { return (u32)name##_bits(10, 0x1f, a); } \
	FP_LANES(name)
ON_BITS(recip)
ON_BITS(rsqrt)
ON_BITS(recpx)

/* A NaN is replaced by the sum of itself, for FIX1 to see one. */
#define ESTIMATE(name, a) FIX1(any_pick(is_nan(a), a + a, ANY_TYPE(a, name)(a)), a)
FP1(recpe, ESTIMATE(recip, a))
FP1(rsqrte, ESTIMATE(rsqrt, a))
FP1(recpx, ESTIMATE(recpx, a))

/* URECPE, URSQRTE: estimates of fixed-point numbers 0.32. */
PURE u32 urecpe_lane(u32 a)
{
	u32 r = recip_estimate(a >> 23) << 23;

	return a >> 31 ? r : ~0u;
}
PURE u32 ursqrte_lane(u32 a)
{
	u32 r = rsqrt_estimate(a >> 23) << 23;

	return a >> 30 ? r : ~0u;
}
#define ESTIMATE_FIXED(name) \
	SEM simd_##name(struct cpu *cpu, u32 q, reg rd, reg rn) \
	{ \
		u32x4 a = (u32x4)get_v(cpu, rn); \
		u32x4 r = {name##_lane(a[0]), name##_lane(a[1]), \
			   name##_lane(a[2]), name##_lane(a[3])}; \
		set_vq(cpu, q, rd, (v128)r); \
	}
ESTIMATE_FIXED(urecpe)
ESTIMATE_FIXED(ursqrte)

#endif
