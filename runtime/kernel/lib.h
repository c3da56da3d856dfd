/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own small library: heap, bounded text, numbers from text.
 */
#ifndef KERNEL_LIB_H
#define KERNEL_LIB_H

#include <stdarg.h>

#include "types.h"

/* Zeroed memory, 16-aligned; NULL when there is none.  Natively libc's, so that sanitizers see it. */
void *kalloc(size_t size);
void *kresize(void *p, size_t old_size, size_t size);
void kfree(void *p);
char *kstrdup(const char *s);

/*
 * Where a module's heap takes more memory from, called under its lock: about
 * `size` bytes or more, 16-aligned; start == end: there is none.  heap_grow.c
 * where the memory is the kernel's own, host/wasi/memory.c where it is not.
 */
struct extent { u32 start, end; };
struct extent heap_extend(u32 size);

/* Text that grows up to a fixed capacity; what does not fit is dropped, `full` says so. */
struct text {
	char *at;
	u32 len, cap;        /* at[len] is always NUL */
	bool full;
};

void text_init(struct text *t, char *buf, u32 cap);
void text_char(struct text *t, char c);
void text_str(struct text *t, const char *s);
void text_mem(struct text *t, const void *p, u32 len);
/* printf's %s %c %d %u %x %o %% with width, 0 and - flags, and ll for 64 bits. */
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(struct text *t, const char *format, va_list args);

/* Decimal at *s, which is moved behind it; false if there is no digit or it does not fit. */
bool scan_u64(const char **s, u64 *out);

#endif
