/* SPDX-License-Identifier: MIT */
/*
 * Floating-point arithmetic, scalar and vector at once: FP1/FP2/FP3 make
 * fp_<name>(sz, ...) and simd_f<name>(q, sz, ...) of one expression over a, b
 * (and d, the destination's old value); sz 0 is single, 1 double precision.
 *
 * F is the type, E its element.  Rounding is to nearest even; NaNs go through
 * the holes (FIX1, FIX2, FMA), which know Arm's rules.
 */
#ifndef A64_FP_ARITH_H
#define A64_FP_ARITH_H

#include "fp_prim.h"
#include "simd_lanes.h"

#define FSPLAT(x) ((F){0} + (E)(x))

/* f<name>_64, _32, _v64, _v32: the values. */
#define FP1_VALUE(name, suffix, type, element, expr) \
	PURE type f##name##_##suffix(struct cpu *cpu, type a) \
	{ \
		typedef type F LANES_LOCAL; \
		typedef element E LANES_LOCAL; \
		(void)cpu; \
		return expr; \
	}
#define FP2_VALUE(name, suffix, type, element, expr) \
	PURE type f##name##_##suffix(struct cpu *cpu, type a, type b) \
	{ \
		typedef type F LANES_LOCAL; \
		typedef element E LANES_LOCAL; \
		(void)cpu; \
		return expr; \
	}

#define FP1(name, expr) \
	FP1_VALUE(name, 64, double, double, expr) \
	FP1_VALUE(name, 32, float, float, expr) \
	FP1_VALUE(name, v64, f64x2, double, expr) \
	FP1_VALUE(name, v32, f32x4, float, expr) \
	SEM fp_##name(struct cpu *cpu, u32 sz, reg rd, reg rn) \
	{ \
		if (sz) \
			set_d(cpu, rd, f##name##_64(cpu, get_d(cpu, rn))); \
		else \
			set_s(cpu, rd, f##name##_32(cpu, get_s(cpu, rn))); \
	} \
	SEM simd_f##name(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn) \
	{ \
		v128 a = get_v(cpu, rn); \
		if (sz) \
			a = (v128)f##name##_v64(cpu, (f64x2)a); \
		else \
			a = (v128)f##name##_v32(cpu, (f32x4)a); \
		set_vq(cpu, q, rd, a); \
	}

#define FP2(name, expr) \
	FP2_VALUE(name, 64, double, double, expr) \
	FP2_VALUE(name, 32, float, float, expr) \
	FP2_VALUE(name, v64, f64x2, double, expr) \
	FP2_VALUE(name, v32, f32x4, float, expr) \
	PURE v128 lanes_f##name(struct cpu *cpu, u32 sz, v128 a, v128 b) \
	{ \
		return sz ? (v128)f##name##_v64(cpu, (f64x2)a, (f64x2)b) : \
			    (v128)f##name##_v32(cpu, (f32x4)a, (f32x4)b); \
	} \
	SEM fp_##name(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm) \
	{ \
		if (sz) { \
			double a = get_d(cpu, rn), b = get_d(cpu, rm); \
			set_d(cpu, rd, f##name##_64(cpu, a, b)); \
		} else { \
			float a = get_s(cpu, rn), b = get_s(cpu, rm); \
			set_s(cpu, rd, f##name##_32(cpu, a, b)); \
		} \
	} \
	SEM simd_f##name(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		set_vq(cpu, q, rd, lanes_f##name(cpu, sz, a, b)); \
	}

FP2(add, FIX2(a + b, a, b))
FP2(sub, FIX2(a - b, a, b))
FP2(mul, FIX2(a * b, a, b))
FP2(div, FIX2(a / b, a, b))
FP2(nmul, -FIX2(a * b, a, b))
FP2(max, FIX2(any_max(a, b), a, b))
FP2(min, FIX2(any_min(a, b), a, b))
FP2(abd, any_abs(FIX2(a - b, a, b)))
FP1(abs, any_abs(a))
FP1(neg, -a)
FP1(mov, a)
FP1(sqrt, FIX1(any_sqrt(a), a))

/* FPMinNum(), FPMaxNum(): a number wins over a quiet NaN. */
#define NUMBER_OF(a, b) any_pick(is_quiet_nan(a) & is_number(b), b, a)
FP2(maxnm, FIX2(any_max(NUMBER_OF(a, b), NUMBER_OF(b, a)), \
		NUMBER_OF(a, b), NUMBER_OF(b, a)))
FP2(minnm, FIX2(any_min(NUMBER_OF(a, b), NUMBER_OF(b, a)), \
		NUMBER_OF(a, b), NUMBER_OF(b, a)))

/* FPMulX(): zero times infinity is 2, with the product's sign. */
#define FP_TWO_SIGNED(a, b) any_of(any_bits(FSPLAT(2)) | \
	((any_bits(a) ^ any_bits(b)) & any_bits(-FSPLAT(0))))
FP2(mulx, any_pick(is_nan(a * b) & is_number(a) & is_number(b), \
		  FP_TWO_SIGNED(a, b), FIX2(a * b, a, b)))

/* Compare: all ones where it holds. */
FP2(cmeq, any_of(any_mask(a, a == b)))
FP2(cmge, any_of(any_mask(a, a >= b)))
FP2(cmgt, any_of(any_mask(a, a > b)))
FP2(acge, any_of(any_mask(a, any_abs(a) >= any_abs(b))))
FP2(acgt, any_of(any_mask(a, any_abs(a) > any_abs(b))))
FP1(cmeq0, any_of(any_mask(a, a == FSPLAT(0))))
FP1(cmge0, any_of(any_mask(a, a >= FSPLAT(0))))
FP1(cmgt0, any_of(any_mask(a, a > FSPLAT(0))))
FP1(cmle0, any_of(any_mask(a, a <= FSPLAT(0))))
FP1(cmlt0, any_of(any_mask(a, a < FSPLAT(0))))

/*
 * FRECPS: 2 - a * b and FRSQRTS: (3 - a * b) / 2, rounded once, and zero
 * times infinity taken as zero.  Halving an operand instead of the sum keeps
 * the product in range: the larger one, so that no bit of it is lost.
 */
#define IS_ZERO_TIMES_INF(a, b) (is_nan(a * b) & is_number(a) & is_number(b))
#define HALF_IF_LARGER(a, b) any_pick(any_abs(a) > any_abs(b), a * FSPLAT(0.5), a)
#define HALF_UNLESS_SMALLER(a, b) any_pick(any_abs(a) >= any_abs(b), a * FSPLAT(0.5), a)
FP2(recps, any_pick(IS_ZERO_TIMES_INF(a, b), FSPLAT(2), FMA(-a, b, FSPLAT(2))))
FP2(rsqrts, any_pick(IS_ZERO_TIMES_INF(a, b), FSPLAT(1.5), \
		    FMA(HALF_IF_LARGER(-a, b), HALF_UNLESS_SMALLER(b, -a), FSPLAT(1.5))))

/* FMADD family: c + a * b, with each sign as the instruction wants it. */
#define FP_FUSED(name, ea, ec) \
	SEM fp_##name(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm, reg ra) \
	{ \
		if (sz) { \
			double a = get_d(cpu, rn), b = get_d(cpu, rm), c = get_d(cpu, ra); \
			set_d(cpu, rd, FMA(ea, b, ec)); \
		} else { \
			float a = get_s(cpu, rn), b = get_s(cpu, rm), c = get_s(cpu, ra); \
			set_s(cpu, rd, FMA(ea, b, ec)); \
		} \
	}
FP_FUSED(madd, a, c)
FP_FUSED(msub, -a, c)
FP_FUSED(nmadd, -a, -c)
FP_FUSED(nmsub, a, -c)

#endif
