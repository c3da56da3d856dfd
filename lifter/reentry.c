/* SPDX-License-Identifier: MIT */
/*
 * Where a function is entered in its middle: at landing pads, and behind calls
 * that exceptions, longjmp or fork come back to with no frame of it on the wasm
 * stack.  All else is left to the interpreter: what is not in a loop runs once
 * for each time that control comes back, and a body of its own costs code.
 */
#include <stdlib.h>

#include "lifter/build.h"

void blocks_add_reached(const struct function *f, struct bitset *reached)
{
	LIST(u32) queue = { 0 };

	for (u32 i = 0; i < f->blocks.count; i++)
		if (bitset_has(reached, i))
			list_push(&queue, i);
	while (queue.count) {
		const struct block *b = &f->blocks.at[queue.at[--queue.count]];
		for (u32 e = 0; e < block_nsucc(b); e++) {
			u32 to = block_succ(b, e);
			if (to != NONE && bitset_add(reached, to))
				list_push(&queue, to);
		}
	}
	list_free(&queue);
}

/* May control come back to the caller by another way than the call's return? */
static bool may_come_elsewhere(const struct program *p, const struct function *f, const struct block *b)
{
	return (b->kind == END_CALL || b->kind == END_CALL_INDIRECT || b->kind == END_SVC) && block_end_effects(p, f, b).captures;
}

/* What only marks how control leaves is no code of this function: another one may begin there. */
static void add(struct function *f, struct bitset *seen, u32 block)
{
	if (block != NONE && f->blocks.at[block].first < f->blocks.at[block].end && bitset_add(seen, block))
		list_push(&f->reentries, block);
}

void find_reentries(const struct program *p, struct function *f)
{
	struct bitset seen = bitset_new(f->blocks.count), reached = bitset_new(f->blocks.count);

	for (u32 i = 0; i < f->blocks.count && f->captures; i++)
		if (may_come_elsewhere(p, f, &f->blocks.at[i]))
			add(f, &seen, f->blocks.at[i].pad);
	for (u32 i = 0; i < f->reentries.count; i++)
		bitset_add(&reached, f->reentries.at[i]);
	blocks_add_reached(f, &reached);
	for (u32 i = 0; i < f->blocks.count && f->captures; i++) {
		const struct block *b = &f->blocks.at[i];
		bool is_there_anyway = b->succ[0] != NONE && bitset_has(&reached, b->succ[0]);
		if ((f->has_loop || is_there_anyway) && may_come_elsewhere(p, f, b))
			add(f, &seen, b->succ[0]);
	}
	free(seen.words);
	free(reached.words);
}
