/* SPDX-License-Identifier: MIT */
/*
 * The table of system calls as data: for dispatch, strace and the manual.
 */
#ifndef KERNEL_SYSCALL_H
#define KERNEL_SYSCALL_H

#include "argkinds.h"
#include "sys.h"

enum result_kind { RESULT_INT, RESULT_HEX, RESULT_NEVER };
enum support { SUPPORT_FULL, SUPPORT_PART };

struct syscall {
	const char *name;            /* NULL: no such call */
	syscall_fn *fn;
	u8 args[6];
	u8 result, support;
	const char *note;
};

extern const struct syscall syscalls[SYSCALL_LIMIT];

/* strace.c */
extern bool strace_on;
void strace_call(struct task *t, u64 nr, const u64 *a, s64 result);
void strace_signal(int sig, const struct abi_siginfo *info);
void strace_end(const char *how, u32 number, bool is_signal);

#endif
