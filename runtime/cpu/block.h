/* SPDX-License-Identifier: MIT */
/*
 * Making blocks (block.c), for the cache.
 */
#ifndef RUNTIME_CPU_BLOCK_H
#define RUNTIME_CPU_BLOCK_H

#include "cache.h"

enum {
	BLOCK_INSNS = 64,
	/* bounds of an entry with its way out, and of a block */
	ENTRY_SIZE = sizeof(struct entry) + 2 * A64_MAX_OPS * sizeof(u32) + 8,
	BLOCK_SIZE = sizeof(struct block) + (BLOCK_INSNS + 1) * 2 * ENTRY_SIZE,
};

/* May the instruction at pc be executed? */
PURE bool can_fetch(u64 pc)
{
	return !(pc >> 32) && !(pc & 3) && mem_prot((u32)pc) & PAGE_EXEC;
}

/* Decodes at most `max` instructions from pc, where one can be fetched, into
 * the BLOCK_SIZE bytes at b.  *end: behind the last byte used. */
void block_build(struct block *b, u64 pc, u32 max, u8 **end);

/* The direct branch that left chained code because it does not know its entry
 * yet: the word to put it in, or NULL. */
extern u32 *block_unlinked;

/* An entry that leaves with cpu->pc as it is. */
extern const struct entry *const block_leave;

#endif
