/* SPDX-License-Identifier: MIT */
/*
 * How the parts of runtime/cpu call each other, and what they import.
 */
#ifndef RUNTIME_CPU_DISPATCH_H
#define RUNTIME_CPU_DISPATCH_H

#include "../kernel/entry.h"
#include "cpu.h"
#include "mem.h"

#if defined(__wasm__) && !defined(AW_ONE_MODULE)
#define CPU_EXPORT(name) __attribute__((export_name(#name)))
#define CPU_IMPORT(module, name) \
	__attribute__((import_module(module), import_name(#name)))
#else
#define CPU_EXPORT(name)
#define CPU_IMPORT(module, name)
#endif

/* Throws away every frame of the host's stack; cpu_run() is then called again. */
CPU_IMPORT("host", host_unwind) _Noreturn void host_unwind(void);

/*
 * The same for a module that cannot throw (AW_ONE_MODULE), too: there it only
 * keeps a copy of struct cpu and says so in cpu->unwinding.  Whoever called
 * lifted code or an instruction's function, or is lifted code that called us,
 * returns at once when he sees that; then the copy is put back (host/wasi/unwind.c).
 */
#ifdef AW_ONE_MODULE
void leave_frames(struct cpu *cpu);
PURE bool is_unwinding(const struct cpu *cpu) { return cpu->unwinding; }
#else
static inline _Noreturn void leave_frames(struct cpu *cpu) { (void)cpu; host_unwind(); }
PURE bool is_unwinding(const struct cpu *cpu) { (void)cpu; return false; }
#endif

CPU_IMPORT("kernel", kernel_syscall) int64_t kernel_syscall(int64_t, int64_t, int64_t, int64_t,
                                                            int64_t, int64_t, int64_t);
CPU_IMPORT("kernel", kernel_fault) void kernel_fault(int32_t, int32_t, int64_t);
CPU_IMPORT("kernel", kernel_signal_deliver) int32_t kernel_signal_deliver(void);
CPU_IMPORT("kernel", kernel_nanoseconds) int64_t kernel_nanoseconds(void);

PURE struct cpu *the_cpu(void) { return mem_ptr(CPU_AREA + CPU_BASE); }

/* lifted.c: where lifted code is, one bit for each 4 bytes of text. */
extern struct lifted_map {
	u32 text_base, text_size;
	const u8 *bitmap;
	bool has_threads;          /* its system calls may be where another thread goes on */
} lifted_map;

/* Does a lifted function or re-entry body start at pc? */
PURE bool lifted_at(u64 pc)
{
	u64 at = pc - lifted_map.text_base;

	return at < lifted_map.text_size && !(at & 3) &&
	       lifted_map.bitmap[at >> 5] >> (at >> 2 & 7) & 1;
}

/* Runs it. */
void lifted_run(struct cpu *cpu);
/* The lifted function that returns there goes on at cpu->pc: can it do so by returning to lifted_run()? */
bool lifted_goes_on(struct cpu *cpu, u64 ret_pc, u64 ret_sp);
/* The same for one that was entered with that SP, whatever x30 was. */
bool lifted_returns(struct cpu *cpu, u64 entry_sp);
/* No lifted function runs. */
void lifted_forget(struct cpu *cpu);

/* interp.c: runs blocks until lifted code or (stop_pc, stop_sp) is reached, or
 * enough of them; at least one block. */
void interp_run(struct cpu *cpu, u64 stop_pc, u64 stop_sp);
/* One instruction; true if it was a trap, whose signal has been delivered. */
bool interp_step(struct cpu *cpu);

/* cache.c: forgets decoded instructions; the running block goes on to its end. */
void code_changed(void);
/* May any have been decoded from there?  size > 0. */
bool cache_holds(u64 va, u64 size);

/* dispatch.c: runs until pc and sp are these. */
void cpu_call_until(u64 stop_pc, u64 stop_sp);

/* signal.c: queues a synchronous signal at cpu->pc and enters its handler. */
void signal_fault(struct cpu *cpu, int sig, int code, u64 va);
/* The same for whatever the kernel has pending. */
void signal_deliver(struct cpu *cpu);
/* SIGTRAP or SIGILL at the instruction before cpu->pc. */
void raise_trap(struct cpu *cpu, u32 kind, u64 imm);

/* Linux, <signal.h> of arm64 */
enum { SIGILL = 4, SIGTRAP = 5, SIGBUS = 7, SIGSEGV = 11 };
enum { SEGV_MAPERR = 1, SEGV_ACCERR = 2, ILL_ILLOPC = 1, TRAP_BRKPT = 1, BUS_ADRALN = 1 };

#endif
