/* SPDX-License-Identifier: MIT */
/*
 * Functions that never return: proven, by loops, traps and non-local jumps, or
 * presumed, where a call is the last of its function's code.  The presumption
 * is that of the program's compiler.  Should it be wrong, the interpreter goes
 * on behind the call, in callers as well.
 */
#include <stdlib.h>

#include "lifter/discover.h"

bool block_traps(const struct program *p, const struct block *b)
{
	if (b->kind != END_LEAVE || b->first == b->end)
		return b->is_dead_end;
	return p->insn_state[b->end - 1] != INSN_KNOWN || p->insns[b->end - 1].flow == A64_TRAP;
}

/* Can control come back from f, given what is known of its callees? */
static bool may_return(const struct program *p, const struct function *f)
{
	struct bitset reached = bitset_new(f->blocks.count);
	LIST(u32) queue = { 0 };
	bool returns = false;

	bitset_add(&reached, 0);
	list_push(&queue, 0);
	while (queue.count && !returns) {
		const struct block *b = &f->blocks.at[queue.at[--queue.count]];
		bool stays = b->kind == END_CALL && b->callee != NONE && p->functions.at[b->callee].never_returns;
		returns |= f->keeps_return || (b->kind == END_RETURN && !b->is_nonlocal) || b->kind == END_TAIL_INDIRECT || b->kind == END_SWITCH
			|| (b->kind == END_LEAVE && !block_traps(p, b))
			|| (b->kind == END_TAIL && !p->functions.at[b->callee].never_returns);
		for (u32 e = stays ? block_nsucc(b) : 0; e < block_nways(b); e++) {
			u32 to = block_way(b, e);
			if (to != NONE && bitset_add(&reached, to))
				list_push(&queue, to);
		}
	}
	free(reached.words);
	list_free(&queue);
	return returns;
}

void find_never_returning(struct program *p)
{
	bool changed = true;

	for (u32 i = 0; i < p->functions.count; i++)
		p->functions.at[i].never_returns = true;
	while (changed) {
		changed = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			if (f->never_returns && may_return(p, f)) {
				f->never_returns = false;
				changed = true;
			}
		}
	}
	for (u32 i = 0; i < p->functions.count; i++) {
		struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++) {
			struct block *block = &f->blocks.at[b];
			if (block->kind != END_CALL || block->callee == NONE)
				continue;
			block->is_noreturn = p->functions.at[block->callee].never_returns;
			if (block->is_noreturn)
				block->succ[0] = NONE;
		}
	}
}

/* Behind a trap the function goes on, by no jump: its compiler takes the trap for an instruction that a signal's handler
 * may step over. */
static bool is_stepped_over(struct program *p, const struct function *f, const struct block *b)
{
	const struct symbol *s = image_symbol(p->image, f->va);
	u32 next = b->end;

	if (b->kind != END_LEAVE || b->first == b->end || !block_traps(p, b))
		return false;
	for (u32 i = 0; i < f->blocks.count; i++)
		if (f->blocks.at[i].first == next)
			return false;
	return s && insn_va(p, next) - s->va < s->size && program_insn(p, next) && !program_is_nop(p, next);
}

/* Does it never return by presumption only, given what is known of its callees? */
static bool seems_to_come_back(struct program *p, const struct function *f)
{
	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		bool goes_on = (block->kind == END_CALL && block->is_noreturn) || block->kind == END_TAIL;
		if (block->is_dead_end || is_stepped_over(p, f, block) || (goes_on && block->callee != NONE && p->functions.at[block->callee].may_come_back))
			return true;
	}
	return false;
}

/* Behind calls of such functions the interpreter goes on. */
static void add_dead_ends(const struct program *p, struct function *f)
{
	u32 count = f->blocks.count;

	for (u32 b = 0; b < count; b++) {
		struct block *block = &f->blocks.at[b];
		if (block->kind != END_CALL || !block->is_noreturn || !p->functions.at[block->callee].may_come_back)
			continue;
		block->is_noreturn = false;
		u32 dead_end = function_dead_end(p, f, block->end);     /* moves the list */
		f->blocks.at[b].succ[0] = dead_end;
	}
}

void expect_comebacks(struct program *p)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			if (f->never_returns && !f->may_come_back && seems_to_come_back(p, f))
				f->may_come_back = changed = true;
		}
	}
	for (u32 i = 0; i < p->functions.count; i++) {
		add_dead_ends(p, &p->functions.at[i]);
		p->functions.at[i].never_returns &= !p->functions.at[i].may_come_back;
	}
}
