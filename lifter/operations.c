/* SPDX-License-Identifier: MIT */
/*
 * The operations of an interpreter written in assembly.  They jump from one to
 * the next through a register, at addresses made of a table of offsets
 * (LuaJIT's), so that nobody refers to them, and use callee-saved registers as
 * they come.  No compiler makes such functions, so where there are many of the
 * kind, what lies beside them is of the interpreter, too.
 */
#include <stdlib.h>

#include "lifter/discover.h"
#include "lifter/tmpl.h"

enum {
	FEW = 16,                  /* by chance: data, the rest of a function */
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
