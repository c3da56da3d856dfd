/* SPDX-License-Identifier: MIT */
/*
 * Starting a program: image, stack, registers.
 */
#ifndef KERNEL_EXEC_H
#define KERNEL_EXEC_H

#include "elf.h"
#include "task.h"

/* `count` NUL-terminated strings in a row, `bytes` long altogether. */
struct strings {
	const char *data;
	u32 count, bytes;
};

struct exec_args {
	struct strings argv, env;
	const char *name;            /* AT_EXECFN */
};

/* Replace the task's program. 0, or an error with *why; after -ENOMEM of the mapping phase there
 * is no old program to return to. */
int exec_load(struct task *t, struct file *file, const struct exec_args *args, const char **why);

/* stack.c: strings, auxiliary vector and pointers on the new stack; the stack pointer, or an error. */
s64 stack_build(struct task *t, const struct elf_plan *plan, const struct exec_args *args);

#endif
