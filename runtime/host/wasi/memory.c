/* SPDX-License-Identifier: MIT */
/*
 * Program memory, which is ours too, and what else the kernel wants of
 * memory: room for its heap, and sleeping on a word of it.
 */
#include "runtime/cpu/mem.h"
#include "runtime/kernel/task.h"
#include "wasi.h"

static void *user(u32 va) { return (void *)(uintptr_t)va; }

void host_copy_in(void *dst, u32 src, s32 len) { memcpy(dst, user(src), (u32)len); }
void host_copy_out(u32 dst, const void *src, s32 len) { memcpy(user(dst), src, (u32)len); }
void host_user_fill(u32 at, s32 byte, s32 len) { memset(user(at), byte, (u32)len); }
void host_user_move(u32 dst, u32 src, s32 len) { memmove(user(dst), user(src), (u32)len); }

s32 host_grow_user(s32 pages)
{
	s32 more = pages - (s32)__builtin_wasm_memory_size(0);

	return more > 0 && __builtin_wasm_memory_grow(0, more) == (size_t)-1 ? -ENOMEM : 0;
}

/*
 * First the room before the protection map, then pieces of the
 * program's address space, larger as there are more of them.
 */
struct extent heap_extend(u32 size)
{
	static bool has_first;

	if (!has_first) {
		has_first = true;
		return (struct extent){ CPU_AREA + CPU_HEAP, CPU_AREA + CPU_PROT_MAP };
	}
	if (!current)
		return (struct extent){ 0, 0 };
	u64 want = max_u64(size, (u64)MM_GROW << current->process->mm.taken_count / 4);
	u64 start = mm_take(&current->process->mm, want);
	return (struct extent){ start, start ? current->process->mm.grown : 0 };
}

/* Nobody else is there who could change the word: what is left is the time. */
void word_wait(u32 *word, u32 seen, s64 timeout_ns)
{
	struct wasi_event event;
	u32 n;

	while (__atomic_load_n(word, __ATOMIC_RELAXED) == seen) {
		struct wasi_subscription timer = { .tag = WASI_EVENT_CLOCK, .clock = {
			.id = WASI_MONOTONIC, .timeout = timeout_ns < 0 ? 3600 * NS_PER_S : timeout_ns } };
		if (wasi_poll_oneoff(&timer, &event, 1, &n) || timeout_ns >= 0)
			return;
	}
}

void word_wake(u32 *word, u32 count) { (void)word, (void)count; }

void lock_slow(struct lock *l)
{
	(void)l;
	__builtin_trap();            /* held by whom? */
}
