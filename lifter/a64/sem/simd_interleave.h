/* SPDX-License-Identifier: MIT */
/*
 * Structures in registers and in memory: element i of register r is element
 * i * n + r in memory (LD2-LD4, ST2-ST4).
 *
 * Two and four registers are networks of UZP and ZIP.  Three are two shuffles
 * a register; LLVM finds them by itself where a register is made of three, but
 * not for ST3 on whole registers, which has its lists here.
 */
#ifndef A64_SIMD_INTERLEAVE_H
#define A64_SIMD_INTERLEAVE_H

#include "simd_permute.h"

struct quad {
	v128 v[4];
};

/* The part of memory vector k that registers 0 and 1 make; then register 2's. */
SHUFFLES(two_of_three_0,
	 (0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5),
	 (0, 8, 0, 1, 9, 0, 2, 10), (0, 4, 0, 1), (0, 2))
SHUFFLES(third_of_three_0,
	 (0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15),
	 (0, 1, 8, 3, 4, 9, 6, 7), (0, 1, 4, 3), (0, 1))
SHUFFLES(two_of_three_1,
	 (21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26),
	 (0, 3, 11, 0, 4, 12, 0, 5), (5, 0, 2, 6), (0, 1))
SHUFFLES(third_of_three_1,
	 (0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15),
	 (10, 1, 2, 11, 4, 5, 12, 7), (0, 5, 2, 3), (2, 1))
SHUFFLES(two_of_three_2,
	 (0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0),
	 (13, 0, 6, 14, 0, 7, 15, 0), (0, 3, 7, 0), (3, 0))
SHUFFLES(third_of_three_2,
	 (26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31),
	 (0, 13, 2, 3, 14, 5, 6, 15), (6, 1, 2, 7), (0, 3))

PURE struct quad interleave_three(u32 size, struct quad in)
{
	v128 a = in.v[0], b = in.v[1], c = in.v[2];

	return (struct quad){{
		third_of_three_0(size, two_of_three_0(size, a, b), c),
		third_of_three_1(size, two_of_three_1(size, a, b), c),
		third_of_three_2(size, two_of_three_2(size, a, b), c),
	}};
}

/* Any number of registers, element by element. */
PURE struct quad deinterleave_lanes(u32 q, u32 size, u32 n, struct quad in)
{
	struct quad out = {{{0}}};
	u32 lanes = 8u << q >> size;

	_Pragma("GCC unroll 4")
	for (u32 r = 0; r < n; r++)
		LANES_UNROLL
		for (u32 i = 0; i < lanes; i++) {
			u64 x = lane_of(size, in.v[(i * n + r) / lanes], (i * n + r) % lanes);
			out.v[r] = with_lane(size, out.v[r], i, x);
		}
	return out;
}

PURE struct quad interleave_lanes(u32 q, u32 size, u32 n, struct quad in)
{
	struct quad out = {{{0}}};
	u32 lanes = 8u << q >> size;

	_Pragma("GCC unroll 4")
	for (u32 r = 0; r < n; r++)
		LANES_UNROLL
		for (u32 i = 0; i < lanes; i++) {
			u32 at = i * n + r;
			u64 x = lane_of(size, in.v[r], i);
			out.v[at / lanes] = with_lane(size, out.v[at / lanes], at % lanes, x);
		}
	return out;
}

PURE struct quad deinterleave(u32 q, u32 size, u32 n, struct quad in)
{
	const v128 *v = in.v;

	if (n == 2)
		return (struct quad){{lanes_even(q, size, v[0], v[1]),
				      lanes_odd(q, size, v[0], v[1])}};
	if (n == 4) {
		v128 ac0 = lanes_even(q, size, v[0], v[1]), bd0 = lanes_odd(q, size, v[0], v[1]);
		v128 ac1 = lanes_even(q, size, v[2], v[3]), bd1 = lanes_odd(q, size, v[2], v[3]);
		return (struct quad){{
			lanes_even(q, size, ac0, ac1), lanes_even(q, size, bd0, bd1),
			lanes_odd(q, size, ac0, ac1), lanes_odd(q, size, bd0, bd1),
		}};
	}
	return deinterleave_lanes(q, size, n, in);
}

PURE struct quad interleave(u32 q, u32 size, u32 n, struct quad in)
{
	const v128 *v = in.v;

	if (n == 2)
		return (struct quad){{lanes_zip1(size, v[0], v[1]),
				      lanes_zip_high(q, size, v[0], v[1])}};
	if (n == 4) {
		v128 ac0 = lanes_zip1(size, v[0], v[2]), ac1 = lanes_zip_high(q, size, v[0], v[2]);
		v128 bd0 = lanes_zip1(size, v[1], v[3]), bd1 = lanes_zip_high(q, size, v[1], v[3]);
		return (struct quad){{
			lanes_zip1(size, ac0, bd0), lanes_zip_high(q, size, ac0, bd0),
			lanes_zip1(size, ac1, bd1), lanes_zip_high(q, size, ac1, bd1),
		}};
	}
	return q ? interleave_three(size, in) : interleave_lanes(q, size, n, in);
}

#endif
