/* SPDX-License-Identifier: MIT */
/*
 * Unfinished files: gone when the tool ends, however it ends.
 *
 * Outputs are unfinished too until the whole plan is through: x.js without its
 * x.wasm is of no use.
 */
#ifndef WRAPPER_TMP_H
#define WRAPPER_TMP_H

#include <sys/types.h>

/* A private directory in $TMPDIR, one per process, made at first use.  NULL after diag_error(). */
const char *tmp_dir(void);

/* Remembers a file as unfinished: an intermediate one.  The string must live on. */
void tmp_add(const char *path);

/* The unfinished file `from` has become the output `to`. */
void tmp_rename(const char *from, const char *to);

/* Forgets a file: it stays. */
void tmp_keep(const char *path);

/* Removes what is unfinished.  Returns `status`, the tool's: outputs stay if it is 0. */
int tmp_end(int status);

/* Makes the signals that end a tool stop `*child` (if not 0) and clean up before they do. */
void tmp_on_signals(void);
extern volatile pid_t tmp_child;

#endif
