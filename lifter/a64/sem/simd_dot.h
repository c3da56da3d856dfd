/* SPDX-License-Identifier: MIT */
/*
 * Dot products and small matrices of bytes: SDOT, UDOT, USDOT, SUDOT, SMMLA,
 * UMMLA, USMMLA.  Products of bytes fit 16 bits; the pairs of a dot product are
 * summed in 32.
 */
#ifndef A64_SIMD_DOT_H
#define A64_SIMD_DOT_H

#include "simd_multiply.h"
#include "simd_pairwise.h"

/* Sums of pairs of products, of half q of the bytes. */
#define BYTE_PRODUCTS(name, sa, sb, pairs) \
	PURE v128 name(u32 q, v128 a, v128 b) \
	{ \
		return pairs(1, lanes_mul(1, widen_##sa(q, 0, a), widen_##sb(q, 0, b))); \
	}
BYTE_PRODUCTS(products_s, s, s, add_pairs_s)
BYTE_PRODUCTS(products_u, u, u, add_pairs_u)
BYTE_PRODUCTS(products_us, u, s, add_pairs_s)
BYTE_PRODUCTS(products_su, s, u, add_pairs_s)

PURE v128 add_neighbours(v128 a, v128 b)
{
	return lanes_add(2, lanes_uzp1(2, a, b), lanes_uzp2(2, a, b));
}

/* Also by element: the group of four bytes in lane i of rm. */
#define SIMD_DOT(name, products) \
	PURE v128 name##_lanes(v128 d, v128 a, v128 b) \
	{ \
		return lanes_add(2, d, add_neighbours(products(0, a, b), products(1, a, b))); \
	} \
	SEM simd_##name(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm); \
		set_vq(cpu, q, rd, name##_lanes(d, a, b)); \
	} \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn); \
		v128 b = splat_lane(2, get_v(cpu, rm), i); \
		set_vq(cpu, q, rd, name##_lanes(d, a, b)); \
	}
SIMD_DOT(sdot, products_s)
SIMD_DOT(udot, products_u)
SIMD_DOT(usdot, products_us)
SIMD_DOT(sudot, products_su)

/* 2x8 bytes times 8x2: row i of rn by row j of rm goes to word 2i + j. */
#define SIMD_MATRIX(name, products) \
	SEM simd_##name(struct cpu *cpu, reg rd, reg rn, reg rm) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm); \
		v128 a0 = lanes_zip1(3, a, a), a1 = lanes_zip2(3, a, a); \
		v128 top = add_neighbours(products(0, a0, b), products(1, a0, b)); \
		v128 bottom = add_neighbours(products(0, a1, b), products(1, a1, b)); \
		set_v(cpu, rd, lanes_add(2, d, add_neighbours(top, bottom))); \
	}
SIMD_MATRIX(smmla, products_s)
SIMD_MATRIX(ummla, products_u)
SIMD_MATRIX(usmmla, products_us)

#endif
