/* SPDX-License-Identifier: MIT */
/*
 * Leaving lifted code without exceptions.
 *
 * Where a host throws to drop all frames (cpu_unwind, a system call that
 * replaced all registers), a module for WASI engines returns: the runtime sets
 * cpu->unwinding, and each lifted function that called what may have set it
 * looks, and returns too; what it returns nobody reads.
 */
#ifndef LIFTER_UNWIND_H
#define LIFTER_UNWIND_H

#include <llvm-c/Core.h>

#include "runtime/cpu/cpu.h"

/* The function may unwind, though its code is not in the module. */
void unwind_note(LLVMValueRef function);
/* Adds these looks to the finished module, before it is optimised; area: the image's. */
void unwind_by_return(LLVMModuleRef, u32 area);

#endif
