/* SPDX-License-Identifier: MIT */
/*
 * Unfinished files: gone when the tool ends, however it ends.
 */
#ifndef WRAPPER_TMP_H
#define WRAPPER_TMP_H

#include <sys/types.h>

/* A private directory in $TMPDIR, one per process, made at first use.  NULL after diag_error(). */
const char *tmp_dir(void);

/* Remembers a file as unfinished, or as finished.  The string must live on. */
void tmp_add(const char *path);
void tmp_keep(const char *path);

/* Removes what is unfinished. */
void tmp_cleanup(void);

/* Makes the signals that end a tool stop `*child` (if not 0) and clean up before they do. */
void tmp_on_signals(void);
extern volatile pid_t tmp_child;

#endif
