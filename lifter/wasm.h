/* SPDX-License-Identifier: MIT */
/* The wasm binary format's bytes: what finishing a module reads and writes. */
#ifndef LIFTER_WASM_H
#define LIFTER_WASM_H

#include "lifter/emit.h"

enum { SEC_CUSTOM, SEC_TYPE, SEC_IMPORT, SEC_FUNCTION, SEC_TABLE, SEC_MEMORY, SEC_GLOBAL, SEC_EXPORT, SEC_START, SEC_ELEMENT, SEC_CODE,
	SEC_DATA, SEC_DATACOUNT };

struct reader { const u8 *at, *end; };


/* wasmbytes.c.  Input that ends too early ends the lift: it is the linker's. */
u8 get_u8(struct reader *);
u64 get_leb(struct reader *);
s64 get_sleb(struct reader *);
struct reader get_exactly(struct reader *, size_t n);
/* A length and so many bytes. */
struct reader get_bytes(struct reader *);
void put_u8(struct bytes *, u8);
void put_leb(struct bytes *, u64);
void put_sleb(struct bytes *, s64);
void put_string(struct bytes *, const char *);
void put_section(struct bytes *out, u8 id, const struct bytes *body);

/* Functions whose calls mean something; those that are not there have number NONE. */
struct special { u32 unlikely, fma_v64, fma_v32, fma_32; };

/* wasmcode.c: the code section without calls of `unlikely`, which become
 * branch hints: `hints` gets the body of the section "metadata.code.branch_hint".
 * `fused` gets that of "aw.fma", which says where fused multiply-adds are called
 * (runtime/host/js/fuse.js): a LEB128 number for each, twice the bytes from the
 * one before, in the first case from the section's start, plus 1 for doubles.
 * Both stay empty where there are none. */
struct bytes code_section(struct reader section, u32 imports, const struct special *, struct bytes *hints, struct bytes *fused);

/* wasmtiers.c: sections before the code that ask for the optimizing compiler,
 * for the functions `chosen` by their place in `code`, but for large ones. */
void put_tier_hints(struct bytes *out, struct bitset *chosen, struct reader code, u32 imports);

#endif
