/* SPDX-License-Identifier: MIT */
/*
 * Time as the kernel uses it: nanoseconds in s64.
 */
#ifndef KERNEL_CLOCK_H
#define KERNEL_CLOCK_H

#include "task.h"

/* CLOCK_REALTIME or CLOCK_MONOTONIC. */
s64 clock_now(int id);
/* 0 and *ns, or -EINVAL for what is no valid duration. */
int timespec_ns(const struct abi_timespec *ts, s64 *ns);
struct abi_timespec ns_timespec(s64 ns);
/* `from`, ns >= 0 later; the end of time where that is beyond it. */
static inline s64 add_time(s64 from, s64 ns)
{
	s64 end;

	return __builtin_add_overflow(from, ns, &end) ? INT64_MAX : end;
}
/* An optional timeout in program memory; *ns = -1 for a NULL pointer. */
int get_timeout(struct task *t, u64 va, s64 *ns);

/* timer.c: queue SIGALRM if the real-time timer has run out. */
void timer_check(struct task *t);
/* Nanoseconds until it does, or -1. */
s64 timer_left(struct task *t);

#endif
