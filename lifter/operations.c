/* SPDX-License-Identifier: MIT */
/*
 * The operations of an interpreter written in assembly.  They jump from one to
 * the next through a register, at addresses made of a table of offsets
 * (LuaJIT's), so that nobody refers to them, and use callee-saved registers as
 * they come.  No compiler makes such functions, so where there are many of the
 * kind, what lies beside them is of the interpreter, too, and that table can be
 * told from other data.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/discover.h"
#include "lifter/tmpl.h"

enum {
	FEW = 16,                  /* by chance: data, the rest of a function */
	TABLE_MIN = 64,            /* offsets; half of them of operations that are known */
	TABLE_MAX = 1024,
	NEAR = 2048 / 4,           /* instructions */
};

/* Code that nobody refers to, [first, end). */
struct stretch { u32 first, end; };

static u8 flow_at(struct program *p, u32 index)
{
	const struct a64_insn *in = program_insn(p, index);

	return in ? in->flow : A64_TRAP;
}

/* May a function begin there?  Where a symbol says so; without symbols, behind what goes elsewhere. */
static bool begins(struct program *p, const struct bitset *explored, u32 index, u32 first)
{
	const struct symbol *s = image_symbol(p->image, insn_va(p, index));

	if (s && (s->name || s->va == insn_va(p, index)))
		return s->va == insn_va(p, index);
	if (index == first || bitset_has(explored, index - 1))
		return true;
	u8 before = flow_at(p, index - 1);
	return before == A64_B || before == A64_BR || before == A64_RET || before == A64_TRAP;
}

struct stretches { LIST(struct stretch) list; };

static void find_stretches(struct program *p, const struct code_range *range, const struct bitset *explored, struct stretches *found)
{
	u32 first = insn_index(p, range->va), end = first + (range->end - range->va) / 4;
	bool is_open = false;

	for (u32 i = first; i < end; i++) {
		bool is_explored = bitset_has(explored, i), begins_here = !is_explored && begins(p, explored, i, first);
		if (is_open && (is_explored || begins_here))
			found->list.at[found->list.count - 1].end = i;
		is_open = begins_here || (is_open && !is_explored);
		if (begins_here)
			list_push(&found->list, (struct stretch){ i, end });
	}
}

static struct stretches unexplored(struct program *p)
{
	struct bitset explored = program_code(p, false);
	struct stretches found = { 0 };

	for (u32 i = 0; i < p->image->code.count; i++)
		find_stretches(p, &p->image->code.at[i], &explored, &found);
	free(explored.words);
	return found;
}

/* Stores on the stack, in a prologue, are what else reads callee-saved registers first. */
static bool stores_to_stack(u32 word)
{
	bool is_store = (word & 0x3a400000) == 0x28000000 || (word & 0x3b400000) == 0x39000000 || (word & 0x3b600000) == 0x38000000;

	return is_store && (word >> 5 & 31) == REG_SP;
}

static bool is_operation(struct program *p, const struct stretch *s)
{
	struct regset written = RS_EMPTY;
	bool jumps = false, uses = false;

	for (u32 i = s->first; i < s->end; i++)
		jumps |= flow_at(p, i) == A64_BR;
	for (u32 i = s->first; jumps && i < s->end; i++) {
		const struct a64_insn *in = program_insn(p, i);
		if (!in)
			continue;
		struct effects e = tmpl_effects(in);
		uses |= rs_any(rs_and(rs_minus(e.read, written), RS_CALLEE_SAVED)) && !stores_to_stack(in->word);
		written = rs_or(written, rs_or(e.write, e.read));
	}
	return uses;
}

static void take(struct program *p, u32 first)
{
	u32 f = program_function(p, insn_va(p, first));

	p->functions.at[f].is_address_taken = true;
}

/* --- their table -------------------------------------------------------------- */

/* `count` halfwords, each an operation's distance from `base`.  Of the `distinct` ones, `hits` are where functions begin. */
struct offsets {
	const u8 *at;
	u32 count, distinct, hits;
	u64 base;
};

static u32 offset_at(const struct offsets *o, u32 i)
{
	u16 offset;

	memcpy(&offset, o->at + 2 * i, sizeof offset);
	return offset;
}

static bool is_another(const struct offsets *o, u32 i) { return !i || offset_at(o, i) > offset_at(o, i - 1); }

static bool is_function(const struct program *p, u64 va)
{
	return image_is_code(p->image, va) && p->function_at[insn_index(p, va)] != NONE;
}

/* The operations' code is in the order of their numbers: what may be the table, from there on, behind repetitions (zeroes). */
static struct offsets ascending(const u8 *at, const u8 *end)
{
	while (at + 4 <= end && at[0] == at[2] && at[1] == at[3])
		at += 2;
	struct offsets o = { .at = at };

	for (; o.count < TABLE_MAX && at + 2 * o.count + 2 <= end; o.count++) {
		if (offset_at(&o, o.count) % 4 || (o.count && offset_at(&o, o.count) < offset_at(&o, o.count - 1)))
			break;
		o.distinct += is_another(&o, o.count);
	}
	return o;
}

static u32 count_hits(const struct program *p, const struct offsets *o)
{
	u32 hits = 0;

	for (u32 i = 0; i < o->count; i++)
		hits += is_another(o, i) && is_function(p, o->base + offset_at(o, i));
	return hits;
}

/* With the base for which most of them are functions, one of these operations among them. */
static void find_base(const struct program *p, struct offsets *o, const struct operations *ops)
{
	for (u32 i = 0; i < ops->count; i++)
		for (u32 k = 0; k < o->count && k < TABLE_MIN; k++) {
			struct offsets try = *o;
			try.base = insn_va(p, ops->at[i]) - offset_at(o, k);
			try.hits = count_hits(p, &try);
			if (try.hits > o->hits)
				*o = try;
		}
}

/* The operation that va is of, by its number in the table; -1 before the first one. */
static s64 operation_of(const struct offsets *o, u64 va)
{
	s64 low = 0, high = o->count;

	while (low < high) {
		s64 mid = (low + high) / 2;
		if (o->base + offset_at(o, mid) <= va)
			low = mid + 1;
		else
			high = mid;
	}
	return low - 1;
}

/*
 * What several operations end in stands in one of them, or behind the last, and may
 * leave the interpreter's frame.  That does not make each of them a function that
 * leaves SP elsewhere: it is one of its own.
 */
static void part_operations(struct program *p, const struct offsets *o)
{
	u64 last = o->base + offset_at(o, o->count - 1);

	for (u64 va = o->base + offset_at(o, 0); va < last && image_is_code(p->image, va); va += 4) {
		const struct a64_insn *in = program_insn(p, insn_index(p, va));
		if (!in || (in->flow != A64_B && in->flow != A64_BCOND) || !image_is_code(p->image, insn_target(in)))
			continue;
		if (operation_of(o, insn_target(in)) != operation_of(o, va))
			program_function(p, insn_target(in));
	}
}

/*
 * Some operations are jumped to, or fallen into, by others, so that they seem to be
 * explored.  The table of offsets says which ones they are.
 */
static void take_table(struct program *p, const struct operations *ops)
{
	struct offsets best = { 0 };

	for (u32 k = 0; k < p->image->segments.count; k++) {
		const struct segment *s = &p->image->segments.at[k];
		for (const u8 *at = s->data, *end = s->data + s->filesz; at + 2 <= end;) {
			struct offsets o = ascending(at, end);
			at = o.at + (o.count ? 2 * o.count : 2);
			if (o.distinct < TABLE_MIN)
				continue;
			find_base(p, &o, ops);
			if (2 * o.hits >= o.distinct && o.hits > best.hits)
				best = o;
		}
	}
	if (!best.count)
		return;
	diag_verbose("a table of offsets has %u operations, %u of which are known", best.distinct, best.hits);
	for (u32 i = 0; i < best.count; i++)
		if (image_is_code(p->image, best.base + offset_at(&best, i)))
			take(p, insn_index(p, best.base + offset_at(&best, i)));
	part_operations(p, &best);
}

bool operations_take(struct program *p, struct operations *ops)
{
	struct stretches found = unexplored(p);

	for (u32 i = 0; i < found.list.count; i++)
		if (is_operation(p, &found.list.at[i]))
			list_push(ops, found.list.at[i].first);
	list_free(&found.list);
	if (ops->count <= FEW)
		return false;
	diag_verbose("%u functions look like the operations of an interpreter in assembly: lifted, though nothing refers to them", ops->count);
	for (u32 i = 0; i < ops->count; i++)
		take(p, ops->at[i]);
	take_table(p, ops);
	return true;
}

void operations_take_beside(struct program *p, const struct operations *ops)
{
	struct stretches found = unexplored(p);

	for (u32 i = 0, next = 0; i < found.list.count; i++) {
		u32 first = found.list.at[i].first;
		while (next < ops->count && ops->at[next] <= first)
			next++;
		if ((next && first - ops->at[next - 1] < NEAR) || (next < ops->count && ops->at[next] - first < NEAR))
			take(p, first);
	}
	list_free(&found.list);
}
