/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD multiplication: plain, accumulating, long, polynomial, by element,
 * and fused floating point on vectors.  Doubling and saturating forms are in
 * simd_doubling.h.
 */
#ifndef A64_SIMD_MULTIPLY_H
#define A64_SIMD_MULTIPLY_H

#include "fp_arith.h"
#include "simd_widen.h"

SIMD2(mul, u, a * b)
SIMD3(mla, u, d + a * b)
SIMD3(mls, u, d - a * b)
SIMD2_ELEMENT(mul)
SIMD3_ELEMENT(mla)
SIMD3_ELEMENT(mls)

/* Long forms, plain and by element. */
#define SIMD_MULL(name, sign, op) \
	SIMD_LONG(name, sign, op) \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, u32 size, \
				  reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = widen_##sign(q, size, get_v(cpu, rn)); \
		v128 b = widen_##sign(q, size, splat_lane(size, get_v(cpu, rm), i)); \
		set_v(cpu, rd, op(size + 1, a, b)); \
	}
#define SIMD_MLAL(name, sign, op) \
	SIMD_LONG_ACCUMULATE(name, sign, op) \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, u32 size, \
				  reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 d = get_v(cpu, rd); \
		v128 a = widen_##sign(q, size, get_v(cpu, rn)); \
		v128 b = widen_##sign(q, size, splat_lane(size, get_v(cpu, rm), i)); \
		set_v(cpu, rd, op(size + 1, d, a, b)); \
	}
SIMD_MULL(smull, s, lanes_mul)
SIMD_MULL(umull, u, lanes_mul)
SIMD_MLAL(smlal, s, lanes_mla)
SIMD_MLAL(umlal, u, lanes_mla)
SIMD_MLAL(smlsl, s, lanes_mls)
SIMD_MLAL(umlsl, u, lanes_mls)

/* Polynomials over {0, 1}: the partial products are added without carries. */
SHARED v128 polynomial_8(v128 va, v128 vb)
{
	u8x16 r = {};

	LANES_UNROLL
	for (u32 i = 0; i < 8; i++)
		r ^= (va << i) & -(vb >> i & 1);
	return r;
}

SHARED v128 polynomial_16(v128 va, v128 vb)
{
	u16x8 a = (u16x8)va, b = (u16x8)vb, r = {};

	LANES_UNROLL
	for (u32 i = 0; i < 8; i++)
		r ^= (a << i) & -(b >> i & 1);
	return (v128)r;
}

SEM simd_pmul(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm)
{
	v128 a = get_v(cpu, rn), b = get_v(cpu, rm);

	set_vq(cpu, q, rd, polynomial_8(a, b));
}

SEM simd_pmull8(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm)
{
	v128 a = widen_u(q, 0, get_v(cpu, rn));
	v128 b = widen_u(q, 0, get_v(cpu, rm));

	set_v(cpu, rd, polynomial_16(a, b));
}

#define EVERY_FOURTH 0x1111111111111111

/*
 * 64 bits by 64: with only every fourth bit kept, carries of an ordinary
 * product die out before the next one kept.  Low half; the high half is the
 * low half of the factors read backwards, backwards.
 */
SHARED u64 polynomial_low(u64 a, u64 b)
{
	u64 r = 0;

	LANES_UNROLL
	for (u32 k = 0; k < 4; k++) {
		u64 sum = 0;
		LANES_UNROLL
		for (u32 i = 0; i < 4; i++)
			sum ^= (a & EVERY_FOURTH << i) * (b & EVERY_FOURTH << ((k - i) & 3));
		r |= sum & EVERY_FOURTH << k;
	}
	return r;
}

PURE u64 bits_reversed(u64 v)
{
	v = (v >> 1 & 0x5555555555555555) | (v & 0x5555555555555555) << 1;
	v = (v >> 2 & 0x3333333333333333) | (v & 0x3333333333333333) << 2;
	v = (v >> 4 & 0x0f0f0f0f0f0f0f0f) | (v & 0x0f0f0f0f0f0f0f0f) << 4;
	return __builtin_bswap64(v);
}

SEM simd_pmull64(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm)
{
	u64x2 n = (u64x2)get_v(cpu, rn), m = (u64x2)get_v(cpu, rm);
	u64 a = n[q], b = m[q];
	u64 high = bits_reversed(polynomial_low(bits_reversed(a), bits_reversed(b))) >> 1;

	set_v(cpu, rd, (v128)(u64x2){polynomial_low(a, b), high});
}

/* FMUL, FMULX by element, vector and scalar. */
#define SIMD_FP_ELEMENT(name) \
	SEM simd_f##name##_element(struct cpu *cpu, u32 q, u32 sz, \
				   reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = get_v(cpu, rn); \
		v128 b = splat_lane(2 + sz, get_v(cpu, rm), i); \
		set_vq(cpu, q, rd, lanes_f##name(cpu, FP_LANES(q, sz), sz, a, b)); \
	} \
	SEM fp_##name##_element(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 b = get_v(cpu, rm); \
		if (sz) { \
			double a = get_d(cpu, rn); \
			set_d(cpu, rd, f##name##_64(cpu, 1, a, ((f64x2)b)[i & 1])); \
		} else { \
			float a = get_s(cpu, rn); \
			set_s(cpu, rd, f##name##_32(cpu, 1, a, ((f32x4)b)[i & 3])); \
		} \
	}
SIMD_FP_ELEMENT(mul)
SIMD_FP_ELEMENT(mulx)

/* FMLA, FMLS: fused; FMLS negates the first factor. */
PURE v128 lanes_fmla(struct cpu *cpu, u32 lanes, u32 sz, u32 minus, v128 d, v128 a, v128 b)
{
	if (sz)
		return (v128)FMA(minus ? -(f64x2)a : (f64x2)a, (f64x2)b, (f64x2)d);
	return (v128)FMA(minus ? -(f32x4)a : (f32x4)a, (f32x4)b, (f32x4)d);
}

SEM simd_fmla(struct cpu *cpu, u32 q, u32 sz, u32 minus, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	set_vq(cpu, q, rd, lanes_fmla(cpu, FP_LANES(q, sz), sz, minus, d, a, b));
}

SEM simd_fmla_element(struct cpu *cpu, u32 q, u32 sz, u32 minus,
		      reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 b = splat_lane(2 + sz, get_v(cpu, rm), i);

	set_vq(cpu, q, rd, lanes_fmla(cpu, FP_LANES(q, sz), sz, minus, d, a, b));
}

SEM fp_mla_element(struct cpu *cpu, u32 sz, u32 minus, reg rd, reg rn, reg rm, u64 i)
{
	v128 v = get_v(cpu, rm);
	u32 lanes = 1;

	if (sz) {
		double d = get_d(cpu, rd), a = get_d(cpu, rn), b = ((f64x2)v)[i & 1];
		set_d(cpu, rd, FMA(minus ? -a : a, b, d));
	} else {
		float d = get_s(cpu, rd), a = get_s(cpu, rn), b = ((f32x4)v)[i & 3];
		set_s(cpu, rd, FMA(minus ? -a : a, b, d));
	}
}

#endif
