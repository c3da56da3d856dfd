/* SPDX-License-Identifier: MIT */
/*
 * Sets of guest registers, for liveness and calling conventions.
 *
 * A register stands in halves, so that "only the low 32 bits are wanted"
 * (an int) and "only the low 64 bits are wanted" (a double in a vector
 * register) can be said: that decides the type it has in wasm.
 */
#ifndef LIFTER_REGSET_H
#define LIFTER_REGSET_H

#include "lifter/util.h"

/* The conditions lifted code keeps instead of NZCV, an i1 each; the negated
 * ones need none of their own.  The order is that of the A64 cond field / 2. */
enum flag { FLAG_EQ, FLAG_CS, FLAG_MI, FLAG_VS, FLAG_HI, FLAG_GE, FLAG_GT, FLAG_COUNT };

struct regset {
	u64 x;                     /* bits 0..31: low words of x0..x30, SP; 32..63: high words */
	u64 v;                     /* bits 0..31: low 64 bits of v0..v31; 32..63: high 64 bits */
	u32 f;                     /* enum flag */
};

#define RS_EMPTY ((struct regset){ 0 })
#define RS_ALL ((struct regset){ ~0ull, ~0ull, (1u << FLAG_COUNT) - 1 })

static inline struct regset rs_or(struct regset a, struct regset b)
{
	return (struct regset){ a.x | b.x, a.v | b.v, a.f | b.f };
}
static inline struct regset rs_and(struct regset a, struct regset b)
{
	return (struct regset){ a.x & b.x, a.v & b.v, a.f & b.f };
}
static inline struct regset rs_minus(struct regset a, struct regset b)
{
	return (struct regset){ a.x & ~b.x, a.v & ~b.v, a.f & ~b.f };
}
static inline bool rs_equal(struct regset a, struct regset b)
{
	return a.x == b.x && a.v == b.v && a.f == b.f;
}
static inline bool rs_any(struct regset a)
{
	return a.x | a.v | a.f;
}
/* Both halves of every register that has one in the set. */
static inline struct regset rs_whole(struct regset a)
{
	u64 x = (u32)(a.x | a.x >> 32), v = (u32)(a.v | a.v >> 32);

	return (struct regset){ x | x << 32, v | v << 32, a.f };
}
static inline struct regset rs_x(u32 r)
{
	return (struct regset){ .x = 1ull << r | 1ull << (r + 32) };
}
static inline struct regset rs_xs(u32 mask)
{
	return (struct regset){ .x = mask | (u64)mask << 32 };
}
static inline bool rs_has_x(struct regset s, u32 r) { return s.x >> r & 1 || s.x >> (r + 32) & 1; }
static inline bool rs_has_v(struct regset s, u32 r) { return s.v >> r & 1 || s.v >> (r + 32) & 1; }
static inline bool rs_high_x(struct regset s, u32 r) { return s.x >> (r + 32) & 1; }
static inline bool rs_high_v(struct regset s, u32 r) { return s.v >> (r + 32) & 1; }

/* AAPCS64 names. */
enum { REG_FP = 29, REG_LR = 30, REG_SP = 31 };
#define CALLEE_SAVED_X 0x1ff80000u          /* x19..x28 */
#define CALLEE_SAVED_V 0x0000ff00u          /* d8..d15, the low halves */
#define RS_CALLEE_SAVED ((struct regset){ \
	.x = CALLEE_SAVED_X | (u64)CALLEE_SAVED_X << 32, .v = CALLEE_SAVED_V })

/* v8..v15 of which only the upper half is in the set.  Calls keep the lower half
 * alone, so that the halves go separate ways. */
static inline u32 rs_upper_only(struct regset a)
{
	return (u32)(a.v >> 32) & ~(u32)a.v & CALLEE_SAVED_V;
}

/* What moves to or from struct cpu with the set: whole registers, but for those upper halves. */
static inline struct regset rs_moved(struct regset a)
{
	struct regset whole = rs_whole(a);

	whole.v &= ~(u64)rs_upper_only(a);
	return whole;
}

#endif
