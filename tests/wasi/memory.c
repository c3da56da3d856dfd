/* SPDX-License-Identifier: MIT */
/* What the kernel holds (full pipes) and what the program holds grow in turns, and neither touches the other's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIPES = 100, SIZE = 60000, BIG = 100 << 20 };

static int count_other(const char *at, int size, char expected)
{
	int n = 0;

	for (int i = 0; i < size; i++)
		n += at[i] != expected;
	return n;
}

int main(void)
{
	static char buf[SIZE];
	static int pipes[PIPES][2];
	static char *held[PIPES], *pages[PIPES];
	int bad = 0;

	for (int i = 0; i < PIPES; i++) {
		memset(buf, i, SIZE);
		if (pipe(pipes[i]) || write(pipes[i][1], buf, SIZE) != SIZE)
			return 1;
		held[i] = memset(malloc(1000 * i), i, 1000 * i);
		pages[i] = sbrk(4096);
		if (pages[i] != (void *)-1)
			memset(pages[i], i, 4096);
	}
	char *big = mmap(NULL, BIG, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	bad += count_other(big, BIG, 0);
	memset(big, -1, BIG);
	for (int i = 0; i < PIPES; i++) {
		bad += read(pipes[i][0], buf, SIZE) != SIZE;
		bad += count_other(buf, SIZE, i) + count_other(held[i], 1000 * i, i);
		bad += pages[i] != (void *)-1 ? count_other(pages[i], 4096, i) : 0;
	}
	printf("bad: %d\n", bad);
	return bad != 0;
}
