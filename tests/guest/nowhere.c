/* SPDX-License-Identifier: MIT */
/* A call through a null pointer, before anything else went wrong. */
#include <stdio.h>

static void (*volatile nowhere)(void);

int main(void)
{
	puts("last words");
	fflush(stdout);
	nowhere();
	puts("not reached");
	return 0;
}
