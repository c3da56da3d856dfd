/* SPDX-License-Identifier: MIT */
/* Diagnostics and memory: see util.h. */

#include "lifter/util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool diag_is_verbose;

static void speak(const char *kind, const char *format, va_list args)
{
	fprintf(stderr, "aarch64-wasm-lift: %s", kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

static LIST(const char *) to_remove;

void diag_remove(const char *path) { list_push(&to_remove, path); }

void diag_abandon(void)
{
	for (u32 i = 0; i < to_remove.count; i++)
		unlink(to_remove.at[i]);
	exit(1);
}

void diag_fatal(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	speak("error: ", format, args);
	va_end(args);
	diag_abandon();
}

void diag_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	speak("warning: ", format, args);
	va_end(args);
}

void diag_verbose(const char *format, ...)
{
	va_list args;

	if (!diag_is_verbose)
		return;
	va_start(args, format);
	speak("", format, args);
	va_end(args);
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		diag_fatal("out of memory");
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		diag_fatal("out of memory");
	return p;
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	int n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		diag_fatal("out of memory");
	return text;
}

struct bitset bitset_new(u32 size)
{
	return (struct bitset){ xcalloc(size / 32 + 1, sizeof(u32)), size };
}
