/* SPDX-License-Identifier: MIT */
/*
 * The list of areas: find, map, unmap, protect.  Policy (hints, brk, files,
 * errors of mmap(2)) is in mmap.c.
 */
#include "mm.h"

#include "../fs/file.h"
#include "abi.h"
#include "lib.h"

u32 mm_index(struct mm *mm, u64 va)
{
	u32 low = 0, high = mm->count;

	while (low < high) {
		u32 mid = (low + high) / 2;
		if (mm->vmas[mid].end <= va)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct vma *mm_find(struct mm *mm, u64 va)
{
	u32 i = mm_index(mm, va);

	return i < mm->count && mm->vmas[i].start <= va ? &mm->vmas[i] : NULL;
}

/* Where the part of [start, end) ends that is the kernel's; 0: there is none. */
static u64 taken_end(const struct mm *mm, u64 start, u64 end)
{
	for (u32 i = 0; i < mm->taken_count; i++)
		if (mm->taken[i].start < end && start < mm->taken[i].end)
			return mm->taken[i].end;
	return 0;
}

bool mm_is_free(struct mm *mm, u64 start, u64 end)
{
	u32 i = mm_index(mm, start);

	if (taken_end(mm, start, end))
		return false;
	return i == mm->count || mm->vmas[i].start >= end;
}

bool mm_is_taken(const struct mm *mm, u64 start, u64 end) { return taken_end(mm, start, end); }

bool mm_is_mapped(struct mm *mm, u64 start, u64 end)
{
	for (u32 i = mm_index(mm, start); start < end; i++) {
		if (i == mm->count || mm->vmas[i].start > start)
			return false;
		start = mm->vmas[i].end;
	}
	return true;
}

/* What the page tables of arm64 make of PROT_*: whatever is accessible is readable. */
static u32 page_bits(u32 prot)
{
	return prot ? prot | PROT_READ : 0;
}

u64 mm_accessible(struct mm *mm, u64 va, u64 len, u32 prot)
{
	u64 at = va, end = va + len;

	if (end < va || end > MM_TOP)
		end = MM_TOP;
	if (va >= MM_TOP)
		return 0;
	for (u32 i = mm_index(mm, va); at < end && i < mm->count; i++) {
		const struct vma *v = &mm->vmas[i];
		if (v->start > at || (page_bits(v->prot) & prot) != prot)
			break;
		at = v->end;
	}
	return min_u64(at, end) - va;
}

static void vma_drop(struct vma *v)
{
	if (v->file)
		file_put(v->file);
}

/* Room for one more area at index i. */
static struct vma *vma_insert(struct mm *mm, u32 i)
{
	if (mm->count == mm->cap) {
		u32 cap = mm->cap ? mm->cap * 2 : 32;
		struct vma *grown = kresize(mm->vmas, mm->count * sizeof(*grown), cap * sizeof(*grown));
		if (!grown)
			return NULL;
		mm->vmas = grown;
		mm->cap = cap;
	}
	memmove(&mm->vmas[i + 1], &mm->vmas[i], (mm->count - i) * sizeof(struct vma));
	mm->count++;
	return &mm->vmas[i];
}

static void vma_remove(struct mm *mm, u32 i)
{
	mm->count--;
	memmove(&mm->vmas[i], &mm->vmas[i + 1], (mm->count - i) * sizeof(struct vma));
}

/* Make `va` a border between areas. */
static int vma_split(struct mm *mm, u64 va)
{
	u32 i = mm_index(mm, va);

	if (i == mm->count || mm->vmas[i].start >= va)
		return 0;
	struct vma *low = vma_insert(mm, i);
	if (!low)
		return -ENOMEM;
	struct vma *high = low + 1;
	*low = *high;
	if (high->file)
		file_ref(high->file);
	low->end = va;
	high->offset += va - high->start;
	high->start = va;
	return 0;
}

static bool vma_joins(const struct vma *a, const struct vma *b)
{
	return a->end == b->start && a->prot == b->prot && a->flags == b->flags &&
	       !a->file && !b->file && a->name == b->name;
}

/* Join neighbours around [start, end]. */
static void vma_join(struct mm *mm, u64 start, u64 end)
{
	u32 i = mm_index(mm, start ? start - 1 : 0);

	while (i + 1 < mm->count && mm->vmas[i].start <= end) {
		if (vma_joins(&mm->vmas[i], &mm->vmas[i + 1])) {
			mm->vmas[i].end = mm->vmas[i + 1].end;
			vma_remove(mm, i + 1);
		} else {
			i++;
		}
	}
}

static void set_page_bits(const struct mm *mm, u64 start, u64 end, u32 prot)
{
	host_user_fill(mm->area + CPU_PROT_MAP + (u32)(start >> CPU_PAGE_SHIFT), page_bits(prot),
	               (end - start) >> CPU_PAGE_SHIFT);
}

static bool grow_to(struct mm *mm, u64 end)
{
	u64 to = round_up(end, MM_GROW);

	if (end <= mm->grown)
		return true;
	if (host_grow_user(to >> 16) < 0)
		return false;
	mm->grown = to;
	return true;
}

u64 mm_take(struct mm *mm, u64 size)
{
	u64 start = mm->grown;

	if (!start || mm->taken_count == MM_TAKEN || start + size >= MM_TOP || !grow_to(mm, start + size))
		return 0;
	mm->taken[mm->taken_count].start = start;
	mm->taken[mm->taken_count++].end = mm->grown;
	return start;
}

/* Program memory up to `end` exists, and [start, end) is zero. */
static int make_fresh(struct mm *mm, u64 start, u64 end)
{
	if (!grow_to(mm, end))
		return -ENOMEM;
	/* In pieces: the host's length is a signed 32-bit number. */
	for (u64 at = start, stop = min_u64(end, mm->used); at < stop; ) {
		u32 len = min_u64(stop - at, 1u << 30);
		host_user_fill(at, 0, len);
		at += len;
	}
	mm->used = max_u64(mm->used, end);
	return 0;
}

int mm_unmap(struct mm *mm, u64 start, u64 end)
{
	if (vma_split(mm, start) || vma_split(mm, end))
		return -ENOMEM;
	mm_write_back(mm, start, end);
	u32 i = mm_index(mm, start);
	while (i < mm->count && mm->vmas[i].start < end) {
		set_page_bits(mm, mm->vmas[i].start, mm->vmas[i].end, 0);
		vma_drop(&mm->vmas[i]);
		vma_remove(mm, i);
	}
	return 0;
}

int mm_map(struct mm *mm, u64 start, u64 end, const struct vma *like)
{
	if (taken_end(mm, start, end))
		return -ENOMEM;
	int err = mm_unmap(mm, start, end);
	if (!err)
		err = make_fresh(mm, start, end);
	if (err)
		return err;
	struct vma *v = vma_insert(mm, mm_index(mm, start));
	if (!v)
		return -ENOMEM;
	*v = *like;
	v->start = start;
	v->end = end;
	if (v->file)
		file_ref(v->file);
	set_page_bits(mm, start, end, v->prot);
	vma_join(mm, start, end);
	return 0;
}

int mm_protect(struct mm *mm, u64 start, u64 end, u32 prot)
{
	if (vma_split(mm, start) || vma_split(mm, end))
		return -ENOMEM;
	u64 at = start;
	for (u32 i = mm_index(mm, start); i < mm->count && mm->vmas[i].start == at && at < end; i++) {
		struct vma *v = &mm->vmas[i];
		v->prot = prot;
		set_page_bits(mm, v->start, v->end, prot);
		at = v->end;
	}
	vma_join(mm, start, end);
	return at < end ? -ENOMEM : 0;
}

u64 mm_find_gap(struct mm *mm, u64 len, u64 hint)
{
	if (hint >= CPU_IMAGE_MIN && hint < MM_TOP && len <= MM_TOP - hint && mm_is_free(mm, hint, hint + len))
		return hint;
	if (!mm->mmap_base)
		mm->mmap_base = round_up(mm->brk, PAGE_SIZE) + MM_HEAP_ROOM;
	u64 at = mm->mmap_base;
	for (;;) {
		for (u32 i = mm_index(mm, at); i < mm->count && mm->vmas[i].start < at + len; i++)
			at = mm->vmas[i].end;
		u64 behind = taken_end(mm, at, at + len);
		if (!behind)
			break;
		at = behind;
	}
	/* The last page stays free, so that no end address is 2^32. */
	return at + len < MM_TOP ? at : 0;
}

int mm_reset(struct mm *mm, u64 image_start)
{
	mm_unmap(mm, 0, MM_TOP);
	mm->brk_start = mm->brk = mm->mmap_base = 0;
	u32 area = cpu_area(image_start);
	if (!grow_to(mm, area + CPU_AREA_SIZE))
		return -ENOMEM;
	mm->area = area;
	mm->taken[0].start = area;
	mm->taken[0].end = area + CPU_AREA_SIZE;
	return 0;
}

int mm_write_back(struct mm *mm, u64 start, u64 end)
{
	int err = 0;

	for (u32 i = mm_index(mm, start); i < mm->count && mm->vmas[i].start < end; i++) {
		const struct vma *v = &mm->vmas[i];
		struct attr attr;
		if (!v->file || !(v->flags & MAP_SHARED) || !file_can_write(v->file))
			continue;
		/* Never past the file's end: a mapping does not make a file longer. */
		if (file_attr(v->file, &attr) || attr.size <= v->offset)
			continue;
		u64 len = min_u64(attr.size - v->offset, v->end - v->start);
		for (u64 done = 0; done < len; ) {
			struct span from = { v->start + done, NULL, min_u64(len - done, 1 << 30) };
			s64 n = v->file->ops->write(v->file, from, v->offset + done);
			if (n <= 0) {
				err = n;
				break;
			}
			done += n;
		}
	}
	return err;
}
