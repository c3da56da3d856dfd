/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of structures: LD1-LD4, ST1-ST4, LD1R-LD4R.
 *
 * `n` registers r0..; registers beyond n are passed as 0 and not touched.
 * `size` is log2 of an element's bytes.  Memory is read and written in whole
 * registers, (de)interleaved in between.  `step`: the base stays, or
 * afterwards grows by an immediate or by a register.
 */
#ifndef A64_SEM_LDST_SIMD_H
#define A64_SEM_LDST_SIMD_H

#include "ldst.h"

enum step { STAY, STEP_IMM, STEP_REG };

struct quad {
	v128 v[4];
};

PURE u64 lane(v128 v, u32 size, u64 i)
{
	switch (size) {
	case 0: return v[i];
	case 1: return ((u16x8)v)[i];
	case 2: return ((u32x4)v)[i];
	}
	return ((u64x2)v)[i];
}

PURE v128 with_lane(v128 v, u32 size, u64 i, u64 x)
{
	u16x8 h = (u16x8)v;
	u32x4 s = (u32x4)v;
	u64x2 d = (u64x2)v;

	switch (size) {
	case 0: v[i] = (u8)x; return v;
	case 1: h[i] = (u16)x; return (v128)h;
	case 2: s[i] = (u32)x; return (v128)s;
	}
	d[i] = x;
	return (v128)d;
}

/* Where the base goes; the amount is an operand's value or a register's. */
PURE u64 stepped(struct cpu *cpu, u32 step, u64 base, u64 by)
{
	return step == STEP_REG ? base + get_x(cpu, by) : base + by;
}

PURE struct quad get_quad(struct cpu *cpu, u32 n, reg r0, reg r1, reg r2, reg r3)
{
	struct quad q = {{get_v(cpu, r0)}};

	if (n > 1)
		q.v[1] = get_v(cpu, r1);
	if (n > 2)
		q.v[2] = get_v(cpu, r2);
	if (n > 3)
		q.v[3] = get_v(cpu, r3);
	return q;
}

PURE void set_quad(struct cpu *cpu, u32 q, u32 n, reg r0, reg r1, reg r2, reg r3, struct quad s)
{
	set_vq(cpu, q, r0, s.v[0]);
	if (n > 1)
		set_vq(cpu, q, r1, s.v[1]);
	if (n > 2)
		set_vq(cpu, q, r2, s.v[2]);
	if (n > 3)
		set_vq(cpu, q, r3, s.v[3]);
}

PURE struct quad load_quad(struct cpu *cpu, u32 q, u32 n, u64 base)
{
	struct quad s = {{load_v(cpu, 3 + q, base, 0)}};

	if (n > 1)
		s.v[1] = load_v(cpu, 3 + q, base, 8 << q);
	if (n > 2)
		s.v[2] = load_v(cpu, 3 + q, base, 16 << q);
	if (n > 3)
		s.v[3] = load_v(cpu, 3 + q, base, 24 << q);
	return s;
}

PURE void store_quad(struct cpu *cpu, u32 q, u32 n, u64 base, struct quad s)
{
	store_v(cpu, 3 + q, base, 0, s.v[0]);
	if (n > 1)
		store_v(cpu, 3 + q, base, 8 << q, s.v[1]);
	if (n > 2)
		store_v(cpu, 3 + q, base, 16 << q, s.v[2]);
	if (n > 3)
		store_v(cpu, 3 + q, base, 24 << q, s.v[3]);
}

/* Element i of register r is element i * n + r in memory. */
PURE struct quad deinterleave(u32 q, u32 size, u32 n, struct quad in)
{
	struct quad out = {{{0}}};
	u32 lanes = 8u << q >> size;

#pragma GCC unroll 4
	for (u32 r = 0; r < n; r++)
#pragma GCC unroll 16
		for (u32 i = 0; i < lanes; i++) {
			u32 at = i * n + r;
			out.v[r] = with_lane(out.v[r], size, i, lane(in.v[at / lanes], size, at % lanes));
		}
	return out;
}

PURE struct quad interleave(u32 q, u32 size, u32 n, struct quad in)
{
	struct quad out = {{{0}}};
	u32 lanes = 8u << q >> size;

#pragma GCC unroll 4
	for (u32 r = 0; r < n; r++)
#pragma GCC unroll 16
		for (u32 i = 0; i < lanes; i++) {
			u32 at = i * n + r;
			out.v[at / lanes] = with_lane(out.v[at / lanes], size, at % lanes,
			                              lane(in.v[r], size, i));
		}
	return out;
}

SEM ld1_multi(struct cpu *cpu, u32 q, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3, reg rn,
              u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = load_quad(cpu, q, n, base);

	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
	set_quad(cpu, q, n, r0, r1, r2, r3, s);
}

SEM st1_multi(struct cpu *cpu, u32 q, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3, reg rn,
              u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = get_quad(cpu, n, r0, r1, r2, r3);

	store_quad(cpu, q, n, base, s);
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
}

SEM ld_multi(struct cpu *cpu, u32 q, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3,
             reg rn, u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = deinterleave(q, size, n, load_quad(cpu, q, n, base));

	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
	set_quad(cpu, q, n, r0, r1, r2, r3, s);
}

SEM st_multi(struct cpu *cpu, u32 q, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3,
             reg rn, u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = interleave(q, size, n, get_quad(cpu, n, r0, r1, r2, r3));

	store_quad(cpu, q, n, base, s);
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
}

SEM ld_one(struct cpu *cpu, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3, reg rn,
           u64 by, u64 index)
{
	u64 base = get_x(cpu, rn);
	struct quad s = get_quad(cpu, n, r0, r1, r2, r3);

#pragma GCC unroll 4
	for (u32 i = 0; i < n; i++)
		s.v[i] = with_lane(s.v[i], size, index, load(cpu, size, base, i << size));
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
	set_quad(cpu, 1, n, r0, r1, r2, r3, s);
}

SEM st_one(struct cpu *cpu, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3, reg rn,
           u64 by, u64 index)
{
	u64 base = get_x(cpu, rn);
	struct quad s = get_quad(cpu, n, r0, r1, r2, r3);

#pragma GCC unroll 4
	for (u32 i = 0; i < n; i++)
		store(cpu, size, base, i << size, lane(s.v[i], size, index));
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
}

PURE v128 all_lanes(u32 size, u64 x)
{
	switch (size) {
	case 0: return (v128)((u8x16){0} + (u8)x);
	case 1: return (v128)((u16x8){0} + (u16)x);
	case 2: return (v128)((u32x4){0} + (u32)x);
	}
	return (v128)((u64x2){0} + x);
}

SEM ld_all(struct cpu *cpu, u32 q, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3,
           reg rn, u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = {{{0}}};

#pragma GCC unroll 4
	for (u32 i = 0; i < n; i++)
		s.v[i] = all_lanes(size, load(cpu, size, base, i << size));
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
	set_quad(cpu, q, n, r0, r1, r2, r3, s);
}

#endif
