/* SPDX-License-Identifier: MIT */
/*
 * The slow half of locks, and sleeping on a word: memory.atomic.wait32 in
 * wasm, the futex system call natively.
 */
#include "lock.h"

#ifdef __wasm__
void word_wait(u32 *word, u32 seen, s64 timeout_ns)
{
	__builtin_wasm_memory_atomic_wait32((int *)word, seen, timeout_ns);
}

void word_wake(u32 *word, u32 count)
{
	__builtin_wasm_memory_atomic_notify((int *)word, count);
}
#else
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void word_wait(u32 *word, u32 seen, s64 timeout_ns)
{
	struct timespec ts = { timeout_ns / NS_PER_S, timeout_ns % NS_PER_S };

	syscall(SYS_futex, word, FUTEX_WAIT, seen, timeout_ns < 0 ? NULL : &ts, NULL, 0);
}

void word_wake(u32 *word, u32 count)
{
	syscall(SYS_futex, word, FUTEX_WAKE, count, NULL, NULL, 0);
}
#endif

void lock_slow(struct lock *l)
{
	while (__atomic_exchange_n(&l->state, 2, __ATOMIC_ACQUIRE))
		word_wait(&l->state, 2, -1);
}
