/* SPDX-License-Identifier: MIT */
/*
 * Reciprocal and reciprocal square root estimates: the bits the Arm ARM's
 * RecipEstimate() and RecipSqrtEstimate() prescribe, computed instead of
 * looked up, in all lanes at once.
 *
 * Halves take the singles' estimate: it has 8 fraction bits and depends on the
 * number, not on its encoding.
 */
#ifndef A64_FP_ESTIMATE_H
#define A64_FP_ESTIMATE_H

#include "fp_arith.h"

/* In each function V are unsigned lanes, S signed, F floating point, E its element. */
#define ESTIMATE_TYPES(v, s, f, e) \
	typedef v V LANES_LOCAL; \
	typedef s S LANES_LOCAL; \
	typedef f F LANES_LOCAL; \
	typedef e E LANES_LOCAL;
#define ALL(x) ((V){} + (x))
#define SIGN_BIT ((V)-(F){0})

/*
 * recip_estimate: a is 0.5..1 in units of 1/512, the result 1..2 in units of
 * 1/256; the quotient is far enough from an integer for its floor to be right.
 * rsqrt_estimate: a is 0.25..1.  RecipSqrtEstimate() counts up to the largest b
 * with scaled * b * b < 2^28; here a root comes close, and is then put right.
 */
#define ESTIMATES(suffix, v, TYPES) \
	PURE v recip_estimate_##suffix(v a) \
	{ \
		TYPES \
		F quotient = ((F){0} + (E)(1 << 19)) / __builtin_convertvector(a * 2 + 1, F); \
		return (__builtin_convertvector(quotient, V) + 1) >> 1; \
	} \
	PURE v rsqrt_estimate_##suffix(v a) \
	{ \
		TYPES \
		V scaled = PICK(a < 256, a * 2 + 1, (a | 1) * 2); \
		F square = ((F){0} + (E)(1 << 28)) / __builtin_convertvector(scaled, F); \
		V b = __builtin_convertvector(any_sqrt(square), V); \
		b -= (V)(scaled * b * b >= 1 << 28) & 1; \
		b += (V)(scaled * (b + 1) * (b + 1) < 1 << 28) & 1; \
		return (b + 1) >> 1; \
	}
#define TYPES_32 ESTIMATE_TYPES(u32x4, s32x4, f32x4, float)
#define TYPES_64 ESTIMATE_TYPES(u64x2, s64x2, f64x2, double)
ESTIMATES(v32, u32x4, TYPES_32)
ESTIMATES(v64, u64x2, TYPES_64)

/* The same on numbers with `bits` of fraction and exponents up to `top`. */
#define ESTIMATED(suffix, v, s, f, bits, top, TYPES) \
	/* 256..511 by the fraction, and the exponent, below 1 of a subnormal */ \
	PURE v normal_##suffix(f x, s *exponent) \
	{ \
		TYPES \
		V tiny = (V)(((V)x >> bits & top) == 0); \
		V n = PICK(tiny, (V)(x * (E)((u64)2 << bits)), (V)x); \
		*exponent = (S)(n >> bits & top) - (S)(tiny & (bits + 1)); \
		return 256 | (n >> (bits - 8) & 255); \
	} \
	/* FPRecipEstimate() of what is no NaN */ \
	SHARED f recip_##suffix(f x) \
	{ \
		TYPES \
		S e; \
		V a = normal_##suffix(x, &e), sign = (V)x & SIGN_BIT; \
		S result = (S)ALL(top - 2) - e; \
		V fraction = (recip_estimate_##suffix(a) & 255) << (bits - 8); \
		V tiny = (fraction | ALL((u64)1 << bits)) >> 1 >> ((V)(result < 0) & 1); \
		V r = PICK(result > 0, (V)result << bits | fraction, tiny); \
		r = PICK(e < -1, ALL((u64)top << bits), r); \
		return (F)((r & ~(V)(e == top)) | sign); \
	} \
	/* FPRSqrtEstimate(); a negative number gives the default NaN */ \
	SHARED f rsqrt_##suffix(f x) \
	{ \
		TYPES \
		S e; \
		V a = normal_##suffix(x, &e), sign = (V)x & SIGN_BIT; \
		V fraction = (rsqrt_estimate_##suffix(a >> ((V)e & 1)) & 255) << (bits - 8); \
		V r = (V)((S)ALL(top / 2 * 3 - 1) - e) >> 1 << bits | fraction; \
		V infinite = ALL((u64)top << bits), nan = infinite | ALL((u64)1 << (bits - 1)); \
		r = PICK(x == (F){0}, infinite | sign, r & ~(V)(e == top)); \
		return (F)PICK(x < (F){0}, nan, r); \
	} \
	/* FRECPX: the exponent inverted, the fraction zero */ \
	PURE f recpx_##suffix(f x) \
	{ \
		TYPES \
		V exponent = (V)x >> bits & top, sign = (V)x & SIGN_BIT; \
		V inverted = PICK(exponent == 0, ALL(top - 1), ~exponent & top); \
		return (F)(sign | inverted << bits); \
	}
ESTIMATED(v32, u32x4, s32x4, f32x4, 23, 0xff, TYPES_32)
ESTIMATED(v64, u64x2, s64x2, f64x2, 52, 0x7ff, TYPES_64)

/* A NaN is replaced by the sum of itself, for the hole to see one. */
#define ESTIMATE(name) \
	PURE double name##_64(double a) { return name##_v64((f64x2){a})[0]; } \
	PURE float name##_32(float a) { return name##_v32((f32x4){a})[0]; }
ESTIMATE(recip)
ESTIMATE(rsqrt)
ESTIMATE(recpx)
#define ESTIMATE_OF(op, name, a) DONE1(op, any_pick(is_nan(a), a + a, ANY_TYPE(a, name)(a)), a)
FP1(recpe, ESTIMATE_OF(FP_RECPE, recip, a))
FP1(rsqrte, ESTIMATE_OF(FP_RSQRTE, rsqrt, a))
FP1(recpx, ESTIMATE_OF(FP_RECPX, recpx, a))

/* URECPE, URSQRTE: estimates of fixed-point numbers 0.32; all ones out of range. */
SEM simd_urecpe(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	u32x4 a = (u32x4)get_v(cpu, rn), r = recip_estimate_v32(a >> 23) << 23;

	set_vq(cpu, q, rd, (v128)(r | (u32x4)(a >> 31 == 0)));
}

SEM simd_ursqrte(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	u32x4 a = (u32x4)get_v(cpu, rn), r = rsqrt_estimate_v32(a >> 23) << 23;

	set_vq(cpu, q, rd, (v128)(r | (u32x4)(a >> 30 == 0)));
}

#endif
