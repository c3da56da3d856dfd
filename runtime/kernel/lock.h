/* SPDX-License-Identifier: MIT */
/*
 * Locks in kernel memory, for when several processes, each with its instance of
 * the kernel on a host's thread of its own, share that memory: what they will
 * share names the lock that guards it.  What belongs to one process needs none:
 * its threads take turns (task.h).
 *
 * Order, outermost first: fd table, open file, pipe ring, heap.  Nothing that
 * may block (a host call, a sleep) happens under the heap lock.
 */
#ifndef KERNEL_LOCK_H
#define KERNEL_LOCK_H

#include "types.h"

struct lock {
	u32 state;           /* 0 free, 1 held, 2 held and waited for */
};

/* Sleep while *word == seen, at most timeout_ns (< 0: for ever). */
void word_wait(u32 *word, u32 seen, s64 timeout_ns);
void word_wake(u32 *word, u32 count);

void lock_slow(struct lock *l);

static inline void lock(struct lock *l)
{
	u32 free = 0;

	if (!__atomic_compare_exchange_n(&l->state, &free, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		lock_slow(l);
}

static inline void unlock(struct lock *l)
{
	if (__atomic_exchange_n(&l->state, 0, __ATOMIC_RELEASE) == 2)
		word_wake(&l->state, 1);
}

#endif
