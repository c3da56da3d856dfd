/* SPDX-License-Identifier: MIT */
/*
 * Where the parts of the toolchain are.
 *
 * Everything of ours is found from the running binary, bin/../libexec, so an
 * installed tree can be moved.  What we stand on is found in the toolchain
 * prefix ($AARCH64_WASM_PREFIX, or the path written in libexec's file
 * `prefix`), then on PATH.
 */
#ifndef WRAPPER_PATHS_H
#define WRAPPER_PATHS_H

const char *path_libexec(const char *name);  /* ".../libexec/aarch64-wasm-cc/NAME" */
const char *path_self_tool(const char *tool); /* ".../bin/aarch64-wasm-TOOL" */
const char *path_prefix(void);               /* the toolchain prefix, or NULL */

/* An executable called `name` in the prefix's bin or on PATH; NULL if there is none. */
const char *path_program(const char *name);

/* What a shell that found it on PATH would call it: gcc prints its argv[0], and looks beside it for its parts. */
const char *path_argv0(const char *path);

/*
 * The cross tool `tool` (gcc, g++, ar ...) under $AARCH64_WASM_CROSS, by default
 * "aarch64-linux-gnu-".  NULL after diag_error() if it is missing.
 */
const char *path_cross(const char *tool);

/* The node that programs start with: $AARCH64_WASM_NODE, libexec's file `node`, then PATH; NULL if none. */
const char *path_node(void);

#endif
