/* SPDX-License-Identifier: MIT */
/*
 * Program memory as the kernel reaches it: every range is checked against the
 * address space first, so that a host copy never fails.
 */
#ifndef KERNEL_USER_H
#define KERNEL_USER_H

#include "types.h"

struct task;

/* 0 or -EFAULT; nothing is copied unless all of it can be. */
int copy_in(struct task *t, void *to, u64 va, u64 len);
int copy_out(struct task *t, u64 va, const void *from, u64 len);
int user_zero(struct task *t, u64 va, u64 len);
/* A string with its NUL into buf; its length, -EFAULT, or `too_long`. */
int copy_string(struct task *t, char *buf, u32 cap, u64 va, int too_long);
static inline int copy_path(struct task *t, char *buf, u64 va)
{
	return copy_string(t, buf, PATH_MAX, va, -ENAMETOOLONG);
}

/*
 * Where a read or write puts or takes its bytes: program memory, or the
 * kernel's own.  Program ranges in a span have been checked.
 */
struct span {
	u64 va;              /* in program memory, if data is NULL */
	u8 *data;
	u32 len;
};

static inline struct span span_kernel(void *p, u32 len) { return (struct span){ 0, p, len }; }
/* As much of [va, va+len) as allows `prot`; -EFAULT if that is nothing of something. */
int span_user(struct task *t, struct span *out, u64 va, u64 len, u32 prot);

void span_put(struct span to, u32 at, const void *from, u32 len);
void span_get(struct span from, u32 at, void *to, u32 len);
void span_fill(struct span to, u32 at, u8 byte, u32 len);
static inline struct span span_from(struct span s, u32 at)
{
	return (struct span){ s.va + at, s.data ? s.data + at : NULL, s.len - at };
}

#endif
