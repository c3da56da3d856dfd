/* SPDX-License-Identifier: MIT */
/*
 * Saturating addition, subtraction and their relatives.  Each is a pair of
 * lane functions, the saturated and the wrapped result; where they differ,
 * FPSR.QC is set.
 */
#ifndef A64_SIMD_SATURATE_H
#define A64_SIMD_SATURATE_H

#include "simd_lanes.h"

#ifdef __clang__
#define ADD_SAT(a, b) __builtin_elementwise_add_sat(a, b)
#define SUB_SAT(a, b) __builtin_elementwise_sub_sat(a, b)
LANES2(lanes_sqadd, s, ADD_SAT(a, b))
LANES2(lanes_uqadd, u, ADD_SAT(a, b))
LANES2(lanes_sqsub, s, SUB_SAT(a, b))
LANES2(lanes_uqsub, u, SUB_SAT(a, b))
#else
#define SIGNED_SAT(overflow, r) PICK((overflow) >> (W - 1), (a >> (W - 1)) ^ LANE_MAX, r)
LANES2(lanes_sqadd, s, SIGNED_SAT(~(a ^ b) & (a ^ (a + b)), a + b))
LANES2(lanes_uqadd, u, (a + b) | (V)((a + b) < a))
LANES2(lanes_sqsub, s, SIGNED_SAT((a ^ b) & (a ^ (a - b)), a - b))
LANES2(lanes_uqsub, u, (a - b) & (V)(a >= b))
#endif
LANES2(lanes_wrap_add, u, a + b)
LANES2(lanes_wrap_sub, u, a - b)

/* A result, and the bits that tell where it is not the true one. */
PURE void put_limited(struct cpu *cpu, u32 q, u32 size, reg rd, v128 r, v128 lost)
{
	set_qc(cpu, kept(q, size, lost));
	put_lanes(cpu, q, size, rd, r);
}

PURE void put_saturated(struct cpu *cpu, u32 q, u32 size, reg rd, v128 r, v128 wrapped)
{
	put_limited(cpu, q, size, rd, r, r ^ wrapped);
}

#define SIMD2_SATURATE(name, wrapped) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_saturated(cpu, q, size, rd, lanes_##name(size, a, b), \
			      wrapped(size, a, b)); \
	}
SIMD2_SATURATE(sqadd, lanes_wrap_add)
SIMD2_SATURATE(uqadd, lanes_wrap_add)
SIMD2_SATURATE(sqsub, lanes_wrap_sub)
SIMD2_SATURATE(uqsub, lanes_wrap_sub)

/* SUQADD adds an unsigned number to a signed accumulator, USQADD the reverse. */
LANES2(lanes_suqadd, u, PICK(b > LANE_MAX - a, LANE_MAX, a + b))
LANES2(lanes_usqadd_up, u, PICK(a + b < a, LANE_ONES, a + b))
LANES2(lanes_usqadd_down, u, PICK(a < -b, ZERO, a + b))
LANES3(lanes_by_sign, s, PICK(d < 0, a, b))

PURE v128 lanes_usqadd(u32 size, v128 d, v128 n)
{
	return lanes_by_sign(size, n, lanes_usqadd_down(size, d, n), lanes_usqadd_up(size, d, n));
}

#define SIMD_ACCUMULATE_SATURATE(name) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		v128 d = get_v(cpu, rd), n = get_v(cpu, rn); \
		put_saturated(cpu, q, size, rd, lanes_##name(size, d, n), \
			      lanes_wrap_add(size, d, n)); \
	}
SIMD_ACCUMULATE_SATURATE(suqadd)
SIMD_ACCUMULATE_SATURATE(usqadd)

/* SQABS, SQNEG: only the most negative number saturates. */
LANES1(lanes_wrap_neg, u, -a)
LANES1(lanes_wrap_abs, s, PICK(a < 0, -a, a))
LANES1(lanes_cap, u, a - ((V)(a == LANE_MIN) & 1))

SEM simd_sqneg(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	v128 v = lanes_wrap_neg(size, get_v(cpu, rn));

	put_saturated(cpu, q, size, rd, lanes_cap(size, v), v);
}

SEM simd_sqabs(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	v128 v = lanes_wrap_abs(size, get_v(cpu, rn));

	put_saturated(cpu, q, size, rd, lanes_cap(size, v), v);
}

#endif
