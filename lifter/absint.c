/* SPDX-License-Identifier: MIT */
/* Abstract interpretation over templates: see absint.h. */
#include "lifter/absint.h"

#include <stdlib.h>
#include <string.h>

#include "lifter/tmpl.h"

static const struct value unknown;

static struct value constant(u64 k)
{
	return (struct value){ .kind = VAL_CONST, .k = k };
}

static u64 mask_of(u32 bits)
{
	return bits >= 64 ? ~0ull : (1ull << bits) - 1;
}

static struct value as_hint(struct value v)
{
	if (v.kind == VAL_CONST)
		v.kind = VAL_HINT;
	else if (v.kind == VAL_INDEXED || v.kind == VAL_TABLE)
		v.is_hint = true;
	else
		return unknown;
	return v;
}

static struct value add(struct value a, struct value b, u32 bits)
{
	if (a.kind == VAL_HINT || b.kind == VAL_HINT) {
		a.kind = a.kind == VAL_HINT ? VAL_CONST : a.kind;
		b.kind = b.kind == VAL_HINT ? VAL_CONST : b.kind;
		return as_hint(add(a, b, bits));
	}
	if (a.kind != VAL_CONST) {
		struct value t = a;
		a = b;
		b = t;
	}
	if (a.kind != VAL_CONST)
		return unknown;
	switch (b.kind) {
	case VAL_CONST:
		return constant((a.k + b.k) & mask_of(bits));
	case VAL_SP: case VAL_INDEXED:
		b.k += a.k;
		return b;
	case VAL_TABLE:
		b.base = (b.has_base ? b.base : 0) + a.k;
		b.has_base = true;
		return b;
	case VAL_RANGE:
		return (struct value){ .kind = VAL_INDEXED, .k = a.k, .count = b.k };
	case VAL_MEMORY:
		if (!a.k)                       /* mov sp, x2 */
			return b;
		/* fall through */
	case VAL_UNKNOWN: case VAL_STACKED: case VAL_ENTRY: case VAL_BEHIND: case VAL_FRAME:
		return (struct value){ .kind = VAL_INDEXED, .k = a.k };
	default:
		return unknown;
	}
}

static struct value subtract(struct value a, struct value b, u32 bits)
{
	if (b.kind != VAL_CONST)
		return unknown;
	if (a.kind == VAL_SP || a.kind == VAL_CONST || a.kind == VAL_INDEXED)
		return add(a, constant(-b.k), bits);
	return unknown;
}

static struct value shift_left(struct value a, struct value by, u32 bits)
{
	if (by.kind != VAL_CONST || by.k > 63)
		return unknown;
	if (!by.k)
		return a;
	switch (a.kind) {
	case VAL_CONST:
		return constant(a.k << by.k & mask_of(bits));
	case VAL_TABLE:
		if (a.has_base)
			return unknown;
		a.shift += by.k;
		return a;
	case VAL_UNKNOWN: case VAL_STACKED: case VAL_RANGE: case VAL_ENTRY: case VAL_MEMORY: case VAL_BEHIND: case VAL_FRAME:
		if (by.k > 3)
			return unknown;
		return (struct value){ .kind = VAL_INDEXED, .scale = by.k, .count = a.kind == VAL_RANGE ? a.k : 0 };
	default:
		return unknown;
	}
}

/* The second half of "shift left, shift right": an extension in place. */
static struct value shift_right(struct value a, struct value by, u32 bits, bool is_signed)
{
	if (by.kind == VAL_CONST && a.kind == VAL_CONST && by.k < 64 && !is_signed)
		return constant((a.k & mask_of(bits)) >> by.k);
	if (by.kind != VAL_CONST || a.kind != VAL_TABLE || a.shift != by.k || by.k != bits - 8u * a.size)
		return unknown;
	a.shift = 0;
	a.is_signed = is_signed;
	return a;
}

static struct value extend(struct value a, u32 from, u32 to, bool is_signed)
{
	if (a.kind == VAL_CONST) {
		u64 k = a.k & mask_of(from);
		if (is_signed && from < 64 && k >> (from - 1) & 1)
			k |= ~mask_of(from);
		return constant(k & mask_of(to));
	}
	if (a.kind == VAL_TABLE) {
		if (from == a.size * 8u)
			a.is_signed = is_signed;
		return a;
	}
	return a.kind == VAL_RANGE ? a : unknown;
}

static struct value truncate_to(struct value a, u32 bits)
{
	if (a.kind == VAL_CONST)
		return constant(a.k & mask_of(bits));
	if (a.kind == VAL_TABLE)
		return bits >= a.size * 8u ? a : unknown;
	return a.kind == VAL_RANGE ? a : unknown;
}

static struct value bit_or(struct value a, struct value b)
{
	if (a.kind == VAL_CONST && b.kind == VAL_CONST)
		return constant(a.k | b.k);
	if (a.kind == VAL_CONST && !a.k)
		return b;
	if (b.kind == VAL_CONST && !b.k)
		return a;
	return unknown;
}

/* As a C library hides the addresses in a jmp_buf. */
static struct value bit_xor(struct value a, struct value b)
{
	return a.kind == VAL_MEMORY ? a : b.kind == VAL_MEMORY ? b : unknown;
}

static struct value bit_and(struct value a, struct value b)
{
	if (a.kind == VAL_CONST && b.kind == VAL_CONST)
		return constant(a.k & b.k);
	if (a.kind == VAL_CONST) {
		struct value t = a;
		a = b;
		b = t;
	}
	if (b.kind != VAL_CONST)
		return unknown;
	if (b.k == ~0ull || (b.k == 0xffffffff && a.kind == VAL_RANGE))
		return a;
	if (b.k == 0xffff || b.k == 0xff || b.k == 0xffffffff) {
		u32 bits = b.k == 0xff ? 8 : b.k == 0xffff ? 16 : 32;
		struct value t = truncate_to(a, bits);
		if (t.kind == VAL_TABLE)
			return extend(t, bits, 64, false);
	}
	if (b.k < 1024)
		return (struct value){ .kind = VAL_RANGE, .k = b.k + 1 };
	return unknown;
}

/* --- the walk over one instruction --- */

struct walk {
	struct program *program;
	struct state *s;
	const struct a64_insn *insn;
	const struct tmpl *t;
	const struct absint_events *events;
	u32 index;
	struct value v[TMPL_MAX_NODES];   /* by node */
};

static const struct value *arg_value(struct walk *w, const struct node *n, u32 k)
{
	return &w->v[w->t->args.at[n->args + k]];
}

static struct value read_reg(struct walk *w, u64 r)
{
	return r == 32 ? constant(0) : r > 32 ? unknown : w->s->reg[r];
}

static bool is_word_mask(const struct node *n)
{
	return n->kind == NODE_CONST && (n->imm == 0xffffffff || n->imm == ~0ull);
}

static bool is_zero(const struct value *v)
{
	return v->kind == VAL_CONST && !v->k;
}

/* The register whose low half a value is, REG_SP if none. */
static u32 register_of(struct walk *w, const struct node *n)
{
	for (;;) {
		if (n->kind == NODE_TRUNC || n->kind == NODE_ZEXT || (n->kind == NODE_AND && is_word_mask(tmpl_arg(w->t, n, 1))) ||
		    (n->kind == NODE_SHL && is_zero(arg_value(w, n, 1))) || (n->kind == NODE_OR && is_zero(arg_value(w, n, 1))))
			n = tmpl_arg(w->t, n, 0);
		else if (n->kind == NODE_OR && is_zero(arg_value(w, n, 0)))
			n = tmpl_arg(w->t, n, 1);
		else
			break;
	}
	if (n->kind != NODE_HOLE || (n->hole != HOLE_get_x && n->hole != HOLE_get_w))
		return REG_SP;
	u64 r = tmpl_number(w->t, tmpl_arg(w->t, n, 0), w->insn);
	return r < REG_SP ? r : REG_SP;
}

static void drop_copies(struct state *s, u32 r)
{
	for (u32 c = 0; c < REG_SP; c++)
		if (s->copy_of[c] == r + 1)
			s->copy_of[c] = 0;
	s->copy_of[r] = 0;
}

static void note_copy(struct walk *w, const struct node *n, u32 r)
{
	u32 of = n->conditional ? REG_SP : register_of(w, tmpl_arg(w->t, n, 1));

	if (of == r)
		return;
	drop_copies(w->s, r);
	w->s->copy_of[r] = of == REG_SP ? 0 : of + 1;
}

static void write_reg(struct walk *w, const struct node *n, u64 r, struct value v)
{
	if (r > REG_SP)
		return;
	if (n->conditional)
		v = unknown;
	if (r != REG_SP)
		note_copy(w, n, r);
	w->s->reg[r] = v;
	if (w->s->compare.valid && w->s->compare.reg == r)
		w->s->compare.valid = false;
	if (v.kind == VAL_CONST && w->events && w->events->code_address && image_is_code(w->program->image, v.k))
		w->events->code_address(w->events->context, v.k, w->index);
}

static void drop_slots(struct state *s, s64 offset, u32 size)
{
	for (u32 i = 0; i < s->nslots;)
		if (s->slot[i].offset < offset + (s64)size && offset < s->slot[i].offset + 8)
			s->slot[i] = s->slot[--s->nslots];
		else
			i++;
	for (u32 i = 0; i < s->nspills;)
		if (s->spill[i].offset < offset + (s64)size && offset < s->spill[i].offset + 8)
			s->spill[i] = s->spill[--s->nspills];
		else
			i++;
}

/* Or on one of its pages: the first half of an address is spilled too. */
static bool is_in_image(const struct image *img, u64 va)
{
	return image_at(img, va, 1) || image_at(img, va + 0xfff, 1);
}

static bool is_callers_frame(struct value v) { return v.kind == VAL_FRAME || (v.kind == VAL_ENTRY && v.k == REG_FP); }

bool is_frame_record(const struct state *s, struct value v)
{
	for (u32 i = 0; i < s->nslots && v.kind == VAL_SP; i++)
		if (s->slot[i].reg == REG_FP && s->slot[i].offset == (s64)v.k)
			return true;
	return is_callers_frame(v);
}

/* Does it store x29 itself to make a frame: as it was, or with x30?  (Behind a call that does not return lies the next
 * function.) */
static bool makes_frame(struct walk *w, const struct node *n, struct value v)
{
	const struct node *from = tmpl_arg(w->t, n, 2);

	return from->kind == NODE_HOLE && from->hole == HOLE_get_x && register_of(w, from) == REG_FP &&
	       (v.kind == VAL_ENTRY || rs_has_x(tmpl_effects(w->insn).read, REG_LR));
}

static void store(struct walk *w, const struct node *n, u32 size)
{
	struct value address = add(*arg_value(w, n, 0), *arg_value(w, n, 1), 64), v = *arg_value(w, n, 2);

	if (address.kind != VAL_SP) {
		if (v.kind == VAL_ENTRY && v.k == REG_LR && size == 8 && w->events && w->events->keep_return)
			w->events->keep_return(w->events->context);
		return;
	}
	drop_slots(w->s, address.k, size);
	if (is_frame_record(w->s, v) && !makes_frame(w, n, v) && w->events && w->events->follow_frame)
		w->events->follow_frame(w->events->context);
	if ((v.kind == VAL_CONST || v.kind == VAL_HINT) && size == 8 && !n->conditional && w->s->nspills < MAX_SPILLS &&
	    is_in_image(w->program->image, v.k)) {
		w->s->spill[w->s->nspills].offset = address.k;
		w->s->spill[w->s->nspills++].k = v.k;
	}
	if (size == 16 || v.kind != VAL_ENTRY || size != 8 || n->conditional || w->s->nslots == MAX_SLOTS)
		return;
	w->s->slot[w->s->nslots].offset = address.k;
	w->s->slot[w->s->nslots++].reg = v.k;
	if (w->events && w->events->save)
		w->events->save(w->events->context, v.k, address.k, w->index);
}

static bool may_be_table(const struct image *img, u64 va, u32 size)
{
	if (size != 8)
		return size < 8 && image_at(img, va, size);
	for (u32 i = 0; i < img->segments.count; i++) {
		const struct segment *s = &img->segments.at[i];
		if (va + 8 * MAX_FIRST_INDEX > s->va && va < s->va + s->filesz)
			return true;
	}
	return false;
}

static struct value load(struct walk *w, const struct node *n, u32 size)
{
	struct value address = add(*arg_value(w, n, 0), *arg_value(w, n, 1), 64);

	if (address.kind == VAL_SP) {
		if (w->events && w->events->look)
			w->events->look(w->events->context, address.k, size);
		for (u32 i = 0; i < w->s->nslots && size == 8; i++)
			if (w->s->slot[i].offset == (s64)address.k)
				return (struct value){ .kind = VAL_ENTRY, .k = w->s->slot[i].reg };
		for (u32 i = 0; i < w->s->nspills && size == 8; i++)
			if (w->s->spill[i].offset == (s64)address.k)
				return (struct value){ .kind = VAL_HINT, .k = w->s->spill[i].k };
		return size == 8 ? (struct value){ .kind = VAL_STACKED } : unknown;
	}
	if (is_callers_frame(*arg_value(w, n, 0))) {
		if (w->events && w->events->follow_frame)
			w->events->follow_frame(w->events->context);
		if (size == 8 && is_zero(arg_value(w, n, 1)))
			return (struct value){ .kind = VAL_FRAME };
	}
	const u8 *literal = address.kind == VAL_CONST && size <= 8 && image_is_read_only(w->program->image, address.k)
		? image_at(w->program->image, address.k, size) : NULL;
	if (literal) {
		u64 k = 0;
		memcpy(&k, literal, size);
		return constant(k);
	}
	if (address.kind == VAL_TABLE && address.has_base)      /* an index of this table that came from another one */
		address = (struct value){ .kind = VAL_INDEXED, .k = address.base, .scale = address.shift, .is_hint = address.is_hint };
	if (address.kind == VAL_INDEXED && may_be_table(w->program->image, address.k, size))
		return (struct value){ .kind = VAL_TABLE, .size = size, .scale = address.scale, .k = address.k, .count = address.count,
			.load = w->index, .is_hint = address.is_hint };
	return size == 8 ? (struct value){ .kind = VAL_MEMORY } : unknown;
}

static void compare(struct walk *w, const struct node *n)
{
	const struct value *b = arg_value(w, n, 2);

	w->s->compare.reg = register_of(w, tmpl_arg(w->t, n, 1));
	w->s->compare.k = b->k;
	w->s->compare.valid = b->kind == VAL_CONST && w->s->compare.reg != REG_SP && !n->conditional;
}

/* A load into register reg, 0..31 x, 32..63 v. */
static void restore(struct walk *w, const struct node *set, u32 reg)
{
	const struct node *from = tmpl_arg(w->t, set, 1);
	const struct value *v = arg_value(w, set, 1);

	if (from->kind != NODE_HOLE || from->hole != HOLE_load64 || v->kind != VAL_ENTRY || v->k != reg)
		return;
	struct value address = add(*arg_value(w, from, 0), *arg_value(w, from, 1), 64);
	if (address.kind == VAL_SP && w->events && w->events->restore)
		w->events->restore(w->events->context, reg, address.k, w->index);
}

static struct value hole(struct walk *w, const struct node *n)
{
	u64 r = n->nargs && (tmpl_arg(w->t, n, 0)->kind == NODE_OPERAND || tmpl_arg(w->t, n, 0)->kind == NODE_CONST)
		? tmpl_number(w->t, tmpl_arg(w->t, n, 0), w->insn) : 0;

	switch ((enum hole)n->hole) {
	case HOLE_get_x: return read_reg(w, r);
	case HOLE_get_w: return truncate_to(read_reg(w, r), 32);
	case HOLE_set_x:
		restore(w, n, r);
		write_reg(w, n, r, *arg_value(w, n, 1));
		break;
	case HOLE_set_w: write_reg(w, n, r, extend(*arg_value(w, n, 1), 32, 64, false)); break;
	case HOLE_get_d: case HOLE_get_u64v: return w->s->reg[32 + r];
	case HOLE_set_d: case HOLE_set_u64v:
		restore(w, n, 32 + r);
		w->s->reg[32 + r] = n->conditional ? unknown : *arg_value(w, n, 1);
		break;
	case HOLE_set_v: case HOLE_set_s: case HOLE_set_u32v: w->s->reg[32 + r] = unknown; break;
	case HOLE_load8: return load(w, n, 1);
	case HOLE_load16: return load(w, n, 2);
	case HOLE_load32: return load(w, n, 4);
	case HOLE_load64: return load(w, n, 8);
	case HOLE_load128: return load(w, n, 16);
	case HOLE_store8: store(w, n, 1); break;
	case HOLE_store16: store(w, n, 2); break;
	case HOLE_store32: store(w, n, 4); break;
	case HOLE_store64: store(w, n, 8); break;
	case HOLE_store128: store(w, n, 16); break;
	case HOLE_set_flags_sub: compare(w, n); break;
	case HOLE_set_flags_add: case HOLE_set_flags_adc: case HOLE_set_flags_logic: case HOLE_set_flags_ccmp: case HOLE_set_flags_ccmn:
	case HOLE_set_flags_fcmp64: case HOLE_set_flags_fcmp32: case HOLE_set_flags_fccmp64: case HOLE_set_flags_fccmp32: case HOLE_set_nzcv:
		w->s->compare.valid = false;
		break;
	default: break;
	}
	return unknown;
}

static void step(struct walk *w)
{
	const struct tmpl *t = w->t = tmpl_get(w->insn->id);

	for (u32 i = 0; i < t->nodes.count; i++) {
		const struct node *n = &t->nodes.at[i];
		const struct value *a = n->nargs > 0 && n->kind >= NODE_ADD ? arg_value(w, n, 0) : &unknown;
		const struct value *b = n->nargs > 1 && n->kind >= NODE_ADD ? arg_value(w, n, 1) : &unknown;
		u32 from = n->nargs && n->kind >= NODE_ADD ? tmpl_arg(t, n, 0)->bits : 0;
		switch (n->kind) {
		case NODE_OPERAND: w->v[i] = constant(w->insn->op[n->imm]); break;
		case NODE_CONST: w->v[i] = constant(n->imm); break;
		case NODE_HOLE: w->v[i] = hole(w, n); break;
		case NODE_ADD: w->v[i] = add(*a, *b, n->bits); break;
		case NODE_SUB: w->v[i] = subtract(*a, *b, n->bits); break;
		case NODE_SHL: w->v[i] = shift_left(*a, *b, n->bits); break;
		case NODE_LSHR: w->v[i] = shift_right(*a, *b, n->bits, false); break;
		case NODE_ASHR: w->v[i] = shift_right(*a, *b, n->bits, true); break;
		case NODE_AND: w->v[i] = bit_and(*a, *b); break;
		case NODE_OR: w->v[i] = bit_or(*a, *b); break;
		case NODE_XOR: w->v[i] = bit_xor(*a, *b); break;
		case NODE_TRUNC: w->v[i] = truncate_to(*a, n->bits); break;
		case NODE_ZEXT: w->v[i] = extend(*a, from, n->bits, false); break;
		case NODE_SEXT: w->v[i] = extend(*a, from, n->bits, true); break;
		default: w->v[i] = unknown; break;
		}
	}
}

/* --- blocks --- */

/* A loop that goes from the function's own frame to its callers'. */
static bool follows(struct value a, struct value b) { return is_callers_frame(a) && (b.kind == VAL_SP || is_callers_frame(b)); }

static struct value merge_value(struct value a, struct value b)
{
	if (!memcmp(&a, &b, sizeof a))
		return a;
	if (a.kind == VAL_RANGE && b.kind == VAL_RANGE)
		return a.k > b.k ? a : b;
	if (a.kind == VAL_RANGE && b.kind == VAL_CONST && b.k < a.k)
		return a;
	if (a.kind == VAL_CONST && b.kind == VAL_RANGE && a.k < b.k)
		return b;
	if (a.kind == VAL_BEHIND || b.kind == VAL_BEHIND)
		return a.kind == VAL_BEHIND ? a : b;
	if ((a.kind == VAL_STACKED && b.kind == VAL_ENTRY) || (b.kind == VAL_STACKED && a.kind == VAL_ENTRY))
		return a.kind == VAL_STACKED ? a : b;
	if (follows(a, b) || follows(b, a))
		return (struct value){ .kind = VAL_FRAME };
	return unknown;
}

/* True if the state changed. */
static bool merge(struct state *into, const struct state *from)
{
	if (!into->is_reached) {
		*into = *from;
		return true;
	}
	bool changed = false;
	for (u32 r = 0; r < 64; r++) {
		struct value v = merge_value(into->reg[r], from->reg[r]);
		if (v.kind == VAL_RANGE && into->reg[r].kind == VAL_RANGE && v.k != into->reg[r].k)
			v = unknown;                    /* do not climb in loops */
		if (memcmp(&v, &into->reg[r], sizeof v)) {
			into->reg[r] = v;
			changed = true;
		}
	}
	for (u32 i = 0; i < into->nslots;) {
		bool found = false;
		for (u32 j = 0; j < from->nslots; j++)
			found |= from->slot[j].offset == into->slot[i].offset && from->slot[j].reg == into->slot[i].reg;
		if (found) {
			i++;
		} else {
			into->slot[i] = into->slot[--into->nslots];
			changed = true;
		}
	}
	for (u32 i = 0; i < into->nspills;) {
		bool found = false;
		for (u32 j = 0; j < from->nspills; j++)
			found |= from->spill[j].offset == into->spill[i].offset && from->spill[j].k == into->spill[i].k;
		if (found) {
			i++;
		} else {
			into->spill[i] = into->spill[--into->nspills];
			changed = true;
		}
	}
	for (u32 r = 0; r < REG_SP; r++)
		if (into->copy_of[r] && into->copy_of[r] != from->copy_of[r]) {
			into->copy_of[r] = 0;
			changed = true;
		}
	if (into->compare.valid && (!from->compare.valid || into->compare.reg != from->compare.reg || into->compare.k != from->compare.k)) {
		into->compare.valid = false;
		changed = true;
	}
	return changed;
}

/* After a call: what the callee may change is unknown.  Callee-saved registers survive but for what it is known to spoil. */
static void forget_call(struct state *s, struct regset spoiled)
{
	for (u32 r = 0; r < 31; r++) {
		if (r < 19 || rs_has_x(spoiled, r))
			s->reg[r] = unknown;
		s->copy_of[r] = 0;
	}
	s->reg[REG_LR] = (struct value){ .kind = VAL_BEHIND };
	for (u32 r = 0; r < 32; r++)
		if (r < 8 || r > 15 || rs_has_v(spoiled, r))
			s->reg[32 + r] = unknown;
	s->compare.valid = false;
}

static struct state walk_block(struct program *p, const struct block *b, const struct state *entry, const struct absint_events *events, bool whole)
{
	static struct walk w;
	struct state s = *entry;

	w.program = p;
	w.s = &s;
	w.events = events;
	for (u32 i = b->first; i < b->end; i++) {
		w.index = i;
		w.insn = program_insn(p, i);
		if (!w.insn || (!whole && i == b->end - 1 && w.insn->flow != A64_NEXT))
			break;
		step(&w);
	}
	return s;
}

struct state absint_block(struct program *p, const struct block *b, const struct state *entry, const struct absint_events *events)
{
	return walk_block(p, b, entry, events, false);
}

struct value absint_branch_target(struct program *p, const struct state *s, const struct a64_insn *insn)
{
	static struct walk w;
	struct state copy = *s;

	w.program = p;
	w.s = &copy;
	w.events = NULL;
	w.insn = insn;
	step(&w);
	for (u32 i = 0; i < w.t->nodes.count; i++)
		if (w.t->nodes.at[i].kind == NODE_HOLE && w.t->nodes.at[i].hole == HOLE_set_pc)
			return *arg_value(&w, &w.t->nodes.at[i], 0);
	return unknown;
}

/* The A64 condition a conditional branch tests, 14 (always) if it is a compare-and-branch. */
static u32 branch_condition(const struct a64_insn *insn)
{
	const struct tmpl *t = tmpl_get(insn->id);

	for (u32 i = 0; i < t->nodes.count; i++)
		if (t->nodes.at[i].kind == NODE_HOLE && t->nodes.at[i].hole == HOLE_get_cond)
			return tmpl_number(t, tmpl_arg(t, &t->nodes.at[i], 0), insn);
	return 14;
}

/* On the edge of a bounds check the compared register has a range. */
static void refine(struct state *s, const struct program *p, const struct block *b, u32 edge)
{
	if (b->kind != END_COND || !s->compare.valid)
		return;
	u32 cond = branch_condition(&p->insns[b->end - 1]);
	u64 below = 0;
	if ((cond == 8 && edge == 1) || (cond == 9 && edge == 0))      /* not HI, LS */
		below = s->compare.k + 1;
	if ((cond == 2 && edge == 1) || (cond == 3 && edge == 0))      /* not CS, CC */
		below = s->compare.k;
	for (u32 r = 0; r < REG_SP && below && below <= 4096; r++) {
		struct value *v = &s->reg[r];
		if (r != s->compare.reg && s->copy_of[r] != s->compare.reg + 1 && s->copy_of[s->compare.reg] != r + 1)
			continue;
		if (v->kind != VAL_SP && (v->kind != VAL_CONST || v->k >= below))
			*v = (struct value){ .kind = VAL_RANGE, .k = below };
	}
}

struct state *absint_run(struct program *p, const struct function *f)
{
	struct state *states = xcalloc(f->blocks.count, sizeof *states);
	u32 *queue = xcalloc(f->blocks.count + 1, sizeof *queue);
	struct bitset queued = bitset_new(f->blocks.count);
	u32 head = 0, tail = 0, room = f->blocks.count + 1;

	states[0].is_reached = true;
	for (u32 r = 0; r < 64; r++)
		states[0].reg[r] = (struct value){ .kind = VAL_ENTRY, .k = r };
	states[0].reg[REG_SP] = (struct value){ .kind = VAL_SP };
	queue[tail++] = 0;
	while (head != tail) {
		u32 b = queue[head++];
		head %= room;
		queued.words[b / 32] &= ~(1u << b % 32);
		const struct block *block = &f->blocks.at[b];
		struct state out = walk_block(p, block, &states[b], NULL, true);
		if (block->kind == END_CALL || block->kind == END_CALL_INDIRECT)
			forget_call(&out, rs_or(rs_minus(RS_CALLEE_SAVED, f->convention->saved),
						block->callee != NONE ? p->functions.at[block->callee].spoils : RS_EMPTY));
		if (block->kind == END_SVC) {
			out.reg[0] = unknown;
			drop_copies(&out, 0);
			out.compare.valid = false;
		}
		u32 nsucc = block_nsucc(block);
		for (u32 e = 0; e <= nsucc; e++) {
			u32 to = block_way(block, e);
			if (to == NONE || (block->is_noreturn && block->kind == END_CALL && e < nsucc))
				continue;
			struct state edge = out;
			refine(&edge, p, block, e);
			if (merge(&states[to], &edge) && bitset_add(&queued, to)) {
				queue[tail++] = to;
				tail %= room;
			}
		}
	}
	free(queue);
	free(queued.words);
	return states;
}
