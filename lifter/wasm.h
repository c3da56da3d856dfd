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

/* wasmcode.c: the code section without calls of `unlikely`, which become
 * branch hints: `hints` gets the body of the section "metadata.code.branch_hint",
 * empty where there are none. */
struct bytes code_section(struct reader section, u32 imports, u32 unlikely, struct bytes *hints);

/* wasmtiers.c: sections before the code that ask for the optimizing compiler,
 * for the functions `chosen` by their place in `code`, but for large ones. */
void put_tier_hints(struct bytes *out, struct bitset *chosen, struct reader code, u32 imports);

#endif
