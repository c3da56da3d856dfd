/* SPDX-License-Identifier: MIT */
/*
 * Argument vectors and small string helpers.
 */
#include "args.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

static void *checked(void *p)
{
	if (!p) {
		diag_error("out of memory");
		exit(1);
	}
	return p;
}

void *mem_alloc(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void args_push(struct args *a, const char *s)
{
	if (a->n + 1 >= a->room) {
		a->room = a->room ? a->room * 2 : 32;
		a->v = checked(realloc(a->v, a->room * sizeof *a->v));
	}
	a->v[a->n++] = (char *)s;
	a->v[a->n] = NULL;
}

void args_push_all(struct args *a, char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		args_push(a, v[i]);
}

char *str_printf(const char *fmt, ...)
{
	va_list args;
	char *s;

	va_start(args, fmt);
	if (vasprintf(&s, fmt, args) < 0)
		s = NULL;
	va_end(args);
	return checked(s);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *path_dir(const char *path)
{
	return str_printf("%.*s", (int)(path_base(path) - path), path);
}

const char *path_suffix(const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');

	return dot && dot != base ? dot : "";
}

bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && !strcmp(s + n - m, suffix);
}
