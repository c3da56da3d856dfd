/* SPDX-License-Identifier: MIT */
/*
 * Scheduling, memory barriers, and children, which a process has none of.
 */
#include "clock.h"
#include "host_imports.h"
#include "signal.h"
#include "sys.h"

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

static bool is_us(struct task *t, int pid) { return task_find(t, pid); }

/* All threads of a process take turns on the first one. */
enum { PROCESSORS = 1 };

SYSCALL(sched_yield) { return sleep_yield(t); }

SYSCALL(sched_getaffinity, int, pid, u32, size, u64, out)
{
	const u64 mask = PROCESSORS;

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
	return mask & PROCESSORS ? 0 : -EINVAL;
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
