/* SPDX-License-Identifier: MIT */
/* Signals to oneself: handlers, masks, pending, alternate stack, SA_* flags. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t seen, depth, deepest;
static char altstack[16384];

static void count(int sig) { seen = seen * 100 + sig; }

static void nest(int sig)
{
	if (++depth > deepest)
		deepest = depth;
	if (depth < 4)
		raise(sig);
	depth--;
}

static void inform(int sig, siginfo_t *info, void *context)
{
	char here;

	printf("sig %d si_signo %d si_code %d own pid %d context %d on altstack %d\n", sig, info->si_signo, info->si_code,
	       info->si_pid == getpid(), context != NULL, &here >= altstack && &here < altstack + sizeof altstack);
}

static void masked(int sig)
{
	sigset_t now;

	sigprocmask(SIG_BLOCK, NULL, &now);
	printf("in handler %d: USR1 %d USR2 %d HUP %d\n", sig, sigismember(&now, SIGUSR1), sigismember(&now, SIGUSR2),
	       sigismember(&now, SIGHUP));
}

static void floats(int sig)
{
	volatile double a = sig;

	for (int i = 0; i < 100; i++)
		a = a * 1.5 + i;
	seen = a > 0;
}

int main(void)
{
	struct sigaction act = { .sa_handler = count }, old;
	sigset_t set, pending;

	signal(SIGUSR1, count);
	signal(SIGUSR2, count);
	raise(SIGUSR1);
	kill(getpid(), SIGUSR2);
	printf("seen %d\n", (int)seen);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGHUP, count);
	seen = 0;
	raise(SIGUSR1);
	raise(SIGUSR1);
	raise(SIGHUP);
	sigpending(&pending);
	printf("blocked: seen %d pending %d %d %d\n", (int)seen, sigismember(&pending, SIGUSR1), sigismember(&pending, SIGHUP),
	       sigismember(&pending, SIGUSR2));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	printf("unblocked: seen %d\n", (int)seen);

	act.sa_handler = nest;
	act.sa_flags = SA_NODEFER;
	sigaction(SIGUSR1, &act, &old);
	printf("old was count: %d\n", old.sa_handler == count);
	raise(SIGUSR1);
	printf("deepest %d\n", (int)deepest);

	act.sa_handler = count;
	act.sa_flags = SA_RESETHAND;
	sigaction(SIGUSR1, &act, NULL);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &old);
	printf("reset: %d\n", old.sa_handler == SIG_DFL);

	stack_t stack = { .ss_sp = altstack, .ss_size = sizeof altstack };
	sigaltstack(&stack, NULL);
	act.sa_sigaction = inform;
	act.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigaction(SIGUSR1, &act, NULL);
	kill(getpid(), SIGUSR1);
	act.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR1, &act, NULL);
	raise(SIGUSR1);

	act.sa_handler = masked;
	act.sa_flags = 0;
	sigaddset(&act.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &act, NULL);
	raise(SIGUSR1);
	sigprocmask(SIG_BLOCK, NULL, &set);
	printf("after: USR1 %d USR2 %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));

	signal(SIGUSR2, floats);
	double d = 1.25;
	for (int i = 0; i < 10; i++) {
		raise(SIGUSR2);
		d = d * 1.5 + i;
	}
	printf("d %.10g\n", d);
	signal(SIGUSR2, SIG_IGN);
	raise(SIGUSR2);
	printf("%d %s\n", signal(SIGKILL, count) == SIG_ERR && errno == EINVAL, strsignal(SIGSEGV));

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGTERM);
	int sig = 0;
	sigwait(&set, &sig);
	printf("waited for %d\n", sig);
	fflush(stdout);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGTERM);
	puts("not reached");
	return 0;
}
