/* SPDX-License-Identifier: MIT */
/*
 * Argument vectors, and the strings that go into them.
 *
 * A tool of this folder lives for milliseconds and frees nothing: strings are
 * made and kept until exit, vectors only grow.
 */
#ifndef WRAPPER_ARGS_H
#define WRAPPER_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct args {
	char **v;       /* v[n] is NULL once something was pushed */
	size_t n, room;
};

void args_push(struct args *a, const char *s);
void args_push_all(struct args *a, char *const *v, size_t n);

/* printf into a fresh string.  Ends the process when memory is out, as does all allocation here. */
char *str_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void *mem_alloc(size_t size);

const char *path_base(const char *path);   /* after the last '/' */
char *path_dir(const char *path);          /* "dir/" with its slash, or "" */
const char *path_suffix(const char *path); /* ".c" of the last component, or "" (a leading dot is no suffix) */
bool starts_with(const char *s, const char *prefix);
bool ends_with(const char *s, const char *suffix);

#endif
