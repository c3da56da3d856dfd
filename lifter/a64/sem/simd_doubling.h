/* SPDX-License-Identifier: MIT */
/*
 * Doubling, saturating multiplication: SQDMULH, SQRDMULH, SQDMULL, SQDMLAL,
 * SQDMLSL, and Armv8.1's SQRDMLAH and SQRDMLSH.  Elements of 16 and 32 bits;
 * q may be SCALAR, where only lane 0 counts.
 */
#ifndef A64_SIMD_DOUBLING_H
#define A64_SIMD_DOUBLING_H

#include "simd_saturate.h"
#include "simd_widen.h"

/* a * b of half q in wide elements. */
LANES2(lanes_product, s, a * b)

PURE v128 product(u32 q, u32 size, v128 a, v128 b)
{
	v128 wa = widen_s(q, size, a), wb = widen_s(q, size, b);

	return lanes_product(size + 1, wa, wb);
}

/* The high halves of wide results, low and high part together. */
PURE v128 high_halves(u32 size, v128 low, v128 high) { return lanes_uzp2(size, low, high); }

/*
 * SQDMULH: twice the product only leaves the range for MIN * MIN, where
 * doubling wraps to MIN and MAX, all its bits the other way, is the answer.
 */
LANES1(lanes_doubled, u, a + a)
LANES1(lanes_doubled_rounded, u, a + a + SPLAT((u64)1 << (W / 2 - 1)))
LANES2(lanes_both_min, s, (a == LANE_MIN) & (b == LANE_MIN))

PURE v128 wrap_sqdmulh(u32 size, v128 a, v128 b)
{
	v128 low = lanes_doubled(size + 1, product(0, size, a, b));
	v128 high = lanes_doubled(size + 1, product(1, size, a, b));

	return high_halves(size, low, high);
}

PURE v128 lanes_sqdmulh(u32 size, v128 a, v128 b)
{
	return wrap_sqdmulh(size, a, b) ^ lanes_both_min(size, a, b);
}

PURE v128 lanes_sqrdmulh(u32 size, v128 a, v128 b)
{
#ifdef __wasm__
	if (size == 1)
		return (v128)__builtin_wasm_q15mulr_sat_s_i16x8((s16x8)a, (s16x8)b);
#endif
	v128 low = lanes_doubled_rounded(size + 1, product(0, size, a, b));
	v128 high = lanes_doubled_rounded(size + 1, product(1, size, a, b));

	return high_halves(size, low, high) ^ lanes_both_min(size, a, b);
}

#define SIMD_MULTIPLY_HIGH(name) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_limited(cpu, q, size, rd, lanes_##name(size, a, b), \
			    lanes_both_min(size, a, b)); \
	} \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, u32 size, \
				  reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = get_v(cpu, rn); \
		v128 b = splat_lane(size, get_v(cpu, rm), i); \
		put_limited(cpu, q, size, rd, lanes_##name(size, a, b), \
			    lanes_both_min(size, a, b)); \
	}
SIMD_MULTIPLY_HIGH(sqdmulh)
SIMD_MULTIPLY_HIGH(sqrdmulh)

/*
 * SQDMULL: only MIN * MIN leaves the wide range; only it wraps to the wide
 * MIN, which is then turned into MAX.
 */
LANES1(lanes_is_min, u, a == LANE_MIN)

#define LONG_WIDTH(q) ((q) == SCALAR ? SCALAR : 1)

PURE v128 doubled_product(u32 q, u32 size, v128 a, v128 b)
{
	return lanes_doubled(size + 1, product(q == 1, size, a, b));
}

PURE void sqdmull(struct cpu *cpu, u32 q, u32 size, reg rd, v128 a, v128 b)
{
	v128 p = doubled_product(q, size, a, b);

	put_saturated(cpu, LONG_WIDTH(q), size + 1, rd, p ^ lanes_is_min(size + 1, p), p);
}

/* SQDMLAL, SQDMLSL: the product saturates, and then the sum. */
PURE void sqdmlal(struct cpu *cpu, u32 q, u32 size, u32 minus, reg rd, v128 d, v128 a, v128 b)
{
	v128 p = doubled_product(q, size, a, b);
	v128 lost = lanes_is_min(size + 1, p), addend = p ^ lost;
	v128 r = minus ? lanes_sqsub(size + 1, d, addend) : lanes_sqadd(size + 1, d, addend);
	v128 wrapped = minus ? lanes_wrap_sub(size + 1, d, addend) :
			       lanes_wrap_add(size + 1, d, addend);

	set_qc(cpu, kept(LONG_WIDTH(q), size + 1, lost | (r ^ wrapped)));
	put_lanes(cpu, LONG_WIDTH(q), size + 1, rd, r);
}

SEM simd_sqdmull(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm)
{
	v128 a = get_v(cpu, rn), b = get_v(cpu, rm);

	sqdmull(cpu, q, size, rd, a, b);
}

SEM simd_sqdmull_element(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm, u64 i)
{
	v128 a = get_v(cpu, rn), b = splat_lane(size, get_v(cpu, rm), i);

	sqdmull(cpu, q, size, rd, a, b);
}

SEM simd_sqdmlal(struct cpu *cpu, u32 q, u32 size, u32 minus, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	sqdmlal(cpu, q, size, minus, rd, d, a, b);
}

SEM simd_sqdmlal_element(struct cpu *cpu, u32 q, u32 size, u32 minus,
			 reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 b = splat_lane(size, get_v(cpu, rm), i);

	sqdmlal(cpu, q, size, minus, rd, d, a, b);
}

/*
 * SQRDMLAH: d + round(a * b / 2^(bits - 1)), saturated once.  The doubling of
 * the Arm ARM's text is one shift less, so that the sum fits wide elements.
 */
LANES1(lanes_rounded_high, s, (a + SPLAT((u64)1 << (W / 2 - 2))) >> (W / 2 - 1))

PURE v128 sqrdmlah_half(u32 half, u32 size, u32 minus, v128 d, v128 a, v128 b)
{
	v128 p = product(half, size, a, b), wd = widen_s(half, size, d);

	p = minus ? lanes_neg(size + 1, p) : p;
	return lanes_add(size + 1, wd, lanes_rounded_high(size + 1, p));
}

PURE void sqrdmlah(struct cpu *cpu, u32 q, u32 size, u32 minus, reg rd, v128 d, v128 a, v128 b)
{
	v128 low = sqrdmlah_half(0, size, minus, d, a, b);
	v128 high = sqrdmlah_half(1, size, minus, d, a, b);
	v128 r = lanes_uzp1(size, clamp_s(size + 1, low), clamp_s(size + 1, high));

	put_saturated(cpu, q, size, rd, r, lanes_uzp1(size, low, high));
}

SEM simd_sqrdmlah(struct cpu *cpu, u32 q, u32 size, u32 minus, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	sqrdmlah(cpu, q, size, minus, rd, d, a, b);
}

SEM simd_sqrdmlah_element(struct cpu *cpu, u32 q, u32 size, u32 minus,
			  reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 b = splat_lane(size, get_v(cpu, rm), i);

	sqrdmlah(cpu, q, size, minus, rd, d, a, b);
}

#endif
