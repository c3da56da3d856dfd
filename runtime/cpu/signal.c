/* SPDX-License-Identifier: MIT */
/*
 * Faults and signals: what the kernel is told, and how execution goes on.
 *
 * kernel_signal_deliver() rewrites struct cpu to point into a handler; from
 * then on cpu->pc says it all.  A faulting load or store cannot return into
 * its instruction, so it leaves through leave_frames().
 */
#include "dispatch.h"

void signal_deliver(struct cpu *cpu)
{
	cpu->pending &= ~(u32)PENDING_SIGNAL;
	while (kernel_signal_deliver())
		;
}

void signal_fault(struct cpu *cpu, int sig, int code, u64 va)
{
	kernel_fault(sig, code, (s64)va);
	signal_deliver(cpu);
}

/* The first byte of the access that is at fault: it may cross into a bad page. */
static u64 faulting_byte(u64 va, u32 size, u8 need)
{
	u64 next_page = (va | ((1 << CPU_PAGE_SHIFT) - 1)) + 1;

	if (va >> 32 || !(mem_prot((u32)va) & need) || va + size <= next_page)
		return va;
	return next_page;
}

static void bad_address(struct cpu *cpu, u64 va, u32 size, u8 need)
{
	u64 at = faulting_byte(mem_untag(va), size, need);
	bool mapped = !(at >> 32) && mem_prot((u32)at);

	signal_fault(cpu, SIGSEGV, mapped ? SEGV_ACCERR : SEGV_MAPERR, at);
	leave_frames(cpu);
}

static void bad_alignment(struct cpu *cpu, u64 va)
{
	signal_fault(cpu, SIGBUS, BUS_ADRALN, mem_untag(va));
	leave_frames(cpu);
}

#ifdef AW_ONE_MODULE
static u8 nobodys[1 << CPU_PAGE_SHIFT];
#define FAULTED return nobodys
#else
#define FAULTED __builtin_unreachable()
#endif

MEM_FAULT mem_fault(struct cpu *cpu, u64 va, u32 size, u8 need)
{
	if (!is_unwinding(cpu))
		bad_address(cpu, va, size, need);
	FAULTED;
}

MEM_FAULT mem_misaligned(struct cpu *cpu, u64 va)
{
	if (!is_unwinding(cpu))
		bad_alignment(cpu, va);
	FAULTED;
}

/* pc is already the next instruction's; the signal is at the trap itself. */
void raise_trap(struct cpu *cpu, u32 kind, u64 imm)
{
	(void)imm;
	cpu->pc -= 4;
	if (kind == TRAP_BRK)
		signal_fault(cpu, SIGTRAP, TRAP_BRKPT, cpu->pc);
	else
		signal_fault(cpu, SIGILL, ILL_ILLOPC, cpu->pc);
}

/* The host caught a trap of lifted code: registers are as of its last flush. */
CPU_EXPORT(cpu_fault) void cpu_fault(s32 trap, s64 va)
{
	bool memory = trap == CPU_TRAP_MEMORY || trap == CPU_TRAP_STACK;

	signal_fault(the_cpu(), memory ? SIGSEGV : SIGILL, memory ? SEGV_MAPERR : ILL_ILLOPC, (u64)va);
}
