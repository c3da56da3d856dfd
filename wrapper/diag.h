/* SPDX-License-Identifier: MIT */
/*
 * What the user is told: one line, the tool's name first.
 *
 * diag_error() only prints and remembers; nothing here ends the process.
 */
#ifndef WRAPPER_DIAG_H
#define WRAPPER_DIAG_H

/* The name every message starts with: the basename of argv[0]. */
extern const char *diag_tool;

/* "tool: error: ..." on stderr, in one write(2).  Returns -1, so that callers can `return diag_error(...)`. */
int diag_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* "tool: warning: ..." on stderr. */
void diag_warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
