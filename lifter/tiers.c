/* SPDX-License-Identifier: MIT */
/*
 * Functions that an engine had better give to its optimizing compiler before
 * they run.  Engines begin with fast compilers and replace a function's code
 * when it is called again: one call that loops for long stays slow.  That is
 * so in nested loops, and in any loop of what runs once: main and, on the way
 * down from it, what has one call, outside of loops.
 */
#include "lifter/tiers.h"

#include <stdlib.h>
#include <string.h>

/* What is larger costs the optimizing compiler more than a start should. */
enum { MAX_INSNS = 500, MAX_CALLS = 3 };

static bool calls_out(const struct block *b)
{
	return b->kind == END_CALL || b->kind == END_CALL_INDIRECT || b->kind == END_SVC;
}

/* The blocks that control can reach from the end of one, past calls or not. */
static struct bitset reached_from(const struct function *f, u32 block, bool past_calls)
{
	struct bitset reached = bitset_new(f->blocks.count);
	LIST(u32) queue = { 0 };

	list_push(&queue, block);
	while (queue.count) {
		const struct block *b = &f->blocks.at[queue.at[--queue.count]];
		for (u32 e = 0; e < block_nsucc(b) && (past_calls || !calls_out(b)); e++) {
			u32 to = block_succ(b, e);
			if (to != NONE && bitset_add(&reached, to))
				list_push(&queue, to);
		}
	}
	list_free(&queue);
	return reached;
}

static bool reaches(const struct function *f, u32 from, u32 to, bool past_calls)
{
	struct bitset reached = reached_from(f, from, past_calls);
	bool yes = bitset_has(&reached, to);

	free(reached.words);
	return yes;
}

/* The number of loops around each other, up to 2: heads that reach each other.
 * Loops that call do not count: what is called often is compiled anew, and
 * most of the work is there. */
static u32 loop_depth(const struct function *f)
{
	struct bitset is_head = bitset_new(f->blocks.count);
	u32 depth = 0;

	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		for (u32 e = 0; e < block_nsucc(block); e++) {
			u32 to = block_succ(block, e);
			if (to != NONE && f->blocks.at[to].first <= block->first)       /* every cycle has such an edge */
				bitset_add(&is_head, to);
		}
	}
	for (u32 a = 0; a < f->blocks.count && depth < 2; a++) {
		if (!bitset_has(&is_head, a))
			continue;
		struct bitset from_a = reached_from(f, a, false);
		if (bitset_has(&from_a, a)) {
			depth = 1;
			for (u32 b = 0; b < f->blocks.count && depth < 2; b++)
				if (b != a && bitset_has(&is_head, b) && bitset_has(&from_a, b) && reaches(f, b, a, false))
					depth = 2;
		}
		free(from_a.words);
	}
	free(is_head.words);
	return depth;
}

/* How often a function is called, and where from last. */
struct calls { u32 sites, caller, block; };

static struct calls *count_calls(const struct program *p)
{
	struct calls *calls = xcalloc(p->functions.count, sizeof *calls);

	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++) {
			const struct block *block = &f->blocks.at[b];
			if ((block->kind == END_CALL || block->kind == END_TAIL) && block->callee != NONE)
				calls[block->callee] = (struct calls){ calls[block->callee].sites + 1, i, b };
		}
	}
	return calls;
}

static u32 find_function(const struct program *p, const char *name)
{
	for (u32 i = 0; i < p->functions.count; i++)
		if (!strcmp(p->functions.at[i].name, name))
			return i;
	return NONE;
}

static bool runs_once(const struct program *p, const struct calls *calls, u32 f, u32 main)
{
	enum { DEPTH = 100 };

	for (u32 depth = 0; depth < DEPTH; depth++) {
		const struct calls *c = &calls[f];
		if (f == main)
			return true;
		if (p->functions.at[f].is_address_taken || c->sites != 1 || reaches(&p->functions.at[c->caller], c->block, c->block, true))
			return false;
		f = c->caller;
	}
	return false;
}

/* Where the program's own code ends: linkers put libraries behind it, the C
 * library begins with what start files ask for, and its loops are short. */
static u64 own_code_end(const struct program *p)
{
	static const char *const first[] = { "__init_libc", "__libc_start_main" };
	u64 end = p->image->text_hi;

	for (u32 i = 0; i < sizeof first / sizeof *first; i++) {
		u32 f = find_function(p, first[i]);
		if (f != NONE && p->functions.at[f].va < end)
			end = p->functions.at[f].va;
	}
	return end;
}

void tiers_choose(struct program *p)
{
	u32 main = find_function(p, "main");

	if (main == NONE)                       /* stripped: which code is the program's own? */
		return;
	struct calls *calls = count_calls(p);
	u64 end = own_code_end(p);
	for (u32 i = 0; i < p->functions.count; i++) {
		struct function *f = &p->functions.at[i];
		if (!f->has_loop || f->nblock_insns > MAX_INSNS || calls[i].sites > MAX_CALLS || f->va >= end)
			continue;
		u32 depth = loop_depth(f);
		f->runs_long = depth > 1 || (depth && runs_once(p, calls, i, main));
		if (f->runs_long)
			diag_verbose("%s may loop for long in one call", f->name);
	}
	free(calls);
}
