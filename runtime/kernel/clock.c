/* SPDX-License-Identifier: MIT */
/*
 * Clocks, sleeping, CPU times.
 */
#include "clock.h"

#include "entry.h"
#include "host_imports.h"
#include "signal.h"
#include "sys.h"

enum { HOST_REALTIME, HOST_MONOTONIC, HOST_CPU, HOST_CPU_SYSTEM };
enum { COARSE_NS = 4 * NS_PER_MS };

s64 clock_now(int id)
{
	return host_clock(id == CLOCK_REALTIME ? HOST_REALTIME : HOST_MONOTONIC);
}

KERNEL_EXPORT(kernel_nanoseconds)
int64_t kernel_nanoseconds(void)
{
	return clock_now(CLOCK_MONOTONIC);
}

int timespec_ns(const struct abi_timespec *ts, s64 *ns)
{
	if (ts->sec < 0 || ts->nsec < 0 || ts->nsec >= NS_PER_S)
		return -EINVAL;
	/* Longer than 292 years is for ever. */
	*ns = ts->sec > INT64_MAX / NS_PER_S - 1 ? INT64_MAX : ts->sec * NS_PER_S + ts->nsec;
	return 0;
}

struct abi_timespec ns_timespec(s64 ns)
{
	return (struct abi_timespec){ ns / NS_PER_S, ns % NS_PER_S };
}

int get_timeout(struct task *t, u64 va, s64 *ns)
{
	struct abi_timespec ts;

	*ns = -1;
	if (!va)
		return 0;
	int err = copy_in(t, &ts, va, sizeof(ts));
	return err ? err : timespec_ns(&ts, ns);
}

/*
 * The host's clock behind a clock id, or -1.  Negative ids are CPU clocks of a
 * process or thread (clock_getcpuclockid): of ourselves only.
 */
static int host_clock_of(struct task *t, int id)
{
	switch (id) {
	case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: case CLOCK_REALTIME_ALARM: case CLOCK_TAI:
		return HOST_REALTIME;
	case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME: case CLOCK_BOOTTIME_ALARM:
		return HOST_MONOTONIC;
	case CLOCK_PROCESS_CPUTIME_ID: case CLOCK_THREAD_CPUTIME_ID:
		return HOST_CPU;
	}
	s32 pid = ~(id >> 3);
	return id < 0 && (id & 3) < 3 && task_find(t, pid) ? HOST_CPU : -1;
}

SYSCALL(clock_gettime, int, id, u64, out)
{
	int which = host_clock_of(t, id);

	if (which < 0)
		return -EINVAL;
	struct abi_timespec ts = ns_timespec(host_clock(which));
	return copy_out(t, out, &ts, sizeof(ts));
}

SYSCALL(clock_getres, int, id, u64, out)
{
	if (host_clock_of(t, id) < 0)
		return -EINVAL;
	bool coarse = id == CLOCK_REALTIME_COARSE || id == CLOCK_MONOTONIC_COARSE;
	struct abi_timespec ts = { 0, coarse ? COARSE_NS : 1 };
	return out ? copy_out(t, out, &ts, sizeof(ts)) : 0;
}

SYSCALL(clock_settime, int, id, u64, in)
{
	struct abi_timespec ts;
	s64 ns;

	if (id != CLOCK_REALTIME)
		return -EINVAL;
	int err = copy_in(t, &ts, in, sizeof(ts));
	return err ? err : timespec_ns(&ts, &ns) ? -EINVAL : -EPERM;
}

SYSCALL(settimeofday, u64, tv, u64, tz)
{
	(void)tz;
	return tv ? -EPERM : 0;
}

SYSCALL(gettimeofday, u64, tv_va, u64, tz_va)
{
	s64 now = clock_now(CLOCK_REALTIME);
	struct abi_timeval tv = { now / NS_PER_S, now % NS_PER_S / NS_PER_US };

	if (tv_va && copy_out(t, tv_va, &tv, sizeof(tv)))
		return -EFAULT;
	return tz_va ? user_zero(t, tz_va, 8) : 0;
}

/* Sleep until `end` of a clock. */
static s64 sleep_until(struct task *t, int which, s64 end, u64 left_va)
{
	for (;;) {
		s64 left = end - host_clock(which);
		if (left <= 0)
			return 0;
		int err = sleep_for(t, left);
		if (!err)
			continue;
		if (err == -ESWITCH)
			return err;
		left = end - host_clock(which);
		struct abi_timespec ts = ns_timespec(left > 0 ? left : 0);
		if (left_va && copy_out(t, left_va, &ts, sizeof(ts)))
			return -EFAULT;
		return -EINTR;
	}
}

SYSCALL(nanosleep, u64, in, u64, left_va)
{
	struct abi_timespec ts;
	s64 ns;
	int err = copy_in(t, &ts, in, sizeof(ts));

	if (!err)
		err = timespec_ns(&ts, &ns);
	if (err)
		return err;
	return sleep_until(t, HOST_MONOTONIC, add_time(call_started(t), ns), left_va);
}

SYSCALL(clock_nanosleep, int, id, u32, flags, u64, in, u64, left_va)
{
	struct abi_timespec ts;
	int which = host_clock_of(t, id);
	s64 end;

	if (which < 0 || id == CLOCK_THREAD_CPUTIME_ID)
		return -EINVAL;
	if (which == HOST_CPU || id == CLOCK_MONOTONIC_RAW || id == CLOCK_REALTIME_COARSE ||
	    id == CLOCK_MONOTONIC_COARSE)
		return -EOPNOTSUPP;
	int err = copy_in(t, &ts, in, sizeof(ts));
	if (!err)
		err = timespec_ns(&ts, &end);
	if (err)
		return err;
	if (flags & TIMER_ABSTIME)
		return sleep_until(t, which, end, 0);
	return sleep_until(t, HOST_MONOTONIC, add_time(call_started(t), end), left_va);
}

static struct abi_timeval ns_timeval(s64 ns)
{
	return (struct abi_timeval){ ns / NS_PER_S, ns % NS_PER_S / NS_PER_US };
}

SYSCALL(times, u64, out)
{
	const s64 tick = NS_PER_S / CLK_TCK;
	s64 all = host_clock(HOST_CPU), system = host_clock(HOST_CPU_SYSTEM);
	struct abi_tms tms = { (all - system) / tick, system / tick, 0, 0 };

	if (out && copy_out(t, out, &tms, sizeof(tms)))
		return -EFAULT;
	return host_clock(HOST_MONOTONIC) / tick;
}

SYSCALL(getrusage, int, who, u64, out)
{
	enum { RUSAGE_CHILDREN = -1, RUSAGE_SELF, RUSAGE_THREAD };
	struct abi_rusage ru = { 0 };

	if (who < RUSAGE_CHILDREN || who > RUSAGE_THREAD)
		return -EINVAL;
	if (who != RUSAGE_CHILDREN) {
		s64 all = host_clock(HOST_CPU), system = host_clock(HOST_CPU_SYSTEM), peak = host_id(10);
		ru.utime = ns_timeval(all - system);
		ru.stime = ns_timeval(system);
		ru.maxrss = peak > 0 ? peak : 0;
	}
	return copy_out(t, out, &ru, sizeof(ru));
}
