/* SPDX-License-Identifier: MIT */
/*
 * The kernel's face to the other parts: what kernel.wasm exports (and the native
 * library defines), who calls it, and in which order.
 *
 * Boot, by the host glue:
 *   1. kernel memory: WebAssembly.Memory{initial: 32, maximum: 4096, shared: true}, given
 *      to kernel.wasm as env.memory; host.* as in runtime/host/imports.tab.
 *      Program memory: {initial: 64, maximum: 65536}.
 *   2. p = kernel_boot_buffer(size); fill it; kernel_boot(size).  The buffer is a row of
 *      NUL-terminated strings:
 *          argc (decimal)   argv[0] … argv[argc-1]
 *          envc (decimal)   env[0] … env[envc-1]
 *          cwd              absolute path of the directory the program starts in
 *          exe              absolute path of the program's file (/proc/self/exe)
 *          fds              open files it starts with: "fd:handle fd:handle …", decimal,
 *                           usually "0:0 1:1 2:2"
 *          signals          "ignored blocked", as whoever started it left them: decimal, bit
 *                           n-1 is signal n; may be missing
 *   3. err = kernel_exec_first(): loads the ELF (handle HOST_IMAGE), grows program memory
 *      as needed, writes struct cpu.  On error the kernel has printed one line on
 *      handle 2; the host ends with status 126.
 *   4. cpu.wasm (cpu-high.wasm: runtime/cpu/cpu.h) and lifted code are instantiated, which
 *      writes their data to the runtime's area; cpu_init(...), cpu_run().
 *
 * While it runs, called by the cpu side on its own thread:
 *   kernel_syscall      for every SVC #0.  struct cpu must hold all registers if the call may
 *                       deliver a signal or is rt_sigreturn.  Afterwards the cpu side looks at
 *                       cpu->pending (see PENDING_*).
 *   kernel_fault        before a synchronous signal: queues it, then call
 *                       kernel_signal_deliver at once.
 *   kernel_signal_deliver  acts on pending signals.
 *   kernel_nanoseconds  for CNTVCT_EL0.
 */
#ifndef KERNEL_ENTRY_H
#define KERNEL_ENTRY_H

#include <stdint.h>

/* AW_ONE_MODULE: kernel, cpu and host are linked to one module (host/wasi). */
#if defined(__wasm__) && !defined(AW_ONE_MODULE)
#define KERNEL_EXPORT(name) __attribute__((export_name(#name)))
#else
#define KERNEL_EXPORT(name)
#endif

/* cpu->pending, written by the kernel; cleared by the cpu side when it has acted on it. */
enum {
	PENDING_SIGNAL = 1,  /* call kernel_signal_deliver() */
	PENDING_RESUME = 2,  /* registers were replaced (rt_sigreturn): drop what is cached in
	                        locals and go on at cpu->pc; the call's result is not to be
	                        stored in x0 */
	PENDING_SWITCH = 4,  /* ... by those of another thread: what is below on the host's stack is not its own */
};

/*
 * Result of kernel_syscall: what Linux leaves in x0, or KERNEL_RESTART: leave x0 and pc
 * (at the SVC) as they are, deliver signals, then execute the SVC again.
 */
#define KERNEL_RESTART (-512)

uint32_t kernel_boot_buffer(uint32_t size);
void *kernel_boot_address(void);   /* the same for native builds, whose pointers are wider */
int32_t kernel_boot(uint32_t size);
int32_t kernel_exec_first(void);
uint32_t kernel_area(void);        /* then: where the runtime's area is; in wasm the linker knows */

int64_t kernel_syscall(int64_t nr, int64_t a0, int64_t a1, int64_t a2,
                       int64_t a3, int64_t a4, int64_t a5);

/* sig, si_code (SEGV_MAPERR 1, SEGV_ACCERR 2, ILL_ILLOPC 1, TRAP_BRKPT 1, BUS_ADRALN 1), si_addr.
 * struct cpu holds all registers, pc is the faulting instruction's. */
void kernel_fault(int32_t sig, int32_t code, int64_t addr);

/*
 * Act on one pending signal.  struct cpu holds all registers; pc is where the program would go on.
 * 1: a handler was set up: struct cpu (x0-x2, x29, x30, sp, pc) now points into it; its frame is on the
 *    guest stack and rt_sigreturn will bring everything back.
 * 0: nothing (more) to do.  A fatal signal does not return.
 */
int32_t kernel_signal_deliver(void);

/* CLOCK_MONOTONIC. */
int64_t kernel_nanoseconds(void);

#endif
