/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD shifts by a register: every lane by the signed low byte of its
 * partner, to the left if positive.
 *
 * The plain forms are vector shifts, which are one wasm instruction where all
 * lanes go the same distance.  The saturating ones go lane by lane in 64 bits.
 */
#ifndef A64_SIMD_SHIFT_REG_H
#define A64_SIMD_SHIFT_REG_H

#include "simd_saturate.h"

/* The distance to the left; a shift of a by a distance that is in range. */
#define BY (((S)b << (W - 8)) >> (W - 8))
#define AMOUNT(n) ((V)((n) & (W - 1)))
#define LEFT PICK(BY < W, a << AMOUNT(BY), ZERO)
#define RIGHT(beyond) PICK(BY > -W, a >> AMOUNT(-BY), beyond)
/* The last bit shifted out to the right. */
#define LAST(beyond) (PICK(BY >= -W, a >> AMOUNT(-BY - 1), beyond) & 1)
#define SIGNS (a >> (W - 1))

#define SHIFT_REG(name, t, expr) \
	LANES2(inline_##name, t, expr) \
	SHARED v128 lanes_##name(u32 size, v128 a, v128 b) \
	{ \
		return inline_##name(size, a, b); \
	} \
	SIMD2_OF(name)
SHIFT_REG(sshl, s, PICK(BY < 0, RIGHT(SIGNS), LEFT))
SHIFT_REG(ushl, u, PICK(BY < 0, RIGHT(ZERO), LEFT))
SHIFT_REG(srshl, s, PICK(BY < 0, RIGHT(SIGNS) + LAST(SIGNS), LEFT))
SHIFT_REG(urshl, u, PICK(BY < 0, RIGHT(ZERO) + LAST(ZERO), LEFT))

/* An element in 64 bits. */
PURE u64 extended(u32 uns, u32 width, u64 v)
{
	u32 unused = 64 - width;

	return uns ? v << unused >> unused : (u64)((s64)(v << unused) >> unused);
}

/* Right by n >= 0, signs or zeros moving in; n may be any size. */
PURE u64 right_by(u32 uns, u64 v, u32 n)
{
	u64 gone = uns ? 0 : (u64)((s64)v >> 63);
	u64 moved = uns ? v >> (n & 63) : (u64)((s64)v >> (n & 63));

	return n < 64 ? moved : gone;
}

/* One lane: v is extended; *lost becomes all ones if the result saturated. */
SHARED u64 shifted_lane(u32 uns, u32 rounds, u32 width, u64 v, s8 by, u64 *lost)
{
	u32 right = (u32)-(s32)by & 255, left = (u32)(s32)by & 127;
	u64 down = right_by(uns, v, right);
	u64 up = left < 64 ? v << (left & 63) : 0;
	/* the last bit shifted out; `right` is not 0 where it counts */
	u64 last = right_by(uns, v, (right - 1) & 255) & 1;
	u64 fits = extended(uns, width, up);
	u64 max = uns ? ~(u64)0 >> (64 - width) : ~(u64)0 >> (65 - width);
	u64 limit = uns ? max : max ^ (u64)((s64)v >> 63);
	bool is_lost = (by > 0) & ((right_by(uns, fits, left) != v) | (left >= width)) & (v != 0);

	down += rounds ? last : 0;
	*lost = is_lost ? ~(u64)0 : 0;
	return by < 0 ? down : is_lost ? limit : up;
}

/* SQSHL, UQSHL, SQRSHL, UQRSHL: of the lanes that q keeps. */
SEM simd_shift_saturate(struct cpu *cpu, u32 q, u32 size, u32 uns, u32 rounds,
			reg rd, reg rn, reg rm)
{
	v128 va = get_v(cpu, rn), vb = get_v(cpu, rm);

	LANES_BY_SIZE(size, u,
		V a = (V)va;
		V b = (V)vb;
		V r = {};
		V lost = {};
		LANES_UNROLL
		for (u32 i = 0; i < (q == SCALAR ? 1 : q ? N : N / 2); i++) {
			u64 l;
			r[i] = (E)shifted_lane(uns, rounds, W, extended(uns, W, a[i]),
					       (s8)b[i], &l);
			lost[i] = (E)l;
		}
		put_limited(cpu, q, size, rd, (v128)r, (v128)lost);)
}

#endif
