/* SPDX-License-Identifier: MIT */
/*
 * The interpreter: runs decoded blocks (cache.c).
 *
 * cpu->pc is the running instruction's address while it may fault; the one
 * that ends a block finds the next instruction's there and may replace it.
 */
#include "cache.h"

static void run_block(struct cpu *cpu, const struct block *b, u64 pc)
{
	const struct entry *e = b->first;

	for (u32 n = b->straight; n; n--) {
		cpu->pc = pc;
		e->exec(cpu, &e->insn);
		if (is_unwinding(cpu))
			return;
		e = entry_next(e);
		pc += 4;
	}
	if (b->ends_in_branch) {
		cpu->pc = pc + 4;
		e->exec(cpu, &e->insn);
	} else {
		cpu->pc = pc;
		e->exec(cpu, &e->insn);
		cpu->pc = pc + 4;
	}
}

/* AARCH64_WASM_STATS: where the stretch that begins at pc is counted. */
static struct cpu_site *stats_site(struct cpu_stats *s, u64 pc)
{
	enum { ROOM = sizeof s->site / sizeof s->site[0] };
	u32 i = 1;

	while (i <= s->nsites && s->site[i].pc != pc)
		i++;
	if (i > s->nsites && i < ROOM)
		s->site[s->nsites = i].pc = (u32)pc;
	struct cpu_site *site = &s->site[i < ROOM ? i : 0];
	s->stretches++;
	site->stretches++;
	return site;
}

/* interp_run(), counting; a block whose instruction faults counts as a whole. */
static void run_counted(struct cpu *cpu, u64 stop_pc, u64 stop_sp)
{
	struct cpu_site *site = stats_site(&cpu->stats, cpu->pc);

	do {
		const struct block *b = cache_block(cpu);
		if (!b)
			continue;
		cpu->stats.insns += b->straight + 1;
		site->insns += b->straight + 1;
		run_block(cpu, b, cpu->pc);
	} while (!lifted_at(cpu->pc) && (cpu->pc != stop_pc || cpu->x[X_SP] != stop_sp));
}

/* V8 optimises a function only when it is called again: come back now and then. */
enum { BLOCKS_A_CALL = 4096 };

void interp_run(struct cpu *cpu, u64 stop_pc, u64 stop_sp)
{
	u32 left = BLOCKS_A_CALL;

	if (__builtin_expect(cpu->stats.mode, 0)) {
		run_counted(cpu, stop_pc, stop_sp);
		return;
	}
	do {
		const struct block *b = cache_block(cpu);
		if (b)
			run_block(cpu, b, cpu->pc);
	} while (--left && !is_unwinding(cpu) && !lifted_at(cpu->pc) && (cpu->pc != stop_pc || cpu->x[X_SP] != stop_sp));
}

bool interp_step(struct cpu *cpu)
{
	struct a64_insn in;

	if (!fetch_ok(cpu))
		return true;
	u64 pc = cpu->pc;
	cpu->stats.steps++;
	if (!a64_decode(*(const u32 *)mem_ptr(pc), pc, &in)) {
		cpu->pc = pc + 4;
		raise_trap(cpu, TRAP_UDF, in.word);
		return true;
	}
	cpu->pc = in.flow == A64_NEXT ? pc : pc + 4;
	a64_execute(cpu, &in);
	if (in.flow == A64_NEXT)
		cpu->pc = pc + 4;
	return in.flow == A64_TRAP;
}
