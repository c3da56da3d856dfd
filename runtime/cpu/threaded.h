/* SPDX-License-Identifier: MIT */
/*
 * Threaded code: what the interpreter runs, and how its functions go on.
 *
 * A block (cache.c) is a row of entries.  An entry says which instruction it is
 * and what its operands are; the instruction's function answers with the next
 * entry.  Direct branches hold the entry they go to; others look it up in the
 * cache of blocks.  Those of interp.hot are inline in the interpreter's loop.
 *
 * cpu->pc is the instruction's own address where it may fault, the next one's
 * where it traps, and true when threaded code leaves.  In between it is
 * anybody's.
 */
#ifndef RUNTIME_CPU_THREADED_H
#define RUNTIME_CPU_THREADED_H

#include "dispatch.h"

/* What an entry is.  Smaller: its number in A64_HOT_CASES. */
enum entry_code {
	CODE_LEAVE = 512,                  /* with cpu->pc as it is */
	CODE_LEAVE_TO,                     /* cpu->pc = the entry's pc */
	CODE_GO,                           /* on at op[0] */
	CODE_WAY_OUT,                      /* op[0]: distance of the word that led here; op[1]: to where */
	CODE_UNDEFINED,                    /* op[0] is the instruction */
	CODE_COLD,                         /* and above: a64_exec[code - CODE_COLD] */
};

struct entry {
	u32 code;
	u32 pc;
	u32 op[];                          /* by enum a64_kind; A64_WIDE takes two */
};

/* The next entry, or NULL to leave. */
typedef const struct entry *a64_exec_fn(const struct entry *e);
extern const u16 a64_code[];               /* by id: the entry's code */

/* Of an entry with so many words of operands. */
PURE u32 entry_size(u32 words) { return (u32)sizeof(struct entry) + words * (u32)sizeof(u32); }

PURE u64 wide_at(const u32 *op)
{
	u64 v;

	__builtin_memcpy(&v, op, sizeof v);
	return v;
}

/* Registers by their address in program memory. */
PURE reg x_reg_at(u32 va) { return (reg)((u64 *)mem_ptr(va) - the_cpu()->x); }
PURE reg v_reg_at(u32 va) { return (reg)((v128 *)mem_ptr(va) - the_cpu()->v); }

/* Operands, by the word where they begin. */
#define X_REG(e, word) x_reg_at((e)->op[word])
#define V_REG(e, word) v_reg_at((e)->op[word])
#define SMALL(e, word) ((u64)(e)->op[word])
#define WIDE(e, word) wide_at(&(e)->op[word])
/* A direct branch's target is a yes or no: pc is 0 before it. */
#define TAKEN 1

/* An entry of the cache as a word. */
extern u8 cache_arena[];
#ifdef __wasm__
PURE const struct entry *entry_at(u32 link) { return (const struct entry *)link; }
PURE u32 link_to(const struct entry *e) { return (u32)e; }
#else
PURE const struct entry *entry_at(u32 link) { return (const struct entry *)(cache_arena + link); }
PURE u32 link_to(const struct entry *e) { return (u32)((const u8 *)e - cache_arena); }
#endif

/* Where chained code goes from a pc that is no constant. */
enum { CACHE_SLOTS = 8192 };
struct block;
extern struct cache_slot {
	u32 key;                   /* pc + 1; 0 of an empty slot, as all are at first */
	const struct entry *next;  /* block->first, or an entry that leaves */
	const struct block *block;
} cache_slots[CACHE_SLOTS];
/* What a key is above its pc; no key is while a single instruction runs. */
extern u64 cache_bias;

PURE struct cache_slot *cache_slot(u64 pc)
{
	return &cache_slots[(u32)(pc >> 2) % CACHE_SLOTS];
}

/* Endings, with the words that the instruction's operands take. */
#define NEXT(e, words) return (const struct entry *)((const u8 *)(e) + entry_size(words))
#define NEXT_UNLESS_FAULTED(e, words) \
	do { \
		if (is_unwinding(cpu)) \
			LEAVE; \
		NEXT(e, words); \
	} while (0)
#define GO(e, word) return entry_at((e)->op[word])
#define GO_TO_PC return entry_of_pc(cpu->pc)
#define LEAVE return NULL

PURE const struct entry *entry_of_pc(u64 pc)
{
	const struct cache_slot *s = cache_slot(pc);

	return __builtin_expect(s->key == pc + cache_bias, 1) ? s->next : NULL;
}

#endif
