/* SPDX-License-Identifier: MIT */
/*
 * What travels between functions.  From what each function reads, writes and
 * provably restores, computed over the call graph: its parameters, its
 * results, and whether anything below it may look at callee-saved registers.
 *
 * Nothing is taken from the ABI for direct calls (gcc's IPA-RA breaks it), but
 * that a convention says what travels in struct cpu; only calls through
 * pointers assume one.
 */
#include <stdlib.h>

#include "lifter/discover.h"

static struct regset written_by(struct program *p, const struct function *f)
{
	struct regset w = RS_EMPTY, from_calls = RS_EMPTY, after_us = RS_EMPTY;

	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		w = rs_or(w, block->kill);
		struct end_effects e = block_end_effects(p, f, block);
		if (block->kind == END_TAIL || block->kind == END_TAIL_INDIRECT)
			after_us = rs_or(after_us, e.clobbers);
		else
			from_calls = rs_or(from_calls, e.clobbers);
		if (block->kind == END_LEAVE || (block->kind == END_SWITCH && !block->switch_table.is_masked))
			after_us = rs_or(after_us, rs_minus(RS_ALL, rs_or(rs_minus(convention_keeps(f->convention), f->spoils), rs_x(REG_SP))));
	}
	struct regset kept = f->preserves;
	if (f->sp_is_kept)
		kept = rs_or(kept, rs_x(REG_SP));
	/* what a callee changes and we restore: only what we write ourselves */
	from_calls = rs_minus(from_calls, rs_and(kept, w));
	return rs_or(rs_or(rs_minus(w, kept), from_calls), after_us);
}

static void spread_modified(struct program *p)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			struct regset m = rs_or(f->modifies, f->never_returns ? RS_EMPTY : written_by(p, f));
			changed |= !rs_equal(m, f->modifies);
			f->modifies = m;
		}
	}
}

/* A function that leaves another SP and also jumps through the table cannot say so after the jump: whoever it jumps to
 * leaves SP in struct cpu, as all such functions do then. */
static void find_modified(struct program *p)
{
	spread_modified(p);
	for (u32 i = 0; i < p->functions.count; i++)
		p->table_leaves_sp |= p->functions.at[i].has_indirect_tail && rs_has_x(p->functions.at[i].modifies, REG_SP);
	for (u32 i = 0; i < p->functions.count && p->table_leaves_sp; i++)
		if (p->functions.at[i].has_indirect_tail && !p->functions.at[i].never_returns)
			p->functions.at[i].modifies = rs_or(p->functions.at[i].modifies, rs_x(REG_SP));
	spread_modified(p);
}

/* What the table's functions take as parameters. */
static const struct regset table_registers = { .x = 0x8000000full | 0x8000000full << 32 };

/*
 * Callee-saved registers that a function reads as they came, though it saves
 * and restores them: on ways that are never gone, like variables that only seem
 * to be unset.  Who means to look at them looks at all.
 */
static struct regset unset_reads(const struct function *f)
{
	struct regset in = rs_and(f->blocks.at[0].live_in, f->convention->saved), saved = RS_EMPTY;

	if ((in.x & CALLEE_SAVED_X) == CALLEE_SAVED_X || f->captures)
		return RS_EMPTY;
	for (u32 i = 0; i < f->saves.count; i++) {
		u32 r = f->saves.at[i].reg;
		saved = rs_or(saved, r < 32 ? rs_x(r) : (struct regset){ .v = 1ull << (r - 32) });
	}
	return rs_and(rs_and(in, saved), f->preserves);
}

static void set_params(const struct program *p, struct function *f)
{
	const struct block *entry = &f->blocks.at[0];
	struct regset in = entry->live_in;
	struct regset memory = { .f = in.f }, kept = rs_minus(convention_keeps(f->convention), f->modifies);

	/* who wants the low half may hand on the whole register */
	in = rs_or(in, rs_and(rs_whole(in), entry->weak_in));
	/* a whole vector as an argument is rare, saving q0..q7 for varargs is not */
	u64 vectors = in.v >> 32;
	memory.v |= vectors | vectors << 32;
	memory = rs_or(memory, rs_and(rs_whole(in), rs_whole(unset_reads(f))));
	memory = rs_or(memory, rs_minus(rs_whole(in), rs_whole(convention_entry(f->convention))));
	if (f->captures)
		memory = rs_or(memory, rs_and(f->convention->saved, rs_or(rs_whole(in), f->held)));
	else if (f->may_leave && p->captures_known)
		memory = rs_or(memory, rs_and(kept, rs_or(rs_whole(in), f->held)));
	if (f->has_indirect_tail)
		memory = rs_or(memory, rs_minus(in, table_registers));
	f->memory_params = memory;
	f->params = rs_or(rs_minus(in, memory), rs_x(REG_SP));
	if (f->has_indirect_tail)
		f->params = table_registers;
	else if (f->needs_return_address)
		f->params = rs_or(f->params, rs_x(REG_LR));
	if (f->has_indirect_tail)
		f->memory_params = rs_or(f->memory_params, rs_x(REG_LR));
	f->weak_params = rs_or(entry->weak_in, f->memory_params);
	if (!f->captures)                       /* they stay as they are: what struct cpu has will do for the saves */
		f->weak_params = rs_minus(f->weak_params, f->has_indirect_tail ? rs_minus(kept, in) : kept);
}

/* What somebody may look for in struct cpu is wanted too, as far as a callee
 * can have meant it: `printf("%g", f())` hands on the d0 that f returned.  And
 * if it changes what calls keep, that is what is kept from then on. */
static struct regset wanted_after(const struct convention *c, const struct block *b)
{
	return rs_or(b->live_out, rs_and(b->weak_out, rs_or(rs_or(c->results, c->rare_results), convention_keeps(c))));
}

/* A function that jumps through the table returns what the table's functions
 * do, so that the jump can be a tail call. */
static void set_results(struct function *f)
{
	if (f->has_indirect_tail)
		f->wanted = rs_or(f->wanted, rs_x(0));
	f->results = rs_and(f->wanted, f->modifies);
	f->memory_results = (struct regset){ .f = f->results.f };
	f->results.f = 0;
	f->memory_results = rs_or(f->memory_results, rs_and(f->results, f->convention->rare_results));
	f->results = rs_minus(f->results, f->convention->rare_results);
	if (f->has_indirect_tail) {
		f->memory_results = rs_or(f->memory_results, rs_minus(f->results, rs_x(0)));
		f->results = rs_x(0);
	}
}

/* Callers' wishes reach callees; true if any grew. */
static bool spread_wanted(struct program *p, struct function *f)
{
	bool changed = false;

	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		if (block_callee(p, block) == NONE)
			continue;
		struct function *g = &p->functions.at[block_callee(p, block)];
		if (block->kind == END_TAIL && block->lr_is_entry && rs_has_x(rs_or(g->params, g->weak_params), REG_LR) && !f->needs_return_address)
			changed = f->needs_return_address = true;
		struct regset w = rs_or(g->wanted, block->kind == END_CALL ? wanted_after(f->convention, block) : f->wanted);
		changed |= !rs_equal(w, g->wanted);
		g->wanted = w;
		set_results(g);
	}
	return changed;
}

/* What is written on one way only and looked for in struct cpu after the ways
 * have met is held on all of them: from the entry on, where it is as it came. */
static void load_held(struct function *f)
{
	struct regset held = rs_whole(rs_and(f->blocks.at[0].weak_in, f->held));

	f->memory_params = rs_or(f->memory_params, rs_minus(held, rs_whole(f->params)));
}

static void find_liveness_once(struct program *p)
{
	bool changed = true;

	for (u32 i = 0; i < p->functions.count; i++) {
		struct function *f = &p->functions.at[i];
		f->params = f->weak_params = f->wanted = f->memory_params = RS_EMPTY;
		if (f->is_address_taken)
			f->wanted = f->convention->results;
		if (p->table_leaves_sp && f->has_indirect_tail)
			f->wanted = rs_or(f->wanted, rs_x(REG_SP));
		set_results(f);
		for (u32 b = 0; b < f->blocks.count; b++)
			f->blocks.at[b].live_in = f->blocks.at[b].weak_in = RS_EMPTY;
		flow_local(p, f);
	}
	while (changed) {
		changed = false;
		for (u32 i = p->functions.count; i-- > 0;) {
			struct function *f = &p->functions.at[i];
			struct regset params = f->params, weak = f->weak_params, shown = f->shown;
			flow_liveness(p, f);
			set_params(p, f);
			changed |= !rs_equal(params, f->params) || !rs_equal(weak, f->weak_params) || !rs_equal(shown, f->shown);
			changed |= spread_wanted(p, f);
			if (f->is_address_taken) {
				struct regset four = rs_and(f->params, rs_xs(15));
				changed |= rs_any(rs_minus(four, p->indirect_reads));
				p->indirect_reads = rs_or(p->indirect_reads, four);
				struct regset beyond = rs_minus(f->blocks.at[0].live_in, convention_entry(f->convention));
				changed |= rs_any(rs_minus(beyond, p->label_reads));
				p->label_reads = rs_or(p->label_reads, beyond);
			}
		}
	}
	for (u32 i = 0; i < p->functions.count; i++) {
		flow_local(p, &p->functions.at[i]);     /* held now knows the parameters */
		load_held(&p->functions.at[i]);
	}
}

/* A register that a function restores after others may have seen it changed in struct cpu has to be saved, which is known
 * only then. */
static void find_liveness(struct program *p)
{
	bool again = true;

	while (again) {
		struct regset *restored = xcalloc(p->functions.count + 1, sizeof *restored);
		again = false;
		for (u32 i = 0; i < p->functions.count; i++)
			restored[i] = p->functions.at[i].captures ? RS_ALL : function_leaves(&p->functions.at[i]);
		find_liveness_once(p);
		for (u32 i = 0; i < p->functions.count; i++)
			again |= rs_any(rs_minus(function_leaves(&p->functions.at[i]), restored[i]));
		free(restored);
	}
}

/* Roots: functions that read callee-saved registers for more than saving
 * them (setjmp, context switches), those whose callers are come back to by
 * another way than their return or whose frames are read, and system calls that
 * copy the state. */
static bool is_capture_root(const struct program *p, const struct function *f)
{
	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		if (block->kind == END_SVC && block_end_effects(p, f, block).captures)
			return true;
	}
	if (f->va == p->image->entry)           /* nobody's */
		return false;
	if (f->has_indirect_tail && rs_has_x(f->blocks.at[0].live_in, REG_FP))         /* an interpreter's state */
		return true;
	return f->gives_labels || f->returns_elsewhere || f->keeps_return || f->follows_frames ||
	       rs_any(rs_minus(rs_and(f->blocks.at[0].live_in, f->convention->saved), unset_reads(f)));
}

static bool calls_capturing(const struct program *p, const struct function *f)
{
	for (u32 b = 0; b < f->blocks.count; b++)
		if (f->blocks.at[b].kind != END_SWITCH && block_end_effects(p, f, &f->blocks.at[b]).captures)
			return true;
	return false;
}

static bool has_threads(const struct program *p)
{
	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++) {
			if (!f->blocks.at[b].svc_starts_thread)
				continue;
			diag_verbose("%s may start a thread: another one may go on at any system call", f->name);
			return true;
		}
	}
	return false;
}

static void find_captures(struct program *p)
{
	bool changed = true;

	p->has_threads = p->has_capture = has_threads(p);
	for (u32 i = 0; i < p->functions.count; i++) {
		struct function *f = &p->functions.at[i];
		f->captures = f->is_lifted && is_capture_root(p, f);
		p->has_capture |= f->captures;
		if (f->captures)
			diag_verbose("%s looks at callee-saved registers (x %#llx, v %#llx%s): they are kept in memory around it", f->name,
				     (unsigned long long)(f->blocks.at[0].live_in.x & CALLEE_SAVED_X), (unsigned long long)(f->blocks.at[0].live_in.v & CALLEE_SAVED_V),
				     f->follows_frames ? ", frames" : "");
	}
	while (changed) {
		changed = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			if (!f->captures && calls_capturing(p, f))
				f->captures = changed = true;
		}
	}
}

void summarize(struct program *p)
{
	for (u32 i = 0; i < p->functions.count; i++)
		flow_local(p, &p->functions.at[i]);
	find_modified(p);
	find_liveness(p);
	find_captures(p);
	p->captures_known = true;
	find_liveness(p);
	for (u32 i = 0; i < p->functions.count; i++)
		flow_views(p, &p->functions.at[i]);
}
