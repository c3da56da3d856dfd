/* SPDX-License-Identifier: MIT */
/*
 * SIGSEGV and SIGILL handlers: the fault's address, and a way out by
 * siglongjmp; at last the default action.  The addresses are outside of what a
 * process here can have, so that lifted code faults as well.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static sigjmp_buf out;
static void *volatile fault;

static void leave(int sig, siginfo_t *info, void *context)
{
	(void)context;
	fault = info->si_addr;
	siglongjmp(out, sig);
}

static __attribute__((noinline)) int peek(const int *p) { return *(const volatile int *)p; }
static __attribute__((noinline)) void poke(int *p, int v) { *(volatile int *)p = v; }

int main(void)
{
	struct sigaction act = { .sa_sigaction = leave, .sa_flags = SA_SIGINFO };
	int sig;

	sigaction(SIGSEGV, &act, NULL);
	sigaction(SIGILL, &act, NULL);
	sigaction(SIGTRAP, &act, NULL);
	for (int i = 0; i < 3; i++) {
		if ((sig = sigsetjmp(out, 1)) == 0)
			printf("read %d\n", peek((int *)(0xfff00000L + i * 4)));
		printf("read: signal %d at %p\n", sig, fault);
		if ((sig = sigsetjmp(out, 1)) == 0)
			poke((int *)(0xffe00000L + i), 1);
		printf("write: signal %d at %p\n", sig, fault);
	}
	if ((sig = sigsetjmp(out, 1)) == 0)
		__builtin_trap();
	printf("trap: signal %d\n", sig == SIGTRAP || sig == SIGILL);
	signal(SIGSEGV, SIG_DFL);
	fflush(stdout);
	poke((int *)0xffc00010, 1);
	return 0;
}
