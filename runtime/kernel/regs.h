/* SPDX-License-Identifier: MIT */
/*
 * The running program's registers: struct cpu in its memory.
 */
#ifndef KERNEL_REGS_H
#define KERNEL_REGS_H

#include "../cpu/cpu.h"
#include "host_imports.h"
#include "task.h"

/* Where the field at this offset of struct cpu is. */
static inline u32 regs_at(u32 offset) { return current->process->mm.area + CPU_BASE + offset; }

static inline void regs_get(struct cpu *out) { host_copy_in(out, regs_at(0), REGS_SIZE); }
static inline void regs_set(const struct cpu *in) { host_copy_out(regs_at(0), in, REGS_SIZE); }

/* Set PENDING_* bits for the cpu side. */
static inline void regs_note(u32 bits)
{
	const u32 at = regs_at(offsetof(struct cpu, pending));
	u32 pending;

	host_copy_in(&pending, at, sizeof(pending));
	pending |= bits;
	host_copy_out(at, &pending, sizeof(pending));
}

#endif
