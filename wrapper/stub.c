/* SPDX-License-Identifier: MIT */
/*
 * The head of every program we write: finds node and becomes it.
 *
 * A freestanding static ELF of one page.  The kernel has mapped it and the
 * bundle behind it; the bundle's offset in the file comes from the program
 * header whose memory starts with its magic, so that strip and objcopy may move
 * it.  The file goes to node as an open descriptor: it may be deleted while it
 * runs.  So does start.js, as a module for node to load before the main one it
 * never comes to: `node -e` would load half of its module loader for it.  argv
 * goes along as it is; so does the environment, except that variables that would
 * change node itself are masked, and unmasked by start.js.
 */
#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "bundle.h"

enum {
	STACK_WANTED = 64 << 20, /* guest calls nest on the host's stack; 64 MiB is what Linux's 8 need */
	STACK_SPARE = 1536 << 10, /* of it, kept from wasm for node's own frames */
	MAX_PATH = 4096,
	MAX_INHERITED = 256,      /* descriptors beyond are not looked for */
	NOEXEC_SEAL = 8,          /* memfd_create(2): MFD_NOEXEC_SEAL */
};

__asm__(".section .bundle,\"a\"\n"
	".ascii \"" BUNDLE_MAGIC "\"\n"
	".quad 0\n"
	".section .rodata\n"
	"start_js: .incbin \"start.min.js\"\n"
	"start_js_end:\n"
	".text\n"
	".globl _start\n"
	"_start: mov %rsp, %rdi\n"
	"and $-16, %rsp\n"
	"call stub_main\n");

extern const char start_js[], start_js_end[];

static inline long sys(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}
#define SYS4(nr, a, b, c, d) sys(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

static size_t length(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

static bool starts(const char *s, const char *with)
{
	while (*with)
		if (*s++ != *with++)
			return false;
	return true;
}

static char *put(char *to, const char *s)
{
	while (*s)
		*to++ = *s++;
	*to = '\0';
	return to;
}

static char *put_number(char *to, uint64_t n)
{
	char digits[24], *p = digits + sizeof digits;

	*--p = '\0';
	do
		*--p = '0' + n % 10;
	while (n /= 10);
	return put(to, p);
}

static void fail(const char *self, const char *why, const char *what)
{
	char line[2 * MAX_PATH], *p = line;

	p = put(p, length(self) < MAX_PATH / 2 ? self : "program");
	p = put(p, ": error: ");
	p = put(p, why);
	p = put(p, length(what) < MAX_PATH ? what : "");
	p = put(p, "\n");
	SYS4(SYS_write, 2, line, p - line, 0);
	for (;;)
		SYS4(SYS_exit_group, 127, 0, 0, 0);
}

static const char *env_get(char **envp, const char *name_is)
{
	for (; *envp; envp++)
		if (starts(*envp, name_is))
			return *envp + length(name_is);
	return "";
}

/* The bundle's program header, from the auxiliary vector's. */
static const Elf64_Phdr *find_bundle(const Elf64_auxv_t *aux)
{
	const Elf64_Phdr *ph = NULL;
	size_t n = 0;

	for (; aux->a_type != AT_NULL; aux++) {
		if (aux->a_type == AT_PHDR)
			ph = (const Elf64_Phdr *)aux->a_un.a_val;
		if (aux->a_type == AT_PHNUM)
			n = aux->a_un.a_val;
	}
	for (; n; n--, ph++)
		if (ph->p_type == PT_LOAD && ph->p_filesz > sizeof BUNDLE_MAGIC &&
		    starts((const char *)ph->p_vaddr, BUNDLE_MAGIC))
			return ph;
	return NULL;
}

/* The path of node that was known when the program was packed, or "". */
static const char *packed_node(const struct bundle_header *b)
{
	for (uint32_t i = 0; i < b->count; i++)
		if (starts(b->entry[i].name, "node") && !b->entry[i].name[4])
			return (const char *)b + b->entry[i].offset;
	return "";
}

/* Moves a descriptor out of the way of those that the program inherits. */
static long move_high(long fd)
{
	long high = -1;

	for (long want = 960; fd >= 0 && high < 0 && want > fd; want /= 2)
		high = SYS4(SYS_fcntl, fd, F_DUPFD, want, 0);
	if (high < 0)
		return fd;
	SYS4(SYS_close, fd, 0, 0, 0);
	return high;
}

static long open_self(void)
{
	return move_high(SYS4(SYS_open, "/proc/self/exe", O_RDONLY, 0, 0));
}

/* start.js as a file.  Some systems want it sealed, older ones do not know how. */
static long open_start(void)
{
	long size = start_js_end - start_js, fd = SYS4(SYS_memfd_create, "start.js", 0, 0, 0);

	if (fd < 0)
		fd = SYS4(SYS_memfd_create, "start.js", NOEXEC_SEAL, 0, 0);
	if (fd >= 0 && SYS4(SYS_write, fd, start_js, size, 0) != size)
		return -1;
	return move_high(fd);
}

/* "self,3,7": the open file of this program, then what it inherits beyond the standard streams. */
static void put_files(char *to, long self_fd, long start_fd)
{
	to = put_number(to, self_fd);
	for (int fd = 3; fd < MAX_INHERITED; fd++)
		if (fd != self_fd && fd != start_fd && SYS4(SYS_fcntl, fd, F_GETFD, 0, 0) >= 0)
			to = put_number(put(to, ","), fd);
}

/* "soft,hard,ignored,blocked,pgid,sid": what node would hide from start.js, or takes long to find. */
static void put_state(char *to, const struct rlimit *stack)
{
	struct { void *handler; unsigned long flags; void *restorer; uint64_t mask; } act;
	uint64_t ignored = 0, blocked = 0;

	for (int sig = 1; sig < 65; sig++)
		if (!SYS4(SYS_rt_sigaction, sig, 0, &act, 8) && act.handler == (void *)SIG_IGN)
			ignored |= 1ull << (sig - 1);
	SYS4(SYS_rt_sigprocmask, SIG_BLOCK, 0, &blocked, 8);

	to = stack->rlim_cur == RLIM_INFINITY ? put(to, "-1") : put_number(to, stack->rlim_cur);
	to = put(to, ",");
	to = stack->rlim_max == RLIM_INFINITY ? put(to, "-1") : put_number(to, stack->rlim_max);
	to = put_number(put(to, ","), ignored);
	to = put_number(put(to, ","), blocked);
	to = put_number(put(to, ","), SYS4(SYS_getpgid, 0, 0, 0, 0));
	put_number(put(to, ","), SYS4(SYS_getsid, 0, 0, 0, 0));
}

/* Raises the soft stack limit, which node's main thread gets; returns what wasm may use of it in KiB. */
static uint64_t raise_stack(struct rlimit *old)
{
	struct rlimit now;

	SYS4(SYS_prlimit64, 0, RLIMIT_STACK, 0, old);
	now = *old;
	if (now.rlim_cur < STACK_WANTED) {
		now.rlim_cur = now.rlim_max < STACK_WANTED ? now.rlim_max : STACK_WANTED;
		SYS4(SYS_prlimit64, 0, RLIMIT_STACK, &now, 0);
	}
	uint64_t usable = now.rlim_cur < STACK_WANTED ? now.rlim_cur : STACK_WANTED;
	return (usable > 2 * STACK_SPARE ? usable - STACK_SPARE : usable / 2) >> 10;
}

/* NODE_OPTIONS, OPENSSL_CONF, UV_...: node must not see them, the program must. */
static void mask_env(char **envp)
{
	static const char names[][9] = { "NODE_", "OPENSSL_", "UV_" };

	for (; *envp; envp++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (starts(*envp, names[i]))
				**envp -= 'A' - 1;
}

static void exec_on_path(const char *path, char **argv, char **envp)
{
	char file[MAX_PATH];

	while (*path) {
		size_t n = 0;

		while (path[n] && path[n] != ':')
			n++;
		if (n + sizeof "/node" < sizeof file) {
			char *p = file;
			for (size_t i = 0; i < n; i++)
				*p++ = path[i];
			put(p, n ? "/node" : "./node");
			SYS4(SYS_execve, file, argv, envp, 0);
		}
		path += n + (path[n] == ':');
	}
}

__attribute__((noreturn, used)) void stub_main(long *sp)
{
	long argc = sp[0];
	char **argv = (char **)(sp + 1), **envp = argv + argc + 1, **end = envp;
	const char *self = argc ? argv[0] : "program";

	while (*end)
		end++;
	const Elf64_Phdr *bundle = find_bundle((const Elf64_auxv_t *)(end + 1));
	if (!bundle)
		fail(self, "the program that this file should carry is missing", "");

	char files[24 + 4 * MAX_INHERITED], offset[24], size[24], stack[48], state[192], start[48];
	struct rlimit old_stack;
	put_number(put(stack, "--stack-size="), raise_stack(&old_stack));
	put_state(state, &old_stack);
	long self_fd = open_self();
	if (self_fd < 0)
		fail(self, "cannot read the program's own file through /proc/self/exe", "");
	long start_fd = open_start();
	if (start_fd < 0)
		fail(self, "cannot make a file in memory (memfd_create)", "");
	put_number(put(start, "/proc/self/fd/"), start_fd);
	put_files(files, self_fd, start_fd);
	put_number(offset, bundle->p_offset);
	put_number(size, bundle->p_filesz);

	const char *const head[] = {
		"node", stack,
		"--wasm-lazy-validation", /* of what runs, when it first runs: a twentieth of a start */
		"--experimental-wasm-branch-hinting", /* on by itself from Node 26; the lifter gives hints */
		"--experimental-wasm-compilation-hints", /* ... on where to begin with the optimizing compiler, too */
		"--no-rehash-snapshot", /* a fifth: V8's tables keep the seed they were built with (README) */
		"--preserve-symlinks", "-r", start, "/", files, offset, size, state,
	};
	enum { HEAD = sizeof head / sizeof *head };
	char **args = (char **)sys(SYS_mmap, 0, (HEAD + argc + 2) * sizeof *args, 3, 0x22, -1, 0);
	if ((unsigned long)args > -4096ul)
		fail(self, "out of memory", "");
	for (int i = 0; i < HEAD; i++)
		args[i] = (char *)head[i];
	for (long i = 0; i < argc; i++)
		args[HEAD + i] = argv[i];

	const char *named = env_get(envp, "AARCH64_WASM_NODE="), *path = env_get(envp, "PATH=");
	mask_env(envp);
	if (*named) {
		SYS4(SYS_execve, named, args, envp, 0);
		fail(self, "cannot run the node that AARCH64_WASM_NODE names: ", named);
	}
	SYS4(SYS_execve, packed_node((const struct bundle_header *)bundle->p_vaddr), args, envp, 0);
	exec_on_path(*path ? path : "/usr/local/bin:/usr/bin:/bin", args, envp);
	fail(self, "needs Node 20 or later, and there is no node on PATH (or set AARCH64_WASM_NODE)", "");
	__builtin_unreachable();
}
