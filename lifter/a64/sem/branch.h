/* SPDX-License-Identifier: MIT */
/*
 * Branches, calls, exceptions, system registers, barriers and cache upkeep.
 */
#ifndef A64_SEM_BRANCH_H
#define A64_SEM_BRANCH_H

#include "dp.h"

SEM branch(struct cpu *cpu, u64 target)
{
	set_pc(cpu, target);
}

SEM branch_link(struct cpu *cpu, u64 target, u64 next)
{
	set_x(cpu, 30, next);
	set_pc(cpu, target);
}

SEM branch_cond(struct cpu *cpu, u64 cond, u64 target)
{
	branch_if(cpu, get_cond(cpu, cond), target);
}

SEM compare_branch(struct cpu *cpu, u32 sf, u32 if_set, reg rt, u64 target)
{
	u64 v = get_r(cpu, sf, rt);

	branch_if(cpu, if_set ? v != 0 : v == 0, target);
}

SEM test_branch(struct cpu *cpu, u32 if_set, reg rt, u64 bit, u64 target)
{
	u64 v = get_x(cpu, rt) >> bit & 1;

	branch_if(cpu, if_set ? v != 0 : v == 0, target);
}

SEM branch_reg(struct cpu *cpu, reg rn)
{
	set_pc(cpu, get_x(cpu, rn));
}

SEM branch_link_reg(struct cpu *cpu, reg rn, u64 next)
{
	u64 target = get_x(cpu, rn);

	set_x(cpu, 30, next);
	set_pc(cpu, target);
}

SEM read_sysreg(struct cpu *cpu, reg rt, u64 id)
{
	set_x(cpu, rt, sysreg_read(cpu, id));
}

SEM read_tpidr(struct cpu *cpu, reg rt) { set_x(cpu, rt, get_tpidr(cpu)); }
SEM read_fpcr(struct cpu *cpu, reg rt) { set_x(cpu, rt, get_fpcr(cpu)); }
SEM read_fpsr(struct cpu *cpu, reg rt) { set_x(cpu, rt, get_fpsr(cpu)); }
SEM read_nzcv(struct cpu *cpu, reg rt) { set_x(cpu, rt, get_nzcv(cpu)); }
SEM write_tpidr(struct cpu *cpu, reg rt) { set_tpidr(cpu, get_x(cpu, rt)); }
SEM write_fpcr(struct cpu *cpu, reg rt) { set_fpcr(cpu, get_x(cpu, rt)); }
SEM write_fpsr(struct cpu *cpu, reg rt) { set_fpsr(cpu, get_x(cpu, rt)); }
SEM write_nzcv(struct cpu *cpu, reg rt) { set_nzcv(cpu, get_w(cpu, rt) & 0xf0000000); }

SEM zero_block(struct cpu *cpu, reg rt)
{
	dc_zva(cpu, get_x(cpu, rt));
}

SEM instruction_cache(struct cpu *cpu, reg rt)
{
	icache_flush(cpu, get_x(cpu, rt));
}

#endif
