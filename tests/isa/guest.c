/* SPDX-License-Identifier: MIT */
/*
 * Runs cases on a real AArch64 Linux (qemu): struct isa_case on stdin,
 * struct isa_result on stdout.
 *
 * State is set by returning from a signal and read when the next one arrives,
 * so an instruction may do whatever it wants with registers and control.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "case.h"

static struct isa_case cases[ISA_BATCH];
static struct isa_result results[ISA_BATCH];
static volatile int count, current;
static uint8_t *const window = (uint8_t *)ISA_WINDOW;
static ucontext_t home;            /* where main() goes on */

/* The FP record of Linux's struct sigcontext, one of a list in __reserved. */
enum { RESERVED_OFFSET = 288 };
struct fp {
	uint32_t magic, size, fpsr, fpcr;
	uint8_t v[32][16];
};

static struct fp *fp_of(ucontext_t *u)
{
	uint8_t *p = (uint8_t *)&u->uc_mcontext + RESERVED_OFFSET;

	while (((struct fp *)p)->magic != FPSIMD_MAGIC && ((struct fp *)p)->size)
		p += ((struct fp *)p)->size;
	return (struct fp *)p;
}

static void enter(ucontext_t *u, int n)
{
	const struct isa_case *c = &cases[n];

	isa_window_fill(window, c->seed);
	memcpy(u->uc_mcontext.regs, c->x, sizeof c->x);
	u->uc_mcontext.sp = c->sp;
	u->uc_mcontext.pc = isa_pc((uint32_t)n);
	u->uc_mcontext.pstate = c->nzcv;
	struct fp *fp = fp_of(u);
	fp->fpcr = c->fpcr;
	fp->fpsr = c->fpsr;
	memcpy(fp->v, c->v, sizeof c->v);
}

static void leave(ucontext_t *u, int n, const siginfo_t *si)
{
	struct isa_result *r = &results[n];

	r->sig = (uint32_t)si->si_signo;
	r->code = (uint32_t)si->si_code;
	r->addr = r->sig == SIGSEGV || r->sig == SIGBUS ? (uint64_t)si->si_addr : 0;
	memcpy(r->x, u->uc_mcontext.regs, sizeof r->x);
	r->sp = u->uc_mcontext.sp;
	r->pc = u->uc_mcontext.pc;
	r->nzcv = (uint32_t)u->uc_mcontext.pstate & 0xf0000000;
	struct fp *fp = fp_of(u);
	r->fpsr = fp->fpsr;
	memcpy(r->v, fp->v, sizeof r->v);
	r->window = isa_window_hash(window);
}

/* SIGUSR1 starts a batch; every other signal ends a case and starts the next. */
static void handler(int sig, siginfo_t *si, void *context)
{
	ucontext_t *u = context;

	if (sig == SIGUSR1) {
		memcpy(&home, u, sizeof home);
		current = -1;
	} else {
		leave(u, current, si);
	}
	if (++current < count) {
		enter(u, current);
		return;
	}
	memcpy(&u->uc_mcontext, &home.uc_mcontext, sizeof home.uc_mcontext);
}

static void *map(uint64_t at, size_t size, int prot)
{
	void *p = mmap((void *)at, size, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

static void write_code(void)
{
	uint32_t *code = map(ISA_CODE, ISA_BATCH * ISA_SLOT, PROT_READ | PROT_WRITE);

	for (int i = 0; i < ISA_BATCH * ISA_SLOT / 4; i++)
		code[i] = ISA_BRK;
	for (int n = 0; n < count; n++)
		memcpy(code + n * ISA_SLOT / 4, cases[n].word, cases[n].nwords * 4);
	mprotect(code, ISA_BATCH * ISA_SLOT, PROT_READ | PROT_EXEC);
}

static size_t read_all(void *p, size_t size)
{
	size_t have = 0;

	for (ssize_t n; have < size && (n = read(0, (char *)p + have, size - have)) > 0;)
		have += (size_t)n;
	return have;
}

int main(void)
{
	/* Not in the image: a case's small random SP that lies on it would be taken for a handler's own. */
	enum { SIZE = 65536 };
	stack_t alt = {.ss_size = SIZE};
	struct sigaction sa = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
	static const int signals[] = {SIGUSR1, SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE};

	alt.ss_sp = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (alt.ss_sp == MAP_FAILED || sigaltstack(&alt, NULL))
		return 2;
	for (unsigned i = 0; i < sizeof signals / sizeof signals[0]; i++)
		sigaction(signals[i], &sa, NULL);
	map(ISA_WINDOW, ISA_WINDOW_SIZE, PROT_READ | PROT_WRITE);
	while ((count = (int)(read_all(cases, sizeof cases) / sizeof cases[0]))) {
		write_code();
		raise(SIGUSR1);
		const char *p = (const char *)results;
		size_t left = (size_t)count * sizeof results[0];
		for (ssize_t n; left; left -= (size_t)n, p += n)
			if ((n = write(1, p, left)) <= 0)
				return 1;
	}
	return 0;
}
