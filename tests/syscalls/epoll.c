/* SPDX-License-Identifier: MIT */
/* epoll and eventfd. */
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <time.h>

static int ep;

static void show(int n, const struct epoll_event *events)
{
	SAY("%d ready\n", n);
	/* in the order of what was asked for: the kernel's is its own affair */
	for (unsigned long long data = 0; data < 10; data++)
		for (int i = 0; i < n; i++)
			if (events[i].data.u64 == data)
				SAY("  %llu: %x\n", data, events[i].events);
}

static void look(int timeout)
{
	struct epoll_event events[8];

	show(epoll_wait(ep, events, 8, timeout), events);
}

static long change(int op, int fd, unsigned events, unsigned long long data)
{
	struct epoll_event event = { .events = events, .data.u64 = data };

	return epoll_ctl(ep, op, fd, &event);
}

static void check_levels(void)
{
	int p[2];

	R(pipe2(p, O_NONBLOCK));
	R(change(EPOLL_CTL_ADD, p[0], EPOLLIN, 1));
	R(change(EPOLL_CTL_ADD, p[1], EPOLLOUT, 2));
	look(0);
	R(write(p[1], "abc", 3));
	look(0);
	look(-1);
	R(change(EPOLL_CTL_MOD, p[1], 0, 2));
	look(0);
	R(change(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT, 3));
	look(0);
	look(0);
	R(change(EPOLL_CTL_MOD, p[0], EPOLLIN, 4));
	look(10);
	close(p[1]);
	look(0);
	char text[10];
	R(read(p[0], text, 10));
	look(0);
	R(change(EPOLL_CTL_DEL, p[0], 0, 0));
	look(5);
	R(change(EPOLL_CTL_DEL, p[0], 0, 0));
	close(p[0]);
}

static void check_edges(void)
{
	char text[10];
	int p[2];

	R(pipe2(p, O_NONBLOCK));
	R(change(EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLET | EPOLLRDHUP, 1));
	look(0);
	R(write(p[1], "abcdef", 6));
	look(0);
	look(0);
	R(read(p[0], text, 2));
	look(0);
	R(write(p[1], "g", 1));
	look(0);
	look(0);
	R(read(p[0], text, 10));
	R(read(p[0], text, 10));
	R(write(p[1], "h", 1));
	look(0);
	close(p[1]);
	look(0);
	look(0);
	/* closing takes it out */
	close(p[0]);
	look(0);
}

static void check_errors(void)
{
	int file = open("regular", O_RDWR | O_CREAT, 0600), p[2], other;
	struct epoll_event event = { 0 };

	pipe(p);
	R(change(EPOLL_CTL_ADD, file, EPOLLIN, 1));
	R(change(EPOLL_CTL_ADD, 77, EPOLLIN, 1));
	R(change(EPOLL_CTL_ADD, ep, EPOLLIN, 1));
	R(change(EPOLL_CTL_MOD, p[0], EPOLLIN, 1));
	R(change(EPOLL_CTL_ADD, p[0], EPOLLIN, 1));
	R(change(EPOLL_CTL_ADD, p[0], EPOLLIN, 1));
	R(change(9, p[0], EPOLLIN, 1));
	R(epoll_ctl(p[0], EPOLL_CTL_ADD, p[1], &event));
	R(epoll_ctl(ep, EPOLL_CTL_ADD, p[1], NULL));
	R(epoll_wait(p[0], &event, 1, 0));
	R(epoll_wait(77, &event, 1, 0));
	R(epoll_wait(ep, &event, 0, 0));
	R(epoll_create1(1));
	R(epoll_create(0));
	/* one within the other */
	other = epoll_create1(EPOLL_CLOEXEC);
	R(fcntl(other, F_GETFD));
	R(change(EPOLL_CTL_ADD, other, EPOLLIN, 5));
	event.events = EPOLLIN;
	R(epoll_ctl(other, EPOLL_CTL_ADD, ep, &event));
	R(epoll_ctl(other, EPOLL_CTL_ADD, p[1], &(struct epoll_event){ .events = EPOLLOUT }));
	look(0);
	R(read(ep, p, 4));
	close(other);
	look(0);
	/* an edge of the one is an edge of the other */
	int q[2];
	pipe(q);
	other = epoll_create1(0);
	R(change(EPOLL_CTL_ADD, other, EPOLLIN | EPOLLET, 9));
	R(epoll_ctl(other, EPOLL_CTL_ADD, q[0], &(struct epoll_event){ .events = EPOLLIN | EPOLLET }));
	R(write(q[1], "1", 1));
	look(0);
	look(0);
	R(write(q[1], "2", 1));
	look(0);
	close(other);
	close(q[0]);
	close(q[1]);
	/* a dup is another name, and keeps the file open */
	int copy = dup(p[1]);
	R(change(EPOLL_CTL_ADD, copy, EPOLLOUT, 6));
	close(copy);
	look(0);
	close(p[1]);
	look(0);
	close(p[0]);
	close(file);
	unlink("regular");
}

static void check_events(void)
{
	uint64_t value = 3;
	int fd = eventfd(2, EFD_NONBLOCK), sem = eventfd(2, EFD_NONBLOCK | EFD_SEMAPHORE);

	R(change(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLOUT, 7));
	look(0);
	R(write(fd, &value, 8));
	R(read(fd, &value, 8));
	SAY("value %d\n", (int)value);
	R(read(fd, &value, 8));
	look(0);
	R(write(fd, &value, 7));
	value = -1;
	R(write(fd, &value, 8));
	value = -2;
	R(write(fd, &value, 8));
	look(0);
	value = 1;
	R(write(fd, &value, 8));
	R(read(sem, &value, 8));
	SAY("value %d\n", (int)value);
	R(read(sem, &value, 8));
	R(read(sem, &value, 8));
	R(eventfd(0, 2));
	/* each direction has its own edges */
	R(change(EPOLL_CTL_ADD, sem, EPOLLIN | EPOLLET, 8));
	value = 2;
	R(write(sem, &value, 8));
	look(0);
	R(read(sem, &value, 8));
	look(0);
	close(fd);
	close(sem);
	look(0);
}

static volatile int alarms;
static void on_alarm(int sig) { alarms += sig == SIGALRM; }

static void check_signal(void)
{
	struct itimerval soon = { .it_value = { 0, 20000 } };
	struct epoll_event event;
	sigset_t none, alarm;

	sigemptyset(&none);
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	signal(SIGALRM, on_alarm);
	sigprocmask(SIG_BLOCK, &alarm, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	R(epoll_pwait(ep, &event, 1, -1, &none));
	SAY("alarms %d\n", alarms);
	setitimer(ITIMER_REAL, &soon, NULL);
	R(epoll_wait(ep, &event, 1, 50));
	SAY("alarms %d\n", alarms);
}

static void *wake(void *arg)
{
	uint64_t one = 1;

	usleep(5000);
	write(*(int *)arg, &one, sizeof(one));
	return NULL;
}

static void check_threads(void)
{
	int fd = eventfd(0, 0);
	pthread_t thread;
	uint64_t value;

	R(change(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLET, 8));
	for (int i = 0; i < 3; i++) {
		pthread_create(&thread, NULL, wake, &fd);
		look(-1);
		pthread_join(thread, NULL);
	}
	R(read(fd, &value, 8));
	SAY("value %d\n", (int)value);
	pthread_create(&thread, NULL, wake, &fd);
	R(read(fd, &value, 8));
	pthread_join(thread, NULL);
	close(fd);
}

int main(void)
{
	ep = epoll_create1(0);
	check_levels();
	check_edges();
	check_errors();
	check_events();
	check_signal();
	check_threads();
	return 0;
}
