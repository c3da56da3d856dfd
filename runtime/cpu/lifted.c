/* SPDX-License-Identifier: MIT */
/*
 * How lifted code is entered.  Table index of guest address a:
 * 1 + (a - text_base) / 4.
 */
#include "dispatch.h"

struct lifted_map lifted_map;

/* resume_pc of a function: it returned the usual way.  Nested runs come in between. */
static const u64 NOWHERE = ~(u64)0;

CPU_EXPORT(cpu_init) void cpu_init(u32 base, u32 size, u32 bitmap_va)
{
	if (the_cpu()->stats.mode != STATS_ALL)
		lifted_map = (struct lifted_map){base, size, mem_ptr(bitmap_va)};
}

/* entry.S; the result is x0. */
s64 lifted_call(u32 index, s64 sp, s64 x0, s64 x1, s64 x2, s64 x3);

/* A function returns to x30 with SP as they were; a re-entry body, and what
 * changes SP, say where they go, in resume_pc, just before they return. */
void lifted_run(struct cpu *cpu)
{
	u64 *x = cpu->x, ret = x[30], sp = x[X_SP];

	cpu->resume_pc = NOWHERE;
	u32 index = 1 + (((u32)cpu->pc - lifted_map.text_base) >> 2);
	s64 x0 = lifted_call(index, (s64)x[X_SP], (s64)x[0], (s64)x[1], (s64)x[2], (s64)x[3]);
	if (is_unwinding(cpu))
		return;
	x[0] = (u64)x0;
	cpu->pc = cpu->resume_pc;
	if (cpu->pc == NOWHERE) {
		cpu->pc = ret;
		x[X_SP] = sp;
	}
	cpu->resume_pc = NOWHERE;
}
