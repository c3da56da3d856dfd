/* SPDX-License-Identifier: MIT */
/*
 * Decoded instructions, kept as blocks of threaded code (threaded.h).
 */
#ifndef RUNTIME_CPU_CACHE_H
#define RUNTIME_CPU_CACHE_H

#include "../../lifter/a64/a64.h"
#include "threaded.h"

/* What is executed from one address on, at most to the first branch that is
 * always taken. */
struct block {
	u32 insns;
	bool traps;                /* the last instruction does */
	struct entry first[];
};

/* The block at cpu->pc.  NULL after a fetch fault was delivered: cpu->pc is
 * then elsewhere. */
const struct block *cache_block(struct cpu *cpu);

/* The instruction at cpu->pc as a block that is not kept; NULL as above. */
const struct block *cache_single(struct cpu *cpu);

/* From now on chained code leaves at pc. */
void cache_stop_at(u64 pc);

#endif
