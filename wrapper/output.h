/* SPDX-License-Identifier: MIT */
/*
 * From a guest ELF to the files that were asked for.
 */
#ifndef WRAPPER_OUTPUT_H
#define WRAPPER_OUTPUT_H

#include <stdbool.h>

#include "plan.h"

struct output {
	const char *path;      /* what -o says; its suffix is the kind */
	const char *name;      /* what the lifter calls the program in messages; NULL: path */
	bool lift;             /* false: interpreted when run */
	bool relaxed_nan;
	const char *fenv;      /* auto, full, none; NULL: auto */
	bool verbose;
	const char *keep;      /* -save-temps: the path that kept files' names begin with, or NULL */
};

/*
 * Appends the steps that turn the static ELF `elf` into `out`.  `dir` is where
 * unfinished files may go.
 */
void output_plan(struct plan *p, const struct output *out, const char *elf, const char *dir);

/* `aarch64-wasm-lift --pack ELF [WASM] -o OUT`, a step of such plans; the exit status. */
#define PACK "--pack"
#define PACK_WASI "--pack-wasi"
int tool_pack(int argc, char **argv);

/* The kinds by suffix, for --help: "suffix<TAB>meaning", NULL at the end. */
const char *output_kind_help(unsigned i);

#endif
