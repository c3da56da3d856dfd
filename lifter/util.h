/* SPDX-License-Identifier: MIT */
/*
 * Small things every part of the lifter uses: growable arrays, memory that
 * is there or ends the program, and the one way to speak to the user.
 */
#ifndef LIFTER_UTIL_H
#define LIFTER_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lifter/a64/sem/types.h"

/* One line on stderr, "aarch64-wasm-lift: error: ...", and exit status 1.
 * Files given to diag_remove() are removed first. */
void diag_fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
void diag_remove(const char *path);
/* The same where all is said. */
void diag_abandon(void) __attribute__((noreturn));
void diag_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Progress and summaries, with -v only. */
void diag_verbose(const char *format, ...) __attribute__((format(printf, 1, 2)));
extern bool diag_is_verbose;

/* Never NULL; the memory is zeroed.  Ends with an error when there is none. */
void *xcalloc(size_t count, size_t size) __attribute__((malloc));
void *xrealloc(void *old, size_t size);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A growable array: struct { T *at; u32 count, room; }. */
#define LIST(T) struct { T *at; u32 count, room; }
#define list_push(list, ...) do { \
	if ((list)->count == (list)->room) { \
		(list)->room = (list)->room ? 2 * (list)->room : 8; \
		(list)->at = xrealloc((list)->at, (list)->room * sizeof *(list)->at); \
	} \
	(list)->at[(list)->count++] = (__VA_ARGS__); \
} while (0)
#define list_free(list) free((list)->at)

/* A set of u32 keys 0 .. size-1. */
struct bitset { u32 *words; u32 size; };
struct bitset bitset_new(u32 size);
static inline bool bitset_has(const struct bitset *s, u32 i)
{
	return i < s->size && s->words[i / 32] >> i % 32 & 1;
}
/* True if it was not there before. */
static inline bool bitset_add(struct bitset *s, u32 i)
{
	u32 bit = 1u << i % 32, old = s->words[i / 32];

	s->words[i / 32] = old | bit;
	return !(old & bit);
}

#endif
