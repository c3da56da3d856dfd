/* SPDX-License-Identifier: MIT */
/*
 * Data flow in one function: which registers are live (wanted in SSA), which
 * are weakly live (somebody may look for them in struct cpu), which differ
 * from struct cpu (dirty), and in which view a value crosses a block's edge.
 */
#include <stdlib.h>

#include "lifter/tmpl.h"
#include "lifter/discover.h"

/* They look at all registers; or another thread runs, and our frames are gone when this one goes on; or a signal's handler
 * runs below them that may lose our frames by a longjmp of its own. */
static bool svc_captures(const struct program *p, s64 number)
{
	switch (number) {
	case SYS_CLONE: case SYS_CLONE3:
		return true;
	case SYS_KILL: case SYS_TKILL: case SYS_TGKILL: case SYS_RT_SIGSUSPEND: case SYS_RT_SIGPROCMASK: case SYS_RT_SIGQUEUEINFO:
	case SYS_RT_TGSIGQUEUEINFO:
		return p->has_capture;
	}
	return p->has_threads;
}

/* What is passed beside the arguments, to nested functions: gcc's x18, clang's x15. */
static const struct regset static_chain = { .x = 1ull << 18 | 1ull << 50 | 1ull << 15 | 1ull << 47 };

static struct end_effects call_effects(const struct function *f, const struct function *g)
{
	struct end_effects e = { .reads = g->params, .weak = g->weak_params, .clobbers = g->modifies, .results = g->results,
		.reloads = g->memory_results, .captures = g->captures };

	/* wanted of whoever was called before, though they go by way of struct cpu */
	e.reads = rs_or(e.reads, rs_minus(rs_and(g->memory_params, g->blocks.at[0].live_in), rs_whole(convention_entry(g->convention))));
	if (e.captures)
		e.weak = rs_or(e.weak, f->convention->saved);
	return e;
}

/*
 * Whoever wants a register afterwards that the convention lets a callee change knows
 * that this one does not, as glibc's rawmemchr does of strlen: struct cpu keeps
 * it during the call.
 */
static struct end_effects indirect_effects(const struct program *p, const struct function *f, struct regset wanted)
{
	const struct convention *c = f->convention;
	struct end_effects e = { .reads = p->indirect_reads, .weak = c->arguments,
		.clobbers = c->changed, .results = rs_x(0), .captures = p->has_capture };

	e.reads = rs_or(e.reads, rs_x(REG_SP));
	e.weak = rs_or(e.weak, rs_and(p->label_reads, static_chain));
	e.reloads = rs_minus(c->changed, rs_x(0));
	e.reloads.f = 0;
	struct regset kept = rs_minus(rs_and(wanted, e.reloads), rs_or(c->arguments, c->results));
	e.reads = rs_or(e.reads, kept);
	e.weak = rs_or(e.weak, kept);
	if (e.captures)
		e.weak = rs_or(e.weak, convention_keeps(c));
	return e;
}

struct regset function_leaves(const struct function *f)
{
	/* what it has shown changed and then restored: callers take struct cpu to have it as it was */
	struct regset restored = rs_minus(rs_and(rs_and(f->written, f->preserves), f->shown), rs_or(f->modifies, rs_or(rs_x(REG_LR), rs_x(REG_SP))));

	return f->captures ? rs_or(restored, convention_keeps(f->convention)) : restored;
}

/* NZCV is made of these. */
static const struct regset nzcv = { .f = 1u << FLAG_MI | 1u << FLAG_EQ | 1u << FLAG_CS | 1u << FLAG_VS };

static struct end_effects effects_of(const struct program *p, const struct function *f, const struct block *b)
{
	struct end_effects e = { 0 };
	struct regset keeps = convention_keeps(f->convention);

	switch ((enum block_end)b->kind) {
	case END_CALL:
		e = b->callee != NONE ? call_effects(f, &p->functions.at[b->callee]) : indirect_effects(p, f, b->live_out);
		break;
	case END_CALL_INDIRECT:
		e = indirect_effects(p, f, b->live_out);
		break;
	case END_TAIL:
		e = call_effects(f, &p->functions.at[b->callee]);
		if (f->captures)                /* a body for re-entry hands the jump to the dispatcher */
			e.weak = rs_or(e.weak, rs_x(REG_LR));
		if (b->returns_perhaps) {
			e.weak = RS_ALL;
			e.reads = rs_or(e.reads, rs_or(rs_x(REG_LR), rs_x(REG_SP)));
		}
		break;
	case END_TAIL_INDIRECT:
		e = indirect_effects(p, f, f->wanted);
		/* what f saved and restored is in struct cpu as it was */
		e.weak = rs_or(e.weak, rs_or(rs_minus(p->label_reads, rs_minus(keeps, f->modifies)), rs_x(REG_LR)));
		break;
	case END_SVC:
		e.reads = rs_x(REG_SP);
		e.clobbers = e.results = rs_x(0);
		e.captures = svc_captures(p, b->svc_number);
		if (e.captures)
			e.weak = RS_ALL;
		break;
	case END_LEAVE: case END_SWITCH:
		if (b->kind == END_SWITCH && b->switch_table.is_masked)
			break;
		e.weak = RS_ALL;
		e.captures = p->has_capture && !block_traps(p, b);
		e.reads = rs_x(REG_SP);
		if (b->kind == END_SWITCH)
			return e;
		break;
	case END_RETURN:
		e.reads = rs_x(REG_SP);         /* a re-entry body leaves it in struct cpu */
		if (!b->is_verified_return)
			e.weak = RS_ALL;
		break;
	default:
		break;
	}
	if (b->kind == END_TAIL || b->kind == END_TAIL_INDIRECT || b->kind == END_LEAVE || (b->kind == END_RETURN && !b->is_nonlocal)) {
		/* then it returns for us */
		struct regset ours = rs_minus(rs_and(f->wanted, f->modifies), e.clobbers);
		if (b->kind == END_RETURN)
			e.weak = rs_or(e.weak, f->memory_results);
		e.weak = rs_or(e.weak, rs_and(ours, f->convention->rare_results));
		e.reads = rs_or(e.reads, b->kind == END_LEAVE ? RS_EMPTY : rs_minus(ours, f->convention->rare_results));
		e.weak = rs_or(e.weak, function_leaves(f));
		/* one operation of an interpreter hands on to the next what it did not restore */
		if (b->kind == END_TAIL || b->kind == END_TAIL_INDIRECT)
			e.weak = rs_or(e.weak, rs_and(keeps, f->modifies));
	}
	if (b->lr_is_entry && !f->captures)
		e.reads = rs_minus(e.reads, rs_x(REG_LR));
	return e;
}

struct end_effects block_end_effects(const struct program *p, const struct function *f, const struct block *b)
{
	struct end_effects e = effects_of(p, f, b);

	if (e.weak.f)
		e.weak = rs_or(e.weak, nzcv);
	return e;
}

bool block_stamps_end(const struct function *f, const struct block *b)
{
	return b->kind != END_LEAVE && (b->kind != END_RETURN || !b->is_verified_return || f->captures);
}

/* Reads that only save an entry value nobody will look at. */
static struct regset idle_saves(const struct program *p, const struct function *f, u32 insn, u32 *next)
{
	struct regset idle = RS_EMPTY;

	while (*next < f->saves.count && f->saves.at[*next].insn < insn)
		++*next;
	for (u32 k = *next; k < f->saves.count && f->saves.at[k].insn == insn; k++) {
		u32 r = f->saves.at[k].reg;
		struct regset one = r < 32 ? rs_x(r) : (struct regset){ .v = 1ull << (r - 32) };
		bool kept = r == REG_LR ? !f->has_unverified_return : !rs_any(rs_minus(one, f->preserves)) && !rs_any(rs_and(one, f->modifies));
		if (kept && !f->captures && !(f->may_leave && p->captures_known) && !rs_any(rs_and(one, f->shown)))
			idle = rs_or(idle, one);
	}
	return idle;
}

/* Registers of arguments that the system call has not. */
static struct regset idle_arguments(const struct block *b)
{
	return rs_xs(0x3f & ~0u << syscall_arguments(b->svc_number));
}

void flow_local(struct program *p, struct function *f)
{
	f->written = RS_EMPTY;
	for (u32 b = 0; b < f->blocks.count; b++) {
		struct block *block = &f->blocks.at[b];
		u32 next_save = 0;
		block->gen = block->kill = RS_EMPTY;
		for (u32 i = block->first; i < block->end; i++) {
			const struct a64_insn *in = program_insn(p, i);
			if (!in || (i == block->end - 1 && in->flow != A64_NEXT && !block_stamps_end(f, block)))
				break;
			struct effects e = tmpl_effects(in);
			e.read = rs_minus(e.read, idle_saves(p, f, i, &next_save));
			if (in->flow == A64_SVC)
				e.read = rs_minus(e.read, idle_arguments(block));
			block->gen = rs_or(block->gen, rs_minus(e.read, block->kill));
			block->kill = rs_or(block->kill, e.write);
		}
		f->written = rs_or(f->written, block->kill);
		struct end_effects end = block_end_effects(p, f, block);
		f->written = rs_or(f->written, rs_or(end.results, end.reloads));
	}
	f->written = rs_whole(f->written);
	f->held = rs_whole(rs_or(f->written, rs_or(f->params, f->memory_params)));
}

/* What struct cpu has otherwise after a call. */
static struct regset left_changed(const struct program *p, const struct block *b, const struct end_effects *e)
{
	const struct function *g = b->callee != NONE ? &p->functions.at[b->callee] : NULL;

	return g ? rs_or(g->memory_results, rs_and(g->shown, g->modifies)) : e->clobbers;
}

/* One backward step over a block; true if its live-in sets grew, or what the function shows.  They never
 * shrink, though what others read in SSA may come to be read in struct cpu: two
 * functions that call each other could go on for ever. */
static bool update(const struct program *p, struct function *f, struct block *b)
{
	struct regset live = RS_EMPTY, weak = RS_EMPTY;

	for (u32 k = 0; k < block_nsucc(b); k++)
		if (block_succ(b, k) != NONE) {
			live = rs_or(live, f->blocks.at[block_succ(b, k)].live_in);
			weak = rs_or(weak, f->blocks.at[block_succ(b, k)].weak_in);
		}
	b->live_out = live;
	b->weak_out = weak;
	struct end_effects e = block_end_effects(p, f, b);
	struct regset shown = b->kind == END_RETURN ? f->shown : rs_or(f->shown, rs_or(rs_moved(e.weak), left_changed(p, b, &e)));
	bool shows_more = !rs_equal(shown, f->shown);
	f->shown = shown;
	live = rs_or(rs_minus(live, e.clobbers), e.reads);
	weak = rs_or(rs_minus(weak, e.clobbers), e.weak);
	live = rs_or(rs_minus(live, b->kill), b->gen);
	weak = rs_minus(weak, b->kill);
	live = rs_or(live, b->live_in);
	weak = rs_or(weak, b->weak_in);
	if (rs_equal(live, b->live_in) && rs_equal(weak, b->weak_in))
		return shows_more;
	b->live_in = live;
	b->weak_in = weak;
	return true;
}

void flow_liveness(struct program *p, struct function *f)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (u32 b = f->blocks.count; b-- > 0;)
			changed |= update(p, f, &f->blocks.at[b]);
	}
}

/* --- views --- */

struct views { u32 w, s, d; bool is_reached; };

/* How registers are held at the end of a block, from how they came in. */
static struct views transfer(struct program *p, struct function *f, const struct block *b, struct views v)
{
	for (u32 i = b->first; i < b->end; i++) {
		const struct a64_insn *in = program_insn(p, i);
		if (!in)
			break;
		struct tmpl_writes w = tmpl_writes(in);
		v.w = (v.w & ~w.x) | w.w;
		v.s = (v.s & ~w.v) | w.s;
		v.d = (v.d & ~w.v) | w.d;
	}
	struct end_effects e = block_end_effects(p, f, b);
	u32 high_x = e.results.x >> 32, low_x = e.results.x & ~high_x;
	u32 high_v = e.results.v >> 32, low_v = e.results.v & ~high_v;
	u32 reload_x = e.reloads.x, reload_v = (u32)e.reloads.v | (u32)(e.reloads.v >> 32);
	v.w = (v.w & ~(high_x | reload_x)) | low_x;
	v.s &= ~(high_v | low_v | reload_v);
	v.d = (v.d & ~(high_v | reload_v)) | low_v;
	return v;
}

/* The views at a block's entry, where edges bring `in` and `carry` crosses. */
static struct views demanded(struct views in, struct regset carry)
{
	u32 high_x = carry.x >> 32, high_v = carry.v >> 32;

	u32 low_x = carry.x, low_v = carry.v;

	in.w = (in.w | ~high_x) & low_x;
	in.d = (in.d | (~high_v & ~in.s)) & (low_v | high_v);
	in.s &= low_v | high_v;
	return in;
}

static struct views entry_views(const struct function *f)
{
	struct views v = { .is_reached = true };

	v.w = ~(u32)((f->params.x | f->memory_params.x) >> 32);
	v.d = ~(u32)((f->params.v | f->memory_params.v) >> 32);
	return v;
}

static struct regset dirty_after(const struct program *p, const struct function *f, const struct block *b)
{
	struct regset d = rs_or(b->dirty_in, rs_whole(b->kill));
	struct end_effects e = block_end_effects(p, f, b);
	struct regset flushed = rs_moved(e.weak);

	if (e.captures)
		flushed = rs_or(flushed, rs_moved(b->live_out));
	if (b->kind != END_SWITCH)
		d = rs_minus(d, flushed);
	d = rs_minus(d, rs_moved(e.clobbers));
	d = rs_or(d, rs_x(REG_SP));             /* whoever was called left its own there */
	return rs_or(d, rs_moved(e.results));
}

void flow_views(struct program *p, struct function *f)
{
	struct views *at = xcalloc(f->blocks.count, sizeof *at);
	bool changed = true;

	at[0] = demanded(entry_views(f), block_carry(f, &f->blocks.at[0]));
	f->blocks.at[0].dirty_in = rs_whole(f->params);
	for (u32 b = 0; b < f->blocks.count; b++) {
		u32 pad = f->blocks.at[b].pad;
		if (pad != NONE)
			at[pad] = demanded((struct views){ .is_reached = true }, block_carry(f, &f->blocks.at[pad]));
	}
	while (changed) {
		changed = false;
		for (u32 b = 0; b < f->blocks.count; b++) {
			struct block *block = &f->blocks.at[b];
			if (!at[b].is_reached)
				continue;
			struct views out = transfer(p, f, block, at[b]);
			struct regset dirty = dirty_after(p, f, block);
			for (u32 e = 0; e < block_nsucc(block); e++) {
				u32 to = block_succ(block, e);
				if (to == NONE)
					continue;
				struct views in = out, old = at[to];
				struct block *next = &f->blocks.at[to];
				if (old.is_reached) {
					u32 scalar = (in.s | in.d) & (old.s | old.d);
					in.w &= old.w;
					in.s &= old.s;
					in.d = scalar & ~in.s;
				}
				in = demanded(in, block_carry(f, next));
				in.is_reached = true;
				changed |= in.w != old.w || in.s != old.s || in.d != old.d || !old.is_reached;
				at[to] = in;
				struct regset d = rs_or(next->dirty_in, dirty);
				changed |= !rs_equal(d, next->dirty_in);
				next->dirty_in = d;
			}
		}
	}
	for (u32 b = 0; b < f->blocks.count; b++) {
		f->blocks.at[b].view_w = at[b].w;
		f->blocks.at[b].view_s = at[b].s;
		f->blocks.at[b].view_d = at[b].d;
	}
	free(at);
}
