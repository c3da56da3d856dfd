/* SPDX-License-Identifier: MIT */
/*
 * Makes outputs out of a guest ELF, what the lifter made of it, and the
 * runtime.
 */
#ifndef WRAPPER_PACK_H
#define WRAPPER_PACK_H

#include "input.h"

struct piece {
	const char *name;
	struct input in;
};

enum { MAX_PIECES = 8 };

/* A bundle's pieces. */
struct pieces {
	struct piece piece[MAX_PIECES];
	unsigned n;
};

/* Those that return int return 0, or -1 after diag_error(). */

/* Collects what a program carries: the runtime, the lifted program (`wasm`, may be NULL) and the guest. */
int pack_collect(struct pieces *p, const struct input *elf, const struct input *wasm);

/* Writes the stub and the bundle: a program that runs. */
int pack_program(const char *out, const struct pieces *p);

/* Writes the x.wasm that goes with x.js or x.html. */
int pack_module(const char *out, const struct input *elf, const struct input *wasm);

/* Writes an x.wasm for WASI engines.  `wasm` is what `lift --wasi` wrote; NULL: not lifted. */
int pack_wasi(const char *out, const struct input *elf, const struct input *wasm);

/* The pieces of a program that pack_program() wrote; false if it is some other file. */
bool pack_read(struct pieces *p, const struct input *program);

/* The piece called so, or NULL. */
struct piece *pack_find(struct pieces *p, const char *name);

#endif
