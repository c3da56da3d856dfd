/* SPDX-License-Identifier: MIT */
/*
 * The signal calls.
 */
#include "clock.h"
#include "regs.h"
#include "signal.h"
#include "sys.h"

enum { SIGSET_SIZE = 8 };

static bool valid_signal(int sig) { return sig >= 1 && sig <= SIG_COUNT; }
static u64 blockable(u64 mask) { return mask & ~(SIG_BIT(SIGKILL) | SIG_BIT(SIGSTOP)); }

/* In all threads. */
static void forget_pending(struct task *t, int sig)
{
	struct task *s = t;

	t->process->pending.set &= ~SIG_BIT(sig);
	do {
		s->pending.set &= ~SIG_BIT(sig);
		s = s->next;
	} while (s != t);
}

SYSCALL(rt_sigaction, int, sig, u64, new_va, u64, old_va, u64, size)
{
	struct abi_sigaction new, old;

	if (size != SIGSET_SIZE)
		return -EINVAL;
	if (new_va && copy_in(t, &new, new_va, sizeof(new)))
		return -EFAULT;
	if (!valid_signal(sig) || (new_va && (sig == SIGKILL || sig == SIGSTOP)))
		return -EINVAL;
	lock(&t->process->sighand.lock);
	old = t->process->sighand.action[sig];
	if (new_va) {
		new.mask = blockable(new.mask);
		t->process->sighand.action[sig] = new;
		/* POSIX: ignoring a pending signal discards it. */
		if (new.handler == SIG_IGN || (new.handler == SIG_DFL && signal_does_nothing(sig)))
			forget_pending(t, sig);
	}
	unlock(&t->process->sighand.lock);
	return old_va ? copy_out(t, old_va, &old, sizeof(old)) : 0;
}

SYSCALL(rt_sigprocmask, int, how, u64, new_va, u64, old_va, u64, size)
{
	u64 set, old = t->sigmask;

	if (size != SIGSET_SIZE)
		return -EINVAL;
	if (new_va) {
		if (copy_in(t, &set, new_va, sizeof(set)))
			return -EFAULT;
		if (how == SIG_BLOCK)
			set = old | set;
		else if (how == SIG_UNBLOCK)
			set = old & ~set;
		else if (how != SIG_SETMASK)
			return -EINVAL;
		t->sigmask = blockable(set);
	}
	return old_va ? copy_out(t, old_va, &old, sizeof(old)) : 0;
}

SYSCALL(rt_sigpending, u64, out, u64, size)
{
	u64 set = signal_pending(t) & t->sigmask;

	return size > SIGSET_SIZE ? -EINVAL : copy_out(t, out, &set, size);
}

SYSCALL(rt_sigsuspend, u64, mask_va, u64, size)
{
	u64 mask;

	if (size != SIGSET_SIZE)
		return -EINVAL;
	if (copy_in(t, &mask, mask_va, sizeof(mask)))
		return -EFAULT;
	signal_mask_for_now(t, mask);
	return sleep_for(t, -1);
}

SYSCALL(rt_sigtimedwait, u64, set_va, u64, info_va, u64, timeout_va, u64, size)
{
	struct abi_siginfo info;
	u64 set;
	s64 timeout;

	if (size != SIGSET_SIZE)
		return -EINVAL;
	if (copy_in(t, &set, set_va, sizeof(set)))
		return -EFAULT;
	int err = get_timeout(t, timeout_va, &timeout);
	if (err)
		return err;
	if (timeout >= 0) {
		s64 left = add_time(call_started(t), timeout) - clock_now(CLOCK_MONOTONIC);
		timeout = left < 0 ? 0 : left;
	}
	set = blockable(set);
	t->awaited = set;
	err = sleep_for(t, timeout);
	if (err == -ESWITCH)
		return err;
	int sig = err ? signal_take(t, set, &info) : 0;
	if (!sig)
		return err ? err : -EAGAIN;
	return info_va && copy_out(t, info_va, &info, sizeof(info)) ? -EFAULT : sig;
}

SYSCALL(sigaltstack, u64, new_va, u64, old_va)
{
	struct abi_stack new, old = t->sigstack;
	u64 sp;

	host_copy_in(&sp, regs_at(offsetof(struct cpu, x) + 8 * X_SP), sizeof(sp));
	bool inside = old.size && sp > old.sp && sp - old.sp <= old.size;
	old.flags |= inside ? SS_ONSTACK : 0;
	if (new_va) {
		if (copy_in(t, &new, new_va, sizeof(new)))
			return -EFAULT;
		u32 mode = new.flags & ~SS_AUTODISARM;
		if (inside)
			return -EPERM;
		if (mode != SS_DISABLE && mode != SS_ONSTACK && mode)
			return -EINVAL;
		if (mode == SS_DISABLE)
			new = (struct abi_stack){ .flags = SS_DISABLE };
		else if (new.size < MINSIGSTKSZ)
			return -ENOMEM;
		else
			new.flags &= (s32)SS_AUTODISARM;
		t->sigstack = new;
	}
	return old_va ? copy_out(t, old_va, &old, sizeof(old)) : 0;
}

/* --- sending -------------------------------------------------------------- */

static struct abi_siginfo from_us(const struct task *t, int sig, s32 code)
{
	struct abi_siginfo info = { .signo = sig, .code = code };

	info.kill.pid = t->process->pid;
	info.kill.uid = t->process->creds.uid;
	return info;
}

SYSCALL(kill, int, pid, int, sig)
{
	struct process *p = t->process;
	struct abi_siginfo info = from_us(t, sig, SI_USER);

	if (sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	if (pid == p->pid || !pid || pid == -p->pgid || (pid > 0 && task_find(t, pid))) {
		if (sig)
			signal_send_process(t, sig, &info);
		return 0;
	}
	/* -1 would be every process of the machine. */
	return pid == -1 ? -EPERM : host_kill(pid, sig);
}

static s64 send_to_thread(struct task *t, int tgid, int tid, int sig, const struct abi_siginfo *info)
{
	if (tid <= 0 || sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	struct task *to = tgid == t->process->pid ? task_find(t, tid) : NULL;
	if (!to)
		return -ESRCH;
	if (sig)
		signal_send(to, sig, info);
	return 0;
}

static s64 thread_kill(struct task *t, int tgid, int tid, int sig)
{
	struct abi_siginfo info = from_us(t, sig, SI_TKILL);

	return send_to_thread(t, tgid, tid, sig, &info);
}

SYSCALL(tkill, int, tid, int, sig) { return thread_kill(t, t->process->pid, tid, sig); }

SYSCALL(tgkill, int, tgid, int, tid, int, sig)
{
	return tgid <= 0 ? -EINVAL : thread_kill(t, tgid, tid, sig);
}

/* Only who sends to itself may pretend that the kernel sends. */
static int get_info(struct task *t, int to, int sig, u64 va, struct abi_siginfo *info)
{
	if (copy_in(t, info, va, sizeof(*info)))
		return -EFAULT;
	if ((info->code >= 0 || info->code == SI_TKILL) && to != t->tid)
		return -EPERM;
	info->signo = sig;
	return 0;
}

SYSCALL(rt_sigqueueinfo, int, pid, int, sig, u64, info_va)
{
	struct abi_siginfo info;
	int err = get_info(t, pid, sig, info_va, &info);

	if (err)
		return err;
	if (pid != t->process->pid && !(pid && task_find(t, pid)))
		return -ESRCH;
	if (sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	if (sig)
		signal_send_process(t, sig, &info);
	return 0;
}

SYSCALL(rt_tgsigqueueinfo, int, tgid, int, tid, int, sig, u64, info_va)
{
	struct abi_siginfo info;
	int err = get_info(t, tid, sig, info_va, &info);

	if (err)
		return err;
	return tgid <= 0 ? -EINVAL : send_to_thread(t, tgid, tid, sig, &info);
}
