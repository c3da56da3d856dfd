/* SPDX-License-Identifier: MIT */
/*
 * How lifted code is entered.  Table index of guest address a:
 * 1 + (a - text_base) / 4.  Functions are called through the table by lifted
 * code, too; re-entry bodies say where to go on, which only lifted_run() reads.
 */
#include "dispatch.h"

struct lifted_map lifted_map;

/* resume_pc of a function: it returned the usual way.  Nested runs come in between. */
static const u64 NOWHERE = ~(u64)0;

CPU_EXPORT(cpu_init) void cpu_init(u32 base, u32 size, u32 bitmap_va, u32 has_threads)
{
	if (the_cpu()->stats.mode != STATS_ALL)
		lifted_map = (struct lifted_map){base, size, mem_ptr(bitmap_va), has_threads};
}

/* entry.S; the result is x0. */
s64 lifted_call(u32 index, s64 sp, s64 x0, s64 x1, s64 x2, s64 x3);

/* caller_sp: a frame of lifted code waits for the function that goes on elsewhere. */
static const u64 NOBODY = ~(u64)0;

void lifted_forget(struct cpu *cpu)
{
	cpu->caller_sp = NOBODY;
}

bool lifted_returns(struct cpu *cpu, u64 entry_sp)
{
	if (entry_sp != cpu->caller_sp)
		return false;
	cpu->resume_pc = cpu->pc;
	return true;
}

bool lifted_goes_on(struct cpu *cpu, u64 ret_pc, u64 ret_sp)
{
	return ret_pc == cpu->caller_pc && lifted_returns(cpu, ret_sp);
}

/* A function returns to x30 with SP as they were; a re-entry body, and what
 * goes elsewhere, say where to, in resume_pc, just before they return: then
 * all is in struct cpu. */
void lifted_run(struct cpu *cpu)
{
	u64 *x = cpu->x, ret = x[30], sp = x[X_SP];
	u64 outer_pc = cpu->caller_pc, outer_sp = cpu->caller_sp;

	cpu->caller_pc = ret;
	cpu->caller_sp = sp;
	cpu->resume_pc = NOWHERE;
	cpu->entered = cpu->pc;
	u32 index = 1 + (((u32)cpu->pc - lifted_map.text_base) >> 2);
	s64 x0 = lifted_call(index, (s64)x[X_SP], (s64)x[0], (s64)x[1], (s64)x[2], (s64)x[3]);
	cpu->caller_pc = outer_pc;
	cpu->caller_sp = outer_sp;
	if (is_unwinding(cpu))
		return;
	cpu->pc = cpu->resume_pc;
	if (cpu->pc == NOWHERE) {
		cpu->pc = ret;
		x[X_SP] = sp;
		x[0] = (u64)x0;
	}
	cpu->resume_pc = NOWHERE;
}
