/* SPDX-License-Identifier: MIT */
/*
 * For programs that print what system calls answer.  The expected output is
 * the same program's, on this machine's own Linux (compiled for it) or under
 * qemu-aarch64: so only what is the same in every run, on every architecture
 * and with every C library may be printed.
 */
#ifndef SYSCALLS_CHECK_H
#define SYSCALLS_CHECK_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long report(const char *text, long result)
{
	int err = errno;

	if (result == -1)
		printf("%s = -1 errno %d\n", text, err);
	else
		printf("%s = %ld\n", text, result);
	return result;
}

/* The call as written, and its result. */
#define R(call) report(#call, (errno = 0, (long)(call)))
/* The same for results that differ from run to run: only whether it worked. */
#define OK(call) report(#call " >= 0", (errno = 0, (long)(call) < 0 ? -1 : 1))
#define SAY(...) printf(__VA_ARGS__)

/* Numbers of O_ flags differ between architectures. */
static inline long flags_text(long flags)
{
	if (flags >= 0)
		printf("access %ld%s%s%s\n", flags & 3, flags & O_APPEND ? " append" : "",
		       flags & O_NONBLOCK ? " nonblock" : "", flags & O_PATH ? " path" : "");
	return flags < 0 ? -1 : 0;
}

static inline void put_file(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		perror(name);
	close(fd);
}

static inline void show_file(const char *name)
{
	char text[4096];
	int fd = open(name, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (n < 0) {
		printf("%s: errno %d\n", name, errno);
		return;
	}
	text[n] = 0;
	printf("%s: %zd bytes \"%s\"\n", name, n, text);
	close(fd);
}

#endif
