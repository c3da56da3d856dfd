/* SPDX-License-Identifier: MIT */
/*
 * Exclusives, acquire and release, and the LSE atomics.
 *
 * Acquire and release forms are the plain ones: the accessors are sequentially
 * consistent, and the ordered loads and stores carry a barrier.
 */
#ifndef A64_SEM_ATOMIC_H
#define A64_SEM_ATOMIC_H

#include "ldst.h"

SEM load_exclusive(struct cpu *cpu, u32 size, reg rt, reg rn)
{
	set_x(cpu, rt, load_excl(cpu, 1 << size, get_x(cpu, rn)));
}

SEM store_exclusive(struct cpu *cpu, u32 size, reg rs, reg rt, reg rn)
{
	u64 base = get_x(cpu, rn);
	u64 v = get_x(cpu, rt);

	set_w(cpu, rs, store_excl(cpu, 1 << size, base, v));
}

SEM load_exclusive_pair(struct cpu *cpu, u32 size, reg rt, reg rt2, reg rn)
{
	u64x2 v = load_excl_pair(cpu, 1 << size, get_x(cpu, rn));

	set_x(cpu, rt, v[0]);
	set_x(cpu, rt2, v[1]);
}

PURE u64x2 get_pair(struct cpu *cpu, reg r, reg r2)
{
	u64 a = get_x(cpu, r);
	u64 b = get_x(cpu, r2);

	return (u64x2){a, b};
}

SEM store_exclusive_pair(struct cpu *cpu, u32 size, reg rs, reg rt, reg rt2, reg rn)
{
	u64 base = get_x(cpu, rn);
	u64x2 v = get_pair(cpu, rt, rt2);

	set_w(cpu, rs, store_excl_pair(cpu, 1 << size, base, v));
}

SEM rmw(struct cpu *cpu, u32 kind, u32 size, reg rs, reg rt, reg rn)
{
	u64 base = get_x(cpu, rn);
	u64 v = get_x(cpu, rs);

	set_x(cpu, rt, atomic_rmw(cpu, kind, 1 << size, base, v));
}

SEM compare_swap(struct cpu *cpu, u32 size, reg rd, reg rs, reg rt, reg rn)
{
	u64 base = get_x(cpu, rn);
	u64 expect = get_x(cpu, rs);
	u64 v = get_x(cpu, rt);

	set_x(cpu, rd, atomic_cas(cpu, 1 << size, base, expect, v));
}

SEM compare_swap_pair(struct cpu *cpu, u32 size, reg rd, reg rd2, reg rs, reg rs2, reg rt,
                      reg rt2, reg rn)
{
	u64 base = get_x(cpu, rn);
	u64x2 expect = get_pair(cpu, rs, rs2);
	u64x2 v = get_pair(cpu, rt, rt2);
	u64x2 old = atomic_cas_pair(cpu, 1 << size, base, expect, v);

	set_x(cpu, rd, old[0]);
	set_x(cpu, rd2, old[1]);
}

#endif
