/* SPDX-License-Identifier: MIT */
/* Death by a signal that cannot be caught. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	puts("last words");
	fflush(stdout);
	kill(getpid(), SIGKILL);
	puts("not reached");
	return 0;
}
