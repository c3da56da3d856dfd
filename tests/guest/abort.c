/* SPDX-License-Identifier: MIT */
/* abort: dies by SIGABRT though its handler returns. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void handler(int sig) { printf("caught %d\n", sig); fflush(stdout); }

int main(void)
{
	signal(SIGABRT, handler);
	setvbuf(stdout, NULL, _IOFBF, 4096);
	puts("before");
	fflush(stdout);
	puts("flushed by the handler");
	abort();
}
