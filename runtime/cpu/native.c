/* SPDX-License-Identifier: MIT */
/*
 * The interpreter as native code: program memory is an arena of 4 GiB, and
 * there is no lifted code.  The program around it defines the kernel's entries
 * and host_unwind().
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "dispatch.h"
#include "native.h"

u8 *mem_arena;
u32 mem_area;

void cpu_native_start(void)
{
	mem_arena = mmap(NULL, (size_t)1 << 32, PROT_READ | PROT_WRITE,
	                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (mem_arena == MAP_FAILED)
		abort();
}

s64 lifted_call(u32 index, s64 sp, s64 x0, s64 x1, s64 x2, s64 x3)
{
	(void)index, (void)sp, (void)x0, (void)x1, (void)x2, (void)x3;
	abort();
}
