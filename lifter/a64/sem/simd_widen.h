/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD operations that change the width of an element: long, wide and
 * narrow forms.  `size` is always the narrow element's.  Where q is set a
 * narrow source is the register's high half, and a narrow result goes there.
 */
#ifndef A64_SIMD_WIDEN_H
#define A64_SIMD_WIDEN_H

#include "simd_arith.h"
#include "simd_permute.h"

#define WIDEN_ARM(narrow, wide, n) \
	return q ? (v128)__builtin_convertvector(__builtin_shufflevector((narrow)v, \
			(narrow)v, WIDEN_HIGH_##n), wide) : \
		   (v128)__builtin_convertvector(__builtin_shufflevector((narrow)v, \
			(narrow)v, WIDEN_LOW_##n), wide)
#define WIDEN_LOW_8 0, 1, 2, 3, 4, 5, 6, 7
#define WIDEN_HIGH_8 8, 9, 10, 11, 12, 13, 14, 15
#define WIDEN_LOW_4 0, 1, 2, 3
#define WIDEN_HIGH_4 4, 5, 6, 7
#define WIDEN_LOW_2 0, 1
#define WIDEN_HIGH_2 2, 3

/* The half of v that q names, every element in twice the bits. */
#define WIDEN(name, t) \
	PURE v128 name(u32 q, u32 size, v128 v) \
	{ \
		switch (size) { \
		case 0: WIDEN_ARM(t##8x16, t##16x8, 8); \
		case 1: WIDEN_ARM(t##16x8, t##32x4, 4); \
		default: WIDEN_ARM(t##32x4, t##64x2, 2); \
		} \
	}
WIDEN(widen_s, s)
WIDEN(widen_u, u)

/* SADDL, SADDW and the like: an operation on wide elements. */
#define SIMD_LONG(name, sign, op) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = widen_##sign(q, size, get_v(cpu, rn)); \
		v128 b = widen_##sign(q, size, get_v(cpu, rm)); \
		set_v(cpu, rd, op(size + 1, a, b)); \
	}
#define SIMD_LONG_ACCUMULATE(name, sign, op) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 d = get_v(cpu, rd); \
		v128 a = widen_##sign(q, size, get_v(cpu, rn)); \
		v128 b = widen_##sign(q, size, get_v(cpu, rm)); \
		set_v(cpu, rd, op(size + 1, d, a, b)); \
	}
#define SIMD_WIDE(name, sign, op) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn); \
		v128 b = widen_##sign(q, size, get_v(cpu, rm)); \
		set_v(cpu, rd, op(size + 1, a, b)); \
	}
SIMD_LONG(saddl, s, lanes_add)
SIMD_LONG(uaddl, u, lanes_add)
SIMD_LONG(ssubl, s, lanes_sub)
SIMD_LONG(usubl, u, lanes_sub)
SIMD_LONG(sabdl, s, lanes_sabd)
SIMD_LONG(uabdl, u, lanes_uabd)
SIMD_LONG_ACCUMULATE(sabal, s, lanes_saba)
SIMD_LONG_ACCUMULATE(uabal, u, lanes_uaba)
SIMD_WIDE(saddw, s, lanes_add)
SIMD_WIDE(uaddw, u, lanes_add)
SIMD_WIDE(ssubw, s, lanes_sub)
SIMD_WIDE(usubw, u, lanes_sub)

/* The low or high halves of wide elements, in the low 64 bits. */
PURE v128 narrow_low(u32 size, v128 v) { return lanes_uzp1(size, v, zero_v()); }
PURE v128 narrow_high(u32 size, v128 v) { return lanes_uzp2(size, v, zero_v()); }

/* ADDHN and the like; RADDHN adds half of what is cut off. */
LANES1(lanes_round_half, u, a + SPLAT((u64)1 << (W / 2 - 1)))

#define SIMD_HIGH_NARROW(name, op, rounding) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 r = op(size + 1, a, b); \
		put_half(cpu, q, rd, narrow_high(size, rounding(size + 1, r))); \
	}
#define AS_IS(size, v) (v)
SIMD_HIGH_NARROW(addhn, lanes_add, AS_IS)
SIMD_HIGH_NARROW(subhn, lanes_sub, AS_IS)
SIMD_HIGH_NARROW(raddhn, lanes_add, lanes_round_half)
SIMD_HIGH_NARROW(rsubhn, lanes_sub, lanes_round_half)

/* XTN. */
SEM simd_xtn(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	put_half(cpu, q, rd, narrow_low(size, get_v(cpu, rn)));
}

/* Clamps of wide elements (W bits) to the narrow type's range. */
#define HALF_MAX_S SPLAT(((u64)1 << (W / 2 - 1)) - 1)
#define HALF_MIN_S SPLAT(-((s64)1 << (W / 2 - 1)))
#define HALF_MAX_U SPLAT(((u64)1 << (W / 2)) - 1)
LANES1(lanes_cap_below, s, PICK(a < HALF_MIN_S, HALF_MIN_S, a))
LANES1(lanes_cap_above, s, PICK(a > HALF_MAX_S, HALF_MAX_S, a))
LANES1(lanes_clamp_u, u, PICK(a > HALF_MAX_U, HALF_MAX_U, a))
LANES1(lanes_no_negative, s, PICK(a < 0, ZERO, a))

PURE v128 clamp_s(u32 size, v128 v) { return lanes_cap_above(size, lanes_cap_below(size, v)); }
PURE v128 clamp_u(u32 size, v128 v) { return lanes_clamp_u(size, v); }
/* Signed to unsigned: what is not negative is clamped as unsigned. */
PURE v128 clamp_su(u32 size, v128 v) { return lanes_clamp_u(size, lanes_no_negative(size, v)); }

/* A saturated narrow result; q may be SCALAR. */
PURE void put_narrowed(struct cpu *cpu, u32 q, u32 size, reg rd, v128 clamped, v128 v)
{
	set_qc(cpu, kept(q == SCALAR ? SCALAR : 1, size + 1, clamped ^ v));
	if (q == SCALAR)
		put_lanes(cpu, SCALAR, size, rd, clamped);
	else
		put_half(cpu, q, rd, narrow_low(size, clamped));
}

#define SIMD_SATURATING_NARROW(name, clamp) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		v128 v = get_v(cpu, rn); \
		put_narrowed(cpu, q, size, rd, clamp(size + 1, v), v); \
	}
SIMD_SATURATING_NARROW(sqxtn, clamp_s)
SIMD_SATURATING_NARROW(uqxtn, clamp_u)
SIMD_SATURATING_NARROW(sqxtun, clamp_su)

#endif
