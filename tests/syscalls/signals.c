/* SPDX-License-Identifier: MIT */
/* Handlers, masks, frames, alternate stacks, waiting for signals. */
#include "check.h"

#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

static volatile int count, last;
static void simple(int sig) { count++; last = sig; }

static void nested(int sig)
{
	SAY("enter %d\n", sig);
	if (sig == SIGUSR1)
		raise(SIGUSR2);
	SAY("leave %d\n", sig);
}

static void informed(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	SAY("sig %d code %d pid %d uid %d x19 %llx\n", sig, info->si_code, info->si_pid == getpid(),
	    info->si_uid == getuid(), (unsigned long long)uc->uc_mcontext.regs[19] & 0);
	SAY("mask has USR2 %d\n", sigismember(&uc->uc_sigmask, SIGUSR2));
}

static char alternate[16384];
static void on_stack(int sig)
{
	char here;
	stack_t ss;

	sigaltstack(NULL, &ss);
	SAY("sig %d on alternate %d flags %d\n", sig, &here >= alternate && &here < alternate + sizeof(alternate), ss.ss_flags);
	R(sigaltstack(&ss, NULL));
}

static void set(int sig, void (*handler)(int), int flags)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = flags };

	sigaction(sig, &sa, NULL);
}

static void set_info(int sig, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = flags | SA_SIGINFO };

	sigaction(sig, &sa, NULL);
}

static void masks(void)
{
	sigset_t s, old, pending;
	struct sigaction sa;

	set(SIGUSR1, simple, 0);
	R(raise(SIGUSR1));
	SAY("%d %d\n", count, last);
	sigemptyset(&s);
	sigaddset(&s, SIGUSR1);
	sigaddset(&s, SIGKILL);
	R(sigprocmask(SIG_BLOCK, &s, &old));
	R(raise(SIGUSR1));
	R(raise(SIGUSR1));
	SAY("%d\n", count);
	R(sigpending(&pending));
	SAY("pending %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2));
	R(sigprocmask(SIG_SETMASK, &old, &s));
	SAY("%d blocked kill %d\n", count, sigismember(&s, SIGKILL));
	R(sigprocmask(77, &old, NULL));
	R(sigprocmask(77, NULL, &old));
	R(sigaction(SIGKILL, &(struct sigaction){ .sa_handler = simple }, NULL));
	R(sigaction(0, NULL, &sa));
	R(sigaction(65, NULL, &sa));
	R(sigaction(SIGUSR1, NULL, &sa));
	SAY("%d\n", sa.sa_handler == simple);
	set(SIGUSR1, simple, SA_RESETHAND);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &sa);
	SAY("reset %d\n", sa.sa_handler == SIG_DFL);
	set(SIGUSR1, SIG_IGN, 0);
	R(raise(SIGUSR1));
	R(raise(SIGCHLD));
	R(kill(getpid(), 0));
	R(kill(getpid(), 65));
	R(kill(0x3fffffff, 0));
	R(syscall(SYS_tgkill, getpid(), getpid(), 0));
	R(syscall(SYS_tgkill, getpid(), 1, 0));
	R(syscall(SYS_tgkill, 0, 1, 0));
}

static void waiting(void)
{
	sigset_t s, none;
	siginfo_t info;
	struct timespec ts = { 0, 1000000 }, left;
	struct itimerval it = { { 0, 0 }, { 0, 20000 } }, old;
	char b;
	int p[2];

	sigemptyset(&none);
	sigemptyset(&s);
	sigaddset(&s, SIGUSR1);
	sigprocmask(SIG_BLOCK, &s, NULL);
	set(SIGUSR1, simple, 0);
	R(sigtimedwait(&s, &info, &ts));
	raise(SIGUSR1);
	R(sigtimedwait(&s, &info, &ts));
	SAY("signo %d code %d\n", info.si_signo, info.si_code);
	raise(SIGUSR1);
	count = 0;
	R(sigsuspend(&none));
	SAY("%d\n", count);
	sigprocmask(SIG_SETMASK, NULL, &s);
	SAY("blocked again %d\n", sigismember(&s, SIGUSR1));

	set(SIGALRM, simple, 0);
	count = 0;
	R(setitimer(ITIMER_REAL, &it, NULL));
	ts.tv_sec = 5;
	R(nanosleep(&ts, &left));
	SAY("%d, left more than 4 s: %d\n", count, left.tv_sec >= 4);
	pipe(p);
	setitimer(ITIMER_REAL, &it, NULL);
	R(read(p[0], &b, 1));
	R(getitimer(ITIMER_REAL, &old));
	SAY("%ld %ld\n", (long)old.it_value.tv_sec, (long)old.it_value.tv_usec);
	setitimer(ITIMER_REAL, &it, NULL);
	R(pause());
	it.it_interval.tv_usec = 10000;
	setitimer(ITIMER_REAL, &it, NULL);
	for (int i = 0; i < 3; i++)
		pause();
	SAY("%d\n", count);
	memset(&it, 0, sizeof(it));
	R(setitimer(ITIMER_REAL, &it, &old));
	SAY("interval %ld\n", (long)old.it_interval.tv_usec);
	it.it_value.tv_usec = 1000000;
	R(setitimer(ITIMER_REAL, &it, NULL));
	R(setitimer(9, &it, NULL));
	R(alarm(10));
	R(alarm(0) >= 9);
}

int main(void)
{
	stack_t ss = { .ss_sp = alternate, .ss_size = sizeof(alternate) };

	setvbuf(stdout, NULL, _IONBF, 0);
	masks();
	set(SIGUSR1, nested, 0);
	set(SIGUSR2, nested, 0);
	raise(SIGUSR1);
	struct sigaction sa = { .sa_handler = nested };
	sigaddset(&sa.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	set_info(SIGUSR1, informed, 0);
	raise(SIGUSR1);
	kill(getpid(), SIGUSR1);
	sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 7 });
	R(sigaltstack(&ss, NULL));
	set(SIGUSR1, on_stack, SA_ONSTACK);
	raise(SIGUSR1);
	ss.ss_size = 100;
	R(sigaltstack(&ss, NULL));
	ss.ss_flags = SS_DISABLE;
	R(sigaltstack(&ss, NULL));
	raise(SIGUSR1);
	waiting();
	return 0;
}
