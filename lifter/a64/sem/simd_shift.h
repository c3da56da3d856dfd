/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD shifts by an immediate.  `n` is the distance as the assembler
 * writes it: 1..W to the right, 0..W-1 to the left.
 */
#ifndef A64_SIMD_SHIFT_H
#define A64_SIMD_SHIFT_H

#include "simd_saturate.h"
#include "simd_widen.h"

/* Lane functions of a vector and a distance. */
#define LANES_SHIFT(name, t, expr) \
	PURE v128 name(u32 size, v128 va, u64 n) \
	{ \
		LANES_BY_SIZE(size, t, V a = (V)va; return (v128)(expr);) \
		__builtin_unreachable(); \
	}
/* Right by 1..W, in two steps that each stay within the lane. */
LANES_SHIFT(lanes_sshr, s, (a >> (E)(n - 1)) >> 1)
LANES_SHIFT(lanes_ushr, u, (a >> (E)(n - 1)) >> 1)
/* Right by 0..W-1, undoing a shift to the left. */
LANES_SHIFT(lanes_sshl_undone, s, a >> (E)n)
LANES_SHIFT(lanes_ushl_undone, u, a >> (E)n)
LANES_SHIFT(lanes_shl, u, a << (E)n)
/* The last bit shifted out, 0 or 1. */
LANES_SHIFT(lanes_last_out, u, a >> (E)(n - 1) & 1)

PURE v128 lanes_srshr(u32 size, v128 v, u64 n)
{
	return lanes_add(size, lanes_sshr(size, v, n), lanes_last_out(size, v, n));
}

PURE v128 lanes_urshr(u32 size, v128 v, u64 n)
{
	return lanes_add(size, lanes_ushr(size, v, n), lanes_last_out(size, v, n));
}

#define SIMD_SHIFT(name) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n) \
	{ \
		put_lanes(cpu, q, size, rd, lanes_##name(size, get_v(cpu, rn), n)); \
	}
/* ... added to the destination. */
#define SIMD_SHIFT_ADD(name, shift) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn); \
		put_lanes(cpu, q, size, rd, lanes_add(size, d, shift(size, a, n))); \
	}
SIMD_SHIFT(sshr)
SIMD_SHIFT(ushr)
SIMD_SHIFT(srshr)
SIMD_SHIFT(urshr)
SIMD_SHIFT(shl)
SIMD_SHIFT_ADD(ssra, lanes_sshr)
SIMD_SHIFT_ADD(usra, lanes_ushr)
SIMD_SHIFT_ADD(srsra, lanes_srshr)
SIMD_SHIFT_ADD(ursra, lanes_urshr)

/* SLI, SRI: bits shifted in come from the destination. */
SEM simd_sli(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 mask = lanes_shl(size, ~zero_v(), n);

	put_lanes(cpu, q, size, rd, (d & ~mask) | lanes_shl(size, a, n));
}

SEM simd_sri(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 mask = lanes_ushr(size, ~zero_v(), n);

	put_lanes(cpu, q, size, rd, (d & ~mask) | lanes_ushr(size, a, n));
}

/* SQSHL, UQSHL, SQSHLU: what does not come back when shifted back is lost. */
LANES2(lanes_differ, u, a != b)
LANES1(lanes_limit, s, (a >> (W - 1)) ^ LANE_MAX)
LANES1(lanes_negative, s, a < 0)

SEM simd_sqshl_imm(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n)
{
	v128 v = get_v(cpu, rn), r = lanes_shl(size, v, n);
	v128 lost = lanes_differ(size, lanes_sshl_undone(size, r, n), v);

	r = (lost & lanes_limit(size, v)) | (~lost & r);
	put_limited(cpu, q, size, rd, r, lost);
}

SEM simd_uqshl_imm(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n)
{
	v128 v = get_v(cpu, rn), r = lanes_shl(size, v, n);
	v128 lost = lanes_differ(size, lanes_ushl_undone(size, r, n), v);

	put_limited(cpu, q, size, rd, r | lost, lost);
}

SEM simd_sqshlu_imm(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n)
{
	v128 v = get_v(cpu, rn), r = lanes_shl(size, v, n);
	v128 negative = lanes_negative(size, v);
	v128 lost = lanes_differ(size, lanes_ushl_undone(size, r, n), v) | negative;

	put_limited(cpu, q, size, rd, (r | lost) & ~negative, lost);
}

/* SHRN, RSHRN: size is the result's. */
#define SIMD_SHIFT_NARROW(name, shift) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n) \
	{ \
		v128 v = shift(size + 1, get_v(cpu, rn), n); \
		put_half(cpu, q, rd, narrow_low(size, v)); \
	}
SIMD_SHIFT_NARROW(shrn, lanes_ushr)
SIMD_SHIFT_NARROW(rshrn, lanes_urshr)

#define SIMD_SHIFT_SATURATING_NARROW(name, shift, clamp) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n) \
	{ \
		v128 v = shift(size + 1, get_v(cpu, rn), n); \
		put_narrowed(cpu, q, size, rd, clamp(size + 1, v), v); \
	}
SIMD_SHIFT_SATURATING_NARROW(sqshrn, lanes_sshr, clamp_s)
SIMD_SHIFT_SATURATING_NARROW(sqrshrn, lanes_srshr, clamp_s)
SIMD_SHIFT_SATURATING_NARROW(uqshrn, lanes_ushr, clamp_u)
SIMD_SHIFT_SATURATING_NARROW(uqrshrn, lanes_urshr, clamp_u)
SIMD_SHIFT_SATURATING_NARROW(sqshrun, lanes_sshr, clamp_su)
SIMD_SHIFT_SATURATING_NARROW(sqrshrun, lanes_srshr, clamp_su)

/* SSHLL, USHLL (SXTL, UXTL), and SHLL, whose distance is the element's width. */
#define SIMD_SHIFT_LONG(name, sign) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 n) \
	{ \
		v128 v = widen_##sign(q, size, get_v(cpu, rn)); \
		set_v(cpu, rd, lanes_shl(size + 1, v, n)); \
	}
SIMD_SHIFT_LONG(sshll, s)
SIMD_SHIFT_LONG(ushll, u)

#endif
