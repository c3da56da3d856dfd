/* SPDX-License-Identifier: MIT */
/*
 * Floating-point arithmetic, scalar and vector at once: FP1/FP2/FP3 make
 * fp_<name>(sz, ...) and simd_f<name>(q, sz, ...) of one expression over a, b
 * (and d, the destination's old value); sz 0 is single, 1 double precision.
 *
 * F is the type, E its element.  Every result goes through a hole (DONE1, DONE2,
 * IN_ENV, FMA), which knows Arm's NaNs and what FPCR and FPSR ask for; `lanes` of
 * them count, see fp_env.h.
 */
#ifndef A64_FP_ARITH_H
#define A64_FP_ARITH_H

#include "fp_prim.h"
#include "simd_lanes.h"

#define FSPLAT(x) ((F){0} + (E)(x))

/* f<name>_64, _32, _v64, _v32: the values. */
#define FP1_VALUE(name, suffix, type, element, expr) \
	PURE type f##name##_##suffix(struct cpu *cpu, u32 lanes, type a) \
	{ \
		typedef type F LANES_LOCAL; \
		typedef element E LANES_LOCAL; \
		(void)cpu; \
		(void)lanes; \
		return expr; \
	}
#define FP2_VALUE(name, suffix, type, element, expr) \
	PURE type f##name##_##suffix(struct cpu *cpu, u32 lanes, type a, type b) \
	{ \
		typedef type F LANES_LOCAL; \
		typedef element E LANES_LOCAL; \
		(void)cpu; \
		(void)lanes; \
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
			set_d(cpu, rd, f##name##_64(cpu, 1, get_d(cpu, rn))); \
		else \
			set_s(cpu, rd, f##name##_32(cpu, 1, get_s(cpu, rn))); \
	} \
	SEM simd_f##name(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn) \
	{ \
		v128 a = get_v(cpu, rn); \
		if (sz) \
			a = (v128)f##name##_v64(cpu, FP_LANES(q, sz), (f64x2)a); \
		else \
			a = (v128)f##name##_v32(cpu, FP_LANES(q, sz), (f32x4)a); \
		set_vq(cpu, q, rd, a); \
	}

#define FP2(name, expr) \
	FP2_VALUE(name, 64, double, double, expr) \
	FP2_VALUE(name, 32, float, float, expr) \
	FP2_VALUE(name, v64, f64x2, double, expr) \
	FP2_VALUE(name, v32, f32x4, float, expr) \
	PURE v128 lanes_f##name(struct cpu *cpu, u32 lanes, u32 sz, v128 a, v128 b) \
	{ \
		return sz ? (v128)f##name##_v64(cpu, lanes, (f64x2)a, (f64x2)b) : \
			    (v128)f##name##_v32(cpu, lanes, (f32x4)a, (f32x4)b); \
	} \
	SEM fp_##name(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm) \
	{ \
		if (sz) { \
			double a = get_d(cpu, rn), b = get_d(cpu, rm); \
			set_d(cpu, rd, f##name##_64(cpu, 1, a, b)); \
		} else { \
			float a = get_s(cpu, rn), b = get_s(cpu, rm); \
			set_s(cpu, rd, f##name##_32(cpu, 1, a, b)); \
		} \
	} \
	SEM simd_f##name(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		set_vq(cpu, q, rd, lanes_f##name(cpu, FP_LANES(q, sz), sz, a, b)); \
	}

FP2(add, DONE2(FP_ADD, a + b, a, b))
FP2(sub, DONE2(FP_SUB, a - b, a, b))
FP2(mul, DONE2(FP_MUL, a * b, a, b))
FP2(div, DONE2(FP_DIV, a / b, a, b))
FP2(nmul, -DONE2(FP_MUL, a * b, a, b))
FP2(max, DONE2(FP_MAX, any_max(a, b), a, b))
FP2(min, DONE2(FP_MIN, any_min(a, b), a, b))
FP2(abd, any_abs(DONE2(FP_SUB, a - b, a, b)))
FP1(abs, any_abs(a))
FP1(neg, -a)
FP1(mov, a)
FP1(sqrt, DONE1(FP_SQRT, any_sqrt(a), a))

/* FPMinNum(), FPMaxNum(): a number wins over a quiet NaN. */
#define NUMBER_OF(a, b) any_pick(is_quiet_nan(a) & is_number(b), b, a)
FP2(maxnm, DONE2(FP_MAX, any_max(NUMBER_OF(a, b), NUMBER_OF(b, a)), \
		 NUMBER_OF(a, b), NUMBER_OF(b, a)))
FP2(minnm, DONE2(FP_MIN, any_min(NUMBER_OF(a, b), NUMBER_OF(b, a)), \
		 NUMBER_OF(a, b), NUMBER_OF(b, a)))

/* FPMulX(): zero times infinity is 2, with the product's sign. */
#define FP_TWO_SIGNED(a, b) any_of(any_bits(FSPLAT(2)) | \
	((any_bits(a) ^ any_bits(b)) & any_bits(-FSPLAT(0))))
FP2(mulx, DONE2(FP_MULX, any_pick(is_nan(a * b) & is_number(a) & is_number(b), \
				  FP_TWO_SIGNED(a, b), a * b), a, b))

/* Compare: all ones where it holds. */
#define FP_MASK(op, m, a, b) IN_ENV(op, any_of(any_mask(a, m)), a, b)
FP2(cmeq, FP_MASK(FP_CMEQ, a == b, a, b))
FP2(cmge, FP_MASK(FP_CMGE, a >= b, a, b))
FP2(cmgt, FP_MASK(FP_CMGT, a > b, a, b))
FP2(acge, FP_MASK(FP_CMGE, any_abs(a) >= any_abs(b), any_abs(a), any_abs(b)))
FP2(acgt, FP_MASK(FP_CMGT, any_abs(a) > any_abs(b), any_abs(a), any_abs(b)))
FP1(cmeq0, FP_MASK(FP_CMEQ, a == FSPLAT(0), a, FSPLAT(0)))
FP1(cmge0, FP_MASK(FP_CMGE, a >= FSPLAT(0), a, FSPLAT(0)))
FP1(cmgt0, FP_MASK(FP_CMGT, a > FSPLAT(0), a, FSPLAT(0)))
FP1(cmle0, FP_MASK(FP_CMGE, FSPLAT(0) >= a, FSPLAT(0), a))
FP1(cmlt0, FP_MASK(FP_CMGT, FSPLAT(0) > a, FSPLAT(0), a))

/*
 * FRECPS: 2 - a * b and FRSQRTS: (3 - a * b) / 2, rounded once, and zero
 * times infinity taken as zero.  Halving an operand instead of the sum keeps
 * the product in range: the larger one, so that no bit of it is lost.
 */
#define IS_ZERO_TIMES_INF(a, b) (is_nan(a * b) & is_number(a) & is_number(b))
#define HALF_IF_LARGER(a, b) any_pick(any_abs(a) > any_abs(b), a * FSPLAT(0.5), a)
#define HALF_UNLESS_SMALLER(a, b) any_pick(any_abs(a) >= any_abs(b), a * FSPLAT(0.5), a)
FP2(recps, IN_ENV(FP_RECPS, any_pick(IS_ZERO_TIMES_INF(a, b), FSPLAT(2), \
				     NAN3(-a, b, FSPLAT(2))), -a, b))
FP2(rsqrts, IN_ENV(FP_RSQRTS, any_pick(IS_ZERO_TIMES_INF(a, b), FSPLAT(1.5), \
		   NAN3(HALF_IF_LARGER(-a, b), HALF_UNLESS_SMALLER(b, -a), FSPLAT(1.5))), -a, b))

/* FMADD family: c + a * b, with each sign as the instruction wants it. */
#define FP_FUSED(name, ea, ec) \
	SEM fp_##name(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm, reg ra) \
	{ \
		u32 lanes = 1; \
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
