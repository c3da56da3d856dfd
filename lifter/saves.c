/* SPDX-License-Identifier: MIT */
/*
 * Which stores to a function's stack are saves of registers and nothing else,
 * so that they need not be done.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/saves.h"
#include "lifter/tmpl.h"

/* Or is the return address. */
static bool is_kept_by_calls(u32 reg)
{
	return reg < 32 ? rs_has_x(RS_CALLEE_SAVED, reg) || reg == REG_FP || reg == REG_LR : CALLEE_SAVED_V >> (reg - 32) & 1;
}

static void note_save(void *context, u32 reg, s64 offset, u32 index)
{
	struct save_notes *n = context;

	/* others may be read back and used */
	if (is_kept_by_calls(reg))
		list_push(&n->saves, (struct slot){ offset, reg, index });
}

static void note_restore(void *context, u32 reg, s64 offset, u32 index)
{
	struct save_notes *n = context;

	list_push(&n->restores, (struct slot){ offset, reg, index });
}

static void note_look(void *context, s64 offset, u32 size)
{
	struct save_notes *n = context;

	list_push(&n->looks, (struct look){ offset, size });
}

static struct regset one_register(u32 reg) { return reg < 32 ? rs_x(reg) : (struct regset){ .v = 1ull << (reg - 32) }; }

/* Is the slot read by others than its restores? */
static bool is_looked_at(const struct save_notes *n, s64 offset)
{
	u32 looks = 0, restores = 0;

	for (u32 i = 0; i < n->looks.count; i++)
		looks += n->looks.at[i].offset < offset + 8 && offset < n->looks.at[i].offset + n->looks.at[i].size;
	for (u32 i = 0; i < n->restores.count; i++)
		restores += n->restores.at[i].offset == offset;
	return looks > restores;
}

/* Does the instruction only save the register, for nobody to see? */
static bool saves_again(const struct save_notes *n, u32 insn, u32 reg)
{
	for (u32 i = 0; i < n->saves.count; i++)
		if (n->saves.at[i].insn == insn && n->saves.at[i].reg == reg)
			return !is_looked_at(n, n->saves.at[i].offset);
	return false;
}

/* From instruction i of block b on: is what was loaded read by more than the way out?  (What also writes x30 takes a
 * signature from it.) */
static bool is_read_on(struct program *p, const struct function *f, const struct save_notes *n, u32 b, u32 i, u32 reg, struct bitset *seen)
{
	const struct block *block = &f->blocks.at[b];
	struct regset one = one_register(reg);

	for (; i < block->end; i++) {
		const struct a64_insn *in = program_insn(p, i);
		if (!in || in->flow == A64_RET)
			return false;
		struct effects e = tmpl_effects(in);
		bool writes = rs_any(rs_and(e.write, one));
		if (rs_any(rs_and(e.read, one)) && !(writes && reg == REG_LR) && !saves_again(n, i, reg))
			return true;
		if (writes && (reg != REG_LR || in->flow != A64_NEXT))
			return false;
	}
	for (u32 k = 0; k < block_nsucc(block); k++) {
		u32 to = block_succ(block, k);
		if (to != NONE && bitset_add(seen, to) && is_read_on(p, f, n, to, f->blocks.at[to].first, reg, seen))
			return true;
	}
	return false;
}

static bool restores_value(struct program *p, const struct function *f, const struct save_notes *n, const struct slot *restore)
{
	struct bitset seen = bitset_new(f->blocks.count);
	u32 b = 0;

	while (b < f->blocks.count && !(f->blocks.at[b].first <= restore->insn && restore->insn < f->blocks.at[b].end))
		b++;
	bool found = b < f->blocks.count && is_read_on(p, f, n, b, restore->insn + 1, restore->reg, &seen);
	free(seen.words);
	return found;
}

/* Restores that read a value are looks; so may be, then, what that value is stored by. */
static void drop_values(struct program *p, const struct function *f, struct save_notes *n)
{
	for (u32 i = 0; i < n->restores.count; i++)
		if (is_kept_by_calls(n->restores.at[i].reg) && restores_value(p, f, n, &n->restores.at[i])) {
			n->restores.at[i] = n->restores.at[--n->restores.count];
			i = NONE;               /* from the start */
		}
}

static struct regset restored_by(const struct save_notes *n, u32 insn)
{
	struct regset restored = RS_EMPTY;

	for (u32 i = 0; i < n->restores.count; i++)
		if (n->restores.at[i].insn == insn)
			restored = rs_or(restored, one_register(n->restores.at[i].reg));
	return restored;
}

/* What the function changes by other instructions than restores. */
static struct regset used_registers(struct program *p, const struct function *f, const struct save_notes *n)
{
	struct regset used = RS_EMPTY;

	for (u32 b = 0; b < f->blocks.count; b++) {
		u32 callee = block_callee(p, &f->blocks.at[b]);
		for (u32 i = f->blocks.at[b].first; i < f->blocks.at[b].end; i++) {
			const struct a64_insn *in = program_insn(p, i);
			if (in)
				used = rs_or(used, rs_minus(tmpl_effects(in).write, restored_by(n, i)));
		}
		if (callee != NONE)
			used = rs_or(used, p->functions.at[callee].spoils);
	}
	return used;
}

/* Does it call somebody who can look?  Where it is not known what it does it may change the registers itself. */
static bool shows(const struct program *p, const struct function *f)
{
	bool calls = false;

	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		if (block->kind == END_SWITCH ? !block->switch_table.count : block->kind == END_LEAVE && !block_traps(p, block))
			return false;
		calls |= block->kind == END_CALL || block->kind == END_CALL_INDIRECT || block->kind == END_SVC;
	}
	return calls;
}

/* Many registers that are saved for no need of the function's own: a collector shall find them on the stack, and may
 * change them there.  (One or two are clang's, in reserve for large frames; an unwinder restores others where it goes.) */
static struct regset shown_registers(const struct program *p, const struct function *f, const struct save_notes *n, struct regset used)
{
	enum { FEW = 2 };
	struct regset saved = RS_EMPTY;

	for (u32 i = 0; i < n->saves.count; i++)
		saved = rs_or(saved, one_register(n->saves.at[i].reg));
	struct regset shown = rs_and(rs_minus(saved, used), RS_CALLEE_SAVED);
	u32 count = __builtin_popcount((u32)shown.x) + __builtin_popcount((u32)shown.v);
	return count > FEW && !f->returns_elsewhere && shows(p, f) ? shown : RS_EMPTY;
}

/*
 * A save is what is restored from where it went, or, where the function never
 * restores the register because it never returns, what makes room for another
 * value.  All else is a value that somebody looks at: a return address, the
 * registers that a garbage collector scans.
 */
static bool is_save(const struct save_notes *n, const struct slot *s, struct regset used)
{
	bool is_restored = false;

	if (is_looked_at(n, s->offset))
		return false;
	for (u32 i = 0; i < n->restores.count; i++) {
		const struct slot *r = &n->restores.at[i];
		if (r->reg == s->reg && r->offset == s->offset)
			return true;
		is_restored |= r->reg == s->reg;
	}
	return !is_restored && s->reg != REG_LR && rs_any(rs_and(one_register(s->reg), used));
}

static int by_insn(const void *a, const void *b)
{
	u32 x = ((const struct save *)a)->insn, y = ((const struct save *)b)->insn;

	return x < y ? -1 : x > y;
}

struct absint_events saves_events(struct save_notes *n)
{
	return (struct absint_events){ .context = n, .save = note_save, .restore = note_restore, .look = note_look };
}

struct regset saves_find(struct program *p, struct function *f, struct save_notes *n)
{
	LIST(struct save) saves = { 0 };

	drop_values(p, f, n);
	struct regset used = used_registers(p, f, n), shown = shown_registers(p, f, n, used);

	for (u32 i = 0; i < n->saves.count; i++)
		if (!rs_any(rs_and(one_register(n->saves.at[i].reg), shown)) && is_save(n, &n->saves.at[i], used))
			list_push(&saves, (struct save){ n->saves.at[i].insn, n->saves.at[i].reg });
	if (saves.count)
		qsort(saves.at, saves.count, sizeof *saves.at, by_insn);
	list_free(&f->saves);
	memcpy(&f->saves, &saves, sizeof f->saves);
	list_free(&n->saves);
	list_free(&n->restores);
	list_free(&n->looks);
	return shown;
}
