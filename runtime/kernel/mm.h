/* SPDX-License-Identifier: MIT */
/*
 * A program's address space: which pages are mapped, how, and from what.
 *
 * The list of areas (vma) is the truth.  The byte-per-page protection map in
 * program memory (CPU_PROT_MAP) is derived from it for the interpreter; the
 * program can damage that copy, never this one.
 *
 *     image | gap | stack 8 MiB | signal page | gap | brk heap … | mmap area …
 *
 * Before the image, or, if that is too low, somewhere behind the stack, is the
 * runtime's own area (cpu.h).
 */
#ifndef KERNEL_MM_H
#define KERNEL_MM_H

#include "../cpu/cpu.h"
#include "lock.h"

struct file;
struct task;

#define MM_TOP (1ull << 32)
enum {
	MM_STACK_SIZE = 8 << 20,
	MM_GAP = 64 << 10,            /* unmapped, on both sides of the stack */
	MM_GROW = 1 << 20,            /* program memory grows by at least this */
	MM_TAKEN = 32,
	MM_HEAP_ROOM = 128 << 20,     /* kept free above the heap when mmap starts */
};

_Static_assert(CPU_LOW_IMAGE_MAX + 2 * MM_GAP + MM_STACK_SIZE + 4096 <= CPU_AREA_HIGH, "the stack of a low program fits below the area");

struct vma {
	u64 start, end;               /* page-aligned */
	u32 prot;                     /* PROT_* */
	u32 flags;                    /* MAP_SHARED or MAP_PRIVATE, MAP_ANONYMOUS */
	struct file *file;            /* holds a reference; NULL if anonymous */
	u64 offset;                   /* of `start` in the file */
	const char *name;             /* "[heap]", "[stack]" or NULL */
};

struct mm {
	struct lock lock;             /* everything below */
	u32 area;                     /* where the runtime's own memory is, CPU_AREA_SIZE bytes (cpu.h) */
	struct vma *vmas;             /* by address, never overlapping */
	u32 count, cap;
	u64 brk_start, brk;           /* heap; brk is not page-aligned */
	u64 mmap_base;                /* new mappings start looking here; 0 until the first */
	u64 grown;                    /* program memory exists below this */
	u64 used;                     /* and may hold old bytes below this */
	u64 stack_start, stack_end;
	u64 sigpage;                  /* the return trampoline for handlers without a restorer */
	u64 arg_start, arg_end, env_end;
	struct { u64 start, end; } taken[MM_TAKEN];   /* [0] is the area; mm_take() */
	u32 taken_count;
};

/* Drop all mappings and start afresh (exec), with an image that begins there.  -ENOMEM: no memory for the runtime's area. */
int mm_reset(struct mm *mm, u64 image_start);

/*
 * Map [start, end), replacing what was there; zeroed.  `like` gives prot, flags, file
 * (a reference is taken), offset and name.  -ENOMEM: no address space or memory.
 */
int mm_map(struct mm *mm, u64 start, u64 end, const struct vma *like);
int mm_unmap(struct mm *mm, u64 start, u64 end);
/* -ENOMEM if part of it is not mapped (what comes before that part is changed, as on Linux). */
int mm_protect(struct mm *mm, u64 start, u64 end, u32 prot);
/* A free range of `len` bytes, at `hint` if that is free, otherwise the lowest; 0: none. */
u64 mm_find_gap(struct mm *mm, u64 len, u64 hint);

/* The area holding va, or NULL. */
struct vma *mm_find(struct mm *mm, u64 va);
/* The first area that ends above va: index, mm->count if none. */
u32 mm_index(struct mm *mm, u64 va);
bool mm_is_free(struct mm *mm, u64 start, u64 end);
/* Is some of it not the program's to have? */
bool mm_is_taken(const struct mm *mm, u64 start, u64 end);
bool mm_is_mapped(struct mm *mm, u64 start, u64 end);
/* How many of `len` bytes from va on allow all of `prot`. */
u64 mm_accessible(struct mm *mm, u64 va, u64 len, u32 prot);

/*
 * Takes `size` bytes of address space away from the program, for good, behind
 * all memory that exists: for a kernel that lives in the same memory.  Where
 * it is, 0 if there is none.  Needs no heap.
 */
u64 mm_take(struct mm *mm, u64 size);

/* Write shared file mappings in the range back to their files. */
int mm_write_back(struct mm *mm, u64 start, u64 end);

#endif
