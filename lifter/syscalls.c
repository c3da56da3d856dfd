/* SPDX-License-Identifier: MIT */
/* The kernel's system calls as the lifter needs to know them. */
#include "lifter/program.h"

#include "runtime/kernel/argkinds.h"

enum { MAX_ARGUMENTS = 6 };

#define SYS(number, name, result, args, support, note) [number] = args,
static const u8 kinds[SYSCALL_LIMIT][MAX_ARGUMENTS + 1] = {
#include "runtime/kernel/syscalls.def"
};
#undef SYS

#define SYS(number, ...) [number] = true,
static const bool is_known[SYSCALL_LIMIT] = {
#include "runtime/kernel/syscalls.def"
};
#undef SYS

u32 syscall_arguments(s64 number)
{
	u32 n = 0;

	if (number < 0 || number >= SYSCALL_LIMIT || !is_known[number])
		return MAX_ARGUMENTS;
	while (kinds[number][n] != ARG_END)
		n++;
	return n;
}
