/* SPDX-License-Identifier: MIT */
/*
 * For native programs around the interpreter (tests).
 */
#ifndef RUNTIME_CPU_NATIVE_H
#define RUNTIME_CPU_NATIVE_H

#include "cpu.h"

/* Where the runtime's area is in the arena: before the first instruction, the kernel's mm.area. */
extern u32 mem_area;

/* Makes the arena.  Call once, before anything else. */
void cpu_native_start(void);
/* One instruction at cpu->pc; true if it was a trap. */
bool interp_step(struct cpu *cpu);
/* Runs from cpu->pc until pc and sp are these. */
void cpu_call_until(u64 stop_pc, u64 stop_sp);
/* Forgets decoded instructions. */
void code_changed(void);

PURE u8 *guest(u64 va)
{
	extern u8 *mem_arena;
	return mem_arena + (u32)va;
}

#endif
