/* SPDX-License-Identifier: MIT */
/*
 * Runs cases by the interpreter as native code (isa run).
 *
 * The kernel's entries are defined here: a fault is noted and unwound.
 */
#include <setjmp.h>
#include <string.h>

#include "isa.h"
#include "runtime/cpu/native.h"
#include "runtime/kernel/entry.h"

enum { SIGTRAP_LINUX = 5, TRAP_BRKPT_LINUX = 1 };

static jmp_buf unwound;
static struct isa_result *result;

_Noreturn void host_unwind(void)
{
	longjmp(unwound, 1);
}

int64_t kernel_syscall(int64_t nr, int64_t a0, int64_t a1, int64_t a2, int64_t a3, int64_t a4,
                       int64_t a5)
{
	(void)nr, (void)a0, (void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return -38;
}

void kernel_fault(int32_t sig, int32_t code, int64_t addr)
{
	result->sig = (uint32_t)sig;
	result->code = (uint32_t)code;
	result->addr = sig == 11 || sig == 7 ? (uint64_t)addr : 0;
}

int64_t kernel_nanoseconds(void)
{
	return 0;
}

int32_t kernel_signal_deliver(void)
{
	return 0;
}

static void protect(uint64_t va, uint64_t size, uint8_t prot)
{
	memset(guest(CPU_PROT_MAP) + (va >> CPU_PAGE_SHIFT), prot, size >> CPU_PAGE_SHIFT);
}

static void load(struct cpu *cpu, const struct isa_case *c, uint32_t n)
{
	memset(cpu, 0, sizeof *cpu);
	memcpy(cpu->x, c->x, sizeof c->x);
	cpu->x[X_SP] = c->sp;
	cpu->pc = isa_pc(n);
	cpu->nzcv = c->nzcv;
	cpu->fpcr = c->fpcr;
	cpu->fpsr = c->fpsr;
	memcpy(cpu->v, c->v, sizeof c->v);
	isa_window_fill(guest(ISA_WINDOW), c->seed);
	memcpy(guest(cpu->pc), c->word, c->nwords * 4);
}

static void save(const struct cpu *cpu, struct isa_result *r)
{
	memcpy(r->x, cpu->x, sizeof r->x);
	r->sp = cpu->x[X_SP];
	r->pc = cpu->pc;
	r->nzcv = cpu->nzcv;
	r->fpsr = cpu->fpsr;
	memcpy(r->v, cpu->v, sizeof r->v);
	r->window = isa_window_hash(guest(ISA_WINDOW));
}

/* Steps until a signal: the BRK behind the words is one, and so is a landing
 * outside of the code area. */
static void run(struct cpu *cpu)
{
	if (setjmp(unwound))
		return;
	while (!result->sig)
		interp_step(cpu);
}

void isa_run_native(const struct isa_case *cases, struct isa_result *results, uint32_t count)
{
	struct cpu *cpu = (struct cpu *)guest(CPU_BASE);

	for (uint32_t n = 0; n < count; n++) {
		if (n % ISA_BATCH == 0) {
			uint32_t *code = (uint32_t *)guest(ISA_CODE);
			for (int i = 0; i < ISA_BATCH * ISA_SLOT / 4; i++)
				code[i] = ISA_BRK;
			/* the words of a batch are there from the start, as under qemu */
			for (uint32_t k = n; k < count && k < n + ISA_BATCH; k++)
				memcpy(guest(isa_pc(k)), cases[k].word, cases[k].nwords * 4);
		}
		result = &results[n];
		memset(result, 0, sizeof *result);
		load(cpu, &cases[n], n);
		run(cpu);
		save(cpu, result);
	}
}

void isa_native_start(void)
{
	cpu_native_start();
	protect(ISA_WINDOW, ISA_WINDOW_SIZE, PAGE_READ | PAGE_WRITE);
	protect(ISA_CODE, ISA_BATCH * ISA_SLOT, PAGE_READ | PAGE_EXEC);
}
