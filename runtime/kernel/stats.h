/* SPDX-License-Identifier: MIT */
/*
 * AARCH64_WASM_STATS: how much of a program the interpreter ran.  The cpu side
 * counts, in struct cpu (runtime/cpu/cpu.h).
 */
#ifndef KERNEL_STATS_H
#define KERNEL_STATS_H

#include "regs.h"

/* Before the program's first instruction. */
void stats_begin(enum cpu_stats_mode mode);
/* At its end: the report, on the host's standard error; nothing if it never began. */
void stats_end(void);

#endif
