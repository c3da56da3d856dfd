/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD shifts by a register: every lane by the signed low byte of its
 * partner, to the left if positive.
 *
 * Vector shifts throughout: one wasm instruction where LLVM sees that all lanes
 * go the same distance.
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

/*
 * SQSHL, UQSHL, SQRSHL, UQRSHL: what is lost to the left.  Not by shifting there
 * and back: LLVM 22 forgets to cut 8 and 16 bit lanes in between for wasm.
 */
#define LOST(gone) (V)((BY > 0) & (((BY < W) & (gone)) | ((BY >= W) & (a != 0))))
LANES2(inline_sqshl_lost, s, LOST(a >> AMOUNT(W - 1 - BY) != SIGNS))
LANES2(inline_uqshl_lost, u, LOST(a >> AMOUNT(W - BY) != 0))
LANES1(lanes_largest_s, s, SIGNS ^ LANE_MAX)
LANES1(lanes_largest_u, u, a | LANE_ONES)

SHARED v128 lanes_shift_lost(u32 uns, u32 size, v128 a, v128 b)
{
	return uns ? inline_uqshl_lost(size, a, b) : inline_sqshl_lost(size, a, b);
}

#define SIMD_SHIFT_SATURATE(name, uns, shift, largest) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 lost = lanes_shift_lost(uns, size, a, b); \
		v128 r = (lost & largest(size, a)) | (~lost & shift(size, a, b)); \
		put_limited(cpu, q, size, rd, r, lost); \
	}
SIMD_SHIFT_SATURATE(sqshl, 0, lanes_sshl, lanes_largest_s)
SIMD_SHIFT_SATURATE(uqshl, 1, lanes_ushl, lanes_largest_u)
SIMD_SHIFT_SATURATE(sqrshl, 0, lanes_srshl, lanes_largest_s)
SIMD_SHIFT_SATURATE(uqrshl, 1, lanes_urshl, lanes_largest_u)

#endif
