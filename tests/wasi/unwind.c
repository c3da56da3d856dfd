/* SPDX-License-Identifier: MIT */
/* longjmp() out of functions, out of qsort(), out of handlers; handlers that return; faults. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { TIMES = 30000 };
static jmp_buf out;
static sigjmp_buf out_of_handler;
static volatile int handled;

static int deep(int n, int value)
{
	if (!n)
		longjmp(out, value);
	return deep(n - 1, value) + 1;
}

static int compare(const void *a, const void *b)
{
	static int calls;

	if (++calls % 50 == 0)
		longjmp(out, 7);
	return *(const int *)a - *(const int *)b;
}

static void count(int sig) { handled += sig; }
static void leave(int sig) { siglongjmp(out_of_handler, sig); }

int main(int argc, char **argv)
{
	volatile long sum = 0;
	volatile int left = argc > 1 ? atoi(argv[1]) : 0, faults = 0;
	int numbers[100];

	for (volatile int i = 1; i <= TIMES; i++) {
		int r = setjmp(out);
		if (!r)
			deep(i % 20, i);
		sum += r;
	}
	printf("from functions: %ld\n", sum);
	for (volatile int i = 0; i < TIMES / 10; i++) {
		for (int k = 0; k < 100; k++)
			numbers[k] = (k * 7919 + i) % 1000;
		if (!setjmp(out))
			qsort(numbers, 100, sizeof *numbers, compare);
		else
			sum++;
	}
	printf("from qsort: %ld\n", sum);
	signal(SIGUSR1, count);
	for (int i = 0; i < TIMES; i++)
		raise(SIGUSR1);
	printf("handled: %d\n", handled);
	signal(SIGUSR2, leave);
	for (volatile int i = 0; i < TIMES; i++)
		if (!sigsetjmp(out_of_handler, 1))
			raise(SIGUSR2);
		else
			sum++;
	printf("from handlers: %ld\n", sum);
	signal(SIGSEGV, leave);
	while (left--)
		if (!sigsetjmp(out_of_handler, 1))
			*(volatile int *)(long)(left & 1 ? 0 : 0x12345678) = 1;
		else
			faults++;
	printf("faults: %d\n", faults);
	return 3;
}
