/* SPDX-License-Identifier: MIT */
/*
 * aw-run [-0 ARGV0] PROG [ARG ...]: runs a static AArch64 program: the
 * interpreter, the kernel and the native host in one process.  For tests,
 * sanitizers, fuzzers.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "native.h"
#include "runtime/cpu/native.h"
#include "runtime/kernel/entry.h"

extern char **environ;
static jmp_buf top;

/* From inside an instruction that faulted, or a longjmp over nested runs: go on at cpu->pc. */
_Noreturn void host_unwind(void)
{
	longjmp(top, 1);
}

/* The boot buffer of entry.h, written to a stream. */
static void put_string(FILE *f, const char *s)
{
	fwrite(s, 1, strlen(s) + 1, f);
}

static void put_list(FILE *f, char **list)
{
	size_t n = 0;

	while (list[n])
		n++;
	fprintf(f, "%zu%c", n, 0);
	for (size_t i = 0; i < n; i++)
		put_string(f, list[i]);
}

/* Descriptors that an exec would keep. */
static void put_descriptors(FILE *f)
{
	const char *space = "";
	int flags;

	for (int fd = 0; fd < 256; fd++) {
		if ((flags = fcntl(fd, F_GETFD)) < 0 || flags & FD_CLOEXEC)
			continue;
		fprintf(f, "%s%d:%d", space, fd, fd);
		space = " ";
	}
	fputc(0, f);
}

/* Ignored and blocked signals, as we were started with them. */
static void put_signals(FILE *f)
{
	uint64_t ignored = 0, blocked = 0;
	sigset_t set;

	sigprocmask(SIG_BLOCK, NULL, &set);
	for (int sig = 1; sig <= 64; sig++) {
		struct sigaction sa;
		if (!sigaction(sig, NULL, &sa) && sa.sa_handler == SIG_IGN)
			ignored |= 1ull << (sig - 1);
		if (sigismember(&set, sig) == 1)
			blocked |= 1ull << (sig - 1);
	}
	fprintf(f, "%llu %llu%c", (unsigned long long)ignored, (unsigned long long)blocked, 0);
}

static void boot(const char *program, char **argv)
{
	/* A memory file has no real path. */
	char *data, cwd[PATH_MAX], *real = realpath(program, NULL), *exe = real ? real : strdup(program);
	size_t size;
	FILE *f = open_memstream(&data, &size);

	if (!f || !exe || !getcwd(cwd, sizeof(cwd)))
		abort();
	put_list(f, argv);
	put_list(f, environ);
	put_string(f, cwd);
	put_string(f, exe);
	put_descriptors(f);
	put_signals(f);
	fclose(f);
	native_start();
	kernel_boot_buffer(size);
	memcpy(kernel_boot_address(), data, size);
	free(data);
	free(exe);
	if (kernel_boot(size))
		abort();
}

int main(int argc, char **argv)
{
	const char *argv0 = NULL;

	if (argc > 3 && !strcmp(argv[1], "-0")) {
		argv0 = argv[2];
		argv += 2;
	}
	const char *program = *++argv;
	if (!program) {
		fprintf(stderr, "usage: aw-run [-0 ARGV0] PROG [ARG ...]\n");
		return 1;
	}
	int fd = open(program, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "aw-run: %s: %s\n", program, strerror(errno));
		return 127;
	}
	if (argv0)
		argv[0] = (char *)argv0;
	/* Out of the way of the numbers that the guest gets. */
	native_image = fcntl(fd, F_DUPFD_CLOEXEC, 500);
	close(fd);
	cpu_native_start();
	boot(program, argv);
	if (kernel_exec_first())
		return 126;
	close(native_image);
	mem_area = kernel_area();
	setjmp(top);
	cpu_call_until(1, 0);
}
