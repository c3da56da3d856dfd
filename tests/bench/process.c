/* SPDX-License-Identifier: MIT */
/*
 * Runs one command: its output into memory, its time from before the spawn to
 * after the wait, as a shell's user sees it.
 */
#define _GNU_SOURCE
#include "bench.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static char *read_all(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = calloc(1, (size > 0 ? size : 0) + 1);

	if (size > 0 && pread(fd, text, size, 0) != size)
		text[0] = 0;
	return text;
}

static pid_t running; /* what SIGALRM kills; 0: nothing */

static void kill_running(int sig)
{
	(void)sig;
	if (running > 0)
		kill(running, SIGKILL);
}

void run_command(char *const *argv, unsigned seconds, struct run *run)
{
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
	posix_spawn_file_actions_t actions;
	struct rusage usage = { 0 };
	double start = now_ms();

	run->status = -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, err, 2);
	signal(SIGALRM, kill_running);
	if (posix_spawnp(&running, argv[0], &actions, NULL, argv, environ) == 0) {
		alarm(seconds);
		while (wait4(running, &run->status, 0, &usage) < 0 && errno == EINTR)
			;
		alarm(0);
		running = 0;
	}
	run->ms = now_ms() - start;
	run->peak_kb = usage.ru_maxrss;
	run->out = read_all(out);
	run->err = read_all(err);
	posix_spawn_file_actions_destroy(&actions);
	close(out);
	close(err);
}

void run_free(struct run *run)
{
	free(run->out);
	free(run->err);
}
