/* SPDX-License-Identifier: MIT */
/*
 * Complex numbers in pairs of lanes (FCMA): FCADD adds a rotated operand,
 * FCMLA multiplies and adds one of the two halves of a complex product.
 * `rot` counts quarter turns; all of it is constant in a row.
 */
#ifndef A64_SIMD_COMPLEX_H
#define A64_SIMD_COMPLEX_H

#include "simd_multiply.h"

/* Signs flipped in even lanes, odd lanes, or both. */
PURE v128 negated_lanes(u32 sz, u32 even, u32 odd, v128 v)
{
	u64 top = (u64)1 << 63, half = (u64)1 << 31;
	u64x2 mask = sz ? (u64x2){even ? top : 0, odd ? top : 0} :
			  (u64x2){} + ((even ? half : 0) | (odd ? top : 0));

	return v ^ (v128)mask;
}

PURE v128 swapped_pairs(u32 sz, v128 v)
{
	return sz ? (v128)__builtin_shufflevector((u64x2)v, (u64x2)v, 1, 0) :
		    (v128)__builtin_shufflevector((u32x4)v, (u32x4)v, 1, 0, 3, 2);
}

/* FCADD: rot is 1 or 3. */
SEM simd_fcadd(struct cpu *cpu, u32 q, u32 sz, u32 rot, reg rd, reg rn, reg rm)
{
	v128 a = get_v(cpu, rn), b = swapped_pairs(sz, get_v(cpu, rm));

	set_vq(cpu, q, rd, lanes_fadd(cpu, FP_LANES(q, sz), sz, a, negated_lanes(sz, rot == 1, rot == 3, b)));
}

PURE v128 lanes_fcmla(struct cpu *cpu, u32 lanes, u32 sz, u32 rot, v128 d, v128 a, v128 b)
{
	v128 part = rot & 1 ? lanes_trn2(2 + sz, a, a) : lanes_trn1(2 + sz, a, a);

	b = rot & 1 ? swapped_pairs(sz, b) : b;
	b = negated_lanes(sz, rot == 1 || rot == 2, rot >= 2, b);
	return lanes_fmla(cpu, lanes, sz, 0, d, part, b);
}

SEM simd_fcmla(struct cpu *cpu, u32 q, u32 sz, u32 rot, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	set_vq(cpu, q, rd, lanes_fcmla(cpu, FP_LANES(q, sz), sz, rot, d, a, b));
}

/* By element: the pair of singles i of rm. */
SEM simd_fcmla_element(struct cpu *cpu, u32 rot, reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn);
	v128 b = splat_lane(3, get_v(cpu, rm), i);

	set_v(cpu, rd, lanes_fcmla(cpu, 4, 0, rot, d, a, b));
}

#endif
