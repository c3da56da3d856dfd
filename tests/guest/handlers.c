/* SPDX-License-Identifier: MIT */
/*
 * Handlers that step over the trap that they were called for, as programs do
 * that ask what a processor can, and handlers that use longjmp() among
 * themselves and then return.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <ucontext.h>

#define NOINLINE __attribute__((noinline))

static volatile int stepped, jumped;
static jmp_buf inner;

static void step_over(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)info;
	((ucontext_t *)context)->uc_mcontext.pc += 4;
	stepped++;
}

NOINLINE static void fail(void) { longjmp(inner, 1); }
static void try(int sig)
{
	(void)sig;
	if (!setjmp(inner))
		fail();
	else
		jumped++;
}

NOINLINE static long always(long x) { __asm__ volatile("brk #3" ::: "memory"); return x * 3; }
NOINLINE static long sometimes(long x)
{
	long k = x * 5, j = x * 7;

	if (x & 1)
		__asm__ volatile("brk #3" ::: "memory");
	return k - j * 2;
}
NOINLINE static long undefined(long x)
{
	long r = x;

	__asm__ volatile(".inst 0x00000011\n\tmov %0, #5" : "+r"(r) :: "memory");
	return r + x;
}

NOINLINE static long use(long a, long b)
{
	long x = a * 7, y = b * 11;

	for (int i = 0; i < 3; i++) {
		x += always(y);
		y += sometimes(a + i) + undefined(x);
	}
	return x * 1000 + y;
}

NOINLINE static long interrupted(long a, long b)
{
	long x = a * 7, y = b * 11;

	for (int i = 0; i < 3; i++) {
		raise(SIGUSR1);
		x += y;
		y += a;
	}
	return x * 1000 + y;
}

int main(int argc, char **argv)
{
	struct sigaction step = { .sa_sigaction = step_over, .sa_flags = SA_SIGINFO };
	long sum = 0;

	(void)argv;
	sigaction(SIGTRAP, &step, NULL);
	sigaction(SIGILL, &step, NULL);
	signal(SIGUSR1, try);
	for (int i = 0; i < 3; i++)
		printf("%ld %d\n", use(argc + i, i), stepped);
	for (int i = 0; i < 3; i++) {
		sum += interrupted(argc + i, i);
		printf("%ld %d\n", sum, jumped);
	}
	return 0;
}
