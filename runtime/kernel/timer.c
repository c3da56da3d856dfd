/* SPDX-License-Identifier: MIT */
/*
 * setitimer(ITIMER_REAL), and so alarm(): a deadline that system calls look at.
 */
#include "clock.h"
#include "signal.h"
#include "sys.h"

void timer_check(struct task *t)
{
	struct real_timer *timer = &t->process->timer;

	if (!timer->expires)
		return;
	s64 now = clock_now(CLOCK_MONOTONIC);
	if (now < timer->expires)
		return;
	/* Periods that were missed are not made up for: SIGALRM is merged anyway. */
	timer->expires = timer->interval ? now + timer->interval - (now - timer->expires) % timer->interval : 0;
	signal_send_process(t, SIGALRM, &(struct abi_siginfo){ .signo = SIGALRM, .code = SI_KERNEL });
}

s64 timer_left(struct task *t)
{
	if (!t->process->timer.expires)
		return -1;
	s64 left = t->process->timer.expires - clock_now(CLOCK_MONOTONIC);
	return left > 0 ? left : 0;
}

static struct abi_timeval to_timeval(s64 ns)
{
	/* Never 0 while the timer runs: that would say it is off. */
	s64 us = ns > 0 && ns < NS_PER_US ? 1 : ns / NS_PER_US;

	return (struct abi_timeval){ us / 1000000, us % 1000000 };
}

static int get_value(struct task *t, int which, u64 va)
{
	struct abi_itimerval value = { 0 };

	if (which == ITIMER_REAL && t->process->timer.expires) {
		s64 left = timer_left(t);
		value.value = to_timeval(left ? left : 1);
		value.interval = to_timeval(t->process->timer.interval);
	}
	return copy_out(t, va, &value, sizeof(value));
}

static bool valid(const struct abi_timeval *tv)
{
	return tv->sec >= 0 && tv->usec >= 0 && tv->usec < 1000000;
}

static s64 to_ns(const struct abi_timeval *tv)
{
	return tv->sec > INT64_MAX / NS_PER_S / 2 ? INT64_MAX / 2 : tv->sec * NS_PER_S + tv->usec * NS_PER_US;
}

SYSCALL(getitimer, int, which, u64, out)
{
	return which < ITIMER_REAL || which > ITIMER_PROF ? -EINVAL : get_value(t, which, out);
}

SYSCALL(setitimer, int, which, u64, in, u64, old)
{
	struct abi_itimerval value = { 0 };
	int err = in ? copy_in(t, &value, in, sizeof(value)) : 0;

	if (err)
		return err;
	if (!valid(&value.value) || !valid(&value.interval) || which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	s64 ns = to_ns(&value.value);
	if (which != ITIMER_REAL && ns)
		return -ENOSYS;
	if (old && get_value(t, which, old))
		return -EFAULT;
	if (which == ITIMER_REAL) {
		t->process->timer.expires = ns ? clock_now(CLOCK_MONOTONIC) + ns : 0;
		t->process->timer.interval = to_ns(&value.interval);
	}
	return 0;
}
