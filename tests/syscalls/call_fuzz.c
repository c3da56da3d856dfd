/* SPDX-License-Identifier: MIT */
/*
 * call-fuzz COUNT [SEED]: random system calls with hostile arguments.  Built
 * with sanitizers: any result will do, but nothing may crash.
 *
 * The calls are real ones on real files, so the process locks itself into an
 * empty directory first (chroot, and not as root); where it may not do that, it
 * ends with status 77.  Calls that reach other processes, wait for ever or never
 * return are left out.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/host/native/native.h"
#include "runtime/kernel/argkinds.h"
#include "runtime/kernel/entry.h"

uint8_t *mem_arena;

static const struct { const char *name; uint8_t args[6]; } calls[SYSCALL_LIMIT] = {
#define SYS(nr, name, result, args, support, note) [nr] = { #name, args },
#include "runtime/kernel/syscalls.def"
#undef SYS
};

static uint64_t state;
static uint32_t below(uint32_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545f4914f6cdd1dull >> 32) % n;
}

/* The program's memory: mapped by mmap below, so the heap's random unmaps may take it away. */
enum { AREA = 0x10000000, AREA_SIZE = 0x20000, NAMES = AREA + 0x10000 };

static const char *const names[] = {
	"a", "b", "d", "d/x", "d/../a", "./d/.", "link", "", "/dev/null", "/dev/zero", "/dev/full",
	"/proc/self/maps", "/proc/self/fd/3", "/proc/self/status", "/dev/fd/4", "/proc/self/fd", "/proc/self/exe",
};
enum { NAME_COUNT = sizeof(names) / sizeof(names[0]), NAME_SIZE = 32 };

/* Not here: what ends, blocks for ever, or reaches other processes. */
static int is_left_out(uint64_t nr)
{
	static const uint16_t left_out[] = {
		49, 50, 72, 73, 81, 93, 94, 98, 101, 115, 129, 130, 131, 133, 137, 138, 139, 161,
	};

	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (left_out[i] == nr)
			return 1;
	return 0;
}

static uint64_t any_number(void)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 7, 8, 64, 0xfff, 0x1000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
		0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff,
	};

	switch (below(4)) {
	case 0: return below(256);
	case 1: return values[below(sizeof(values) / sizeof(values[0]))];
	case 2: return 1ull << below(64);
	}
	return (uint64_t)below(0x80000000) << 32 | below(0x80000000);
}

static uint64_t any_address(void)
{
	switch (below(6)) {
	case 0: return any_number();
	case 1: return AREA + AREA_SIZE - below(64);
	case 2: return (AREA + below(AREA_SIZE)) & ~0xfffu;
	case 3: return (0x400000 + (uint64_t)below(0x20000000)) & ~0xfffull;
	}
	return AREA + below(0x8000);
}

static uint64_t argument(uint8_t kind)
{
	switch (kind) {
	case ARG_D: return below(8) ? 3 + below(12) : any_number();
	case ARG_DIR: return below(4) ? (uint64_t)-100 : below(12);
	case ARG_P: return below(16) ? NAMES + below(NAME_COUNT) * NAME_SIZE : any_address();
	case ARG_X: case ARG_BUF: case ARG_IOV: case ARG_OUT: case ARG_STR: case ARG_TS: return any_address();
	/* Never wait for the other end of a pipe. */
	case ARG_OFL: return (any_number() & 0x7fffffff) | 04000;
	}
	return below(2) ? below(64) : any_number();
}

/* Random contents, among them plausible vectors and times. */
static void stir(void)
{
	uint64_t *words = (uint64_t *)(mem_arena + AREA);

	for (int i = 0; i < 512; i++)
		words[below(0x8000 / 8)] = below(2) ? any_address() : any_number();
}

static void one_call(void)
{
	uint64_t nr = below(SYSCALL_LIMIT), a[6];

	if (!calls[nr].name || is_left_out(nr))
		return;
	for (int i = 0; i < 6; i++)
		a[i] = calls[nr].args[i] ? argument(calls[nr].args[i]) : any_number();
	/* A blocking read of what was made blocking by F_SETFL. */
	if (nr == 25 && a[1] == 4)
		a[2] |= 04000;
	if (nr == 29 && a[1] == 0x5421)
		return;
	/* Files of terabytes, and directories made of the machine's. */
	if ((nr == 46 || nr == 45) && a[1] > 1 << 20)
		a[1] &= (1 << 20) - 1;
	if (nr == 47)
		a[3] &= (1 << 20) - 1;
	if (nr == 62 || nr == 68 || nr == 70)
		a[nr == 62 ? 1 : 3] &= (1 << 20) - 1;
	kernel_syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void boot(void)
{
	static const char words[] = "1\0program\0" "1\0A=b\0/\0/program\0";

	kernel_boot_buffer(sizeof(words));
	memcpy(kernel_boot_address(), words, sizeof(words));
	if (kernel_boot(sizeof(words)))
		abort();
}

/* What the program starts with each time, whatever was unmapped or closed. */
static void prepare(void)
{
	kernel_syscall(222, AREA, AREA_SIZE, 3, 0x32, -1, 0);
	for (int i = 0; i < NAME_COUNT; i++)
		memcpy(mem_arena + NAMES + i * NAME_SIZE, names[i], strlen(names[i]) + 1);
	kernel_syscall(34, -100, NAMES + 2 * NAME_SIZE, 0755, 0, 0, 0);
	kernel_syscall(56, -100, NAMES, 04102, 0644, 0, 0);
	kernel_syscall(56, -100, NAMES + 2 * NAME_SIZE, 04000, 0, 0, 0);
	kernel_syscall(59, AREA, 04000, 0, 0, 0, 0);
}

/* Into this directory for good, as nobody. */
static int lock_in(const char *dir)
{
	int is_root = !geteuid();
	int held = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (is_root && fchown(held, 65534, 65534))
		return 0;
	if ((!is_root && unshare(CLONE_NEWUSER)) || fchdir(held) || chroot("."))
		return 0;
	close(held);
	return !is_root || (!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
}

static int fuzz(const char *dir, int count, uint64_t seed)
{
	if (!lock_in(dir)) {
		fprintf(stderr, "call-fuzz: cannot chroot; skipped\n");
		return 77;
	}
	alarm(250);
	mem_arena = mmap(NULL, (size_t)1 << 32, PROT_READ | PROT_WRITE,
	                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	boot();
	state = seed | 1;
	for (int i = 0; i < count; i++) {
		if (i % 256 == 0) {
			prepare();
			stir();
		}
		one_call();
		if (i % 4096 == 4095)
			madvise(mem_arena + 0x20000000, (size_t)0xe0000000, MADV_DONTNEED);
	}
	return 0;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/call-fuzz-XXXXXX", remove[100];
	int status;

	if (argc < 2 || !mkdtemp(dir)) {
		fprintf(stderr, "usage: call-fuzz COUNT [SEED]\n");
		return 1;
	}
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : (uint64_t)time(NULL) * 1000003 + getpid();
	printf("%s calls, seed %#llx\n", argv[1], (unsigned long long)seed);
	fflush(stdout);
	/* Without /proc there is no looking for leaks: _exit. */
	pid_t child = fork();
	if (!child)
		_exit(fuzz(dir, atoi(argv[1]), seed));
	waitpid(child, &status, 0);
	snprintf(remove, sizeof(remove), "chmod -R u+rwx %s; rm -rf %s", dir, dir);
	if (system(remove))
		return 1;
	if (WIFSIGNALED(status))
		fprintf(stderr, "call-fuzz: signal %d\n", WTERMSIG(status));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
