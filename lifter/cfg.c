/* SPDX-License-Identifier: MIT */
/*
 * The blocks of one function: everything its entry reaches by falling
 * through, by branches and by known jump tables.  Branches to another
 * function's entry are tail calls.  Code reached from two functions (a shared
 * tail, a .cold part) stands in both.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/discover.h"

struct walk {
	struct program *p;
	struct function *f;
	const struct switch_list *switches;
	LIST(u32) queue;           /* instructions to go on at */
	LIST(u32) seen;            /* instructions of the function */
	LIST(u32) tails;           /* leaders that are other functions' entries: empty blocks */
	LIST(u32) dead_ends;       /* ... where calls stand that cannot come back: empty blocks */
	u32 first_dead_end;        /* block */
};

/* Per instruction: the number of the cfg_build() call that saw it, made it a leader. */
static u32 *seen_in, *leader_in, *block_of, epoch;

static bool is_seen(u32 i) { return seen_in[i] == epoch; }
static bool is_leader(u32 i) { return leader_in[i] == epoch; }

static bool is_tail_target(struct walk *w, u64 va)
{
	return va != w->f->va && program_is_entry(w->p, va);
}

/* A branch may go to va. */
static void reach(struct walk *w, u64 va)
{
	if (!image_is_code(w->p->image, va))
		return;
	u32 i = insn_index(w->p, va);
	if (leader_in[i] != epoch) {
		leader_in[i] = epoch;
		if (is_tail_target(w, va))
			list_push(&w->tails, i);
		else
			list_push(&w->queue, i);
	}
}

/* Does another function's code begin behind this call, padding aside?  Then its
 * compiler knew that it does not come back. */
static bool is_last_call(struct walk *w, u64 next)
{
	while (image_is_code(w->p->image, next) && !is_tail_target(w, next)) {
		if (!program_is_nop(w->p, insn_index(w->p, next)))
			return false;
		next += 4;
	}
	return true;
}

static void reach_behind_call(struct walk *w, u64 next)
{
	if (is_last_call(w, next))
		list_push(&w->dead_ends, insn_index(w->p, next));
	else
		reach(w, next);
}

/* The landing pad of the call at va; 0 also where another function begins there. */
static u64 landing_pad(struct walk *w, u64 va)
{
	u64 pad = image_landing_pad(w->p->image, va);

	return pad && !is_tail_target(w, pad) ? pad : 0;
}

static const struct known_switch *find_switch(const struct switch_list *s, u32 jump)
{
	for (u32 i = 0; i < s->list.count; i++)
		if (s->list.at[i].jump == jump)
			return &s->list.at[i];
	return NULL;
}

u64 jump_table_target(const struct image *img, const struct jump_table *t, u32 i)
{
	const u8 *p = image_at(img, t->table + ((u64)i << t->scale), t->size);
	u64 v = 0;

	if (!p)
		return 0;
	memcpy(&v, p, t->size);
	if (t->is_signed && t->size < 8)
		v = (u64)((s64)(v << (64 - 8 * t->size)) >> (64 - 8 * t->size));
	return t->base + (v << t->shift);
}

static void walk_from(struct walk *w, u32 i)
{
	for (;; i++) {
		u64 va = insn_va(w->p, i);
		if (!image_is_code(w->p->image, va))
			return;
		if (is_tail_target(w, va)) {
			reach(w, va);
			return;
		}
		if (is_seen(i)) {
			leader_in[i] = epoch;
			return;
		}
		seen_in[i] = epoch;
		list_push(&w->seen, i);
		const struct a64_insn *in = program_insn(w->p, i);
		if (!in)
			return;
		switch (in->flow) {
		case A64_NEXT:
			continue;
		case A64_B:
			reach(w, insn_target(in));
			return;
		case A64_BCOND:
			reach(w, insn_target(in));
			reach(w, va + 4);
			return;
		case A64_BL: case A64_BLR:
			reach_behind_call(w, va + 4);
			if (landing_pad(w, va))
				reach(w, landing_pad(w, va));
			return;
		case A64_SVC:
			reach(w, va + 4);
			return;
		case A64_BR: {
			const struct known_switch *s = find_switch(w->switches, i);
			for (u32 k = 0; s && k < s->table.count; k++)
				reach(w, jump_table_target(w->p->image, &s->table, k));
			return;
		}
		default:
			return;
		}
	}
}

static int by_value(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

static u32 block_at(struct walk *w, u64 va)
{
	if (!image_is_code(w->p->image, va))
		return NONE;
	u32 i = insn_index(w->p, va);
	return is_leader(i) ? block_of[i] : NONE;
}

static u32 block_behind_call(struct walk *w, u64 va)
{
	for (u32 k = 0; k < w->dead_ends.count; k++)
		if (w->dead_ends.at[k] == insn_index(w->p, va))
			return w->first_dead_end + k;
	return block_at(w, va);
}

static void end_switch(struct walk *w, struct block *b, const struct known_switch *s)
{
	b->kind = END_SWITCH;
	b->switch_table = s->table;
	b->switch_targets = xcalloc(s->table.count, sizeof *b->switch_targets);
	for (u32 k = 0; k < s->table.count; k++)
		b->switch_targets[k] = block_at(w, jump_table_target(w->p->image, &s->table, k));
}

/* A direct jump whose target is no code we know: the interpreter finds out. */
static void leave_if_lost(struct block *b)
{
	if (b->succ[0] == NONE)
		b->kind = END_LEAVE;
}

/* Known only when a function is explored again. */
static bool never_returns(struct walk *w, u64 va)
{
	u32 f = image_is_code(w->p->image, va) ? w->p->function_at[insn_index(w->p, va)] : NONE;

	return f != NONE && w->p->functions.at[f].never_returns;
}

static void finish_block(struct walk *w, struct block *b)
{
	u32 last = b->end - 1;
	u64 next = insn_va(w->p, b->end);
	const struct a64_insn *in = program_insn(w->p, last);

	b->target = insn_va(w->p, last);
	if (!in) {
		b->kind = END_LEAVE;
		return;
	}
	switch (in->flow) {
	case A64_NEXT:
		b->kind = END_FALL;
		b->succ[0] = block_at(w, next);
		if (b->succ[0] == NONE) {
			b->kind = END_LEAVE;
			b->target = next;
		}
		break;
	case A64_B:
		b->kind = END_JUMP;
		b->succ[0] = block_at(w, insn_target(in));
		leave_if_lost(b);
		break;
	case A64_BCOND:
		b->kind = END_COND;
		b->succ[0] = block_at(w, insn_target(in));
		b->succ[1] = block_at(w, next);
		if (b->succ[1] == NONE)
			b->succ[0] = NONE;
		leave_if_lost(b);
		break;
	case A64_BL:
		b->kind = END_CALL;
		b->target = insn_target(in);
		b->succ[0] = block_behind_call(w, next);
		b->is_noreturn = never_returns(w, b->target);
		b->pad = block_at(w, landing_pad(w, insn_va(w->p, last)));
		break;
	case A64_BLR:
		b->kind = END_CALL_INDIRECT;
		b->succ[0] = block_behind_call(w, next);
		b->pad = block_at(w, landing_pad(w, insn_va(w->p, last)));
		break;
	case A64_SVC:
		b->kind = END_SVC;
		b->succ[0] = block_at(w, next);
		leave_if_lost(b);
		break;
	case A64_BR: {
		const struct known_switch *s = find_switch(w->switches, last);
		if (s && (s->table.by_address || s->table.load >= b->first))   /* a later table may have split the block */
			end_switch(w, b, s);
		else
			b->kind = END_TAIL_INDIRECT;
		break;
	}
	case A64_RET:
		b->kind = END_RETURN;
		break;
	default:
		b->kind = END_LEAVE;
		break;
	}
}

static void push_block(struct function *f, u32 first, u32 end)
{
	list_push(&f->blocks, (struct block){ .first = first, .end = end, .succ = { NONE, NONE }, .pad = NONE, .callee = NONE, .svc_number = -1 });
}

static void set_dead_end(const struct program *p, struct block *b)
{
	b->kind = END_LEAVE;
	b->target = insn_va(p, b->first);
	b->is_dead_end = true;
}

u32 function_dead_end(const struct program *p, struct function *f, u32 index)
{
	push_block(f, index, index);
	set_dead_end(p, &f->blocks.at[f->blocks.count - 1]);
	return f->blocks.count - 1;
}

static void add_block(struct walk *w, u32 first, u32 end)
{
	block_of[first] = w->f->blocks.count;
	leader_in[first] = epoch;
	push_block(w->f, first, end);
}

static bool has_loop(const struct function *f)
{
	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		u32 n = block_nsucc(block);
		for (u32 e = 0; e < n; e++) {
			u32 to = block_succ(block, e);
			if (to != NONE && f->blocks.at[to].first <= block->first && f->blocks.at[to].end > f->blocks.at[to].first)
				return true;
		}
	}
	return false;
}

/* The entry is block 0, whatever else lies before it. */
static void entry_first(struct walk *w)
{
	u32 entry = block_of[insn_index(w->p, w->f->va)];
	struct block t = w->f->blocks.at[0];

	w->f->blocks.at[0] = w->f->blocks.at[entry];
	w->f->blocks.at[entry] = t;
	block_of[w->f->blocks.at[0].first] = 0;
	block_of[w->f->blocks.at[entry].first] = entry;
}

void cfg_build(struct program *p, struct function *f, const struct switch_list *switches)
{
	struct walk w = { .p = p, .f = f, .switches = switches };
	u32 self = f - p->functions.at;

	if (!seen_in) {
		seen_in = xcalloc(p->ninsns + 1, sizeof *seen_in);
		leader_in = xcalloc(p->ninsns + 1, sizeof *leader_in);
		block_of = xcalloc(p->ninsns + 1, sizeof *block_of);
	}
	epoch++;
	f->blocks.count = 0;
	leader_in[insn_index(p, f->va)] = epoch;
	list_push(&w.queue, insn_index(p, f->va));
	while (w.queue.count)
		walk_from(&w, w.queue.at[--w.queue.count]);

	qsort(w.seen.at, w.seen.count, sizeof(u32), by_value);
	for (u32 k = 0; k < w.seen.count;) {
		u32 first = w.seen.at[k], end = first;
		do {
			const struct a64_insn *in = program_insn(p, end++);
			k++;
			if (!in || in->flow != A64_NEXT)
				break;
		} while (k < w.seen.count && w.seen.at[k] == end && !is_leader(end));
		add_block(&w, first, end);
	}
	f->nblock_insns = w.seen.count;
	for (u32 k = 0; k < w.tails.count; k++)
		add_block(&w, w.tails.at[k], w.tails.at[k]);
	w.first_dead_end = f->blocks.count;
	for (u32 k = 0; k < w.dead_ends.count; k++)
		push_block(f, w.dead_ends.at[k], w.dead_ends.at[k]);
	entry_first(&w);
	for (u32 b = 0; b < f->blocks.count; b++) {
		struct block *block = &f->blocks.at[b];
		if (block->first < block->end) {
			finish_block(&w, block);
		} else if (b >= w.first_dead_end) {
			set_dead_end(p, block);
		} else {
			block->kind = END_TAIL;
			block->target = insn_va(p, block->first);
			block->callee = program_function(p, block->target);
			f = w.f = &p->functions.at[self];       /* the list may have moved */
		}
	}
	f->has_loop = has_loop(f);
	list_free(&w.queue);
	list_free(&w.seen);
	list_free(&w.tails);
	list_free(&w.dead_ends);
}
