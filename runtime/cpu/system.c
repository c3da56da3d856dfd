/* SPDX-License-Identifier: MIT */
/*
 * System calls, system registers, and instructions about caches.
 */
#include "dispatch.h"
#include "features.h"
#include "holes.h"

const u16 cond_holds[16] = {
	/* bit n: the condition holds for NZCV = n */
	0xf0f0, 0x0f0f,            /* eq, ne: Z */
	0xcccc, 0x3333,            /* cs, cc: C */
	0xff00, 0x00ff,            /* mi, pl: N */
	0xaaaa, 0x5555,            /* vs, vc: V */
	0x0c0c, 0xf3f3,            /* hi, ls: C and not Z */
	0xaa55, 0x55aa,            /* ge, lt: N == V */
	0x0a05, 0xf5fa,            /* gt, le: not Z and N == V */
	0xffff, 0xffff,            /* al, nv */
};

enum { SYS_munmap = 215, SYS_mremap = 216, SYS_clone = 220, SYS_execve = 221, SYS_mmap = 222, SYS_mprotect = 226 };

enum { PAGE = 1 << CPU_PAGE_SHIFT, ENOSYS = 38 };

static bool has_code(u64 va, u64 size)
{
	for (u64 at = va; at < va + size && !(at >> 32); at += PAGE)
		if (mem_prot((u32)at) & PAGE_EXEC && cache_holds(at & ~(u64)(PAGE - 1), PAGE))
			return true;
	return false;
}

/* Will the call take away or replace instructions that may be decoded? */
static bool changes_code(u64 nr, u64 a0, u64 a1)
{
	switch (nr) {
	case SYS_munmap:
	case SYS_mremap:
	case SYS_mmap:
	case SYS_mprotect:
		return has_code(a0, a1);
	}
	return nr == SYS_execve;
}

/* A thread that the lifter did not see coming, in a system call whose number it did not know: the others' lifted code could
 * not go on after it. */
static bool is_unforeseen(const u64 *x)
{
	const u64 clone_thread = 0x10000;

	return x[8] == SYS_clone && x[0] & clone_thread && lifted_map.text_size && !lifted_map.has_threads;
}

static s64 syscall_now(const struct cpu *cpu)
{
	const u64 *x = cpu->x;

	if (is_unforeseen(x))
		return -ENOSYS;
	bool changes = changes_code(x[8], x[0], x[1]);
	s64 r = kernel_syscall((s64)x[8], (s64)x[0], (s64)x[1], (s64)x[2], (s64)x[3], (s64)x[4],
	                       (s64)x[5]);

	if (changes)
		code_changed();
	return r;
}

/* pc is already the next instruction's. */
void supervisor_call(struct cpu *cpu, u64 imm)
{
	s64 r = syscall_now(cpu);

	(void)imm;
	if (r == KERNEL_RESTART)
		cpu->pc -= 4;
	else if (!(cpu->pending & PENDING_RESUME))
		cpu->x[0] = (u64)r;
	bool is_another = cpu->pending & PENDING_SWITCH && lifted_map.text_size;
	cpu->pending &= ~(u32)(PENDING_RESUME | PENDING_SWITCH);
	if (cpu->pending & PENDING_SIGNAL)
		signal_deliver(cpu);
	if (is_another)                         /* frames of lifted code may wait for the thread that was here */
		leave_frames(cpu);
}

/*
 * The system call of lifted code.  struct cpu holds all registers, pc is the
 * address after the SVC.  Signal handlers run before it returns.
 */
CPU_EXPORT(cpu_syscall) s64 cpu_syscall(s64 nr, s64 a0, s64 a1, s64 a2, s64 a3, s64 a4, s64 a5)
{
	struct cpu *cpu = the_cpu();
	const u64 args[] = {(u64)a0, (u64)a1, (u64)a2, (u64)a3, (u64)a4, (u64)a5};
	u64 pc = cpu->pc, sp = cpu->x[X_SP];

	for (int i = 0; i < 6; i++)
		cpu->x[i] = args[i];
	cpu->x[8] = (u64)nr;
	for (;;) {
		s64 r = syscall_now(cpu);
		u32 pending = cpu->pending;
		bool restart = r == KERNEL_RESTART;

		/* other registers than the caller holds: it cannot go on */
		if (pending & PENDING_RESUME) {
			cpu->pending &= ~(u32)(PENDING_RESUME | PENDING_SWITCH);
			leave_frames(cpu);
			return 0;
		}
		cpu->pc = restart ? pc - 4 : pc;
		if (!restart)
			cpu->x[0] = (u64)r;
		if (pending & PENDING_SIGNAL) {
			signal_deliver(cpu);
			cpu_call_until(restart ? pc - 4 : pc, sp);
			if (is_unwinding(cpu))
				return 0;
		}
		if (!restart)
			return (s64)cpu->x[0];
	}
}

enum { COUNTER_HZ = 1000000000 };

/* What no row of features.h says; where Linux hides a field from EL0, its safe value. */
static const struct { u32 id; u64 value; } registers[] = {
	{SYS_MIDR_EL1, CPU_MIDR},
	{SYS_MPIDR_EL1, 0x80000000},
	{SYS_CTR_EL0, 0x8444c004},                /* lines of 64 bytes */
	{SYS_DCZID_EL0, 4},                       /* DC ZVA: 64 bytes */
	{SYS_CNTFRQ_EL0, COUNTER_HZ},
	{SYS_ID_AA64PFR0_EL1, 0x11},              /* EL1, EL0: AArch64 only */
	{SYS_ID_AA64DFR0_EL1, 6},                 /* Armv8 debug */
	{SYS_ID_AA64MMFR0_EL1, 0xff000000},       /* granules of 4 and 64 KiB: unknown */
};

#define FIELD(extension, name, hwcap, bit, id, lowest, value) {SYS_ID_##id##_EL1, lowest, value},
static const struct { u16 id; u8 lowest, value; } fields[] = { CPU_FEATURES(FIELD) };
#undef FIELD

/* Unlisted identification registers read as zero, as under Linux. */
u64 sysreg_read(struct cpu *cpu, u64 id)
{
	(void)cpu;
	if (id == SYS_CNTVCT_EL0)
		return (u64)kernel_nanoseconds();
	u64 v = 0;
	for (u32 i = 0; i < sizeof registers / sizeof registers[0]; i++)
		if (registers[i].id == id)
			v = registers[i].value;
	for (u32 i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (fields[i].id == id)
			v = (v & ~((u64)15 << fields[i].lowest)) | (u64)fields[i].value << fields[i].lowest;
	return v;
}

void dc_zva(struct cpu *cpu, u64 va)
{
	__builtin_memset(mem_access(cpu, va & ~(u64)63, 64, PAGE_WRITE), 0, 64);
}

void icache_flush(struct cpu *cpu, u64 va)
{
	enum { LINE = 64 };

	(void)cpu;
	va = mem_untag(va) & ~(u64)(LINE - 1);
	if (cache_holds(va, LINE))
		code_changed();
}
