/* SPDX-License-Identifier: MIT */
/*
 * Fibonacci numbers by plain recursion: calls and returns, nothing else.
 */
#include "kernel.h"

static __attribute__((noinline)) u64 fib(unsigned n)
{
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static u64 run(unsigned n)
{
	u64 sum = 0;

	while (n--)
		sum = mix(sum, fib(27 + (n & 1)));
	return sum;
}

KERNEL("fib", 8)
