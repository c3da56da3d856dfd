/* SPDX-License-Identifier: MIT */
/*
 * TBL and TBX: bytes looked up in one to four registers.
 */
#ifndef A64_SIMD_TABLE_H
#define A64_SIMD_TABLE_H

#include "simd_lanes.h"

/* table[index], 0 where the index is 16 or more: i8x16.swizzle. */
PURE v128 lookup16(v128 table, v128 index)
{
#ifdef __wasm__
	return (v128)__builtin_wasm_swizzle_i8x16((s8x16)table, (s8x16)index);
#else
	v128 r = {};

	for (int i = 0; i < 16; i++)
		r[i] = index[i] < 16 ? table[index[i]] : 0;
	return r;
#endif
}

/*
 * A table of 256 bytes, a macro of sixteen ROW(k, 16 bytes): adds to r what it
 * holds for every byte of v.
 */
#define TABLE_ROW(k, ...) r |= lookup16((v128){__VA_ARGS__}, v - (u8)(16 * (k)));

/* What stays out of range of `n` tables keeps `other`. */
PURE v128 lookup_result(u32 n, v128 found, v128 index, v128 other)
{
	return found | (other & (v128)(index >= (u8)(16 * n)));
}

/* TBL (keep = 0) and TBX (keep = 1) on n tables; unused ones name t0. */
SEM simd_tbl(struct cpu *cpu, u32 q, u32 keep, u32 n, reg rd, reg rm,
	     reg t0, reg t1, reg t2, reg t3)
{
	v128 index = get_v(cpu, rm);
	v128 found = lookup16(get_v(cpu, t0), index);

	if (n > 1)
		found |= lookup16(get_v(cpu, t1), index - 16);
	if (n > 2)
		found |= lookup16(get_v(cpu, t2), index - 32);
	if (n > 3)
		found |= lookup16(get_v(cpu, t3), index - 48);
	if (keep)
		found = lookup_result(n, found, index, get_v(cpu, rd));
	set_vq(cpu, q, rd, found);
}

#endif
