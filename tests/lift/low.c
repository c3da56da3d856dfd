/* SPDX-License-Identifier: MIT */
/*
 * For low.sh: a program linked below 4 MiB, where the runtime's area is else.
 * It asks for memory around the place where that area is now.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MIB = 1 << 20 };
#define PROT (PROT_READ | PROT_WRITE)
#define KIND (MAP_PRIVATE | MAP_ANONYMOUS)

static int numbers[1000] = { 7, 5, 3 };
static volatile sig_atomic_t seen;

static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void note(int sig) { seen = sig; }

/* Fills, and says so; the pieces before must be as they were. */
static void take(unsigned char *at[], int i, size_t size)
{
	if ((at[i] = mmap(NULL, size, PROT, KIND, -1, 0)) == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	for (size_t k = 0; k < size; k += 4096)
		if (at[i][k]) {
			printf("piece %d is not fresh\n", i);
			exit(1);
		} else {
			at[i][k] = i + 1;
		}
}

int main(int argc, char **argv)
{
	unsigned char *piece[16];
	unsigned sum = 0;

	for (int i = 3; i < 1000; i++)
		numbers[i] = (i * 7919) % 1000;
	qsort(numbers, 1000, sizeof *numbers, by_value);
	printf("%d arguments, %s, %d %d %d, main is low: %d\n", argc, argc > 1 ? argv[1] : "none", numbers[0], numbers[500], numbers[999],
	       (uintptr_t)main < 4 * MIB);
	for (int i = 0; i < 16; i++)
		take(piece, i, 24 * MIB);
	for (int i = 0; i < 16; i++)
		for (int k = 0; k < 24 * MIB; k += 4096)
			sum += piece[i][k] * (k / 4096 + 1u);
	printf("384 MiB: %u\n", sum);
	for (int i = 0; i < 16; i++)
		munmap(piece[i], 24 * MIB);

	/* As far as the heap goes: under qemu it is larger. */
	char *top = (char *)syscall(SYS_brk, 0), *end = top;
	while (end < top + 384 * MIB && (char *)syscall(SYS_brk, end + MIB) == end + MIB) {
		memset(end, 1, MIB);
		end += MIB;
	}
	printf("heap: some %d\n", end > top);
	syscall(SYS_brk, top);

	/* Linux has nothing at 256 MiB.  Here it may be refused, and then what is beside it stays. */
	unsigned char *before = mmap((void *)0xffff000, 4096, PROT, KIND | MAP_FIXED, -1, 0);
	*before = 77;
	unsigned char *fixed = mmap(before, 65536, PROT, KIND | MAP_FIXED, -1, 0);
	if (fixed != MAP_FAILED)
		memset(fixed, 77, 65536);
	printf("beside it: %d\n", *before);
	signal(SIGUSR1, note);
	raise(SIGUSR1);
	printf("signal %d\n", seen);
	return argc > 1 ? atoi(argv[1]) : 0;
}
