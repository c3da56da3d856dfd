/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of structures: LD1-LD4, ST1-ST4, LD1R-LD4R.
 *
 * `n` registers r0..; registers beyond n are passed as 0 and not touched.
 * `size` is log2 of an element's bytes.  Memory is read and written in whole
 * registers, (de)interleaved in between (simd_interleave.h).  `step`: the base stays, or
 * afterwards grows by an immediate or by a register.
 */
#ifndef A64_SEM_LDST_SIMD_H
#define A64_SEM_LDST_SIMD_H

#include "ldst.h"
#include "simd_interleave.h"

enum step { STAY, STEP_IMM, STEP_REG };

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

/* One copy of each memory access for all the interpreter's functions here. */
SHARED v128 load_part(struct cpu *cpu, u32 size, u64 base, s64 off)
{
	return load_v(cpu, size, base, off);
}

SHARED void store_part(struct cpu *cpu, u32 size, u64 base, s64 off, v128 v)
{
	store_v(cpu, size, base, off, v);
}

SHARED u64 load_element(struct cpu *cpu, u32 size, u64 base, s64 off)
{
	return load(cpu, size, base, off);
}

SHARED void store_element(struct cpu *cpu, u32 size, u64 base, s64 off, u64 x)
{
	store(cpu, size, base, off, x);
}

PURE struct quad load_quad(struct cpu *cpu, u32 q, u32 n, u64 base)
{
	struct quad s = {{load_part(cpu, 3 + q, base, 0)}};

	if (n > 1)
		s.v[1] = load_part(cpu, 3 + q, base, 8 << q);
	if (n > 2)
		s.v[2] = load_part(cpu, 3 + q, base, 16 << q);
	if (n > 3)
		s.v[3] = load_part(cpu, 3 + q, base, 24 << q);
	return s;
}

PURE void store_quad(struct cpu *cpu, u32 q, u32 n, u64 base, struct quad s)
{
	store_part(cpu, 3 + q, base, 0, s.v[0]);
	if (n > 1)
		store_part(cpu, 3 + q, base, 8 << q, s.v[1]);
	if (n > 2)
		store_part(cpu, 3 + q, base, 16 << q, s.v[2]);
	if (n > 3)
		store_part(cpu, 3 + q, base, 24 << q, s.v[3]);
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
		s.v[i] = with_lane(size, s.v[i], index, load_element(cpu, size, base, i << size));
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
		store_element(cpu, size, base, i << size, lane_of(size, s.v[i], index));
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
}

SEM ld_all(struct cpu *cpu, u32 q, u32 size, u32 n, u32 step, reg r0, reg r1, reg r2, reg r3,
           reg rn, u64 by)
{
	u64 base = get_x(cpu, rn);
	struct quad s = {{{0}}};

#pragma GCC unroll 4
	for (u32 i = 0; i < n; i++)
		s.v[i] = splat_lane(size, from_u64(load_element(cpu, size, base, i << size)), 0);
	if (step)
		set_x(cpu, rn, stepped(cpu, step, base, by));
	set_quad(cpu, q, n, r0, r1, r2, r3, s);
}

#endif
