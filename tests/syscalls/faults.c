/* SPDX-License-Identifier: MIT */
/*
 * Accesses that page rights forbid, and what a handler learns of them.  Lifted
 * code does not ask for page rights: this is about the interpreter.
 */
#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

static volatile int last;
static sigjmp_buf jump;
static volatile char *fault_address;
static int fault_code;

static void on_fault(int sig, siginfo_t *info, void *context)
{
	(void)context;
	last = sig;
	fault_address = info->si_addr;
	fault_code = info->si_code;
	siglongjmp(jump, 1);
}

static void step_over(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)info;
	last = sig;
	uc->uc_mcontext.pc += 4;
	uc->uc_mcontext.regs[0] = 4711;
}

static void again(int sig) { (void)sig; write(1, "handler\n", 8); }

static int overflow(int n)
{
	volatile char block[4096];

	block[0] = n;
	return n ? overflow(n - 1) + block[0] : 0;
}

static void set_info(int sig, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = flags | SA_SIGINFO };

	sigaction(sig, &sa, NULL);
}

static void faults(void)
{
	set_info(SIGSEGV, on_fault, SA_NODEFER);
	set_info(SIGILL, on_fault, SA_NODEFER);
	set_info(SIGTRAP, on_fault, SA_NODEFER);
	if (!sigsetjmp(jump, 1))
		*(volatile int *)16 = 1;
	SAY("sig %d code %d at %lx\n", last, fault_code, (long)fault_address);
	if (!sigsetjmp(jump, 1))
		*(volatile char *)0x7fffffff0000 = 1;
	SAY("sig %d code %d at %lx\n", last, fault_code, (long)fault_address);
	if (!sigsetjmp(jump, 1))
		*(volatile char *)set_info = 1;
	SAY("sig %d code %d right place %d\n", last, fault_code, (char *)fault_address == (char *)set_info);
	if (!sigsetjmp(jump, 1))
		((void (*)(void))8)();
	SAY("sig %d code %d at %lx\n", last, fault_code, (long)fault_address);
	if (!sigsetjmp(jump, 1))
		__asm__ volatile(".word 0");
	SAY("sig %d\n", last);
	if (!sigsetjmp(jump, 1))
		__asm__ volatile("brk #5");
	SAY("sig %d code %d\n", last, fault_code);
	set_info(SIGSEGV, step_over, 0);
	register long x0 __asm__("x0") = 16;
	__asm__ volatile("ldr x0, [x0]" : "+r"(x0));
	SAY("stepped over, x0 %ld\n", x0);
	signal(SIGSEGV, SIG_DFL);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	setvbuf(stdout, NULL, _IONBF, 0);
	SAY("%s\n", how);
	if (!strcmp(how, "handled"))
		faults();
	if (!strcmp(how, "null"))
		*(volatile int *)0 = 1;
	if (!strcmp(how, "ignored")) {
		signal(SIGSEGV, SIG_IGN);
		*(volatile int *)0 = 1;
	}
	if (!strcmp(how, "readonly")) {
		char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		*(volatile char *)p = 1;
	}
	if (!strcmp(how, "noexec")) {
		static int code[] = { 0xd65f03c0 };
		void (*f)(void);
		memcpy(&f, &(void *){ code }, sizeof(f));
		f();
	}
	if (!strcmp(how, "overflow")) {
		/* No room for the handler's frame. */
		signal(SIGSEGV, again);
		return overflow(10000);
	}
	return 0;
}
