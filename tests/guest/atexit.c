/* SPDX-License-Identifier: MIT */
/* Ends of a program: atexit in reverse order, flushing, exit's status. */
#include <stdio.h>
#include <stdlib.h>

static void one(void) { puts("one"); }
static void two(void) { puts("two"); atexit(one); }
static void three(void) { printf("three, unflushed"); }

int main(void)
{
	atexit(three);
	atexit(two);
	for (int i = 0; i < 40; i++)
		atexit(i % 20 ? three : one);
	fputs("main ends ", stdout);
	exit(300 + 7);
}
