/* SPDX-License-Identifier: MIT */
/*
 * Decoded instructions, kept by basic block.
 */
#ifndef RUNTIME_CPU_CACHE_H
#define RUNTIME_CPU_CACHE_H

#include "../../lifter/a64/a64.h"
#include "dispatch.h"

/* Stored without the operands it does not have: step with entry_next(). */
struct entry {
	a64_exec_fn *exec;
	struct a64_insn insn;
};

struct block {
	u32 straight;              /* instructions before the last one */
	bool ends_in_branch;       /* the last one sets pc; else it falls through */
	struct entry first[];
};

PURE const struct entry *entry_next(const struct entry *e)
{
	return (const struct entry *)((const u8 *)&e->insn.op + e->insn.nops * sizeof e->insn.op[0]);
}

/* May the instruction at cpu->pc be executed?  If not, its fault was delivered. */
bool fetch_ok(struct cpu *cpu);

/* The block at pc, decoded if need be.  NULL after a fetch fault was
 * delivered: cpu->pc is then elsewhere. */
const struct block *cache_block(struct cpu *cpu, u64 pc);

#endif
