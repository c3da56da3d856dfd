/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic on 128 bits, for significands.  (__int128 would make clang call
 * library functions that cpu.wasm does not have.)
 */
#ifndef RUNTIME_CPU_WIDE_H
#define RUNTIME_CPU_WIDE_H

#include "../../lifter/a64/sem/types.h"

struct wide {
	u64 hi, lo;
};

PURE struct wide wide_multiply(u64 a, u64 b)
{
	u64 al = (u32)a, ah = a >> 32, bl = (u32)b, bh = b >> 32;
	u64 cross = ah * bl, mid = cross + al * bh, lo = a * b;

	/* see mul_high() of lifter/a64/sem/dp.h */
	return (struct wide){
		ah * bh + (mid >> 32) + ((u64)(mid < cross) << 32) + (lo < mid << 32), lo,
	};
}

PURE struct wide wide_shift_left(struct wide v, u32 n)
{
	if (n >= 64)
		return (struct wide){v.lo << (n - 64), 0};
	return (struct wide){v.hi << n | v.lo >> 1 >> (63 - n), v.lo << n};
}

/* What falls out below stays as a one in the lowest bit. */
PURE struct wide wide_shift_right_sticky(struct wide v, u32 n)
{
	if (n == 0)
		return v;
	if (n >= 128)
		return (struct wide){0, (v.hi | v.lo) != 0};
	if (n >= 64) {
		u64 lost = v.lo | (n > 64 ? v.hi << (128 - n) : 0);
		return (struct wide){0, v.hi >> (n - 64) | (lost != 0)};
	}
	return (struct wide){v.hi >> n, v.hi << (64 - n) | v.lo >> n | (v.lo << (64 - n) != 0)};
}

PURE struct wide wide_add(struct wide a, struct wide b)
{
	u64 lo = a.lo + b.lo;
	return (struct wide){a.hi + b.hi + (lo < a.lo), lo};
}

PURE struct wide wide_subtract(struct wide a, struct wide b)
{
	return (struct wide){a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo};
}

PURE bool wide_less(struct wide a, struct wide b)
{
	return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

#endif
