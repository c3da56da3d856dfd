/* SPDX-License-Identifier: MIT */
/*
 * Words in program memory that threads sleep on.
 */
#ifndef KERNEL_FUTEX_H
#define KERNEL_FUTEX_H

#include "task.h"

#define FUTEX_ANY (~0u)

/* Of those that sleep on the word with one of these bits, `most` at most, at least one; how many were woken. */
u32 futex_wake(struct task *t, u64 va, s32 most, u32 bits);
/* What set_robust_list(2) promises about a thread that ends. */
void futex_release_robust(struct task *t);

#endif
