/* SPDX-License-Identifier: MIT */
/* Handlers, masks, frames, alternate stacks, waiting for signals. */
#include "check.h"

#include <poll.h>
#include <signal.h>
#include <sys/select.h>
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

static void set_handler(int sig, void (*handler)(int), int flags)
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

	set_handler(SIGUSR1, simple, 0);
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
	set_handler(SIGUSR1, simple, SA_RESETHAND);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &sa);
	SAY("reset %d\n", sa.sa_handler == SIG_DFL);
	set_handler(SIGUSR1, SIG_IGN, 0);
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
	set_handler(SIGUSR1, simple, 0);
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

	set_handler(SIGALRM, simple, 0);
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
	SAY("%d\n", count >= 6);               /* on a busy machine one more comes in between */
	memset(&it, 0, sizeof(it));
	R(setitimer(ITIMER_REAL, &it, &old));
	SAY("interval %ld\n", (long)old.it_interval.tv_usec);
	it.it_value.tv_usec = 1000000;
	R(setitimer(ITIMER_REAL, &it, NULL));
	R(setitimer(9, &it, NULL));
	R(alarm(10));
	R(alarm(0) >= 9);
}

static int to_reader;
static void feed(int sig)
{
	count++;
	write(to_reader, &sig, 1);
}

/* Calls that a handler interrupts: begun again, or not. */
static void restarting(void)
{
	struct itimerval it = { { 0, 0 }, { 0, 20000 } };
	struct pollfd pfd;
	struct timeval tv = { 5, 0 };
	sigset_t set, none;
	fd_set in;
	char b;
	int p[2], which;

	pipe(p);
	to_reader = p[1];
	count = 0;
	set_handler(SIGALRM, feed, SA_RESTART);
	setitimer(ITIMER_REAL, &it, NULL);
	R(read(p[0], &b, 1));
	SAY("count %d byte %d\n", count, b);
	set_handler(SIGALRM, simple, SA_RESTART);
	pfd = (struct pollfd){ p[0], POLLIN, 0 };
	setitimer(ITIMER_REAL, &it, NULL);
	R(poll(&pfd, 1, 5000));
	FD_ZERO(&in);
	FD_SET(p[0], &in);
	setitimer(ITIMER_REAL, &it, NULL);
	R(select(p[0] + 1, &in, NULL, NULL, &tv));
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	set_handler(SIGUSR1, simple, SA_RESTART);
	raise(SIGUSR1);
	count = 0;
	R(ppoll(&pfd, 1, NULL, &none));
	sigprocmask(SIG_BLOCK, NULL, &set);
	SAY("count %d blocked again %d\n", count, sigismember(&set, SIGUSR1));
	R(pselect(0, NULL, NULL, NULL, &(struct timespec){ 0, 1000 }, &none));
	raise(SIGUSR1);
	R(sigwait(&set, &which));
	SAY("%d\n", which);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

int main(void)
{
	stack_t ss = { .ss_sp = alternate, .ss_size = sizeof(alternate) };

	setvbuf(stdout, NULL, _IONBF, 0);
	masks();
	set_handler(SIGUSR1, nested, 0);
	set_handler(SIGUSR2, nested, 0);
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
	set_handler(SIGUSR1, on_stack, SA_ONSTACK);
	raise(SIGUSR1);
	ss.ss_size = 100;
	R(sigaltstack(&ss, NULL));
	ss.ss_flags = SS_DISABLE;
	R(sigaltstack(&ss, NULL));
	raise(SIGUSR1);
	waiting();
	restarting();
	return 0;
}
