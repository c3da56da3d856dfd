/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD operations between elements of one register: pairwise and across
 * all lanes, integer and floating point.
 */
#ifndef A64_SIMD_PAIRWISE_H
#define A64_SIMD_PAIRWISE_H

#include "fp_arith.h"
#include "simd_widen.h"

/* Pairs of rm:rn. */
#define SIMD_PAIRWISE(name, op) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 even = lanes_even(q, size, a, b), odd = lanes_odd(q, size, a, b); \
		set_vq(cpu, q, rd, op(size, even, odd)); \
	}
SIMD_PAIRWISE(addp, lanes_add)
SIMD_PAIRWISE(smaxp, lanes_smax)
SIMD_PAIRWISE(sminp, lanes_smin)
SIMD_PAIRWISE(umaxp, lanes_umax)
SIMD_PAIRWISE(uminp, lanes_umin)

/* The same in floating point; and of the two elements of one register. */
#define SIMD_FP_PAIRWISE(name) \
	SEM simd_f##name##p(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 even = lanes_even(q, 2 + sz, a, b), odd = lanes_odd(q, 2 + sz, a, b); \
		set_vq(cpu, q, rd, lanes_f##name(cpu, FP_LANES(q, sz), sz, even, odd)); \
	} \
	SEM fp_##name##p(struct cpu *cpu, u32 sz, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		v128 next = lanes_uzp2(2 + sz, v, v); \
		v128 r = lanes_f##name(cpu, 1, sz, v, next); \
		if (sz) \
			set_d(cpu, rd, ((f64x2)r)[0]); \
		else \
			set_s(cpu, rd, ((f32x4)r)[0]); \
	}
SIMD_FP_PAIRWISE(add)
SIMD_FP_PAIRWISE(max)
SIMD_FP_PAIRWISE(min)
SIMD_FP_PAIRWISE(maxnm)
SIMD_FP_PAIRWISE(minnm)

SEM simd_addp_scalar(struct cpu *cpu, reg rd, reg rn)
{
	u64x2 v = (u64x2)get_v(cpu, rn);

	set_u64v(cpu, rd, v[0] + v[1]);
}

/* SADDLP, SADALP: neighbours added in twice the bits. */
LANES1(lanes_pairs_s, s, ((a << (W / 2)) >> (W / 2)) + (a >> (W / 2)))
LANES1(lanes_pairs_u, u, (a & HALF_MAX_U) + (a >> (W / 2)))

PURE v128 add_pairs_s(u32 size, v128 v)
{
#ifdef __wasm__
	if (size == 0)
		return (v128)__builtin_wasm_extadd_pairwise_i8x16_s_i16x8((s8x16)v);
	if (size == 1)
		return (v128)__builtin_wasm_extadd_pairwise_i16x8_s_i32x4((s16x8)v);
#endif
	return lanes_pairs_s(size + 1, v);
}

PURE v128 add_pairs_u(u32 size, v128 v)
{
#ifdef __wasm__
	if (size == 0)
		return (v128)__builtin_wasm_extadd_pairwise_i8x16_u_i16x8(v);
	if (size == 1)
		return (v128)__builtin_wasm_extadd_pairwise_i16x8_u_i32x4((u16x8)v);
#endif
	return lanes_pairs_u(size + 1, v);
}

#define SIMD_ADD_PAIRS(sign) \
	SEM simd_##sign##addlp(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		set_vq(cpu, q, rd, add_pairs_##sign(size, get_v(cpu, rn))); \
	} \
	SEM simd_##sign##adalp(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		v128 d = get_v(cpu, rd), n = get_v(cpu, rn); \
		set_vq(cpu, q, rd, lanes_add(size + 1, d, add_pairs_##sign(size, n))); \
	}
SIMD_ADD_PAIRS(s)
SIMD_ADD_PAIRS(u)

/* All lanes of 64 or 128 bits folded into lane 0, halving each time. */
#define FOLDED(name, op) \
	PURE v128 name(u32 q, u32 size, v128 v) \
	{ \
		v = q ? op(size, v, high_to_low(v)) : v; \
		if (size < 3) \
			v = op(size, v, (v128)((u64x2)v >> 32)); \
		if (size < 2) \
			v = op(size, v, (v128)((u64x2)v >> 16)); \
		if (size < 1) \
			v = op(size, v, (v128)((u64x2)v >> 8)); \
		return v; \
	}
FOLDED(folded_add, lanes_add)
FOLDED(folded_smax, lanes_smax)
FOLDED(folded_smin, lanes_smin)
FOLDED(folded_umax, lanes_umax)
FOLDED(folded_umin, lanes_umin)

#define SIMD_ACROSS(name, fold) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		put_lanes(cpu, SCALAR, size, rd, fold(q, size, get_v(cpu, rn))); \
	}
SIMD_ACROSS(addv, folded_add)
SIMD_ACROSS(smaxv, folded_smax)
SIMD_ACROSS(sminv, folded_smin)
SIMD_ACROSS(umaxv, folded_umax)
SIMD_ACROSS(uminv, folded_umin)

/* SADDLV, UADDLV: the sum has twice the bits. */
SEM simd_saddlv(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	v128 v = add_pairs_s(size, get_v(cpu, rn));

	put_lanes(cpu, SCALAR, size + 1, rd, folded_add(q, size + 1, v));
}

SEM simd_uaddlv(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	v128 v = add_pairs_u(size, get_v(cpu, rn));

	put_lanes(cpu, SCALAR, size + 1, rd, folded_add(q, size + 1, v));
}

/* FMAXV and the like, on four singles: Reduce() pairs neighbours first. */
#define SIMD_FP_ACROSS(name) \
	SEM simd_f##name##v(struct cpu *cpu, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		v = lanes_f##name(cpu, 2, 0, lanes_uzp1(2, v, v), lanes_uzp2(2, v, v)); \
		v = lanes_f##name(cpu, 1, 0, v, lanes_uzp2(2, v, v)); \
		set_s(cpu, rd, ((f32x4)v)[0]); \
	}
SIMD_FP_ACROSS(max)
SIMD_FP_ACROSS(min)
SIMD_FP_ACROSS(maxnm)
SIMD_FP_ACROSS(minnm)

#endif
