/* SPDX-License-Identifier: MIT */
/*
 * Calls that their compiler knew not to come back, seen by the depth of the
 * stack: behind one lies what others jump to with another SP.  So Go has it
 * behind a last panic(), whose own code returns as any other's.
 */
#include <stdlib.h>

#include "lifter/absint.h"
#include "lifter/discover.h"

static bool is_padding(struct program *p, const struct block *b)
{
	for (u32 i = b->first; i < b->end; i++)
		if (!program_is_nop(p, i))
			return false;
	return b->kind == END_FALL && b->first < b->end;
}

/* Where control goes on behind a call, padding aside; NONE for other blocks. */
static u32 block_behind(struct program *p, const struct function *f, const struct block *b)
{
	if (b->kind != END_CALL && b->kind != END_CALL_INDIRECT)
		return NONE;
	u32 to = b->succ[0];
	while (to != NONE && is_padding(p, &f->blocks.at[to]))
		to = f->blocks.at[to].succ[0];
	return to;
}

struct cut { u32 call, succ, behind; };
struct cuts { LIST(struct cut) list; };

/* Calls before blocks that are reached another way, too, at a depth that is not known then. */
static void cut_joins(struct program *p, struct function *f, const struct state *states, struct cuts *cuts)
{
	u32 *ways = xcalloc(f->blocks.count + 1, sizeof *ways);

	ways[0] = 1;
	for (u32 b = 0; b < f->blocks.count; b++)
		for (u32 e = 0; e < block_nways(&f->blocks.at[b]) && states[b].is_reached; e++)
			ways[block_way(&f->blocks.at[b], e) == NONE ? f->blocks.count : block_way(&f->blocks.at[b], e)]++;
	for (u32 b = 0; b < f->blocks.count; b++) {
		u32 to = block_behind(p, f, &f->blocks.at[b]);
		if (to == NONE || !states[to].is_reached || ways[to] < 2 || states[to].reg[REG_SP].kind != VAL_UNKNOWN)
			continue;
		list_push(&cuts->list, (struct cut){ b, f->blocks.at[b].succ[0], to });
		f->blocks.at[b].succ[0] = NONE;
	}
	free(ways);
}

/* Does the function return, or begin anew, with SP unknown?  It need not where joins are at different depths: clang leaves
 * what alloca() took to the end. */
static bool loses_depth(struct program *p, const struct function *f, const struct state *states)
{
	bool loses = states[0].reg[REG_SP].kind == VAL_UNKNOWN;

	for (u32 b = 0; b < f->blocks.count && !loses; b++)
		loses = f->blocks.at[b].kind == END_RETURN && states[b].is_reached &&
			absint_block(p, &f->blocks.at[b], &states[b], NULL).reg[REG_SP].kind == VAL_UNKNOWN;
	return loses;
}

enum depth { UNSEEN, NEEDED, SAME, OTHER };

/* Of what lies behind a cut call.  NEEDED: without the call nothing leads there. */
static enum depth depth_behind(struct program *p, const struct function *f, const struct state *states, const struct cut *c)
{
	if (!states[c->call].is_reached)
		return UNSEEN;
	if (!states[c->behind].is_reached)
		return NEEDED;
	struct value to = states[c->behind].reg[REG_SP], from = absint_block(p, &f->blocks.at[c->call], &states[c->call], NULL).reg[REG_SP];
	return to.kind == VAL_SP && from.kind == VAL_SP && to.k != from.k ? OTHER : SAME;
}

/* What is seen with the calls cut: some go on, which may show more; some do not; as long as one can be decided, those that
 * are needed wait.  The number of those that do not go on. */
static u32 decide(struct program *p, struct function *f, struct cuts *cuts)
{
	struct state *states = absint_run(p, f);
	u32 kept = 0, ended = 0, count = cuts->list.count;
	enum depth *depths = xcalloc(count + 1, sizeof *depths);
	bool decides = false;

	for (u32 i = 0; i < count; i++) {
		depths[i] = depth_behind(p, f, states, &cuts->list.at[i]);
		decides |= depths[i] == SAME || depths[i] == OTHER;
	}
	for (u32 i = 0; i < count; i++) {
		const struct cut c = cuts->list.at[i];
		if (depths[i] == OTHER) {
			u32 dead_end = function_dead_end(p, f, f->blocks.at[c.call].end);       /* moves the list */
			f->blocks.at[c.call].succ[0] = dead_end;
			ended++;
		} else if (depths[i] == SAME || (depths[i] == NEEDED && !decides)) {
			f->blocks.at[c.call].succ[0] = c.succ;
		} else {
			cuts->list.at[kept++] = c;
		}
	}
	cuts->list.count = kept;
	free(depths);
	free(states);
	return ended;
}

bool depth_cut(struct program *p, struct function *f, const struct state *states)
{
	struct cuts cuts = { 0 };
	u32 ended = 0, before;

	if (!loses_depth(p, f, states))
		return false;
	cut_joins(p, f, states, &cuts);
	do {
		before = cuts.list.count;
		ended += before ? decide(p, f, &cuts) : 0;
	} while (cuts.list.count < before);
	for (u32 i = 0; i < cuts.list.count; i++)
		f->blocks.at[cuts.list.at[i].call].succ[0] = cuts.list.at[i].succ;
	list_free(&cuts.list);
	return ended;
}
