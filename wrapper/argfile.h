/* SPDX-License-Identifier: MIT */
/*
 * Response files: `@file` on a command line stands for the arguments in it.
 */
#ifndef WRAPPER_ARGFILE_H
#define WRAPPER_ARGFILE_H

#include "args.h"

/* Appends argv[0..n) to `out`, each readable @file replaced by what it holds, nested ones too. */
void argfile_expand(char *const *argv, size_t n, struct args *out);

/* Writes the arguments to `path` so that argfile_expand() and gcc read them back. 0, or -1 with errno. */
int argfile_write(const char *path, char *const *argv, size_t n);

#endif
