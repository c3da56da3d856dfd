/* SPDX-License-Identifier: MIT */
/*
 * A short list of unfinished files, removed at exit or on a signal.
 *
 * The list is read by the signal handler: an entry is published by one store
 * of its pointer and taken away by another.
 */
#include "tmp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args.h"
#include "diag.h"

enum { MAX_FILES = 24 };

static const char *volatile files[MAX_FILES];
static bool is_output[MAX_FILES]; /* what files[i] is, if there is one */
static char *volatile dir;
volatile pid_t tmp_child;

const char *tmp_dir(void)
{
	if (!dir) {
		const char *base = getenv("TMPDIR");
		char *name = str_printf("%s/awXXXXXX", base && *base ? base : "/tmp");

		if (!mkdtemp(name)) {
			diag_error("cannot make a temporary directory %s: %m", name);
			return NULL;
		}
		dir = name;
	}
	return dir;
}

static void add(const char *path, bool output)
{
	tmp_keep(path);
	for (int i = 0; i < MAX_FILES; i++)
		if (!files[i]) {
			is_output[i] = output;
			files[i] = path;
			return;
		}
	abort(); /* more files than any plan has */
}

void tmp_add(const char *path)
{
	add(path, false);
}

void tmp_rename(const char *from, const char *to)
{
	tmp_keep(from);
	add(to, true);
}

void tmp_keep(const char *path)
{
	for (int i = 0; i < MAX_FILES; i++)
		if (files[i] && !strcmp(files[i], path))
			files[i] = NULL;
}

/* What a child that was killed left there.  From the signal handler, too: hence no opendir(). */
static void empty_directory(const char *name)
{
	struct entry { uint64_t ino, offset; uint16_t size; uint8_t type; char name[]; };
	_Alignas(struct entry) char buffer[2048];
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long n;

	if (fd < 0)
		return;
	while ((n = syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0)
		for (long at = 0; at < n;) {
			const struct entry *e = (const struct entry *)(buffer + at);

			unlinkat(fd, e->name, 0);       /* "." and "..", too: they are directories, and stay */
			at += e->size;
		}
	close(fd);
}

static void cleanup(void)
{
	for (int i = 0; i < MAX_FILES; i++)
		if (files[i]) {
			unlink(files[i]);
			files[i] = NULL;
		}
	if (dir && rmdir(dir)) {
		empty_directory(dir);
		rmdir(dir);
	}
	dir = NULL;
}

int tmp_end(int status)
{
	for (int i = 0; i < MAX_FILES && !status; i++)
		if (is_output[i])
			files[i] = NULL;
	cleanup();
	return status;
}

static void on_signal(int sig)
{
	if (tmp_child > 0) {
		kill(tmp_child, sig);
		while (waitpid(tmp_child, NULL, 0) < 0 && errno == EINTR)
			;
	}
	cleanup();
	signal(sig, SIG_DFL);
	raise(sig);
}

void tmp_on_signals(void)
{
	static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ };

	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		struct sigaction act = { .sa_handler = on_signal }, old;

		sigfillset(&act.sa_mask);
		sigaction(ending[i], NULL, &old);
		if (old.sa_handler != SIG_IGN) /* nohup stays nohup */
			sigaction(ending[i], &act, NULL);
	}
}
