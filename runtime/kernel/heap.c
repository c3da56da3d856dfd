/* SPDX-License-Identifier: MIT */
/*
 * The kernel heap: powers of two from 32 bytes up, one free list each, cut
 * from memory that only grows.  A block's head says its class.  Objects here
 * are few and long-lived (open files, pipes, vma arrays), so nothing is joined.
 */
#include "lib.h"
#include "lock.h"

#ifdef __wasm__
enum { CLASS_MIN = 5, CLASS_MAX = 26 };

struct block {
	u32 class;
	struct block *next;      /* while free */
	u32 pad[2];              /* user memory starts 16-aligned */
};

static struct lock heap_lock;
static struct block *free_blocks[CLASS_MAX + 1]; /* under heap_lock */
static u32 heap_at, heap_end;                    /* under heap_lock: never used yet */

static void *heap_cut(u32 size)
{
	while (size > heap_end - heap_at) {
		struct extent more = heap_extend(size);
		if (more.start == more.end)
			return NULL;
		/* Growth by another instance of the kernel leaves a gap: start behind it. */
		if (more.start != heap_end)
			heap_at = more.start;
		heap_end = more.end;
	}
	void *block = (void *)(uintptr_t)heap_at;
	heap_at += size;
	return block;
}

void *kalloc(size_t size)
{
	u32 class = CLASS_MIN;

	if (size > (1u << CLASS_MAX) - sizeof(struct block))
		return NULL;
	while ((1u << class) < size + sizeof(struct block))
		class++;

	lock(&heap_lock);
	struct block *b = free_blocks[class];
	if (b)
		free_blocks[class] = b->next;
	else
		b = heap_cut(1u << class);
	unlock(&heap_lock);
	if (!b)
		return NULL;
	b->class = class;
	return memset(b + 1, 0, (1u << class) - sizeof(struct block));
}

void kfree(void *p)
{
	if (!p)
		return;
	struct block *b = (struct block *)p - 1;

	lock(&heap_lock);
	b->next = free_blocks[b->class];
	free_blocks[b->class] = b;
	unlock(&heap_lock);
}
#else
void *calloc(size_t, size_t);
void free(void *);

void *kalloc(size_t size) { return calloc(1, size ? size : 1); }
void kfree(void *p) { free(p); }
#endif

void *kresize(void *p, size_t old_size, size_t size)
{
	void *q = kalloc(size);

	if (q && p) {
		memcpy(q, p, min_u64(old_size, size));
		kfree(p);
	}
	return q;
}
