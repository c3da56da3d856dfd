/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD integer arithmetic, logic and comparison that stays in its lanes.
 * Saturating forms are in simd_saturate.h, multiplications in simd_multiply.h.
 */
#ifndef A64_SIMD_ARITH_H
#define A64_SIMD_ARITH_H

#include "simd_lanes.h"

SIMD2(add, u, a + b)
SIMD2(sub, u, a - b)
SIMD1(neg, u, -a)
SIMD1(abs, s, PICK(a < 0, -a, a))

/* Halving: the sum's or difference's top bit is not lost. */
SIMD2(shadd, s, (a & b) + ((a ^ b) >> 1))
SIMD2(uhadd, u, (a & b) + ((a ^ b) >> 1))
SIMD2(srhadd, s, (a | b) - ((a ^ b) >> 1))
SIMD2(urhadd, u, (a | b) - ((a ^ b) >> 1))
SIMD2(shsub, s, (a >> 1) - (b >> 1) - (~a & b & 1))
SIMD2(uhsub, u, (a >> 1) - (b >> 1) - (~a & b & 1))

SIMD2(smax, s, PICK(a > b, a, b))
SIMD2(umax, u, PICK(a > b, a, b))
SIMD2(smin, s, PICK(a < b, a, b))
SIMD2(umin, u, PICK(a < b, a, b))
SIMD2(sabd, s, PICK(a > b, a, b) - PICK(a < b, a, b))
SIMD2(uabd, u, PICK(a > b, a, b) - PICK(a < b, a, b))
SIMD3(saba, s, d + (PICK(a > b, a, b) - PICK(a < b, a, b)))
SIMD3(uaba, u, d + (PICK(a > b, a, b) - PICK(a < b, a, b)))

/* Logic; `size` does not matter. */
SIMD2(and, u, a & b)
SIMD2(bic, u, a & ~b)
SIMD2(orr, u, a | b)
SIMD2(orn, u, a | ~b)
SIMD2(eor, u, a ^ b)
SIMD1(not, u, ~a)
SIMD3(bsl, u, (d & a) | (~d & b))
SIMD3(bit, u, (b & a) | (~b & d))
SIMD3(bif, u, (b & d) | (~b & a))

/* Comparisons: all ones where it holds. */
SIMD2(cmeq, u, a == b)
SIMD2(cmgt, s, a > b)
SIMD2(cmge, s, a >= b)
SIMD2(cmhi, u, a > b)
SIMD2(cmhs, u, a >= b)
SIMD2(cmtst, u, (a & b) != 0)
SIMD1(cmeq0, u, a == 0)
SIMD1(cmgt0, s, a > 0)
SIMD1(cmge0, s, a >= 0)
SIMD1(cmlt0, s, a < 0)
SIMD1(cmle0, s, a <= 0)

/* MOVI, MVNI, FMOV: the whole constant; ORR, BIC with one (BIC's is inverted). */
SEM simd_movi(struct cpu *cpu, u32 q, reg rd, u64 imm)
{
	set_vq(cpu, q, rd, (v128)(u64x2){imm, imm});
}

SEM simd_orr_imm(struct cpu *cpu, u32 q, reg rd, u64 imm)
{
	set_vq(cpu, q, rd, get_v(cpu, rd) | (v128)(u64x2){imm, imm});
}

SEM simd_and_imm(struct cpu *cpu, u32 q, reg rd, u64 imm)
{
	set_vq(cpu, q, rd, get_v(cpu, rd) & (v128)(u64x2){imm, imm});
}

/* Counting within lanes. */
PURE v128 lanes_popcount(v128 v)
{
#ifdef __clang__
	return __builtin_elementwise_popcount(v);
#else
	v = v - (v >> 1 & 0x55);
	v = (v & 0x33) + (v >> 2 & 0x33);
	return (v + (v >> 4)) & 0x0f;
#endif
}

SEM simd_cnt(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	set_vq(cpu, q, rd, lanes_popcount(get_v(cpu, rn)));
}

/* Leading zeros: halves where the upper part is empty, by bisection. */
PURE v128 lanes_clz(u32 size, v128 v)
{
	LANES_BY_SIZE(size, u,
		V x = (V)v;
		V n = SPLAT(W);
		LANES_UNROLL
		for (u32 step = W / 2; step; step /= 2) {
			V upper = x >> SPLAT(step);
			V some = (V)(upper != 0);
			n -= some & SPLAT(step);
			x = PICK(some, upper, x);
		}
		return (v128)(n - (x & 1));)
	__builtin_unreachable();
}

SEM simd_clz(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	set_vq(cpu, q, rd, lanes_clz(size, get_v(cpu, rn)));
}

LANES1(lanes_sign_flips, s, (a ^ (a >> 1)) & (V)LANE_MAX)
LANES1(lanes_less_one, u, a - 1)

/* CLS: leading bits equal to the sign, without it. */
SEM simd_cls(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	v128 v = lanes_clz(size, lanes_sign_flips(size, get_v(cpu, rn)));

	set_vq(cpu, q, rd, lanes_less_one(size, v));
}

SEM simd_rbit(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	v128 v = get_v(cpu, rn);

	v = (v >> 4) | (v << 4);
	v = (v >> 2 & 0x33) | (v & 0x33) << 2;
	v = (v >> 1 & 0x55) | (v & 0x55) << 1;
	set_vq(cpu, q, rd, v);
}

#endif
