/* SPDX-License-Identifier: MIT */
/*
 * Host imports on terminals, time, chance, identity, and the end.
 */
#define _GNU_SOURCE
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "native.h"

enum { TCGETS_REQUEST = 0x5401, TCSETS_REQUEST = 0x5402 };

int32_t host_tty_size(int32_t file, void *out) { return negate(ioctl(file, TIOCGWINSZ, out)); }
int32_t host_tty_get(int32_t file, void *out) { return negate(ioctl(file, TCGETS_REQUEST, out)); }
int32_t host_tty_set(int32_t file, int32_t when, const void *in) { return negate(ioctl(file, TCSETS_REQUEST + when, in)); }

static int64_t timeval_ns(struct timeval tv) { return tv.tv_sec * 1000000000ll + tv.tv_usec * 1000ll; }

int64_t host_clock(int32_t id)
{
	static const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID };
	struct timespec ts;
	struct rusage ru;

	if (id == 3)
		return getrusage(RUSAGE_SELF, &ru) ? -errno : timeval_ns(ru.ru_stime);
	if (id < 0 || id > 3)
		return -EINVAL;
	if (clock_gettime(clocks[id], &ts))
		return -errno;
	return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

int32_t host_random(void *buf, int32_t len)
{
	return negate(getrandom(buf, (uint32_t)len, 0));
}

static int first_umask;

static int32_t cpu_count(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);
}

static int32_t peak_kib(void)
{
	struct rusage ru;

	return getrusage(RUSAGE_SELF, &ru) ? -errno : (int32_t)ru.ru_maxrss;
}

int32_t host_id(int32_t what)
{
	switch (what) {
	case 0: return getuid();
	case 1: return geteuid();
	case 2: return getgid();
	case 3: return getegid();
	case 4: return getpid();
	case 5: return getppid();
	case 6: return getpgrp();
	case 7: return getsid(0);
	case 8: return first_umask;
	case 9: return cpu_count();
	case 10: return peak_kib();
	}
	return -ENOSYS;
}

int32_t host_groups(void *buf, int32_t cap) { return negate(getgroups(cap, buf)); }
int32_t host_kill(int32_t pid, int32_t sig) { return negate(kill(pid, sig)); }
void host_exit(int32_t status) { _exit(status); }

void host_exit_signal(int32_t sig)
{
	const struct rlimit none = { 0, 0 };
	sigset_t set;

	/* A core of this process would not be the guest's. */
	setrlimit(RLIMIT_CORE, &none);
	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	kill(getpid(), sig);
	_exit(128 + sig);
}

void native_start(void)
{
	first_umask = umask(0);
	/* The guest gets its SIGPIPE from the kernel, by EPIPE. */
	signal(SIGPIPE, SIG_IGN);
}
