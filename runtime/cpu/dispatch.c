/* SPDX-License-Identifier: MIT */
/*
 * The dispatcher: guest state is the only truth, and "go on at cpu->pc" is the
 * one operation; lifted code runs where there is some, the interpreter else.
 *
 * It nests only where lifted code calls what is not lifted, and where a signal
 * handler runs below a lifted system call; each level ends when pc and sp are
 * those of its return.  A lifted function that was called from here and jumps to
 * what is not lifted, or returns from the frame it jumped into, says so and returns
 * (lifted_goes_on(), lifted_returns()).
 */
#include "dispatch.h"

/* No instruction is there: runs until the process ends. */
enum { NEVER = 1 };

/* What the innermost cpu_call_until() waits for, while it may be taken for granted that who called it does, too: as long as
 * the guest is below that frame.  Later it may be another one's, that looks the same. */
static struct stop { u64 pc, sp; } stop;

void cpu_call_until(u64 stop_pc, u64 stop_sp)
{
	struct cpu *cpu = the_cpu();
	struct stop outer = stop;

	stop = (struct stop){stop_pc, stop_sp};
	while (!is_unwinding(cpu) && (cpu->pc != stop_pc || cpu->x[X_SP] != stop_sp)) {
		if (cpu->x[X_SP] >= stop_sp)
			stop.pc = NEVER;
		if (lifted_at(cpu->pc))
			lifted_run(cpu);
		else
			interp_run(cpu, stop_pc, stop_sp);
	}
	stop = outer;
}

/* Called by cpu_run once the stack pointer is reset (entry.S). */
void cpu_run_from_top(void)
{
	lifted_forget(the_cpu());
	cpu_call_until(NEVER, 0);
}

/* Lifted code calls an address without lifted code: cpu->pc is the target,
 * cpu->x[30] the return address; sp and x0-x3 travel as arguments. */
CPU_EXPORT(cpu_miss) s64 cpu_miss(s64 sp, s64 x0, s64 x1, s64 x2, s64 x3)
{
	struct cpu *cpu = the_cpu();

	cpu->x[0] = (u64)x0;
	cpu->x[1] = (u64)x1;
	cpu->x[2] = (u64)x2;
	cpu->x[3] = (u64)x3;
	cpu->x[X_SP] = (u64)sp;
	if (!lifted_goes_on(cpu, cpu->x[30], (u64)sp))          /* the end of a function that jumps there */
		cpu_call_until(cpu->x[30], (u64)sp);
	return (s64)cpu->x[0];
}

/* Lifted code gives up at cpu->pc until control is back at its caller's. */
CPU_EXPORT(cpu_leave) void cpu_leave(s64 ret_pc, s64 ret_sp)
{
	/* first, since this may be the very entry of the function that gives up */
	interp_run(the_cpu(), (u64)ret_pc, (u64)ret_sp);
	if (!lifted_goes_on(the_cpu(), (u64)ret_pc, (u64)ret_sp))
		cpu_call_until((u64)ret_pc, (u64)ret_sp);
}

/* Lifted code jumped to cpu->pc, nobody knows where, and control will be back at its caller's. */
CPU_EXPORT(cpu_jump) void cpu_jump(s64 ret_pc, s64 ret_sp)
{
	if (!lifted_goes_on(the_cpu(), (u64)ret_pc, (u64)ret_sp))
		cpu_call_until((u64)ret_pc, (u64)ret_sp);
}

/*
 * Lifted code that was entered with this SP returned to cpu->pc, in a frame
 * further up: so an interpreter in assembly leaves the frame that its operations
 * share.  Where only jumps lie between lifted_run() and here, and the loop around
 * it waits for this, returning gets there.
 */
CPU_EXPORT(cpu_return) void cpu_return(s64 entry_sp)
{
	struct cpu *cpu = the_cpu();
	bool is_awaited = cpu->pc == stop.pc && cpu->x[X_SP] == stop.sp;

	if (is_awaited && lifted_returns(cpu, (u64)entry_sp))
		return;
	leave_frames(cpu);
}

/* One instruction at cpu->pc, which moves on; all state is in struct cpu. */
CPU_EXPORT(cpu_step) void cpu_step(void)
{
	if (interp_step(the_cpu()))
		leave_frames(the_cpu());
}
