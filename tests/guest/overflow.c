/* SPDX-License-Identifier: MIT */
/* Endless recursion dies by SIGSEGV, as it does on Linux with its stack's limit. */
#include <stdio.h>

static __attribute__((noinline)) int endless(volatile int *up)
{
	volatile int here = *up + 1;

	return endless(&here) + here;
}

int main(void)
{
	volatile int start = 0;

	puts("down");
	fflush(stdout);
	return endless(&start);
}
