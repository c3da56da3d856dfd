/* SPDX-License-Identifier: MIT */
/*
 * The names this binary goes by, and what it is under each.
 */
#ifndef WRAPPER_NAMES_H
#define WRAPPER_NAMES_H

#include "options.h"

enum tool_kind {
	TOOL_COMPILE,    /* compiler driver */
	TOOL_PREPROCESS, /* compiler driver that never links */
	TOOL_CROSS,      /* the plain cross tool */
	TOOL_EDIT,       /* the cross tool, on what our outputs carry too */
	TOOL_LIFT,       /* aarch64-wasm-lift */
};

struct tool {
	const char *name;  /* behind "aarch64-wasm-" and the like */
	enum tool_kind run;
	const char *cross; /* the cross tool's name behind "aarch64-linux-gnu-" */
	enum libc libc;    /* what it links by default */
};

/* By argv[0]: with one of our prefixes or none.  NULL if it is none of ours. */
const struct tool *tool_find(const char *argv0);

#endif
