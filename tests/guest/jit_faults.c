/* SPDX-License-Identifier: MIT */
/*
 * Code made at run time where it may not run, and where it faults: what the
 * handler is told, and handlers that are such code themselves.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

enum { PAGE = 4096 };
enum { RET = 0xd65f03c0, NOP = 0xd503201f, BRK = 0xd4200000, ADD_1 = 0x91000400 /* add x0, x0, #1 */ };

typedef long fn(long);

static char *pages;
static sigjmp_buf out;
static volatile struct { int sig, code; long addr, pc, x0; } seen;

static void note(int sig, siginfo_t *info, void *context)
{
	const ucontext_t *u = context;

	seen.sig = sig;
	seen.code = sig == SIGILL ? 0 : info->si_code;   /* qemu says ILL_ILLOPN where Linux says ILL_ILLOPC */
	seen.addr = (char *)info->si_addr - pages;
	seen.pc = (long)u->uc_mcontext.pc - (long)pages;
	seen.x0 = (long)u->uc_mcontext.regs[0];
	siglongjmp(out, 1);
}

static void attempt(const char *what, void *f, long x)
{
	if (!sigsetjmp(out, 1))
		printf("%s: %ld\n", what, ((fn *)f)(x));
	else
		printf("%s: signal %d code %d at %lx, pc %lx, x0 %ld\n", what, seen.sig, seen.code, seen.addr, seen.pc,
		       seen.x0);
}

static void put(char *to, const uint32_t *words, int n, int prot)
{
	char *page = to - ((uintptr_t)to & (PAGE - 1));

	mprotect(page, PAGE, PROT_READ | PROT_WRITE);
	memcpy(to, words, n * 4);
	mprotect(page, PAGE, prot);
	__builtin___clear_cache(to, to + n * 4);
}

static void protections(void)
{
	const uint32_t increment[] = { ADD_1, RET };

	put(pages, increment, 2, PROT_READ | PROT_WRITE);
	attempt("not executable", pages, 1);
	mprotect(pages, PAGE, PROT_READ | PROT_EXEC);
	attempt("executable", pages, 1);
	mprotect(pages, PAGE, PROT_READ);
	attempt("no longer executable", pages, 2);
	mprotect(pages, PAGE, PROT_READ | PROT_EXEC);
	attempt("executable again", pages, 3);
	munmap(pages + PAGE, PAGE);
	attempt("not mapped", pages + PAGE, 1);
	mprotect(pages, PAGE, PROT_NONE);
	attempt("no access", pages, 1);
}

/* Runs off the end of its page, and branches there. */
static void edges(void)
{
	const uint32_t falls[] = { ADD_1, ADD_1 };
	const uint32_t branches[] = { ADD_1, 0x14000001 /* b .+4 */ };
	const uint32_t conditional[] = { ADD_1, 0xb5000020 /* cbnz x0, .+4 */ };
	char *end = pages + 4 * PAGE;

	put(end - 8, falls, 2, PROT_READ | PROT_EXEC);
	attempt("off the page", end - 8, 5);
	put(end - 8, branches, 2, PROT_READ | PROT_EXEC);
	attempt("branch off the page", end - 8, 6);
	put(end - 8, conditional, 2, PROT_READ | PROT_EXEC);
	attempt("taken off the page", end - 8, 7);
	attempt("not taken off the page", end - 8, -1);
	const uint32_t lands[] = { ADD_1, RET };
	put(end, lands, 2, PROT_READ | PROT_EXEC);
	attempt("on into the next page", end - 8, 8);
}

static void traps(void)
{
	const uint32_t words[] = { ADD_1, 0 /* udf */, ADD_1, BRK, ADD_1, RET };
	/* x0 = *x0 in the middle, and a store after a loop */
	const uint32_t loads[] = { NOP, 0xf9400000, ADD_1, RET };
	const uint32_t stores[] = { 0xd2800069 /* mov x9, 3 */, 0xf1000529 /* subs x9, x9, 1 */,
		0x54ffffe1 /* b.ne .-4 */, 0xf9000009 /* str x9, [x0] */, 0xaa0903e0 /* mov x0, x9 */, RET };

	put(pages + 5 * PAGE, words, 6, PROT_READ | PROT_EXEC);
	attempt("undefined", pages + 5 * PAGE, 10);
	attempt("breakpoint", pages + 5 * PAGE + 8, 20);
	attempt("behind it", pages + 5 * PAGE + 16, 30);
	put(pages + 5 * PAGE + 64, loads, 4, PROT_READ | PROT_EXEC);
	put(pages + 5 * PAGE + 128, stores, 6, PROT_READ | PROT_EXEC);
	long value = 77;
	attempt("loads", pages + 5 * PAGE + 64, (long)&value);
	attempt("stores", pages + 5 * PAGE + 128, (long)&value);
	printf("stored %ld\n", value);
	mprotect(pages + 5 * PAGE, PAGE, PROT_READ | PROT_EXEC);
	if (!sigsetjmp(out, 1))
		((fn *)(pages + 5 * PAGE + 128))((long)pages + 5 * PAGE + 256);
	printf("store to code: signal %d code %d at %lx, pc %lx, x0 %lx\n", seen.sig, seen.code, seen.addr, seen.pc,
	       seen.x0 - (long)pages);
}

static long counter;

/* A handler that is made at run time, and one that repairs what such code does wrong, with such code. */
static void repair(int sig, siginfo_t *info, void *context)
{
	ucontext_t *u = context;

	(void)info;
	counter = ((fn *)(pages + 6 * PAGE + 32))(counter + sig);
	u->uc_mcontext.pc += 4;
	u->uc_mcontext.regs[0] = 1000;
}

static void handlers(void)
{
	uint64_t a = (uint64_t)&counter;
	const uint32_t handler[] = {
		0xd2800009 | (uint32_t)(a & 0xffff) << 5, 0xf2a00009 | (uint32_t)(a >> 16 & 0xffff) << 5,
		0xf2c00009 | (uint32_t)(a >> 32 & 0xffff) << 5, 0xf940012a /* ldr x10, [x9] */,
		0x8b20c14a /* add x10, x10, w0, sxtw */, 0xf900012a, RET };
	const uint32_t doubles[] = { 0x8b000000, RET };
	const uint32_t faults[] = { ADD_1, 0 /* udf */, ADD_1, RET };
	struct sigaction act = { .sa_sigaction = repair, .sa_flags = SA_SIGINFO };

	put(pages + 6 * PAGE, handler, 7, PROT_READ | PROT_EXEC);
	put(pages + 6 * PAGE + 32, doubles, 2, PROT_READ | PROT_EXEC);
	put(pages + 6 * PAGE + 64, faults, 4, PROT_READ | PROT_EXEC);
	signal(SIGUSR1, (void (*)(int))(pages + 6 * PAGE));
	for (int i = 0; i < 50; i++)
		raise(SIGUSR1);
	printf("counted %ld\n", counter);
	sigaction(SIGILL, &act, NULL);
	printf("repaired %ld, %ld\n", ((fn *)(pages + 6 * PAGE + 64))(5), counter);
}

int main(void)
{
	struct sigaction act = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	sigaction(SIGSEGV, &act, NULL);
	sigaction(SIGILL, &act, NULL);
	sigaction(SIGTRAP, &act, NULL);
	pages = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	protections();
	edges();
	traps();
	handlers();
	return 0;
}
