/* SPDX-License-Identifier: MIT */
/*
 * What a function provably gives back to its caller: control at the return
 * address, SP, and registers that it saves and restores.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/absint.h"
#include "lifter/discover.h"
#include "lifter/tmpl.h"

struct slot { s64 offset; u32 reg, insn; };
struct save_notes { LIST(struct slot) saves, restores; };

static void note_save(void *context, u32 reg, s64 offset, u32 index)
{
	struct save_notes *n = context;

	/* others may be read back and used */
	if (reg < 32 ? rs_has_x(RS_CALLEE_SAVED, reg) || reg == REG_FP || reg == REG_LR : CALLEE_SAVED_V >> (reg - 32) & 1)
		list_push(&n->saves, (struct slot){ offset, reg, index });
}

static void note_restore(void *context, u32 reg, s64 offset)
{
	struct save_notes *n = context;

	list_push(&n->restores, (struct slot){ offset, reg, NONE });
}

/* Does the function change the register by an instruction other than a restore? */
static bool is_used(struct program *p, const struct function *f, u32 reg)
{
	for (u32 b = 0; b < f->blocks.count; b++)
		for (u32 i = f->blocks.at[b].first; i < f->blocks.at[b].end; i++) {
			const struct a64_insn *in = program_insn(p, i);
			struct regset w = in ? tmpl_effects(in).write : RS_EMPTY;
			if (reg < 32 ? rs_has_x(w, reg) : rs_has_v(w, reg - 32))
				return true;
		}
	return false;
}

/*
 * A save is what is restored from where it went, or, where the function never
 * restores the register because it never returns, what makes room for another
 * value.  All else is a value that somebody looks at: a return address, the
 * registers that a garbage collector scans.
 */
static bool is_save(struct program *p, const struct function *f, const struct save_notes *n, const struct slot *s)
{
	bool is_restored = false;

	for (u32 i = 0; i < n->restores.count; i++) {
		const struct slot *r = &n->restores.at[i];
		if (r->reg == s->reg && r->offset == s->offset)
			return true;
		is_restored |= r->reg == s->reg;
	}
	return !is_restored && s->reg != REG_LR && is_used(p, f, s->reg);
}

static int by_insn(const void *a, const void *b)
{
	u32 x = ((const struct save *)a)->insn, y = ((const struct save *)b)->insn;

	return x < y ? -1 : x > y;
}

static bool holds_entry_value(const struct state *s, u32 r)
{
	if (r == REG_SP)
		return s->reg[r].kind == VAL_SP && !s->reg[r].k;
	return s->reg[r].kind == VAL_ENTRY && s->reg[r].k == r;
}

/* An exit: what does not hold its entry value is not preserved. */
static void judge_exit(struct function *f, const struct state *s)
{
	for (u32 r = 0; r < 64; r++) {
		if (holds_entry_value(s, r))
			continue;
		if (r < 32)
			f->preserves.x &= ~(1ull << r | 1ull << (r + 32));
		else
			f->preserves.v &= ~(1ull << (r - 32));
	}
	f->sp_is_kept &= holds_entry_value(s, REG_SP);
}

/* A jump in the middle of the function, to nobody knows where or (b->target) to another one: as a switch none of whose
 * cases is known. */
static void lose(struct function *f, struct block *b)
{
	b->kind = END_SWITCH;
	b->switch_table = (struct jump_table){ .load = NONE };
	f->needs_return_address = f->may_leave = true;
	f->has_unverified_return = true;        /* the interpreter returns by what was saved */
}

/* Does somebody keep the address of a label in the function?  Then a jump to nobody knows where may go there. */
static bool has_kept_label(const struct program *p, const struct function *f)
{
	const struct symbol *s = image_symbol(p->image, f->va);

	for (u64 va = s ? s->va + 4 : 0; s && va < p->image->text_hi && va - s->va < s->size; va += 4)
		if (va != f->va && bitset_has(&p->kept, insn_index(p, va)))
			return true;
	return false;
}

/* Does it return to an address of its own choosing (a constant, an argument, what a variable holds), or to any frame? */
static bool chooses_return(const struct block *b, const struct state *s, const struct value *to)
{
	return to->kind == VAL_CONST || (to->kind == VAL_ENTRY && to->k != REG_LR) || (to->kind == VAL_MEMORY && !b->is_nonlocal)
		|| (s->reg[REG_SP].kind != VAL_SP && !sp_is_loaded(s));
}

static void judge_block(struct program *p, struct function *f, struct block *b, const struct state *s)
{
	struct value to;

	b->lr_is_entry = holds_entry_value(s, REG_LR);
	b->has_frame = s->reg[REG_SP].kind == VAL_SP && (s64)s->reg[REG_SP].k < 0;
	switch (b->kind) {
	case END_RETURN:
		to = absint_branch_target(p, s, program_insn(p, b->end - 1));
		b->is_verified_return = holds_entry_value(s, REG_SP) && to.kind == VAL_ENTRY && to.k == REG_LR;
		f->has_unverified_return |= !b->is_verified_return;
		f->needs_return_address |= !b->is_verified_return && !b->is_nonlocal;
		f->returns_elsewhere |= chooses_return(b, s, &to);
		if (!b->is_nonlocal)
			judge_exit(f, s);
		break;
	case END_TAIL:
		if (s->reg[REG_LR].kind != VAL_BEHIND || p->functions.at[b->callee].never_returns) {
			judge_exit(f, s);
		} else {                                /* that one returns elsewhere, or never */
			p->functions.at[b->callee].is_address_taken = true;
			lose(f, b);
		}
		break;
	case END_LEAVE:
		if (!block_traps(p, b) && !b->is_open_tail)     /* then AAPCS64 is trusted */
			judge_exit(f, s);
		f->needs_return_address = f->may_leave = true;
		break;
	case END_TAIL_INDIRECT:
		f->needs_return_address = true;
		if (holds_entry_value(s, REG_SP))       /* else with a frame, as an open tail */
			judge_exit(f, s);
		b->target = 0;
		if (b->lr_is_entry && holds_entry_value(s, REG_SP) && !has_kept_label(p, f))
			f->has_indirect_tail = true;
		else
			lose(f, b);
		break;
	case END_SWITCH:
		if (!b->switch_table.is_bounded)
			f->needs_return_address = f->may_leave = true;
		break;
	}
}

void judge(struct program *p, struct function *f)
{
	struct save_notes notes = { 0 };
	struct absint_events events = { .context = &notes, .save = note_save, .restore = note_restore };
	LIST(struct save) saves = { 0 };
	struct state *states = absint_run(p, f);

	f->sp_is_kept = true;
	f->has_indirect_tail = false;
	f->preserves = RS_ALL;
	f->preserves.v &= 0xffffffff;
	f->preserves.f = 0;
	for (u32 b = 0; b < f->blocks.count; b++) {
		struct block *block = &f->blocks.at[b];
		if (!states[b].is_reached)
			continue;
		struct state s = absint_block(p, block, &states[b], &events);
		judge_block(p, f, block, &s);
	}
	for (u32 i = 0; i < notes.saves.count; i++)
		if (is_save(p, f, &notes, &notes.saves.at[i]))
			list_push(&saves, (struct save){ notes.saves.at[i].insn, notes.saves.at[i].reg });
	if (saves.count)
		qsort(saves.at, saves.count, sizeof *saves.at, by_insn);
	memcpy(&f->saves, &saves, sizeof f->saves);
	list_free(&notes.saves);
	list_free(&notes.restores);
	free(states);
}

void spread_indirect_tails(struct program *p)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			for (u32 b = 0; b < f->blocks.count && !f->has_indirect_tail; b++) {
				const struct block *block = &f->blocks.at[b];
				if (block->kind == END_TAIL && p->functions.at[block->callee].has_indirect_tail)
					changed = f->has_indirect_tail = true;
			}
		}
	}
}
