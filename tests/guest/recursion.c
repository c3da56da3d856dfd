/* SPDX-License-Identifier: MIT */
/* Recursion: deep, mutual, wide, with large frames. */
#include <stdio.h>
#include <string.h>

static __attribute__((noinline)) unsigned ackermann(unsigned m, unsigned n)
{
	return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static __attribute__((noinline)) long deep(long n)
{
	volatile long keep = n;

	return n == 0 ? 0 : deep(n - 1) + keep % 7;
}

static int is_odd(unsigned n);
static __attribute__((noinline)) int is_even(unsigned n) { return n == 0 ? 1 : is_odd(n - 1); }
static __attribute__((noinline)) int is_odd(unsigned n) { return n == 0 ? 0 : is_even(n - 1); }

static __attribute__((noinline)) int framed(int n)
{
	char buffer[2000];

	memset(buffer, n, sizeof buffer);
	int below = n ? framed(n - 1) : 0;
	return below + buffer[n % 2000];
}

static void hanoi(int n, int from, int to, int via, long *moves, unsigned *hash)
{
	if (n == 0)
		return;
	hanoi(n - 1, from, via, to, moves, hash);
	++*moves;
	*hash = *hash * 31 + from * 4 + to;
	hanoi(n - 1, via, to, from, moves, hash);
}

int main(void)
{
	long moves = 0;
	unsigned hash = 0;

	printf("%u\n", ackermann(2, 300));
	printf("%u\n", ackermann(3, 6));
	printf("%ld\n", deep(50000));
	printf("%d %d\n", is_even(30000), is_odd(30001));
	printf("%d\n", framed(3000));
	hanoi(14, 1, 3, 2, &moves, &hash);
	printf("%ld %x\n", moves, hash);
	return 0;
}
