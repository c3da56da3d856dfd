/* SPDX-License-Identifier: MIT */
/*
 * What a function provably gives back to its caller: control at the return
 * address, SP, and the registers that calls keep.
 */
#include <stdlib.h>

#include "lifter/absint.h"
#include "lifter/discover.h"
#include "lifter/saves.h"

u32 block_callee(const struct program *p, const struct block *b)
{
	if (b->is_open_tail && image_is_code(p->image, b->target))
		return p->function_at[insn_index(p, b->target)];
	return b->kind == END_CALL || b->kind == END_TAIL ? b->callee : NONE;
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
	if (!holds_entry_value(s, REG_SP) && !sp_is_loaded(s))
		return true;
	switch (to->kind) {
	case VAL_ENTRY: return to->k != REG_LR;
	case VAL_MEMORY: return !b->is_nonlocal;
	case VAL_STACKED: return false;         /* most likely saved there */
	default: return true;
	}
}

/* In x30: an address in the function itself. */
static bool is_label(const struct value *lr) { return lr->kind == VAL_BEHIND || lr->kind == VAL_CONST || lr->kind == VAL_INDEXED; }

static void judge_block(struct program *p, struct function *f, struct block *b, const struct state *s)
{
	struct value to;

	b->lr_is_entry = holds_entry_value(s, REG_LR);
	b->sp_is_entry = holds_entry_value(s, REG_SP);
	b->has_frame = s->reg[REG_SP].kind == VAL_SP && (s64)s->reg[REG_SP].k < 0;
	switch (b->kind) {
	case END_RETURN:
		to = absint_branch_target(p, s, program_insn(p, b->end - 1));
		b->is_verified_return = b->sp_is_entry && to.kind == VAL_ENTRY && to.k == REG_LR;
		f->has_unverified_return |= !b->is_verified_return;
		f->needs_return_address |= !b->is_verified_return && !b->is_nonlocal;
		f->returns_elsewhere |= chooses_return(b, s, &to);
		if (!b->is_nonlocal)
			judge_exit(f, s);
		break;
	case END_TAIL:
		b->returns_perhaps = !b->lr_is_entry && s->reg[REG_LR].kind != VAL_STACKED && !p->functions.at[b->callee].never_returns;
		f->needs_return_address |= b->returns_perhaps;
		f->may_leave |= b->returns_perhaps;
		if (!is_label(&s->reg[REG_LR]) || p->functions.at[b->callee].never_returns) {
			judge_exit(f, s);
			f->preserves = rs_minus(f->preserves, p->functions.at[b->callee].spoils);
		} else {                                /* that one returns elsewhere, or never */
			p->functions.at[b->callee].is_address_taken = true;
			lose(f, b);
		}
		break;
	case END_LEAVE:
		if (!block_traps(p, b) && !b->is_open_tail)     /* then the convention is trusted */
			judge_exit(f, s);
		if (block_callee(p, b) != NONE) {
			struct function *g = &p->functions.at[block_callee(p, b)];
			f->preserves = rs_minus(f->preserves, g->spoils);
			g->is_address_taken = true;     /* the dispatcher goes there */
		}
		f->needs_return_address = f->may_leave = true;
		break;
	case END_TAIL_INDIRECT:
		f->needs_return_address = true;
		if (b->sp_is_entry)                     /* else with a frame, as an open tail */
			judge_exit(f, s);
		b->target = 0;
		if (b->lr_is_entry && b->sp_is_entry && !has_kept_label(p, f))
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

static void judge(struct program *p, struct function *f)
{
	struct save_notes notes = { 0 };
	struct absint_events events = saves_events(&notes);
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
	f->preserves = rs_minus(f->preserves, saves_find(p, f, &notes));
	if (!f->never_returns)
		f->spoils = rs_or(f->spoils, rs_minus(convention_keeps(f->convention), f->preserves));
	free(states);
}

static bool calls_any(const struct program *p, const struct function *f, const struct bitset *callees)
{
	for (u32 b = 0; b < f->blocks.count; b++) {
		u32 callee = block_callee(p, &f->blocks.at[b]);
		if (callee != NONE && bitset_has(callees, callee))
			return true;
	}
	return false;
}

void judge_functions(struct program *p)
{
	struct bitset spoil = bitset_new(p->functions.count);
	bool again = false;

	for (u32 i = 0; i < p->functions.count; i++) {
		judge(p, &p->functions.at[i]);
		if (rs_any(p->functions.at[i].spoils))
			again = bitset_add(&spoil, i);
	}
	while (again) {                         /* few do, and those that call them hardly ever do, too */
		struct bitset now = bitset_new(p->functions.count);
		again = false;
		for (u32 i = 0; i < p->functions.count; i++) {
			struct function *f = &p->functions.at[i];
			struct regset before = f->spoils;
			if (!calls_any(p, f, &spoil))
				continue;
			judge(p, f);
			if (!rs_equal(before, f->spoils))
				again = bitset_add(&now, i);
		}
		free(spoil.words);
		spoil = now;
	}
	free(spoil.words);
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
