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
	u32 even = a < 256 ? a * 2 + 1 : ((a >> 1 << 1) + 1) * 2;
	u32 b = (u32)any_sqrt((double)((1u << 28) - 1) / (double)even);

	return (b + 1) >> 1;
}

/* FPRecipEstimate() of a number that is not a NaN: 52 fraction bits. */
PURE double recip_64(double a)
{
	u64 bits = bits_64(a), sign = bits & (u64)1 << 63;
	u64 fraction = bits & ~(u64)0 >> 12;
	s32 exponent = (s32)(bits >> 52 & 0x7ff);
	/* the two largest subnormal binades have reciprocals in range */
	u32 shift = fraction >> 51 & 1 ? 1 : 2;
	u64 scaled = exponent ? fraction : fraction << shift & ~(u64)0 >> 12;
	s32 e = exponent ? exponent : fraction >> 51 & 1 ? 0 : -1;
	u64 estimate = (u64)(recip_estimate(256 + (u32)(scaled >> 44)) & 255) << 44;
	s32 result = 2045 - e;
	u64 tiny = (estimate | (u64)1 << 52) >> (result < 0 ? 2 : 1);
	u64 r = result > 0 ? (u64)(u32)result << 52 | estimate : tiny;
	bool huge = exponent == 0 && fraction < (u64)1 << 50;

	r = exponent == 0x7ff ? 0 : huge ? (u64)0x7ff << 52 : r;
	return any_of_64(r | sign);
}

/* The same in single precision: 23 fraction bits. */
PURE float recip_32(float a)
{
	u32 bits = bits_32(a), sign = bits & 1u << 31;
	u32 fraction = bits & 0x7fffff;
	s32 exponent = (s32)(bits >> 23 & 0xff);
	u32 shift = fraction >> 22 & 1 ? 1 : 2;
	u32 scaled = exponent ? fraction : fraction << shift & 0x7fffff;
	s32 e = exponent ? exponent : fraction >> 22 & 1 ? 0 : -1;
	u32 estimate = (recip_estimate(256 + (scaled >> 15)) & 255) << 15;
	s32 result = 253 - e;
	u32 tiny = (estimate | 1u << 23) >> (result < 0 ? 2 : 1);
	u32 r = result > 0 ? (u32)result << 23 | estimate : tiny;
	bool huge = exponent == 0 && fraction < 1u << 21;

	r = exponent == 0xff ? 0 : huge ? 0xffu << 23 : r;
	return any_of_32(r | sign);
}

/* FPRSqrtEstimate(), any number; a negative one gives the default NaN. */
PURE double rsqrt_64(double a)
{
	u64 bits = bits_64(a), sign = bits & (u64)1 << 63;
	u64 fraction = bits & ~(u64)0 >> 12;
	s32 exponent = (s32)(bits >> 52 & 0x7ff);
	/* normalise a subnormal: its top bit becomes the implicit one */
	u32 shift = exponent || !fraction ? 0 : (u32)__builtin_clzll(fraction) - 11;
	u64 scaled = exponent ? fraction : fraction << shift & ~(u64)0 >> 12;
	s32 e = exponent ? exponent : 1 - (s32)shift;
	u32 top = (u32)(scaled >> 44);
	u64 estimate = rsqrt_estimate(e & 1 ? (256 + top) >> 1 : 256 + top) & 255;
	u64 r = (u64)((3068 - e) >> 1) << 52 | estimate << 44;

	r = exponent == 0x7ff ? 0 : r;
	r = bits << 1 == 0 ? (u64)0x7ff << 52 | sign : r;
	return any_of_64(sign && bits << 1 ? (u64)0x7ff8 << 48 : r);
}

PURE float rsqrt_32(float a)
{
	u32 bits = bits_32(a), sign = bits & 1u << 31;
	u32 fraction = bits & 0x7fffff;
	s32 exponent = (s32)(bits >> 23 & 0xff);
	u32 shift = exponent || !fraction ? 0 : (u32)__builtin_clz(fraction) - 8;
	u32 scaled = exponent ? fraction : fraction << shift & 0x7fffff;
	s32 e = exponent ? exponent : 1 - (s32)shift;
	u32 top = scaled >> 15;
	u32 estimate = rsqrt_estimate(e & 1 ? (256 + top) >> 1 : 256 + top) & 255;
	u32 r = (u32)((380 - e) >> 1) << 23 | estimate << 15;

	r = exponent == 0xff ? 0 : r;
	r = bits << 1 == 0 ? 0xffu << 23 | sign : r;
	return any_of_32(sign && bits << 1 ? 0x7fc00000 : r);
}

#define FP_LANES(name) \
	PURE f64x2 name##_v64(f64x2 a) { return (f64x2){name##_64(a[0]), name##_64(a[1])}; } \
	PURE f32x4 name##_v32(f32x4 a) \
	{ \
		return (f32x4){name##_32(a[0]), name##_32(a[1]), \
			       name##_32(a[2]), name##_32(a[3])}; \
	}
FP_LANES(recip)
FP_LANES(rsqrt)

/* A NaN is replaced by the sum of itself, for FIX1 to see one. */
#define ESTIMATE(name, a) FIX1(any_pick(is_nan(a), a + a, ANY_TYPE(a, name)(a)), a)
FP1(recpe, ESTIMATE(recip, a))
FP1(rsqrte, ESTIMATE(rsqrt, a))

/* FRECPX: the exponent inverted, the fraction zero; scalar only. */
PURE double recpx_64(double a)
{
	u64 bits = bits_64(a), exponent = bits >> 52 & 0x7ff;
	u64 inverted = exponent ? ~exponent & 0x7ff : 0x7fe;

	return any_of_64((bits & (u64)1 << 63) | inverted << 52);
}
PURE float recpx_32(float a)
{
	u32 bits = bits_32(a), exponent = bits >> 23 & 0xff;
	u32 inverted = exponent ? ~exponent & 0xff : 0xfe;

	return any_of_32((bits & 1u << 31) | inverted << 23);
}
FP_LANES(recpx)
FP1(recpx, ESTIMATE(recpx, a))

/* URECPE, URSQRTE: estimates of fixed-point numbers 0.32. */
PURE u32 urecpe_lane(u32 a)
{
	return a >> 31 ? recip_estimate(a >> 23) << 23 : ~0u;
}
PURE u32 ursqrte_lane(u32 a)
{
	return a >> 30 ? rsqrt_estimate(a >> 23) << 23 : ~0u;
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
