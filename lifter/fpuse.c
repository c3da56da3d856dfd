/* SPDX-License-Identifier: MIT */
/*
 * Whether a program looks at the floating-point environment: it writes FPCR,
 * or reads FPSR and does something with it (libgcc reads it only to wait for
 * what it raised), in a function that somebody calls.
 *
 * A value of FPCR put back, or with bits less, sets no mode that is not set already: glibc's sin() does that around
 * itself.  Flushing alone, which crtfastmath.o sets in whatever is linked with -ffast-math, is asked for as what
 * is faster: here it is not, and left out.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/fpenv.h"
#include "runtime/cpu/cpu.h"
#include "runtime/cpu/softfp.h"

static bool is(const struct a64_insn *in, const char *name)
{
	return !strcmp(a64_descs[in->id].name, name);
}

/* Is a register's value read from instruction i of the block on, by an instruction or as an argument?  Liveness would
 * not tell: to be on the safe side it has indirect calls read arguments that nobody passes. */
struct search {
	struct program *p;
	const struct function *f;
	struct regset value;
	bool *seen;                /* blocks of f entered at their start */
	u32 depth;                 /* of functions returned from */
};

enum { MAX_DEPTH = 8 };

/* No call is expected to keep these. */
static const struct regset temporary = { .x = 0x7ffff | 0x7ffffull << 32 };

static bool is_read_by_callers(const struct search *, struct regset value);

static bool is_read(struct search *s, const struct block *b, u32 i)
{
	struct end_effects end = block_end_effects(s->p, s->f, b);
	bool is_call = b->kind == END_CALL || b->kind == END_CALL_INDIRECT || b->kind == END_TAIL || b->kind == END_TAIL_INDIRECT;

	for (; i < b->end; i++) {
		const struct a64_insn *in = program_insn(s->p, i);
		struct effects e = in ? tmpl_effects(in) : (struct effects){ RS_ALL, RS_EMPTY };
		if (rs_any(rs_and(e.read, s->value)))
			return true;
		if (!rs_any(rs_minus(s->value, e.write)))
			return false;
	}
	if (is_call && rs_any(rs_and(end.reads, s->value)))
		return true;
	if (b->kind == END_LEAVE)
		return true;
	if (b->kind == END_RETURN)
		return is_read_by_callers(s, s->value);
	if (!rs_any(rs_minus(s->value, end.clobbers)) || (is_call && !rs_any(rs_minus(s->value, temporary))))
		return false;
	for (u32 k = 0; k < block_nways(b); k++) {
		u32 to = block_way(b, k);
		if (to == NONE || s->seen[to])
			continue;
		s->seen[to] = true;
		if (is_read(s, &s->f->blocks.at[to], s->f->blocks.at[to].first))
			return true;
	}
	return false;
}

static bool is_read_from(struct program *p, const struct function *f, const struct block *b, u32 i, struct regset value, u32 depth)
{
	struct search s = { p, f, value, xcalloc(f->blocks.count, sizeof *s.seen), depth };
	bool r = is_read(&s, b, i);

	free(s.seen);
	return r;
}

/* A result is; any other register holds nothing after a return. */
static bool is_read_by_callers(const struct search *s, struct regset value)
{
	struct program *p = s->p;
	u32 index = s->f - p->functions.at;

	if (!rs_any(rs_and(value, rs_x(0))))
		return false;
	if (bitset_has(&p->kept, insn_index(p, s->f->va)) || s->depth == MAX_DEPTH)
		return true;
	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		for (u32 k = 0; k < f->blocks.count; k++) {
			const struct block *b = &f->blocks.at[k];
			if (b->callee != index || (b->kind != END_CALL && b->kind != END_TAIL))
				continue;
			struct search caller = { p, f, value, NULL, s->depth + 1 };
			if (b->kind == END_TAIL && is_read_by_callers(&caller, value))
				return true;
			if (b->kind == END_CALL && b->succ[0] != NONE && is_read_from(p, f, &f->blocks.at[b->succ[0]], f->blocks.at[b->succ[0]].first, value, s->depth + 1))
				return true;
		}
	}
	return false;
}

static bool is_wanted(struct program *p, const struct function *f, const struct block *b, u32 i)
{
	return is_read_from(p, f, b, i + 1, tmpl_effects(program_insn(p, i)).write, 0);
}

/* mrs xt, fpsr; str xt, [sp, #n] ... ldr xt, [sp, #n]; msr fpsr, xt: by what saves all registers, as Go's asyncPreempt()
 * does, in a language that has no other use for it. */
static bool only_saves(struct program *p, const struct function *f, const struct block *b, u32 i)
{
	enum { STR_X_SP = 0xf90003e0, LDR_X_SP = 0xf94003e0, KIND = 0xffc003e0 };
	const struct a64_insn *str = i + 1 < b->end ? program_insn(p, i + 1) : NULL;
	u64 rt = program_insn(p, i)->op[0];
	bool puts_back = false;

	if (!f->convention->saves_flags || !str || (str->word & (KIND | 31)) != (STR_X_SP | rt))
		return false;
	for (u32 k = 0; k < f->blocks.count; k++)
		for (u32 n = f->blocks.at[k].first; n < f->blocks.at[k].end; n++) {
			const struct a64_insn *msr = program_insn(p, n);
			if (!msr || !is(msr, "msr_fpsr"))
				continue;
			const struct a64_insn *ldr = n > f->blocks.at[k].first ? program_insn(p, n - 1) : NULL;
			if (!ldr || ldr->word != ((str->word & ~(KIND | 31u)) | LDR_X_SP | msr->op[0]))
				return false;
			puts_back = true;
		}
	return puts_back;
}

/* msr fpcr, of a constant that only flushes and gives default NaNs */
static bool only_flushes(struct program *p, const struct block *b, u32 i)
{
	struct regset value = tmpl_effects(program_insn(p, i)).read;

	while (i-- > b->first) {
		const struct a64_insn *in = program_insn(p, i);
		if (!in || rs_any(rs_and(tmpl_effects(in).write, value)))
			return in && is(in, "movz") && !(in->op[1] & ~(u64)(FPCR_FZ | FPCR_DN));
	}
	return false;
}

/* --- values of FPCR --- */

/* Which of x0..x30 hold a value that was read from FPCR, perhaps with bits less; ~0 before anything is known. */
static u32 after_insn(const struct a64_insn *in, u32 held)
{
	u32 written = (u32)(tmpl_effects(in).write.x | tmpl_effects(in).write.x >> 32), bit = 1u << (in->op[0] & 31);
	bool is_held = false;

	if (is(in, "mrs_fpcr"))
		is_held = true;
	else if (is(in, "orr_shift"))                   /* mov */
		is_held = in->op[1] == X_ZERO && in->op[2] < 31 && held >> in->op[2] & 1 && !in->op[3];
	else if (is(in, "and_imm") || is(in, "and_shift"))
		is_held = in->op[1] < 31 && held >> in->op[1] & 1;
	held &= ~written;
	return is_held && in->op[0] < 31 ? held | bit : held;
}

static u32 after_block(struct program *p, const struct function *f, const struct block *b, u32 held)
{
	struct end_effects end = block_end_effects(p, f, b);

	for (u32 i = b->first; i < b->end; i++)
		held = program_insn(p, i) ? after_insn(program_insn(p, i), held) : 0;
	return held & ~(u32)(end.clobbers.x | end.clobbers.x >> 32);
}

/* At the start of each block, on all ways to it. */
static u32 *held_at(struct program *p, const struct function *f)
{
	u32 *held = xcalloc(f->blocks.count, sizeof *held);
	bool changed = true;

	for (u32 k = 1; k < f->blocks.count; k++)
		held[k] = ~0u;
	while (changed) {
		changed = false;
		for (u32 k = 0; k < f->blocks.count; k++) {
			const struct block *b = &f->blocks.at[k];
			u32 out = after_block(p, f, b, held[k]);
			for (u32 e = 0; e < block_nways(b); e++) {
				u32 to = block_way(b, e);
				if (to == NONE || !(held[to] & ~out))
					continue;
				held[to] &= out;
				changed = true;
			}
		}
	}
	return held;
}

static bool only_restores(struct program *p, const struct function *f, const struct block *b, u32 i)
{
	u32 *at = held_at(p, f), held = at[b - f->blocks.at];

	free(at);
	for (u32 k = b->first; k < i; k++)
		held = program_insn(p, k) ? after_insn(program_insn(p, k), held) : 0;
	u64 source = program_insn(p, i)->op[0];
	return source < 31 && held >> source & 1;
}

static bool sets_modes(struct program *p, const struct function *f, const struct block *b, u32 i)
{
	return !only_flushes(p, b, i) && !only_restores(p, f, b, i);
}

static bool looks(struct program *p, const struct function *f)
{
	for (u32 k = 0; k < f->blocks.count; k++) {
		const struct block *b = &f->blocks.at[k];
		for (u32 i = b->first; i < b->end; i++) {
			const struct a64_insn *in = program_insn(p, i);
			if (in && ((is(in, "msr_fpcr") && sets_modes(p, f, b, i)) || (is(in, "mrs_fpsr") && is_wanted(p, f, b, i) && !only_saves(p, f, b, i))))
				return true;
		}
	}
	return false;
}

static bool is_called(const struct program *p, u32 callee)
{
	const struct function *f = &p->functions.at[callee];

	if (f->is_address_taken || f->va == p->image->entry)
		return true;
	for (u32 i = 0; i < p->functions.count; i++)
		for (u32 k = 0; k < p->functions.at[i].blocks.count; k++)
			if (p->functions.at[i].blocks.at[k].callee == callee)
				return true;
	return false;
}

bool fpenv_is_used(struct program *p)
{
	for (u32 i = 0; i < p->functions.count; i++)
		if (looks(p, &p->functions.at[i]) && is_called(p, i))
			return true;
	return false;
}
