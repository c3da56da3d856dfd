/* SPDX-License-Identifier: MIT */
/*
 * Signals of one process: queueing, what they do, waiting for them.  The calls
 * are in sigcalls.c, the guest's view of a running handler in sigframe.c.
 */
#include "signal.h"

#include "clock.h"
#include "entry.h"
#include "regs.h"
#include "syscall.h"

/* signal(7): what a signal does that nobody handles; everything else ends the process. */
static const u64 default_ignored = SIG_BIT(SIGCHLD) | SIG_BIT(SIGURG) | SIG_BIT(SIGWINCH) | SIG_BIT(SIGCONT);
static const u64 default_stops = SIG_BIT(SIGSTOP) | SIG_BIT(SIGTSTP) | SIG_BIT(SIGTTIN) | SIG_BIT(SIGTTOU);
/* Faults are taken before anything else. */
static const u64 synchronous = SIG_BIT(SIGSEGV) | SIG_BIT(SIGBUS) | SIG_BIT(SIGILL) |
                               SIG_BIT(SIGTRAP) | SIG_BIT(SIGFPE) | SIG_BIT(SIGSYS);

bool signal_does_nothing(int sig) { return default_ignored & SIG_BIT(sig); }

static bool is_ignored(struct task *t, int sig)
{
	u64 handler = t->sighand.action[sig].handler;

	return handler == SIG_IGN || (handler == SIG_DFL && signal_does_nothing(sig));
}

void signal_send(struct task *t, int sig, const struct abi_siginfo *info)
{
	/* A blocked signal is kept even if ignored: sigwait may want it. */
	if (is_ignored(t, sig) && !(t->sigmask & SIG_BIT(sig)))
		return;
	if (t->pending.set & SIG_BIT(sig))
		return;
	t->pending.info[sig] = *info;
	t->pending.set |= SIG_BIT(sig);
}

void signal_force(struct task *t, int sig, const struct abi_siginfo *info)
{
	struct abi_sigaction *a = &t->sighand.action[sig];

	if (t->sigmask & SIG_BIT(sig) || a->handler == SIG_IGN)
		a->handler = SIG_DFL;
	t->sigmask &= ~SIG_BIT(sig);
	t->pending.info[sig] = *info;
	t->pending.set |= SIG_BIT(sig);
}

void signal_raise(struct task *t, int sig)
{
	struct abi_siginfo info = { .signo = sig, .code = SI_USER };

	info.kill.pid = t->pid;
	info.kill.uid = t->creds.uid;
	signal_send(t, sig, &info);
}

bool signal_waiting(struct task *t)
{
	timer_check(t);
	return t->pending.set & ~t->sigmask;
}

int signal_take(struct task *t, u64 set, struct abi_siginfo *info)
{
	u64 ready = t->pending.set & set;

	if (ready & synchronous)
		ready &= synchronous;
	if (!ready)
		return 0;
	int sig = __builtin_ctzll(ready) + 1;
	t->pending.set &= ~SIG_BIT(sig);
	*info = t->pending.info[sig];
	return sig;
}

void signal_mask_for_now(struct task *t, u64 mask)
{
	t->saved_sigmask = t->sigmask;
	t->restore_sigmask = true;
	t->sigmask = mask & ~(SIG_BIT(SIGKILL) | SIG_BIT(SIGSTOP));
}

void signal_mask_back(struct task *t)
{
	if (t->restore_sigmask)
		t->sigmask = t->saved_sigmask;
	t->restore_sigmask = false;
}

int signal_sleep(struct task *t, s64 timeout_ns)
{
	u32 nobody = 0;
	s64 end = timeout_ns < 0 ? 0 : clock_now(CLOCK_MONOTONIC) + timeout_ns;

	for (;;) {
		if (signal_waiting(t))
			return -EINTR;
		s64 left = timeout_ns < 0 ? -1 : end - clock_now(CLOCK_MONOTONIC), timer = timer_left(t);
		if (timeout_ns >= 0 && left <= 0)
			return 0;
		if (timer >= 0 && (left < 0 || timer < left))
			left = timer;
		word_wait(&nobody, 0, left);
	}
}

/* A signal with its default action. */
static void act_by_default(struct task *t, int sig)
{
	if (signal_does_nothing(sig))
		return;
	if (default_stops & SIG_BIT(sig))
		host_kill(t->pid, SIGSTOP);
	else
		task_exit_signal(t, sig);
}

/* The handler's surroundings while it runs: sigaction(2). */
static void enter_handler(struct task *t, int sig, struct abi_sigaction *action)
{
	t->restore_sigmask = false;
	t->sigmask |= action->mask;
	if (!(action->flags & SA_NODEFER))
		t->sigmask |= SIG_BIT(sig);
	t->sigmask &= ~(SIG_BIT(SIGKILL) | SIG_BIT(SIGSTOP));
	if (action->flags & SA_RESETHAND)
		action->handler = SIG_DFL;
}

KERNEL_EXPORT(kernel_signal_deliver)
int32_t kernel_signal_deliver(void)
{
	struct task *t = current;
	struct abi_siginfo info;
	int sig;

	timer_check(t);
	while ((sig = signal_take(t, ~t->sigmask, &info))) {
		struct abi_sigaction *action = &t->sighand.action[sig];
		if (strace_on && !(action->handler == SIG_IGN))
			strace_signal(sig, &info);
		if (action->handler == SIG_IGN)
			continue;
		if (action->handler == SIG_DFL) {
			act_by_default(t, sig);
			continue;
		}
		if (sigframe_push(t, sig, &info, action)) {
			enter_handler(t, sig, action);
			return 1;
		}
		/* No room for the frame: SIGSEGV, and of that only its own handler gets a try. */
		if (sig == SIGSEGV)
			action->handler = SIG_DFL;
		signal_force(t, SIGSEGV, &(struct abi_siginfo){ .signo = SIGSEGV, .code = SI_KERNEL });
	}
	signal_mask_back(t);
	return 0;
}

KERNEL_EXPORT(kernel_fault)
void kernel_fault(int32_t sig, int32_t code, int64_t addr)
{
	struct task *t = current;
	struct abi_siginfo info = { .signo = sig, .code = code, .fault.addr = addr };

	/* Only the list of areas knows which of the two it is. */
	if (sig == SIGSEGV)
		info.code = (u64)addr < MM_TOP && mm_find(&t->mm, addr) ? SEGV_ACCERR : SEGV_MAPERR;
	signal_force(t, sig, &info);
}
