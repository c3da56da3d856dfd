/* SPDX-License-Identifier: MIT */
/* Fused multiply-add, from the instructions' meaning (fma.c) to calls (fmalower.c). */
#ifndef LIFTER_FMA_H
#define LIFTER_FMA_H

#include "lifter/build.h"

#define FMA_INTRINSIC "llvm.fma"

/* operands[0] * operands[1] + operands[2], a NaN as the host has it. */
value_t fma_raw(struct builder *, const value_t operands[3]);
/* The same, its NaN marked (nan.h). */
value_t fma_result(struct builder *, const value_t operands[3]);
/* The same where some result is a NaN: cpu.wasm makes it. */
value_t fma_fixed(struct builder *, const value_t operands[3]);
/* When nothing more is to be optimised. */
void fma_lower(struct program *, LLVMModuleRef);

#endif
