/* SPDX-License-Identifier: MIT */
/* Pipes within one process: order, capacity, ends, SIGPIPE, poll and select. */
#include "check.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/select.h>

static volatile int caught;
static void handler(int sig) { caught = sig; }

static void show_poll(struct pollfd *p, int n)
{
	R(poll(p, n, 0));
	for (int i = 0; i < n; i++)
		SAY(" %x", p[i].revents);
	SAY("\n");
}

int main(void)
{
	static char big[70000];
	int p[2], n;
	char b[16];
	struct stat st;

	R(pipe(p));
	struct pollfd fds[3] = { { p[0], POLLIN, 0 }, { p[1], POLLOUT, 0 }, { -1, POLLIN, 0 } };
	show_poll(fds, 3);
	R(write(p[1], "hello", 5));
	show_poll(fds, 3);
	R(ioctl(p[0], FIONREAD, &n));
	SAY("%d\n", n);
	R(read(p[0], b, 3));
	R(read(p[0], b, 10));
	R(read(p[1], b, 1));
	R(write(p[0], b, 1));
	R(lseek(p[0], 0, SEEK_SET));
	R(pread(p[0], b, 1, 0));
	R(fstat(p[0], &st));
	SAY("%o\n", st.st_mode & S_IFMT);
	R(flags_text(fcntl(p[0], F_GETFL)));
	R(flags_text(fcntl(p[1], F_GETFL)));
	R(fcntl(p[0], F_GETPIPE_SZ));
	R(fcntl(p[0], F_SETFL, O_NONBLOCK));
	R(read(p[0], b, 1));
	R(fcntl(p[1], F_SETFL, O_NONBLOCK));
	R(write(p[1], big, sizeof(big)));
	R(write(p[1], big, 1));
	show_poll(fds, 2);
	R(read(p[0], big, 4000));
	R(write(p[1], big, 4096));
	R(read(p[0], big, sizeof(big)));
	R(fcntl(p[0], F_SETPIPE_SZ, 5000));
	R(write(p[1], big, sizeof(big)));
	R(close(p[1]));
	R(read(p[0], big, sizeof(big)));
	R(read(p[0], b, 1));
	show_poll(fds, 1);
	R(close(p[0]));
	show_poll(fds, 1);

	R(pipe2(p, O_CLOEXEC | O_NONBLOCK));
	R(fcntl(p[0], F_GETFD));
	R(flags_text(fcntl(p[0], F_GETFL)));
	signal(SIGPIPE, handler);
	close(p[0]);
	fds[1].fd = p[1];
	show_poll(fds + 1, 1);
	R(write(p[1], "x", 1));
	SAY("caught %d\n", caught);
	signal(SIGPIPE, SIG_IGN);
	R(write(p[1], "x", 1));
	R(pipe2(p, 0x100));
	R(syscall(SYS_pipe2, (void *)8, 0));

	R(pipe(p));
	fd_set in, out;
	struct timeval tv = { 0, 0 };
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(p[0], &in);
	FD_SET(p[1], &out);
	R(select(p[1] + 1, &in, &out, NULL, &tv));
	SAY("%d %d\n", FD_ISSET(p[0], &in), FD_ISSET(p[1], &out));
	write(p[1], "x", 1);
	FD_SET(p[0], &in);
	R(select(p[1] + 1, &in, &out, NULL, &tv));
	SAY("%d %d\n", FD_ISSET(p[0], &in), FD_ISSET(p[1], &out));
	/* Below 64, the size of every process's table: what is above may be ignored. */
	FD_SET(63, &in);
	R(select(64, &in, NULL, NULL, &tv));
	R(select(-1, &in, NULL, NULL, &tv));
	tv.tv_usec = 20000;
	R(select(0, NULL, NULL, NULL, &tv));
	R(poll(NULL, 0, 10));
	R(poll((void *)8, 1, 10));

	fflush(stdout);
	signal(SIGPIPE, SIG_DFL);
	close(p[0]);
	write(p[1], "x", 1);
	SAY("not reached\n");
	return 0;
}
