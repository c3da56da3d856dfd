/* SPDX-License-Identifier: MIT */
/*
 * Leaving wasm frames without exceptions, which no two engines have in common:
 * they return, one after the other (runtime/cpu/dispatch.h; lifted code:
 * lifter/unwind.c), down to host_unwind().
 */
#include "runtime/cpu/dispatch.h"
#include "wasi.h"

/* runtime/cpu/entry.S: a fresh stack, and on at cpu->pc. */
void cpu_run(void);

static struct cpu kept;

void leave_frames(struct cpu *cpu)
{
	kept = *cpu;
	cpu->unwinding = 1;
}

/* Only _start calls it: everybody else has frames above this one. */
_Noreturn void host_unwind(void)
{
	for (;;) {
		cpu_run();
		*the_cpu() = kept;
	}
}
