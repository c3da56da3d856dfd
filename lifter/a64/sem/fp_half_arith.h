/* SPDX-License-Identifier: MIT */
/*
 * Half-precision arithmetic (FEAT_FP16), scalar (q = SCALAR) and vector: done
 * in single precision and rounded again.
 *
 * That is exact: 24 bits are the 2 * 11 + 2 that sums, products, quotients and
 * square roots need to be rounded twice without harm.  Fused operations go
 * through double precision and an odd single.  FPCR.FZ16 is taken as 0.
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

/* Estimates, on the bits. */
#define HALF_ESTIMATE(name, lane) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn) \
	{ \
		u16x8 a = (u16x8)get_v(cpu, rn), r = {0}; \
		LANES_UNROLL \
		for (u32 i = 0; i < (q == SCALAR ? 1 : q ? 8 : 4); i++) { \
			float s = single_of_half(a[i]), t = any_pick_32(is_nan(s), s + s, \
				single_of_half(lane(a[i]))); \
			r[i] = (u16)half_of_single(FIX1(t, s)); \
		} \
		put_halves(cpu, q, rd, (v128)r); \
	}
HALF_ESTIMATE(recpe, recip_16)
HALF_ESTIMATE(rsqrte, rsqrt_16)
HALF_ESTIMATE(recpx, recpx_16)

/*
 * a * b + c: the product is exact in double precision, and where the sum is
 * not, what is lost is too small to matter to a half.  The hole knows the NaNs.
 */
SHARED f32x4 half_fused(struct cpu *cpu, f32x4 a, f32x4 b, f32x4 c, u32 n)
{
	f32x4 r = {0};

	LANES_UNROLL
	for (u32 i = 0; i < n; i++) {
		double sum = (double)a[i] * (double)b[i] + (double)c[i];
		float odd = odd_single(sum), fused = fma32(cpu, a[i], b[i], c[i]);
		r[i] = is_nan(sum) ? fused : odd;
	}
	return r;
}

PURE v128 lanes_hfma(struct cpu *cpu, u32 q, v128 d, v128 a, v128 b)
{
	f32x4 low = half_fused(cpu, half_singles(0, a), half_singles(0, b),
			       half_singles(0, d), q == SCALAR ? 1 : 4);
	f32x4 high = low;

	if (q == 1)
		high = half_fused(cpu, half_singles(1, a), half_singles(1, b),
				  half_singles(1, d), 4);
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
#define HALF_STEP(name, constant, scale) \
	SEM half_##name(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 va = minus_halves(1, get_v(cpu, rn)), vb = get_v(cpu, rm); \
		u16x8 r = {0}; \
		LANES_UNROLL \
		for (u32 i = 0; i < (q == SCALAR ? 1 : q ? 8 : 4); i++) { \
			float a = single_of_half(((u16x8)va)[i]); \
			float b = single_of_half(((u16x8)vb)[i]); \
			double sum = ((double)a * (double)b + constant) * scale; \
			float odd = odd_single(is_nan(sum) ? constant * scale : sum); \
			float n = FIX2(a + b, a, b); \
			r[i] = (u16)half_of_single((is_nan(a) | is_nan(b)) ? n : odd); \
		} \
		put_halves(cpu, q, rd, (v128)r); \
	}
HALF_STEP(recps, 2.0, 1.0)
HALF_STEP(rsqrts, 3.0, 0.5)

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
