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

SYSCALL(rt_sigaction, int, sig, u64, new_va, u64, old_va, u64, size)
{
	struct abi_sigaction new, old;

	if (size != SIGSET_SIZE)
		return -EINVAL;
	if (new_va && copy_in(t, &new, new_va, sizeof(new)))
		return -EFAULT;
	if (!valid_signal(sig) || (new_va && (sig == SIGKILL || sig == SIGSTOP)))
		return -EINVAL;
	lock(&t->sighand.lock);
	old = t->sighand.action[sig];
	if (new_va) {
		new.mask = blockable(new.mask);
		t->sighand.action[sig] = new;
		/* POSIX: ignoring a pending signal discards it. */
		if (new.handler == SIG_IGN || (new.handler == SIG_DFL && signal_does_nothing(sig)))
			t->pending.set &= ~SIG_BIT(sig);
	}
	unlock(&t->sighand.lock);
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
	u64 set = t->pending.set & t->sigmask;

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
	return signal_sleep(t, -1);
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
	/* While waiting, the signals of the set end the sleep as unblocked ones do. */
	u64 mask = t->sigmask;
	t->sigmask &= ~set;
	int sig = 0;
	err = signal_sleep(t, timeout);
	if (err)
		sig = signal_take(t, set, &info);
	t->sigmask = mask;
	if (!sig)
		return err ? err : -EAGAIN;
	return info_va && copy_out(t, info_va, &info, sizeof(info)) ? -EFAULT : sig;
}

SYSCALL(sigaltstack, u64, new_va, u64, old_va)
{
	struct abi_stack new, old = t->sigstack;
	u64 sp;

	host_copy_in(&sp, CPU_BASE + offsetof(struct cpu, x) + 8 * X_SP, sizeof(sp));
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

static void send_self(struct task *t, int sig, s32 code)
{
	struct abi_siginfo info = { .signo = sig, .code = code };

	info.kill.pid = t->pid;
	info.kill.uid = t->creds.uid;
	if (sig)
		signal_send(t, sig, &info);
}

SYSCALL(kill, int, pid, int, sig)
{
	if (sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	if (pid == t->pid || !pid || pid == -t->pgid) {
		send_self(t, sig, SI_USER);
		return 0;
	}
	/* -1 would be every process of the machine. */
	return pid == -1 ? -EPERM : host_kill(pid, sig);
}

static s64 thread_kill(struct task *t, int tgid, int tid, int sig)
{
	if (tid <= 0 || sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	if (tid != t->pid || tgid != t->pid)
		return -ESRCH;
	send_self(t, sig, SI_TKILL);
	return 0;
}

SYSCALL(tkill, int, tid, int, sig) { return thread_kill(t, t->pid, tid, sig); }

SYSCALL(tgkill, int, tgid, int, tid, int, sig)
{
	return tgid <= 0 ? -EINVAL : thread_kill(t, tgid, tid, sig);
}

SYSCALL(rt_sigqueueinfo, int, pid, int, sig, u64, info_va)
{
	struct abi_siginfo info;

	if (copy_in(t, &info, info_va, sizeof(info)))
		return -EFAULT;
	if (pid != t->pid)
		return info.code >= 0 || info.code == SI_TKILL ? -EPERM : -ESRCH;
	if (sig < 0 || sig > SIG_COUNT)
		return -EINVAL;
	info.signo = sig;
	if (sig)
		signal_send(t, sig, &info);
	return 0;
}
