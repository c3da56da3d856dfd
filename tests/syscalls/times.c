/* SPDX-License-Identifier: MIT */
/* Clocks and sleeping. */
#include "check.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

static double now(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return ts.tv_sec + ts.tv_nsec * 1e-9;
}

int main(void)
{
	struct timespec ts = { 0, 30000000 }, out;
	struct timeval tv;
	struct rusage ru;
	struct tms tms;
	double a = now(CLOCK_MONOTONIC), b = now(CLOCK_REALTIME);

	R(nanosleep(&ts, NULL));
	double passed = now(CLOCK_MONOTONIC) - a;
	SAY("slept %d\n", passed >= 0.03 && passed < 2);
	SAY("real %d\n", now(CLOCK_REALTIME) - b >= 0.029 && b > 1.6e9 && b < 4e9);
	ts.tv_nsec = 1000000000;
	R(nanosleep(&ts, NULL));
	ts.tv_sec = -1;
	ts.tv_nsec = 0;
	R(nanosleep(&ts, NULL));
	R(syscall(SYS_nanosleep, 8, 0));
	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += 10000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	R(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL));
	SAY("late enough %d\n", now(CLOCK_MONOTONIC) >= ts.tv_sec + ts.tv_nsec * 1e-9);
	R(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &(struct timespec){ 1, 0 }, NULL));
	R(syscall(SYS_clock_nanosleep, 55, 0, &ts, NULL));
	R(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &out));
	R(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &out));
	R(clock_gettime(CLOCK_BOOTTIME, &out));
	R(clock_gettime(CLOCK_MONOTONIC_RAW, &out));
	R(clock_gettime(55, &out));
	R(syscall(SYS_clock_gettime, CLOCK_REALTIME, 8));
	R(clock_getres(CLOCK_MONOTONIC, &out));
	SAY("%ld %ld\n", (long)out.tv_sec, out.tv_nsec);
	R(clock_getres(55, &out));
	R(clock_getres(CLOCK_REALTIME, NULL));
	clockid_t mine;
	R(clock_getcpuclockid(0, &mine));
	R(clock_gettime(mine, &out));
	R(gettimeofday(&tv, NULL));
	SAY("close %d\n", tv.tv_sec + 2 > (long)b && tv.tv_sec < (long)b + 60);
	OK(times(&tms));
	SAY("%d %ld %ld\n", tms.tms_utime >= 0, (long)tms.tms_cutime, (long)tms.tms_cstime);
	R(getrusage(RUSAGE_SELF, &ru));
	SAY("%d\n", ru.ru_maxrss > 0);
	R(getrusage(RUSAGE_CHILDREN, &ru));
	SAY("%ld\n", (long)ru.ru_utime.tv_sec);
	R(getrusage(5, &ru));
	SAY("clock %d\n", clock() >= 0);
	return 0;
}
