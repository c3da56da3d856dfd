/* SPDX-License-Identifier: MIT */
/*
 * The interpreter's loop: runs threaded code (threaded.h) until it leaves, and
 * looks where to go on.
 */
#include "a64_hot.h"
#include "block.h"

/* V8 optimises a function only when it is called again: come back now and then. */
enum { BRANCHES_A_CALL = 1 << 16, BLOCKS_A_CALL = 4096 };

/* Runs from e on; answers with where it stopped to be called again, or NULL. */
static __attribute__((noinline)) const struct entry *run_some(const struct entry *e)
{
	struct cpu *cpu = the_cpu();
	u32 left = BRANCHES_A_CALL;

	for (;;) {
		switch (e->code) {
#define PLAIN(number, exec) \
		case number: \
			e = exec(e); \
			break;
#define BRANCH(number, exec) \
		case number: \
			e = exec(e); \
			if (!--left) \
				return e; \
			break;
		A64_HOT_CASES(PLAIN, BRANCH)
#undef PLAIN
#undef BRANCH
		case CODE_LEAVE:
			return NULL;
		case CODE_LEAVE_TO:
			cpu->pc = e->pc;
			return NULL;
		case CODE_GO:
			e = entry_at(e->op[0]);
			break;
		case CODE_WAY_OUT:
			cpu->pc = wide_at(&e->op[1]);
			block_unlinked = (u32 *)((u8 *)e - e->op[0]);
			return NULL;
		case CODE_UNDEFINED:
			cpu->pc = e->pc + 4;
			raise_trap(cpu, TRAP_UDF, e->op[0]);
			return NULL;
		default:
			e = a64_exec[e->code - CODE_COLD](e);
		}
		if (!e)
			return NULL;
	}
}

static void run(const struct block *b)
{
	const struct entry *e = b->first;

	while (e)
		e = run_some(e);
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
		cpu->stats.insns += b->insns;
		site->insns += b->insns;
		run(b);
	} while (!lifted_at(cpu->pc) && (cpu->pc != stop_pc || cpu->x[X_SP] != stop_sp));
}

void interp_run(struct cpu *cpu, u64 stop_pc, u64 stop_sp)
{
	u32 left = BLOCKS_A_CALL;

	block_unlinked = NULL;
	cache_bias = 1;                        /* a step that faulted did not come back */
	cache_stop_at(stop_pc);
	if (__builtin_expect(cpu->stats.mode, 0)) {
		run_counted(cpu, stop_pc, stop_sp);
		return;
	}
	do {
		const struct block *b = cache_block(cpu);
		if (b)
			run(b);
	} while (--left && !is_unwinding(cpu) && !lifted_at(cpu->pc) && (cpu->pc != stop_pc || cpu->x[X_SP] != stop_sp));
}

bool interp_step(struct cpu *cpu)
{
	const struct block *b = cache_single(cpu);

	if (!b)
		return true;
	cpu->stats.steps++;
	cache_bias = ~(u64)0 >> 1;
	run(b);
	cache_bias = 1;
	return b->traps;
}
