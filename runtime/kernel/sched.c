/* SPDX-License-Identifier: MIT */
/*
 * Scheduling, futexes, and the calls about threads and children, for a process
 * with one thread and none: there is never anybody to wake or to wait for.
 */
#include "clock.h"
#include "host_imports.h"
#include "signal.h"
#include "sys.h"

/* --- futex(2) --------------------------------------------------------------- */

enum {
	FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_REQUEUE = 3, FUTEX_CMP_REQUEUE = 4,
	FUTEX_WAIT_BITSET = 9, FUTEX_WAKE_BITSET = 10,
	FUTEX_PRIVATE = 128, FUTEX_CLOCK_REALTIME = 256,
};

/* A wait that nobody will end: until the time is up, or a signal. */
static s64 wait_alone(struct task *t, u64 timeout_va, int clock, bool absolute)
{
	s64 timeout;
	int err = get_timeout(t, timeout_va, &timeout);

	if (err)
		return err;
	if (timeout >= 0 && absolute)
		timeout = max_u64(timeout, clock_now(clock)) - clock_now(clock);
	err = signal_sleep(t, timeout);
	return !err ? -ETIMEDOUT : timeout < 0 ? -ERESTARTSYS : -EINTR;
}

SYSCALL(futex, u64, va, u32, op, u32, value, u64, timeout, u64, va2, u32, value3)
{
	u32 command = op & ~(FUTEX_PRIVATE | FUTEX_CLOCK_REALTIME), now;
	int clock = op & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;

	(void)va2;
	if (va & 3)
		return -EINVAL;
	switch (command) {
	case FUTEX_WAIT: case FUTEX_WAIT_BITSET:
		if (command == FUTEX_WAIT_BITSET && !value3)
			return -EINVAL;
		if (copy_in(t, &now, va, sizeof(now)))
			return -EFAULT;
		if (now != value)
			return -EAGAIN;
		return wait_alone(t, timeout, clock, command == FUTEX_WAIT_BITSET);
	case FUTEX_WAKE_BITSET:
		if (!value3)
			return -EINVAL;
		return 0;
	case FUTEX_WAKE: case FUTEX_REQUEUE:
		return 0;
	case FUTEX_CMP_REQUEUE:
		if (copy_in(t, &now, va, sizeof(now)))
			return -EFAULT;
		return now == value3 ? 0 : -EAGAIN;
	}
	return -ENOSYS;
}

SYSCALL(set_tid_address, u64, va)
{
	t->clear_child_tid = va;
	return t->pid;
}

SYSCALL(set_robust_list, u64, head, u64, len)
{
	if (len != 24)
		return -EINVAL;
	t->robust_list = head;
	return 0;
}

SYSCALL(membarrier, int, cmd, u32, flags, int, cpu)
{
	enum { QUERY = 0, GLOBAL = 1, PRIVATE_EXPEDITED = 8, REGISTER_PRIVATE_EXPEDITED = 16 };

	(void)cpu;
	if (flags)
		return -EINVAL;
	if (cmd == QUERY)
		return GLOBAL | PRIVATE_EXPEDITED | REGISTER_PRIVATE_EXPEDITED;
	return cmd == GLOBAL || cmd == PRIVATE_EXPEDITED || cmd == REGISTER_PRIVATE_EXPEDITED ? 0 : -EINVAL;
}

/* --- children: there are none ---------------------------------------------------- */

SYSCALL(wait4, int, pid, u64, status, int, options, u64, usage)
{
	/* WNOHANG, WUNTRACED, WCONTINUED and the __W flags. */
	const u32 known = 1 | 2 | 8 | 0xe0000000;

	(void)pid, (void)status, (void)usage;
	return options & ~known ? -EINVAL : -ECHILD;
}

SYSCALL(waitid, int, which, int, pid, u64, info, int, options, u64, usage)
{
	enum { WSTOPPED = 2, WEXITED = 4, WCONTINUED = 8 };

	(void)info, (void)usage;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)) || which < 0 || which > 3 || (which == 1 && pid <= 0))
		return -EINVAL;
	return -ECHILD;
}

/* --- scheduling --------------------------------------------------------------- */

enum { SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_IDLE = 5, SCHED_DEADLINE };

static bool is_us(struct task *t, int pid) { return !pid || pid == t->pid; }

static u32 cpu_count(void)
{
	s32 n = host_id(9);

	return n < 1 ? 1 : n > 64 ? 64 : n;
}

SYSCALL(sched_yield) { return 0; }

SYSCALL(sched_getaffinity, int, pid, u32, size, u64, out)
{
	u32 n = cpu_count();
	u64 mask = n == 64 ? ~0ull : (1ull << n) - 1;

	if (size < sizeof(mask) || size % sizeof(mask))
		return -EINVAL;
	if (!is_us(t, pid))
		return -ESRCH;
	int err = copy_out(t, out, &mask, sizeof(mask));
	return err ? err : (s64)sizeof(mask);
}

SYSCALL(sched_setaffinity, int, pid, u32, size, u64, in)
{
	u64 mask = 0;

	if (copy_in(t, &mask, in, min_u64(size, sizeof(mask))))
		return -EFAULT;
	if (!is_us(t, pid))
		return -ESRCH;
	return mask & (~0ull >> (64 - cpu_count())) ? 0 : -EINVAL;
}

SYSCALL(sched_getscheduler, int, pid) { return pid < 0 ? -EINVAL : is_us(t, pid) ? SCHED_OTHER : -ESRCH; }

SYSCALL(sched_setscheduler, int, pid, int, policy, u64, param_va)
{
	s32 priority;

	if (pid < 0 || policy < 0)
		return -EINVAL;
	if (copy_in(t, &priority, param_va, sizeof(priority)))
		return -EFAULT;
	if (!is_us(t, pid))
		return -ESRCH;
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return priority >= 1 && priority <= 99 ? -EPERM : -EINVAL;
	return policy == SCHED_OTHER && !priority ? 0 : -EINVAL;
}

SYSCALL(sched_getparam, int, pid, u64, out)
{
	if (pid < 0)
		return -EINVAL;
	return is_us(t, pid) ? user_zero(t, out, 4) : -ESRCH;
}

static s64 priority_limit(int policy, s64 real_time)
{
	bool plain = policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE ||
	             policy == SCHED_DEADLINE;

	return policy == SCHED_FIFO || policy == SCHED_RR ? real_time : plain ? 0 : -EINVAL;
}

SYSCALL(sched_get_priority_max, int, policy) { return priority_limit(policy, 99); }
SYSCALL(sched_get_priority_min, int, policy) { return priority_limit(policy, 1); }

/* The call's own numbers run from 40 (nice -20) to 1 (nice 19). */
SYSCALL(getpriority, int, which, int, who)
{
	if (which < 0 || which > 2)
		return -EINVAL;
	return which == 0 && !is_us(t, who) ? -ESRCH : 20;
}

SYSCALL(setpriority, int, which, int, who, int, nice)
{
	if (which < 0 || which > 2)
		return -EINVAL;
	if (which == 0 && !is_us(t, who))
		return -ESRCH;
	return !nice ? 0 : nice < 0 ? -EACCES : -EPERM;
}

SYSCALL(getcpu, u64, cpu, u64, node, u64, cache)
{
	(void)cache;
	if ((cpu && user_zero(t, cpu, 4)) || (node && user_zero(t, node, 4)))
		return -EFAULT;
	return 0;
}
