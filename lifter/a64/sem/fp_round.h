/* SPDX-License-Identifier: MIT */
/*
 * Rounding to an integral value (FRINT*).
 */
#ifndef A64_FP_ROUND_H
#define A64_FP_ROUND_H

#include "fp_arith.h"

/* To nearest, ties away from zero; a - trunc(a) is exact. */
#define FP_AWAY(name, type, element) \
	PURE type name(type a) \
	{ \
		type t = any_trunc(a), zero = {0}; \
		type one = any_of(any_bits(zero + (element)1) | \
				 (any_bits(a) & any_bits(-zero))); \
		type r = any_pick(any_abs(a - t) >= zero + (element)0.5, t + one, t); \
		return any_of(any_bits(r) | (any_bits(a) & any_bits(-zero))); \
	}
FP_AWAY(any_away_64, double, double)
FP_AWAY(any_away_32, float, float)
FP_AWAY(any_away_v64, f64x2, double)
FP_AWAY(any_away_v32, f32x4, float)
#define any_away(a) ANY_TYPE(a, any_away)(a)

#define FP_ROUND(name, type) \
	PURE type name(u32 mode, type a) \
	{ \
		type n = any_even(a), p = any_ceil(a), m = any_floor(a); \
		type r = mode == ROUND_A ? any_away(a) : any_trunc(a); \
		r = mode == ROUND_M ? m : r; \
		r = mode == ROUND_P ? p : r; \
		return mode == ROUND_N ? n : r; \
	}
FP_ROUND(any_round_64, double)
FP_ROUND(any_round_32, float)
FP_ROUND(any_round_v64, f64x2)
FP_ROUND(any_round_v32, f32x4)
#define any_round(mode, a) ANY_TYPE(a, any_round)(mode, a)

FP1(rintn, DONE1(FP_RINTN, any_even(a), a))
FP1(rintp, DONE1(FP_RINTP, any_ceil(a), a))
FP1(rintm, DONE1(FP_RINTM, any_floor(a), a))
FP1(rintz, DONE1(FP_RINTZ, any_trunc(a), a))
FP1(rinta, DONE1(FP_RINTA, any_away(a), a))
FP1(rinti, DONE1(FP_RINTI, any_even(a), a))
FP1(rintx, DONE1(FP_RINTX, any_even(a), a))

/*
 * FRINT32, FRINT64: what does not fit the integer, or is no number, becomes
 * its most negative value.
 */
#define FP_WITHIN(name, type, element) \
	PURE type name(type a, element limit) \
	{ \
		type most = (type){0} + limit; \
		return any_pick((a >= -most) & (a < most), a, -most); \
	}
FP_WITHIN(any_within_64, double, double)
FP_WITHIN(any_within_32, float, float)
FP_WITHIN(any_within_v64, f64x2, double)
FP_WITHIN(any_within_v32, f32x4, float)
#define any_within(a, limit) ANY_TYPE(a, any_within)(a, limit)

#define FP_RINT_WITHIN(op, r, a, limit) IN_ENV(op, any_within(r, limit), a, a)
FP1(rint32z, FP_RINT_WITHIN(FP_RINT32Z, any_trunc(a), a, 0x1p31))
FP1(rint64z, FP_RINT_WITHIN(FP_RINT64Z, any_trunc(a), a, 0x1p63))
FP1(rint32x, FP_RINT_WITHIN(FP_RINT32X, any_even(a), a, 0x1p31))
FP1(rint64x, FP_RINT_WITHIN(FP_RINT64X, any_even(a), a, 0x1p63))

#endif
