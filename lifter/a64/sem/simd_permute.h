/* SPDX-License-Identifier: MIT */
/*
 * AdvSIMD permutes: ZIP, UZP, TRN, REV, EXT, and moving single elements.
 * Table lookups are in simd_table.h.
 */
#ifndef A64_SIMD_PERMUTE_H
#define A64_SIMD_PERMUTE_H

#include "simd_lanes.h"

#define UNWRAP(...) __VA_ARGS__
/* name(size, a, b) by a list of indices into a:b for each element size. */
#define SHUFFLES(name, by8, by16, by32, by64) \
	PURE v128 name(u32 size, v128 a, v128 b) \
	{ \
		switch (size) { \
		case 0: \
			return __builtin_shufflevector(a, b, UNWRAP by8); \
		case 1: \
			return (v128)__builtin_shufflevector((u16x8)a, (u16x8)b, UNWRAP by16); \
		case 2: \
			return (v128)__builtin_shufflevector((u32x4)a, (u32x4)b, UNWRAP by32); \
		default: \
			return (v128)__builtin_shufflevector((u64x2)a, (u64x2)b, UNWRAP by64); \
		} \
	}
SHUFFLES(lanes_zip1,
	 (0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
	 (0, 8, 1, 9, 2, 10, 3, 11), (0, 4, 1, 5), (0, 2))
SHUFFLES(lanes_zip2,
	 (8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
	 (4, 12, 5, 13, 6, 14, 7, 15), (2, 6, 3, 7), (1, 3))
SHUFFLES(lanes_uzp1,
	 (0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
	 (0, 2, 4, 6, 8, 10, 12, 14), (0, 2, 4, 6), (0, 2))
SHUFFLES(lanes_uzp2,
	 (1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31),
	 (1, 3, 5, 7, 9, 11, 13, 15), (1, 3, 5, 7), (1, 3))
SHUFFLES(lanes_trn1,
	 (0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
	 (0, 8, 2, 10, 4, 12, 6, 14), (0, 4, 2, 6), (0, 2))
SHUFFLES(lanes_trn2,
	 (1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31),
	 (1, 9, 3, 11, 5, 13, 7, 15), (1, 5, 3, 7), (1, 3))

PURE v128 high_to_low(v128 v)
{
	return (v128)__builtin_shufflevector((u64x2)v, (u64x2){}, 1, 2);
}

/* Even and odd elements of a:b, where with q = 0 both are 64 bits long. */
PURE v128 lanes_even(u32 q, u32 size, v128 a, v128 b)
{
	return q ? lanes_uzp1(size, a, b) : lanes_uzp1(size, joined(a, b), joined(a, b));
}

PURE v128 lanes_odd(u32 q, u32 size, v128 a, v128 b)
{
	return q ? lanes_uzp2(size, a, b) : lanes_uzp2(size, joined(a, b), joined(a, b));
}

PURE v128 lanes_zip_high(u32 q, u32 size, v128 a, v128 b)
{
	return q ? lanes_zip2(size, a, b) : high_to_low(lanes_zip1(size, a, b));
}

#define SIMD_PERMUTE(name, call) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		set_vq(cpu, q, rd, call); \
	}
SIMD_PERMUTE(zip1, lanes_zip1(size, a, b))
SIMD_PERMUTE(zip2, lanes_zip_high(q, size, a, b))
SIMD_PERMUTE(uzp1, lanes_even(q, size, a, b))
SIMD_PERMUTE(uzp2, lanes_odd(q, size, a, b))
SIMD_PERMUTE(trn1, lanes_trn1(size, a, b))
SIMD_PERMUTE(trn2, lanes_trn2(size, a, b))

/* REV64, REV32, REV16: elements reversed within containers of `bits` bits. */
PURE v128 lanes_rev(u32 bits, u32 size, v128 v)
{
	LANES_BY_SIZE(size, u,
		V a = (V)v;
		V r = {};
		LANES_UNROLL
		for (u32 i = 0; i < N; i++)
			r[i] = a[i ^ (bits / W - 1)];
		return (v128)r;)
	__builtin_unreachable();
}

SEM simd_rev(struct cpu *cpu, u32 q, u32 bits, u32 size, reg rd, reg rn)
{
	set_vq(cpu, q, rd, lanes_rev(bits, size, get_v(cpu, rn)));
}

/* EXT: bytes of b:a from byte n on; n is constant in every row. */
SEM simd_ext(struct cpu *cpu, u32 q, u32 n, reg rd, reg rn, reg rm)
{
	v128 a = get_v(cpu, rn), b = get_v(cpu, rm), r = {};
	u32 bytes = q ? 16 : 8;

	LANES_UNROLL
	for (u32 i = 0; i < 16; i++) {
		u32 k = (i & (bytes - 1)) + n;
		r[i] = k < bytes ? a[k & 15] : b[(k - bytes) & 15];
	}
	set_vq(cpu, q, rd, r);
}

/* DUP, INS, UMOV, SMOV: elements and general registers. */
SEM simd_dup_element(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, u64 i)
{
	put_lanes(cpu, q, size, rd, splat_lane(size, get_v(cpu, rn), i));
}

SEM simd_dup_general(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn)
{
	u64 x = size == 3 ? get_x(cpu, rn) : get_w(cpu, rn);

	set_vq(cpu, q, rd, splat_lane(size, from_u64(x), 0));
}

PURE v128 with_lane(u32 size, v128 v, u64 i, u64 x)
{
	LANES_BY_SIZE(size, u,
		V r = (V)v;
		r[i & (N - 1)] = (E)x;
		return (v128)r;)
	__builtin_unreachable();
}

PURE u64 lane_of(u32 size, v128 v, u64 i)
{
	LANES_BY_SIZE(size, u, return ((V)v)[i & (N - 1)];)
	__builtin_unreachable();
}

SEM simd_ins_element(struct cpu *cpu, u32 size, reg rd, reg rn, u64 to, u64 from)
{
	v128 d = get_v(cpu, rd), n = get_v(cpu, rn);

	set_v(cpu, rd, with_lane(size, d, to, lane_of(size, n, from)));
}

SEM simd_ins_general(struct cpu *cpu, u32 size, reg rd, reg rn, u64 to)
{
	u64 x = size == 3 ? get_x(cpu, rn) : get_w(cpu, rn);

	set_v(cpu, rd, with_lane(size, get_v(cpu, rd), to, x));
}

SEM simd_umov(struct cpu *cpu, u32 size, reg rd, reg rn, u64 i)
{
	u64 x = lane_of(size, get_v(cpu, rn), i);

	if (size == 3)
		set_x(cpu, rd, x);
	else
		set_w(cpu, rd, (u32)x);
}

SEM simd_smov(struct cpu *cpu, u32 sf, u32 size, reg rd, reg rn, u64 i)
{
	u32 unused = 64 - (8u << size);
	s64 x = (s64)(lane_of(size, get_v(cpu, rn), i) << unused) >> unused;

	if (sf)
		set_x(cpu, rd, (u64)x);
	else
		set_w(cpu, rd, (u32)x);
}

#endif
