/* SPDX-License-Identifier: MIT */
/*
 * What every kernel file starts from: integer types, error numbers, the few
 * string functions, and helpers on numbers.  No libc: kernel.wasm is
 * freestanding (lib.c has the functions), the native library takes libc's.
 */
#ifndef KERNEL_TYPES_H
#define KERNEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

enum {
#define E(name, number, text) name = number,
#include "errno.def"
#undef E
	EWOULDBLOCK = EAGAIN,
	/* Inside the kernel only: interrupted, see kernel_syscall(). */
	ERESTARTSYS = 512,
	/* ... not done yet, another task runs meanwhile: sleep.h. */
	ESWITCH = 600,
};

void *memcpy(void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memchr(const void *, int, size_t);
size_t strlen(const char *);
int strcmp(const char *, const char *);
int strncmp(const char *, const char *, size_t);
char *strchr(const char *, int);
char *strrchr(const char *, int);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FIELD_OF(type, member, p) ((type *)((char *)(p) - offsetof(type, member)))

static inline u64 min_u64(u64 a, u64 b) { return a < b ? a : b; }
static inline u64 max_u64(u64 a, u64 b) { return a > b ? a : b; }
/* `to` is a power of two. */
static inline u64 round_down(u64 n, u64 to) { return n & ~(to - 1); }
static inline u64 round_up(u64 n, u64 to) { return (n + to - 1) & ~(to - 1); }

enum { PAGE_SIZE = 4096, PATH_MAX = 4096, NS_PER_US = 1000, NS_PER_MS = 1000000 };
#define NS_PER_S 1000000000ll

#endif
