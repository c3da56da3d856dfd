/* SPDX-License-Identifier: MIT */
/*
 * Decodes a stretch of instructions into a block: up to the first branch that
 * is always taken.  Conditional branches not taken go on in the same block.
 *
 * Behind the instructions stands a way out for each direct branch: the entry
 * that the branch goes to until the cache knows a better one.  It notes which
 * word is to be changed, and leaves.
 */
#include "block.h"

u32 *block_unlinked;

static const struct entry leave_entry = {.code = CODE_LEAVE};
const struct entry *const block_leave = &leave_entry;

struct builder {
	u8 *at;
	u32 nlinks;
	struct {
		u32 *word;
		u64 target;
	} links[BLOCK_INSNS + 1];
};

static struct entry *add_entry(struct builder *b, u32 code, u64 pc, u32 words)
{
	struct entry *e = (struct entry *)b->at;

	e->code = code;
	e->pc = (u32)pc;
	b->at += entry_size(words);
	return e;
}

static void add_link(struct builder *b, u32 *word, u64 target)
{
	b->links[b->nlinks].word = word;
	b->links[b->nlinks++].target = target;
}

static void add_insn(struct builder *b, const struct a64_insn *in, u64 pc)
{
	struct entry *e = (struct entry *)b->at;
	u32 kinds = in->kinds, *op = e->op;

	for (u32 k = 0; k < in->nops; k++, kinds >>= A64_KIND_BITS) {
		switch (kinds & ((1 << A64_KIND_BITS) - 1)) {
		case A64_X:
			*op++ = (u32)(CPU_AREA + CPU_BASE + offsetof(struct cpu, x) + in->op[k] * sizeof(u64));
			break;
		case A64_V:
			*op++ = (u32)(CPU_AREA + CPU_BASE + offsetof(struct cpu, v) + in->op[k] * sizeof(v128));
			break;
		case A64_SMALL:
			*op++ = (u32)in->op[k];
			break;
		case A64_LINK:
			add_link(b, op++, in->op[k]);
			break;
		default:
			__builtin_memcpy(op, &in->op[k], sizeof in->op[k]);
			op += 2;
		}
	}
	add_entry(b, a64_code[in->id], pc, (u32)(op - e->op));
}

static void add_ways_out(struct builder *b)
{
	for (u32 i = 0; i < b->nlinks; i++) {
		struct entry *e = add_entry(b, CODE_WAY_OUT, 0, 3);
		e->op[0] = (u32)((u8 *)e - (u8 *)b->links[i].word);
		__builtin_memcpy(&e->op[1], &b->links[i].target, sizeof b->links[i].target);
		*b->links[i].word = link_to(e);
	}
}

static bool is_isb(const struct a64_insn *in)
{
	return (in->word & 0xfffff0ff) == 0xd50330df;
}

/* Adds the instruction at pc; does the block go on behind it? */
static bool add_next(struct builder *b, struct block *block, u64 pc)
{
	struct a64_insn in;

	if (!a64_decode(*(const u32 *)mem_ptr(pc), pc, &in)) {
		add_entry(b, CODE_UNDEFINED, pc, 1)->op[0] = in.word;
		block->traps = true;
		return false;
	}
	add_insn(b, &in, pc);
	block->traps = in.flow == A64_TRAP;
	if (is_isb(&in)) {
		/* what follows may have been written just before */
		add_entry(b, CODE_LEAVE_TO, pc + 4, 0);
		return false;
	}
	return in.flow == A64_NEXT || in.flow == A64_BCOND;
}

/* Lifted code that the block reaches is to run. */
static bool goes_on(const struct block *block, u64 pc, u32 max)
{
	return block->insns < max && can_fetch(pc) && !lifted_at(pc);
}

void block_build(struct block *block, u64 pc, u32 max, u8 **end)
{
	struct builder b = {.at = (u8 *)block->first};
	/* counting wants to know how far a block ran: then every branch ends it */
	bool counting = the_cpu()->stats.mode != STATS_OFF;
	bool falls_through;

	block->insns = 0;
	do {
		falls_through = add_next(&b, block, pc);
		block->insns++;
		pc += 4;
	} while (falls_through && goes_on(block, pc, max) && !(counting && b.nlinks));
	if (falls_through) {
		struct entry *e = add_entry(&b, CODE_GO, pc, 1);
		add_link(&b, &e->op[0], pc);
	}
	add_ways_out(&b);
	*end = b.at;
}
