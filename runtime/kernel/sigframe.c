/* SPDX-License-Identifier: MIT */
/*
 * The frame a handler runs on, byte for byte as arch/arm64/kernel/signal.c of
 * Linux lays it: siginfo, ucontext with the FP/SIMD record, above it a frame
 * record {x29, x30}.  rt_sigreturn takes it all back.
 */
#include "entry.h"
#include "regs.h"
#include "signal.h"
#include "sys.h"

/* The part of the 4096 reserved bytes that is in use: the FP record, then a terminator. */
struct records {
	struct abi_fpsimd fp;
	u32 end_magic, end_size;
};

static bool on_sigstack(const struct task *t, u64 sp)
{
	return !(t->sigstack.flags & (s32)SS_AUTODISARM) && sp - t->sigstack.sp <= t->sigstack.size &&
	       sp != t->sigstack.sp && t->sigstack.size;
}

static void save_registers(struct abi_sigcontext *mc, const struct cpu *cpu, u64 fault_address)
{
	struct records *r = (struct records *)mc->reserved;

	mc->fault_address = fault_address;
	memcpy(mc->regs, cpu->x, sizeof(mc->regs));
	mc->sp = cpu->x[X_SP];
	mc->pc = cpu->pc;
	mc->pstate = cpu->nzcv;
	r->fp.magic = FPSIMD_MAGIC;
	r->fp.size = sizeof(r->fp);
	r->fp.fpsr = cpu->fpsr;
	r->fp.fpcr = cpu->fpcr;
	memcpy(r->fp.v, cpu->v, sizeof(r->fp.v));
}

bool sigframe_push(struct task *t, int sig, const struct abi_siginfo *info,
                   const struct abi_sigaction *action)
{
	static const u64 fault_signals = SIG_BIT(SIGSEGV) | SIG_BIT(SIGBUS);
	struct abi_rt_sigframe frame = { 0 };
	struct cpu cpu;

	regs_get(&cpu);
	u64 sp = cpu.x[X_SP];
	bool use_stack = action->flags & SA_ONSTACK && !(t->sigstack.flags & SS_DISABLE) && !on_sigstack(t, sp);
	u64 top = use_stack ? t->sigstack.sp + t->sigstack.size : sp;

	u64 record_va = round_down(top - sizeof(struct abi_frame_record), 16);
	u64 frame_va = record_va - round_up(sizeof(frame), 16);
	struct abi_frame_record record = { cpu.x[29], cpu.x[30] };

	if (action->flags & SA_SIGINFO)
		frame.info = *info;
	frame.uc.stack = t->sigstack;
	if (!(t->sigstack.flags & SS_DISABLE) && on_sigstack(t, sp))
		frame.uc.stack.flags |= SS_ONSTACK;
	frame.uc.sigmask = t->restore_sigmask ? t->saved_sigmask : t->sigmask;
	save_registers(&frame.uc.mcontext, &cpu,
	               fault_signals & SIG_BIT(sig) && info->code > 0 ? info->fault.addr : 0);
	if (copy_out(t, frame_va, &frame, sizeof(frame)) || copy_out(t, record_va, &record, sizeof(record)))
		return false;
	if (use_stack && t->sigstack.flags & (s32)SS_AUTODISARM)
		t->sigstack = (struct abi_stack){ .flags = SS_DISABLE };

	cpu.x[0] = sig;
	if (action->flags & SA_SIGINFO) {
		cpu.x[1] = frame_va + offsetof(struct abi_rt_sigframe, info);
		cpu.x[2] = frame_va + offsetof(struct abi_rt_sigframe, uc);
	}
	cpu.x[29] = record_va;
	cpu.x[30] = action->flags & SA_RESTORER ? action->restorer : t->process->mm.sigpage;
	cpu.x[X_SP] = frame_va;
	cpu.pc = action->handler;
	cpu.excl.size = 0;
	regs_set(&cpu);
	return true;
}

/* The FP record among the frame's records, or NULL: a damaged frame. */
static const struct abi_fpsimd *find_fp(const struct abi_sigcontext *mc)
{
	u32 at = 0;

	while (at + 8 <= sizeof(mc->reserved)) {
		const struct abi_fpsimd *r = (const void *)(mc->reserved + at);
		if (r->magic == FPSIMD_MAGIC)
			return r->size == sizeof(*r) && at + sizeof(*r) <= sizeof(mc->reserved) ? r : NULL;
		if (!r->magic || r->size < 16 || r->size % 16 || r->size > sizeof(mc->reserved) - at)
			return NULL;
		at += r->size;
	}
	return NULL;
}

static int restore(struct task *t, struct cpu *cpu)
{
	struct abi_rt_sigframe frame;
	const struct abi_sigcontext *mc = &frame.uc.mcontext;
	u64 sp = cpu->x[X_SP];

	if (sp & 15 || copy_in(t, &frame, sp, sizeof(frame)))
		return -EFAULT;
	const struct abi_fpsimd *fp = find_fp(mc);
	if (!fp)
		return -EINVAL;
	t->sigmask = frame.uc.sigmask & ~(SIG_BIT(SIGKILL) | SIG_BIT(SIGSTOP));
	t->sigstack = frame.uc.stack;
	t->sigstack.flags &= ~SS_ONSTACK;
	memcpy(cpu->x, mc->regs, sizeof(mc->regs));
	cpu->x[X_SP] = mc->sp;
	cpu->pc = mc->pc;
	cpu->nzcv = mc->pstate & 0xf0000000;
	cpu->fpsr = fp->fpsr;
	cpu->fpcr = fp->fpcr;
	memcpy(cpu->v, fp->v, sizeof(fp->v));
	cpu->excl.size = 0;
	return 0;
}

SYSCALL(rt_sigreturn)
{
	struct cpu cpu;

	regs_get(&cpu);
	if (restore(t, &cpu)) {
		struct abi_siginfo info = { .signo = SIGSEGV, .code = SEGV_MAPERR, .fault.addr = cpu.x[X_SP] };
		signal_force(t, SIGSEGV, &info);
		return 0;
	}
	cpu.pending |= PENDING_RESUME;
	regs_set(&cpu);
	return cpu.x[0];
}
