/* SPDX-License-Identifier: MIT */
/* How a process ends: by exit status, by signals, by faults.  The argument says which. */
#include "check.h"

#include <signal.h>

static void again(int sig) { (void)sig; write(1, "handler\n", 8); }

static int overflow(int n)
{
	volatile char block[4096];

	block[0] = n;
	return n ? overflow(n - 1) + block[0] : 0;
}

/* rt_sigreturn with a stack pointer to nowhere. */
void return_without_frame(void);
__asm__("return_without_frame:\n mov x9, #0\n mov sp, x9\n mov x8, #139\n svc #0\n");

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	printf("ending by %s\n", how);
	fflush(stdout);
	if (!strcmp(how, "status"))
		exit(300);
	if (!strcmp(how, "abort"))
		abort();
	if (!strcmp(how, "abort-caught")) {
		signal(SIGABRT, again);
		abort();
	}
	if (!strcmp(how, "term"))
		raise(SIGTERM);
	if (!strcmp(how, "kill"))
		kill(getpid(), SIGKILL);
	if (!strcmp(how, "outside"))
		*(volatile char *)0xf0000000 = 1;
	if (!strcmp(how, "ill"))
		__asm__ volatile(".word 0");
	if (!strcmp(how, "brk"))
		__asm__ volatile("brk #1");
	if (!strcmp(how, "overflow"))
		return overflow(10000);
	if (!strcmp(how, "pipe"))
		raise(SIGPIPE);
	if (!strcmp(how, "alarm")) {
		alarm(1);
		pause();
	}
	if (!strcmp(how, "badreturn"))
		return_without_frame();
	return 7;
}
