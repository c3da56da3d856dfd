/* SPDX-License-Identifier: MIT */
/* Time: calendars are exact, clocks go forward. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
	static const time_t when[] = { 0, 951782400, 1700000000, 4102444800, -1, 68256000 };
	char text[100];
	struct tm tm;

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	for (unsigned i = 0; i < sizeof when / sizeof *when; i++) {
		gmtime_r(&when[i], &tm);
		strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %j %U %y %p", &tm);
		printf("%s | ", text);
		localtime_r(&when[i], &tm);
		strftime(text, sizeof text, "%c %Z %z %s", &tm);
		printf("%s %d\n", text, mktime(&tm) == when[i]);
	}
	tm = (struct tm){ .tm_year = 120, .tm_mon = 13, .tm_mday = 40, .tm_hour = 25, .tm_isdst = -1 };
	printf("%ld %s", (long)mktime(&tm), asctime(&tm));
	const char *rest = strptime("2021-07-04 12:34 left", "%Y-%m-%d %H:%M", &tm);
	printf("[%s] %d %d\n", rest, tm.tm_mon, tm.tm_min);

	struct timespec a, b, pause = { 0, 20000000 };
	clock_gettime(CLOCK_MONOTONIC, &a);
	printf("%d\n", nanosleep(&pause, NULL));
	clock_gettime(CLOCK_MONOTONIC, &b);
	long ms = (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
	printf("%d %d\n", ms >= 19, ms < 2000);
	struct timeval tv;
	gettimeofday(&tv, NULL);
	printf("%d %d %d\n", tv.tv_sec > 1600000000, labs(time(NULL) - tv.tv_sec) <= 1, clock() >= 0);
	printf("%d\n", clock_getres(CLOCK_REALTIME, &a) == 0 && a.tv_nsec > 0);
	return 0;
}
