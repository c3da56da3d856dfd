/* SPDX-License-Identifier: MIT */
/*
 * Half-precision arithmetic (FEAT_FP16), scalar (q = SCALAR) and vector: done
 * in single precision and rounded again.
 *
 * That is exact: 24 bits are the 2 * 11 + 2 that sums, products, quotients and
 * square roots need to be rounded twice without harm.  Fused operations round
 * to odd first.  FPCR.FZ16 is taken as 0.
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

/* lanes_h<name> by f<name>_v32; the high half only where it is kept. */
#define HALF2_LANES(name, join) \
	PURE v128 lanes_h##name(struct cpu *cpu, u32 q, v128 a, v128 b) \
	{ \
		f32x4 low = f##name##_v32(cpu, half_singles(0, a), half_singles(0, b)); \
		f32x4 high = low; \
		if (q == 1) \
			high = f##name##_v32(cpu, half_singles(1, a), half_singles(1, b)); \
		return join(low, high); \
	}
#define HALF2_AS(name, join) \
	HALF2_LANES(name, join) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, a, b)); \
	}
#define HALF2(name) HALF2_AS(name, joined_singles)
#define HALF1_AS(name, join) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn) \
	{ \
		v128 a = get_v(cpu, rn); \
		f32x4 low = f##name##_v32(cpu, half_singles(0, a)), high = low; \
		if (q == 1) \
			high = f##name##_v32(cpu, half_singles(1, a)); \
		put_halves(cpu, q, rd, join(low, high)); \
	}
#define HALF1(name) HALF1_AS(name, joined_singles)
/* Comparisons give masks, whose low 16 bits are the halves'. */
#define JOINED_MASKS(low, high) lanes_uzp1(1, (v128)(low), (v128)(high))

HALF2(add)
HALF2(sub)
HALF2(mul)
HALF2(div)
HALF2(nmul)
HALF2(max)
HALF2(min)
HALF2(maxnm)
HALF2(minnm)
HALF2(abd)
HALF2(mulx)
HALF2_AS(cmeq, JOINED_MASKS)
HALF2_AS(cmge, JOINED_MASKS)
HALF2_AS(cmgt, JOINED_MASKS)
HALF2_AS(acge, JOINED_MASKS)
HALF2_AS(acgt, JOINED_MASKS)
HALF1(sqrt)
HALF1(rintn)
HALF1(rintp)
HALF1(rintm)
HALF1(rintz)
HALF1(rinta)
HALF1(rinti)
HALF1_AS(cmeq0, JOINED_MASKS)
HALF1_AS(cmge0, JOINED_MASKS)
HALF1_AS(cmgt0, JOINED_MASKS)
HALF1_AS(cmle0, JOINED_MASKS)
HALF1_AS(cmlt0, JOINED_MASKS)

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
HALF1(recpe)
HALF1(rsqrte)

SEM half_recpx(struct cpu *cpu, reg rd, reg rn)
{
	u16x8 a = (u16x8)get_v(cpu, rn), exponent = a & 0x7c00;
	u16x8 zero = (u16x8)(exponent == 0);
	v128 r = (v128)((a & 0x8000) | (zero & 0x7800) | (~zero & ~exponent & 0x7c00));
	f32x4 s = half_singles(0, (v128)a);

	put_halves(cpu, SCALAR, rd, joined_singles(any_pick(is_nan(s), FIX1(s + s, s),
							    half_singles(0, r)), s));
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
	f32x4 sum = odd_sum(a * b, c), fused = fma_v32(cpu, a, b, c);

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
	return joined_singles(low, high);
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

	return any_pick(is_nan(a) | is_nan(b), FIX2(a + b, a, b), sum);
}
#define HALF_STEP(name, constant, scale) \
	PURE f32x4 fstep_##name##_v32(struct cpu *cpu, f32x4 a, f32x4 b) \
	{ \
		return half_step(cpu, -a, b, constant, scale); \
	} \
	HALF2_AS(step_##name, joined_singles)
HALF_STEP(recps, 2, 1)
HALF_STEP(rsqrts, 3, 0.5f)

/* By element. */
#define HALF2_ELEMENT(name) \
	SEM half_##name##_element(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = get_v(cpu, rn), b = splat_lane(1, get_v(cpu, rm), i); \
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, a, b)); \
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
		put_halves(cpu, q, rd, lanes_h##name(cpu, q, even, odd)); \
	} \
	SEM half_##name##p_scalar(struct cpu *cpu, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		put_halves(cpu, SCALAR, rd, lanes_h##name(cpu, SCALAR, v, \
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
			v = lanes_h##name(cpu, 0, lanes_uzp1(1, v, v), lanes_uzp2(1, v, v)); \
		v = lanes_h##name(cpu, 0, lanes_uzp1(1, v, v), lanes_uzp2(1, v, v)); \
		v = lanes_h##name(cpu, 0, v, lanes_uzp2(1, v, v)); \
		put_halves(cpu, SCALAR, rd, v); \
	}
HALF_ACROSS(max)
HALF_ACROSS(min)
HALF_ACROSS(maxnm)
HALF_ACROSS(minnm)

#endif
