/* SPDX-License-Identifier: MIT */
/*
 * Host imports on time, chance, identity, and the end.
 */
#include "wasi.h"

static s64 clock_of(u32 id)
{
	u64 now;
	s32 err = wasi_clock_time_get(id, 1, &now);

	return err ? negated(err) : (s64)now;
}

/* Engines without a clock of the CPU's time say how long the program has been there. */
static s64 cpu_time(void)
{
	static s64 start;
	s64 t = clock_of(WASI_PROCESS_CPUTIME);

	if (t >= 0)
		return t;
	t = clock_of(WASI_MONOTONIC);
	start = start ? start : t;
	return t - start;
}

s64 host_clock(s32 id)
{
	switch (id) {
	case 0: return clock_of(WASI_REALTIME);
	case 1: return clock_of(WASI_MONOTONIC);
	case 2: return cpu_time();
	case 3: return 0;
	}
	return -EINVAL;
}

s32 host_random(void *buf, s32 len) { return negated(wasi_random_get(buf, len)); }

s32 host_id(s32 what)
{
	enum { CPUS = 9, PEAK_KIB = 10 };

	if (what == CPUS)
		return 1;
	if (what == PEAK_KIB)
		return __builtin_wasm_memory_size(0) * 64;
	return -ENOSYS;              /* so it is process 1, and root's */
}

s32 host_groups(void *buf, s32 cap)
{
	(void)buf, (void)cap;
	return 0;
}

s32 host_kill(s32 pid, s32 sig)
{
	(void)pid, (void)sig;
	return -ENOSYS;
}

void host_exit(s32 status) { wasi_proc_exit(status); }

/* What a shell makes of it. */
void host_exit_signal(s32 sig) { wasi_proc_exit(128 + sig); }
