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

enum { CACHE_SLOTS = 8192 };
extern struct cache_slot {
	u32 key;                   /* pc + 1; 0 of an empty slot, as all are at first */
	const struct block *block;
} cache_slots[CACHE_SLOTS];

PURE struct cache_slot *cache_slot(u64 pc)
{
	return &cache_slots[(u32)(pc >> 2) % CACHE_SLOTS];
}

/* Decodes the block at cpu->pc.  NULL after a fetch fault was delivered:
 * cpu->pc is then elsewhere. */
const struct block *cache_fill(struct cpu *cpu);

/* The block at cpu->pc, or NULL as above. */
PURE const struct block *cache_block(struct cpu *cpu)
{
	struct cache_slot *s = cache_slot(cpu->pc);

	return __builtin_expect(s->key == cpu->pc + 1, 1) ? s->block : cache_fill(cpu);
}

#endif
