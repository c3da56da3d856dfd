/* SPDX-License-Identifier: MIT */
/*
 * The cache of blocks: a direct-mapped index by pc over an arena that is
 * emptied when it is full or when code has changed.
 *
 * Only cache_block() writes to the arena, and only between blocks, so a block
 * that changes code runs to its end.
 */
#include "block.h"

enum { ARENA_SIZE = 320 * 1024 };

struct cache_slot cache_slots[CACHE_SLOTS];
u64 cache_bias = 1;
/* The last BLOCK_SIZE bytes are for the block that is not kept. */
u8 cache_arena[ARENA_SIZE] __attribute__((aligned(16)));
static u32 used;

/* Lines of memory that blocks were made of: what is elsewhere may change without
 * notice.  One bit for all lines that are equal modulo what the map covers. */
enum { LINE_SHIFT = 6, LINES = 32768 };
static u8 lines[LINES / 8];

static void note_lines(u64 pc, u64 size)
{
	for (u64 at = pc >> LINE_SHIFT; at <= (pc + size - 1) >> LINE_SHIFT; at++)
		lines[at % LINES / 8] |= (u8)(1 << at % 8);
}

bool cache_holds(u64 va, u64 size)
{
	for (u64 at = va >> LINE_SHIFT; at <= (va + size - 1) >> LINE_SHIFT; at++)
		if (lines[at % LINES / 8] >> at % 8 & 1)
			return true;
	return false;
}

/* Where lifted code waits for the interpreter (interp_run), by pc.  Such a pc
 * stays one: chained code always leaves there. */
enum { STOPS = 256 };
static u32 stops[STOPS];

static u32 *stop_slot(u64 pc)
{
	return &stops[(u32)(pc >> 2) % STOPS];
}

void code_changed(void)
{
	block_unlinked = NULL;
	if (!used)
		return;
	for (u32 i = 0; i < CACHE_SLOTS; i++)
		cache_slots[i].key = 0;
	__builtin_memset(lines, 0, sizeof lines);
	used = 0;
}

void cache_stop_at(u64 pc)
{
	const struct cache_slot *s = cache_slot(pc);

	if (*stop_slot(pc) == pc)
		return;
	*stop_slot(pc) = (u32)pc;
	if (s->key == pc + 1 && s->next != block_leave)
		code_changed();
}

static bool fetch_ok(struct cpu *cpu)
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

static struct cache_slot *fill(u64 pc)
{
	if (used + 2 * BLOCK_SIZE > ARENA_SIZE)
		code_changed();
	struct cache_slot *s = cache_slot(pc);
	struct block *b = (struct block *)(cache_arena + used);
	u8 *end;
	block_build(b, pc, BLOCK_INSNS, &end);
	used = (u32)(end - cache_arena + 15) & ~15u;
	note_lines(pc, b->insns * 4);
	s->key = (u32)pc + 1;
	s->block = b;
	/* counting wants to see every block */
	bool leaves = lifted_at(pc) || *stop_slot(pc) == pc || the_cpu()->stats.mode;
	s->next = leaves ? block_leave : b->first;
	return s;
}

const struct block *cache_block(struct cpu *cpu)
{
	struct cache_slot *s = cache_slot(cpu->pc);

	if (s->key != cpu->pc + 1) {
		if (!fetch_ok(cpu)) {
			block_unlinked = NULL;
			return NULL;
		}
		s = fill(cpu->pc);
	}
	if (block_unlinked && s->next != block_leave)
		*block_unlinked = link_to(s->next);
	block_unlinked = NULL;
	return s->block;
}

const struct block *cache_single(struct cpu *cpu)
{
	struct block *b = (struct block *)(cache_arena + ARENA_SIZE - BLOCK_SIZE);
	u8 *end;

	if (!fetch_ok(cpu))
		return NULL;
	block_build(b, cpu->pc, 1, &end);
	return b;
}
