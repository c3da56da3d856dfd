/* SPDX-License-Identifier: MIT */
/* From IR to program.wasm: optimise, generate code, link, finish. */
#ifndef LIFTER_EMIT_H
#define LIFTER_EMIT_H

#include <llvm-c/Core.h>

#include "lifter/program.h"

/* i32 (i32), the identity: what it answers is hardly ever true. */
#define UNLIKELY "aw_unlikely"
/* Functions that an engine may have an instruction for begin so (toolchains/fused.c). */
#define FUSED "aw_fma_"

struct emit_options {
	const char *out;           /* program.wasm; written by rename */
	const char *save_temps;    /* base name for .ll, .opt.ll and .o, or NULL */
	const char *linker;        /* wasm-ld */
	const char *builtins;      /* object with what LLVM calls for what wasm cannot do, as __multi3 */
	const char *runtime;       /* wasi.o: link with it to a module for WASI engines, whole but for the guest ELF; or NULL */
	bool keep_names;
};

/* emit.c: a module of the program becomes an object; `temps` is a base name for what --save-temps keeps, or NULL. */
void emit_object(struct program *, LLVMModuleRef, const char *object, const char *temps, const struct emit_options *);
/* What this process makes from here on are giant functions: do without what takes LLVM minutes there. */
void emit_giants(void);
/* link.c: objects become program.wasm. */
void emit_linked(const struct program *, char *const *objects, u32 count, const struct emit_options *);

/* settle.c: makes code of the markers for NaNs, in functions whose registers are SSA values. */
void nan_settle(struct program *, LLVMModuleRef);

/* wasmfile.c: the linked module with our table elements, the bitmap of lifted
 * code, where it is (section "aw.map"; with a runtime, CPU_LIFTED_MAP), and
 * nothing that is not needed at run time. */
struct bytes { u8 *at; size_t count, room; };
struct bytes wasm_finish(const struct program *, const u8 *linked, size_t size, const struct emit_options *);
void bytes_put(struct bytes *, const void *, size_t);

#endif
