/* SPDX-License-Identifier: MIT */
/*
 * The cache of decoded blocks: a direct-mapped index by pc over an arena that
 * is emptied when it is full or when code has changed.
 *
 * Only cache_fill() writes to the arena, and only between blocks, so a block
 * that changes code runs to its end.
 */
#include "cache.h"

enum {
	ARENA_SIZE = 320 * 1024,
	MAX_INSNS = 32,
	/* an upper bound of a block, so that one always fits */
	MAX_BLOCK = sizeof(struct block) + MAX_INSNS * sizeof(struct entry),
};

struct cache_slot cache_slots[CACHE_SLOTS];
static u8 arena[ARENA_SIZE] __attribute__((aligned(16)));
static u32 used;

void code_changed(void)
{
	if (!used)
		return;
	for (u32 i = 0; i < CACHE_SLOTS; i++)
		cache_slots[i].key = 0;
	used = 0;
}

static void exec_undefined(struct cpu *cpu, const struct a64_insn *in)
{
	raise_trap(cpu, TRAP_UDF, in->word);
}

static bool can_fetch(u64 pc)
{
	return !(pc >> 32) && !(pc & 3) && mem_prot((u32)pc) & PAGE_EXEC;
}

/* ISB: what follows may have been written just before. */
static bool ends_block(const struct a64_insn *in)
{
	return in->flow != A64_NEXT || (in->word & 0xfffff0ff) == 0xd50330df;
}

static bool decode_into(struct entry *e, u64 pc)
{
	u32 word = *(const u32 *)mem_ptr(pc);
	bool ok = a64_decode(word, pc, &e->insn);

	e->exec = ok ? a64_exec[e->insn.id] : exec_undefined;
	if (!ok) {
		e->insn.nops = 0;
		e->insn.flow = A64_TRAP;
	}
	return ok;
}

static const struct block *build(u64 pc)
{
	struct block *b = (struct block *)(arena + used);
	struct entry *e = b->first, *last = e;
	u32 n = 0;

	while (n < MAX_INSNS && can_fetch(pc)) {
		/* an undefined instruction gets a block of its own */
		if (!decode_into(e, pc) && n)
			break;
		last = e;
		e = (struct entry *)entry_next(e);
		n++;
		pc += 4;
		if (ends_block(&last->insn))
			break;
	}
	b->straight = n - 1;
	b->ends_in_branch = last->insn.flow != A64_NEXT;
	used = (u32)((u8 *)e - arena + 15) & ~15u;
	return b;
}

bool fetch_ok(struct cpu *cpu)
{
	u64 pc = cpu->pc = mem_untag(cpu->pc);
	bool mapped = !(pc >> 32) && mem_prot((u32)pc);

	if (can_fetch(pc))
		return true;
	if (pc & 3)
		signal_fault(cpu, SIGBUS, BUS_ADRALN, pc);
	else
		signal_fault(cpu, SIGSEGV, mapped ? SEGV_ACCERR : SEGV_MAPERR, pc);
	return false;
}

const struct block *cache_fill(struct cpu *cpu)
{
	if (used + MAX_BLOCK > ARENA_SIZE)
		code_changed();
	if (!fetch_ok(cpu))
		return NULL;
	struct cache_slot *s = cache_slot(cpu->pc);
	s->key = (u32)cpu->pc + 1;
	s->block = build(cpu->pc);
	return s->block;
}
