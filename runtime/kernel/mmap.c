/* SPDX-License-Identifier: MIT */
/*
 * The memory calls: mmap and its relatives, brk.  Checks and errors are those
 * of the manual pages; the areas themselves are in mm.c.
 */
#include "../fs/file.h"
#include "host_imports.h"
#include "sys.h"

static bool page_aligned(u64 va) { return !(va & (PAGE_SIZE - 1)); }

/* [va, va+len) as whole pages; false: it leaves the address space. */
static bool page_range(u64 va, u64 len, u64 *end)
{
	u64 rounded = round_up(len, PAGE_SIZE);

	*end = va + rounded;
	return rounded >= len && *end >= va && *end <= MM_TOP;
}

/* Fill a new mapping from its file; what lies behind the file's end stays zero. */
static int read_mapping(struct file *f, u64 va, u64 len, u64 offset)
{
	while (len) {
		struct span to = { .va = va, .len = min_u64(len, 1 << 30) };
		s64 n = f->ops->read(f, to, offset);
		if (n <= 0)
			return n;
		va += n;
		offset += n;
		len -= n;
	}
	return 0;
}

static int check_mappable(struct file *f, u32 prot, u32 type)
{
	struct attr attr;
	int err = file_attr(f, &attr);

	if (err)
		return err;
	if (!file_can_read(f) || (type != MAP_PRIVATE && prot & PROT_WRITE && !file_can_write(f)))
		return f->flags & O_PATH ? -EBADF : -EACCES;
	if ((attr.mode & S_IFMT) == S_IFCHR && !strcmp(f->ops->kind, "device"))
		return 0;
	return (attr.mode & S_IFMT) == S_IFREG && f->ops->seek ? 0 : -ENODEV;
}

static s64 choose_address(struct mm *mm, u64 addr, u64 len, u32 flags)
{
	u64 end;

	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
		if (!page_aligned(addr))
			return -EINVAL;
		if (!page_range(addr, len, &end))
			return -ENOMEM;
		if (addr < CPU_IMAGE_MIN)
			return -EPERM;
		if (flags & MAP_FIXED_NOREPLACE && !mm_is_free(mm, addr, end))
			return -EEXIST;
		if (mm_is_taken(mm, addr, end))
			return -ENOMEM;
		return addr;
	}
	if (len > MM_TOP)
		return -ENOMEM;
	u64 at = mm_find_gap(mm, len, round_up(addr, PAGE_SIZE));
	return at ? (s64)at : -ENOMEM;
}

static s64 map_file(struct task *t, u64 addr, u64 len, u32 prot, u32 flags, struct file *f, u64 offset)
{
	u32 type = flags & MAP_TYPE;
	int err = f ? check_mappable(f, prot, type) : 0;

	if (err)
		return err;
	bool is_device = f && !strcmp(f->ops->kind, "device");
	struct vma like = {
		.prot = prot & (PROT_READ | PROT_WRITE | PROT_EXEC),
		.flags = (type == MAP_PRIVATE ? MAP_PRIVATE : MAP_SHARED) | (f ? 0 : MAP_ANONYMOUS),
		.file = is_device ? NULL : f, .offset = offset,
	};
	lock(&t->process->mm.lock);
	s64 at = choose_address(&t->process->mm, addr, len, flags);
	if (at > 0) {
		err = mm_map(&t->process->mm, at, at + len, &like);
		if (!err && like.file)
			err = read_mapping(f, at, len, offset);
		if (err)
			mm_unmap(&t->process->mm, at, at + len);
	}
	unlock(&t->process->mm.lock);
	return err ? err : at;
}

SYSCALL(mmap, u64, addr, u64, len, u32, prot, u32, flags, int, fd, u64, offset)
{
	u32 type = flags & MAP_TYPE;
	struct file *f = NULL;

	if (!page_aligned(offset))
		return -EINVAL;
	if (!(flags & MAP_ANONYMOUS) && !(f = fd_get(t, fd)))
		return -EBADF;
	s64 result = !len || (type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE)
	             ? -EINVAL
	           : round_up(len, PAGE_SIZE) < len ? -ENOMEM
	           : map_file(t, addr, round_up(len, PAGE_SIZE), prot, flags, f, offset);
	file_put(f);
	return result;
}

SYSCALL(munmap, u64, addr, u64, len)
{
	u64 end;

	if (!page_aligned(addr) || !len || !page_range(addr, len, &end))
		return -EINVAL;
	lock(&t->process->mm.lock);
	int err = mm_unmap(&t->process->mm, addr, end);
	unlock(&t->process->mm.lock);
	return err;
}

SYSCALL(mprotect, u64, addr, u64, len, u32, prot)
{
	u64 end;

	if (!page_aligned(addr) || prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC))
		return -EINVAL;
	if (!len)
		return 0;
	if (!page_range(addr, len, &end))
		return -ENOMEM;
	lock(&t->process->mm.lock);
	int err = 0;
	for (u32 i = mm_index(&t->process->mm, addr); i < t->process->mm.count && t->process->mm.vmas[i].start < end; i++) {
		const struct vma *v = &t->process->mm.vmas[i];
		if (v->file && v->flags & MAP_SHARED && prot & PROT_WRITE && !file_can_write(v->file))
			err = -EACCES;
	}
	if (!err)
		err = mm_protect(&t->process->mm, addr, end, prot);
	unlock(&t->process->mm.lock);
	return err;
}

/* --- mremap ------------------------------------------------------------- */

static int extend(struct task *t, const struct vma *v, u64 start, u64 end)
{
	struct vma like = *v;

	like.offset = v->offset + (start - v->start);
	int err = mm_map(&t->process->mm, start, end, &like);
	if (!err && like.file)
		err = read_mapping(like.file, start, end - start, like.offset);
	return err;
}

static s64 move(struct task *t, u64 old, u64 old_len, u64 to, u64 new_len)
{
	struct vma like = *mm_find(&t->process->mm, old);
	u64 kept = min_u64(old_len, new_len);

	if (like.file)
		file_ref(like.file);
	like.offset += old - like.start;
	int err = mm_map(&t->process->mm, to, to + new_len, &like);
	if (!err) {
		host_user_move(to, old, kept);
		if (like.file && new_len > kept)
			err = read_mapping(like.file, to + kept, new_len - kept, like.offset + kept);
		mm_unmap(&t->process->mm, old, old + old_len);
	}
	file_put(like.file);
	return err ? err : (s64)to;
}

static s64 remap(struct task *t, u64 old, u64 old_len, u64 new_len, u32 flags, u64 to)
{
	struct mm *mm = &t->process->mm;
	u64 end = old + old_len;
	struct vma *v = mm_find(mm, old);

	if (!v || (old_len && v->end < end))
		return -EFAULT;
	if (flags & MREMAP_FIXED)
		return move(t, old, old_len, to, new_len);
	if (new_len <= old_len) {
		int err = new_len < old_len ? mm_unmap(mm, old + new_len, end) : 0;
		return err ? err : (s64)old;
	}
	if (v->end == end && old + new_len <= MM_TOP && mm_is_free(mm, end, old + new_len)) {
		struct vma like = *v;
		int err = extend(t, &like, end, old + new_len);
		return err ? err : (s64)old;
	}
	if (!(flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	u64 at = mm_find_gap(mm, new_len, 0);
	return at ? move(t, old, old_len, at, new_len) : -ENOMEM;
}

SYSCALL(mremap, u64, old, u64, old_len, u64, new_len, u32, flags, u64, to)
{
	u64 end;

	if (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED) || !page_aligned(old) || !new_len || !old_len)
		return -EINVAL;
	if (flags & MREMAP_FIXED && (!(flags & MREMAP_MAYMOVE) || !page_aligned(to)))
		return -EINVAL;
	old_len = round_up(old_len, PAGE_SIZE);
	new_len = round_up(new_len, PAGE_SIZE);
	if (!page_range(old, old_len, &end))
		return -EFAULT;
	if (new_len > MM_TOP)
		return -ENOMEM;
	if (flags & MREMAP_FIXED) {
		if (!page_range(to, new_len, &end) || to < CPU_IMAGE_MIN || (to < old + old_len && old < end))
			return -EINVAL;
	}
	lock(&t->process->mm.lock);
	s64 result = remap(t, old, old_len, new_len, flags, to);
	unlock(&t->process->mm.lock);
	return result;
}

/* --- advice, locking, residence ------------------------------------------ */

/* Pages are dropped: anonymous ones read as zero again, files as the file. */
static int forget(struct task *t, u64 start, u64 end)
{
	for (u32 i = mm_index(&t->process->mm, start); i < t->process->mm.count && t->process->mm.vmas[i].start < end; i++) {
		const struct vma *v = &t->process->mm.vmas[i];
		u64 from = max_u64(start, v->start), to = min_u64(end, v->end);
		if (v->flags & MAP_SHARED)
			continue;
		host_user_fill(from, 0, to - from);
		if (v->file)
			read_mapping(v->file, from, to - from, v->offset + (from - v->start));
	}
	return mm_is_mapped(&t->process->mm, start, end) ? 0 : -ENOMEM;
}

SYSCALL(madvise, u64, addr, u64, len, int, advice)
{
	u64 end;
	bool known = (advice >= 0 && advice <= 4) || advice == MADV_FREE ||
	             (advice >= MADV_REMOVE && advice <= MADV_POPULATE_WRITE && advice != 13 && advice != 12);

	if (!known || !page_aligned(addr) || !page_range(addr, len, &end))
		return -EINVAL;
	if (!len)
		return 0;
	lock(&t->process->mm.lock);
	int err = advice == MADV_DONTNEED ? forget(t, addr, end)
	        : mm_is_mapped(&t->process->mm, addr, end) ? 0 : -ENOMEM;
	unlock(&t->process->mm.lock);
	return err;
}

SYSCALL(msync, u64, addr, u64, len, u32, flags)
{
	u64 end;

	if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || (flags & MS_ASYNC && flags & MS_SYNC) ||
	    !page_aligned(addr))
		return -EINVAL;
	if (!page_range(addr, len, &end))
		return -ENOMEM;
	lock(&t->process->mm.lock);
	int err = mm_write_back(&t->process->mm, addr, end);
	if (!err && !mm_is_mapped(&t->process->mm, addr, end))
		err = -ENOMEM;
	unlock(&t->process->mm.lock);
	return err;
}

SYSCALL(mincore, u64, addr, u64, len, u64, vec)
{
	u64 end;

	if (!page_aligned(addr))
		return -EINVAL;
	if (!page_range(addr, len, &end) || !mm_is_mapped(&t->process->mm, addr, end))
		return -ENOMEM;
	u64 pages = (end - addr) / PAGE_SIZE;
	if (pages && mm_accessible(&t->process->mm, vec, pages, PROT_WRITE) != pages)
		return -EFAULT;
	if (pages)
		host_user_fill(vec, 1, pages);
	return 0;
}

static s64 check_lockable(struct task *t, u64 addr, u64 len)
{
	u64 start = round_down(addr, PAGE_SIZE), end;

	if (!page_range(start, len + (addr - start), &end))
		return -EINVAL;
	return mm_is_mapped(&t->process->mm, start, end) ? 0 : -ENOMEM;
}

SYSCALL(mlock, u64, addr, u64, len) { return check_lockable(t, addr, len); }
SYSCALL(munlock, u64, addr, u64, len) { return check_lockable(t, addr, len); }
SYSCALL(mlockall, u32, flags) { return !flags || flags & ~7 || flags == 4 ? -EINVAL : 0; }
SYSCALL(munlockall) { return 0; }

SYSCALL(brk, u64, to)
{
	struct mm *mm = &t->process->mm;

	lock(&mm->lock);
	u64 old_end = round_up(mm->brk, PAGE_SIZE), end = round_up(to, PAGE_SIZE);
	if (to >= mm->brk_start && to < MM_TOP - PAGE_SIZE) {
		struct vma heap = { .prot = PROT_READ | PROT_WRITE,
		                    .flags = MAP_PRIVATE | MAP_ANONYMOUS, .name = "[heap]" };
		int err = 0;
		if (end > old_end)
			err = mm_is_free(mm, old_end, end) ? mm_map(mm, old_end, end, &heap) : -ENOMEM;
		else if (end < old_end)
			err = mm_unmap(mm, end, old_end);
		if (!err)
			mm->brk = to;
	}
	s64 result = mm->brk;
	unlock(&mm->lock);
	return result;
}
