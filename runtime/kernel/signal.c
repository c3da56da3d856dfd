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

static bool is_ignored(const struct task *t, int sig)
{
	u64 handler = t->process->sighand.action[sig].handler;

	return handler == SIG_IGN || (handler == SIG_DFL && signal_does_nothing(sig));
}

static bool ends_process(const struct task *t, int sig)
{
	return t->process->sighand.action[sig].handler == SIG_DFL && !((default_ignored | default_stops) & SIG_BIT(sig));
}

/* Who of the process takes a signal: the first task before all others; NULL: all block it. */
static struct task *signal_target(struct task *t, int sig)
{
	struct task *first = task_find(t, t->process->pid), *s = t;

	if (first && !(first->sigmask & ~first->awaited & SIG_BIT(sig)))
		return first;
	do {
		if (!(s->sigmask & ~s->awaited & SIG_BIT(sig)))
			return s;
		s = s->next;
	} while (s != t);
	return NULL;
}

/* `to` NULL: whoever unblocks it first, or asks for it. */
static void queue(struct task *t, struct task *to, int sig, const struct abi_siginfo *info)
{
	struct pending_signal *pending = to ? &to->pending : &t->process->pending;
	bool acts_now = to && !((to->sigmask | to->awaited) & SIG_BIT(sig));

	/* A blocked signal is kept even if ignored: sigwait may want it. */
	if (acts_now && is_ignored(t, sig))
		return;
	if (acts_now && to != current && ends_process(t, sig))
		task_exit_signal(t, sig);
	if (pending->set & SIG_BIT(sig))
		return;
	pending->info[sig] = *info;
	pending->set |= SIG_BIT(sig);
}

void signal_send(struct task *t, int sig, const struct abi_siginfo *info)
{
	queue(t, t, sig, info);
}

void signal_send_process(struct task *t, int sig, const struct abi_siginfo *info)
{
	queue(t, signal_target(t, sig), sig, info);
}

u64 signal_pending(const struct task *t) { return t->pending.set | t->process->pending.set; }

void signal_force(struct task *t, int sig, const struct abi_siginfo *info)
{
	struct abi_sigaction *a = &t->process->sighand.action[sig];

	if (t->sigmask & SIG_BIT(sig) || a->handler == SIG_IGN)
		a->handler = SIG_DFL;
	t->sigmask &= ~SIG_BIT(sig);
	t->pending.info[sig] = *info;
	t->pending.set |= SIG_BIT(sig);
}

void signal_raise(struct task *t, int sig)
{
	struct abi_siginfo info = { .signo = sig, .code = SI_USER };

	info.kill.pid = t->process->pid;
	info.kill.uid = t->process->creds.uid;
	signal_send(t, sig, &info);
}

bool signal_waiting(struct task *t)
{
	timer_check(t);
	for (u64 ready = signal_pending(t) & (~t->sigmask | t->awaited); ready; ready &= ready - 1) {
		int sig = __builtin_ctzll(ready) + 1;
		if (t->awaited & SIG_BIT(sig) || !is_ignored(t, sig))
			return true;
		t->pending.set &= ~SIG_BIT(sig);
		t->process->pending.set &= ~SIG_BIT(sig);
	}
	return false;
}

static int first_of(u64 ready)
{
	if (ready & synchronous)
		ready &= synchronous;
	return ready ? __builtin_ctzll(ready) + 1 : 0;
}

int signal_next(const struct task *t, u64 set)
{
	int own = first_of(t->pending.set & set);

	return own ? own : first_of(t->process->pending.set & set);
}

int signal_take(struct task *t, u64 set, struct abi_siginfo *info)
{
	int sig = signal_next(t, set);

	if (!sig)
		return 0;
	struct pending_signal *pending = t->pending.set & SIG_BIT(sig) ? &t->pending : &t->process->pending;
	pending->set &= ~SIG_BIT(sig);
	*info = pending->info[sig];
	return sig;
}

void signal_mask_for_now(struct task *t, u64 mask)
{
	if (!t->restore_sigmask)
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

/* A signal with its default action. */
static void act_by_default(struct task *t, int sig)
{
	if (signal_does_nothing(sig))
		return;
	if (default_stops & SIG_BIT(sig))
		host_kill(t->process->pid, SIGSTOP);
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
		struct abi_sigaction *action = &t->process->sighand.action[sig];
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
		info.code = (u64)addr < MM_TOP && mm_find(&t->process->mm, addr) ? SEGV_ACCERR : SEGV_MAPERR;
	signal_force(t, sig, &info);
}
