/* SPDX-License-Identifier: MIT */
/*
 * Half-precision arithmetic (FEAT_FP16), scalar (q = SCALAR) and vector: done
 * in single precision and rounded again.
 *
 * That is exact: 24 bits are the 2 * 11 + 2 that sums, products, quotients and
 * square roots need to be rounded twice without harm.  Fused operations round
 * to odd first.  What FPCR and FPSR ask for is left to env_half().
 */
#ifndef A64_FP_HALF_ARITH_H
#define A64_FP_HALF_ARITH_H

#include "fp_estimate.h"
#include "fp_half.h"
#include "simd_complex.h"

/* Half h of the register as singles, and two such halves as one register. */
PURE f32x4 half_singles(u32 h, v128 v) { return singles_of_halves((u32x4)widen_u(h, 1, v)); }

PURE v128 joined_singles(f32x4 low, f32x4 high)
{
	return lanes_uzp1(1, (v128)halves_of_singles(low), (v128)halves_of_singles(high));
}

PURE void put_halves(struct cpu *cpu, u32 q, reg rd, v128 v) { put_lanes(cpu, q, 1, rd, v); }

/* How many halves are kept. */
#define HALF_LANES(q) ((q) == 1 ? 8u : (q) == 0 ? 4u : 1u)
#define HALVES_IN_ENV(op, lanes, r, a, b, c) env_half(cpu, FP_SPEC_OF(op, lanes, FP_H), r, a, b, c)

/* lanes_h<name> by f<name>_v32; the high half only where it is kept. */
#define HALF2_LANES(name, op, join) \
	PURE v128 lanes_h##name(struct cpu *cpu, u32 q, u32 lanes, v128 a, v128 b) \
	{ \
		f32x4 low = f##name##_v32(cpu, 0, half_singles(0, a), half_singles(0, b)); \
		f32x4 high = low; \
		if (q == 1) \
			high = f##name##_v32(cpu, 0, half_singles(1, a), half_singles(1, b)); \
		return HALVES_IN_ENV(op, lanes, join(low, high), a, b, b); \
	}
#define HALF2_AS(name, op, join) \
	HALF2_LANES(name, op, join) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, HALF_LANES(q), a, b)); \
	}
#define HALF2(name, op) HALF2_AS(name, op, joined_singles)
/* x and y are the operation's operands: a, or zero. */
#define HALF1_AS(name, op, join, x, y) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn) \
	{ \
		v128 a = get_v(cpu, rn); \
		f32x4 low = f##name##_v32(cpu, 0, half_singles(0, a)), high = low; \
		if (q == 1) \
			high = f##name##_v32(cpu, 0, half_singles(1, a)); \
		put_halves(cpu, q, rd, HALVES_IN_ENV(op, HALF_LANES(q), join(low, high), x, y, y)); \
	}
#define HALF1(name, op) HALF1_AS(name, op, joined_singles, a, a)
/* Comparisons give masks, whose low 16 bits are the halves'. */
#define JOINED_MASKS(low, high) lanes_uzp1(1, (v128)(low), (v128)(high))

HALF2(add, FP_ADD)
HALF2(sub, FP_SUB)
HALF2(mul, FP_MUL)
HALF2(div, FP_DIV)
HALF2(nmul, FP_NMUL)
HALF2(max, FP_MAX)
HALF2(min, FP_MIN)
HALF2(maxnm, FP_MAXNM)
HALF2(minnm, FP_MINNM)
HALF2(abd, FP_ABD)
HALF2(mulx, FP_MULX)
HALF2_AS(cmeq, FP_CMEQ, JOINED_MASKS)
HALF2_AS(cmge, FP_CMGE, JOINED_MASKS)
HALF2_AS(cmgt, FP_CMGT, JOINED_MASKS)
HALF2_AS(acge, FP_ACGE, JOINED_MASKS)
HALF2_AS(acgt, FP_ACGT, JOINED_MASKS)
HALF1(sqrt, FP_SQRT)
HALF1(rintn, FP_RINTN)
HALF1(rintp, FP_RINTP)
HALF1(rintm, FP_RINTM)
HALF1(rintz, FP_RINTZ)
HALF1(rinta, FP_RINTA)
HALF1(rinti, FP_RINTI)
HALF1(rintx, FP_RINTX)
HALF1_AS(cmeq0, FP_CMEQ, JOINED_MASKS, a, zero_v())
HALF1_AS(cmge0, FP_CMGE, JOINED_MASKS, a, zero_v())
HALF1_AS(cmgt0, FP_CMGT, JOINED_MASKS, a, zero_v())
HALF1_AS(cmle0, FP_CMGE, JOINED_MASKS, zero_v(), a)
HALF1_AS(cmlt0, FP_CMGT, JOINED_MASKS, zero_v(), a)

SEM half_mov(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	put_halves(cpu, q, rd, get_v(cpu, rn));
}

SEM half_abs(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	put_halves(cpu, q, rd, (v128)((u16x8)get_v(cpu, rn) & 0x7fff));
}

SEM half_neg(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	put_halves(cpu, q, rd, (v128)((u16x8)get_v(cpu, rn) ^ 0x8000));
}

/* The single's estimate is the half's; but not FRECPX, which is on the bits. */
HALF1(recpe, FP_RECPE)
HALF1(rsqrte, FP_RSQRTE)

SEM half_recpx(struct cpu *cpu, reg rd, reg rn)
{
	u16x8 a = (u16x8)get_v(cpu, rn), exponent = a & 0x7c00;
	u16x8 zero = (u16x8)(exponent == 0);
	v128 r = (v128)((a & 0x8000) | (zero & 0x7800) | (~zero & ~exponent & 0x7c00));
	f32x4 s = half_singles(0, (v128)a);

	r = joined_singles(any_pick(is_nan(s), NAN1(s + s, s), half_singles(0, r)), s);
	put_halves(cpu, SCALAR, rd, HALVES_IN_ENV(FP_RECPX, 1, r, (v128)a, (v128)a, (v128)a));
}

/* The sum rounded to odd: toward zero, the last bit set if anything was lost. */
PURE f32x4 odd_sum(f32x4 a, f32x4 b)
{
	f32x4 s = a + b, part = s - a, error = (a - (s - part)) + (b - part), zero = {0};
	u32x4 up = (u32x4)(s > zero) & (u32x4)(error < zero);

	up |= (u32x4)(s < zero) & (u32x4)(error > zero);
	return (f32x4)(((u32x4)s + up) | ((u32x4)((error < zero) | (error > zero)) & 1));
}

/* a * b + c: the product is exact in single precision.  The hole knows the NaNs. */
SHARED f32x4 half_fused(struct cpu *cpu, f32x4 a, f32x4 b, f32x4 c)
{
	f32x4 sum = odd_sum(a * b, c), fused = NAN3(a, b, c);

	return any_pick(is_nan(sum), fused, sum);
}

PURE v128 lanes_hfma(struct cpu *cpu, u32 q, v128 d, v128 a, v128 b)
{
	f32x4 low = half_fused(cpu, half_singles(0, a), half_singles(0, b),
			       half_singles(0, d));
	f32x4 high = low;

	if (q == 1)
		high = half_fused(cpu, half_singles(1, a), half_singles(1, b),
				  half_singles(1, d));
	return HALVES_IN_ENV(FP_MADD, HALF_LANES(q), joined_singles(low, high), a, b, d);
}

PURE v128 minus_halves(u32 minus, v128 v)
{
	return (v128)((u16x8)v ^ (u16)(minus ? 0x8000 : 0));
}

/* FMLA, FMLS; FMADD's family, where `less` negates the addend too. */
SEM half_mla(struct cpu *cpu, u32 q, u32 minus, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	put_halves(cpu, q, rd, lanes_hfma(cpu, q, d, minus_halves(minus, a), b));
}

SEM half_madd(struct cpu *cpu, u32 minus, u32 less, reg rd, reg rn, reg rm, reg ra)
{
	v128 a = get_v(cpu, rn), b = get_v(cpu, rm), c = get_v(cpu, ra);

	put_halves(cpu, SCALAR, rd, lanes_hfma(cpu, SCALAR, minus_halves(less, c),
					       minus_halves(minus, a), b));
}

/* FRECPS, FRSQRTS: as in fp_arith.h; halving needs no care in this range. */
PURE f32x4 half_step(struct cpu *cpu, f32x4 a, f32x4 b, float constant, float scale)
{
	f32x4 product = a * b, all = (f32x4){0} + constant;
	f32x4 sum = odd_sum(any_pick(is_nan(product), (f32x4){0}, product), all) * scale;

	return any_pick(is_nan(a) | is_nan(b), NAN2(a + b, a, b), sum);
}
#define HALF_STEP(name, op, constant, scale) \
	PURE f32x4 fstep_##name##_v32(struct cpu *cpu, u32 lanes, f32x4 a, f32x4 b) \
	{ \
		(void)lanes; \
		return half_step(cpu, a, b, constant, scale); \
	} \
	HALF2_LANES(step_##name, op, joined_singles) \
	SEM half_step_##name(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_halves(cpu, q, rd, lanes_hstep_##name(cpu, q, HALF_LANES(q), minus_halves(1, a), b)); \
	}
HALF_STEP(recps, FP_RECPS, 2, 1)
HALF_STEP(rsqrts, FP_RSQRTS, 3, 0.5f)

/* By element. */
#define HALF2_ELEMENT(name) \
	SEM half_##name##_element(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = get_v(cpu, rn), b = splat_lane(1, get_v(cpu, rm), i); \
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, HALF_LANES(q), a, b)); \
	}
HALF2_ELEMENT(mul)
HALF2_ELEMENT(mulx)

SEM half_mla_element(struct cpu *cpu, u32 q, u32 minus, reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = splat_lane(1, get_v(cpu, rm), i);

	put_halves(cpu, q, rd, lanes_hfma(cpu, q, d, minus_halves(minus, a), b));
}

/* Pairs of rm:rn, pairs of one register, and across. */
#define HALF_PAIRWISE(name) \
	SEM half_##name##p(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 even = lanes_even(q, 1, a, b), odd = lanes_odd(q, 1, a, b); \
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, HALF_LANES(q), even, odd)); \
	} \
	SEM half_##name##p_scalar(struct cpu *cpu, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		put_halves(cpu, SCALAR, rd, lanes_h##name(cpu, SCALAR, 1, v, \
							  lanes_uzp2(1, v, v))); \
	}
HALF_PAIRWISE(add)
HALF_PAIRWISE(max)
HALF_PAIRWISE(min)
HALF_PAIRWISE(maxnm)
HALF_PAIRWISE(minnm)

#define HALF_ACROSS(name) \
	SEM half_##name##v(struct cpu *cpu, u32 q, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		if (q) \
			v = lanes_h##name(cpu, 0, 4, lanes_uzp1(1, v, v), lanes_uzp2(1, v, v)); \
		v = lanes_h##name(cpu, 0, 2, lanes_uzp1(1, v, v), lanes_uzp2(1, v, v)); \
		v = lanes_h##name(cpu, 0, 1, v, lanes_uzp2(1, v, v)); \
		put_halves(cpu, SCALAR, rd, v); \
	}
HALF_ACROSS(max)
HALF_ACROSS(min)
HALF_ACROSS(maxnm)
HALF_ACROSS(minnm)

#endif
