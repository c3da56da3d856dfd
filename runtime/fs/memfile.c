/* SPDX-License-Identifier: MIT */
/*
 * Files whose contents are made when they are opened: those of /proc, and
 * directories of the kernel's own (contents: dirent64 records).
 */
#include "../kernel/lib.h"
#include "../kernel/task.h"
#include "file.h"

static s64 mem_read(struct file *f, struct span to, s64 pos)
{
	u64 at = pos == POS_CURRENT ? f->pos : pos;

	if ((f->mem.mode & S_IFMT) == S_IFDIR)
		return -EISDIR;
	u32 n = at < f->mem.len ? min_u64(to.len, f->mem.len - at) : 0;
	span_put(to, 0, f->mem.data + at, n);
	if (pos == POS_CURRENT)
		f->pos += n;
	return n;
}

static s64 mem_seek(struct file *f, s64 off, int whence)
{
	if (whence == SEEK_CUR)
		off += f->pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (off < 0)
		return -EINVAL;
	return f->pos = off;
}

static int mem_attr(struct file *f, struct attr *out)
{
	s64 now = host_clock(CLOCK_REALTIME);

	*out = (struct attr){
		.dev = 21, .ino = f->mem.ino, .mode = f->mem.mode, .nlink = 1,
		.uid = current->process->creds.uid, .gid = current->process->creds.gid, .blksize = 1024,
		.atime = now, .mtime = now, .ctime = now,
	};
	return 0;
}

static const struct abi_dirent64 *record_at(const struct file *f, u64 pos) { return (void *)(f->mem.data + pos); }

/* Positions are offsets of records; lseek() knows others, too. */
static u64 next_record(const struct file *f)
{
	u64 pos = 0;

	while (pos < f->mem.len && pos < (u64)f->pos)
		pos += record_at(f, pos)->reclen;
	return pos;
}

/* Whole records only. */
static s64 mem_readdir(struct file *f, struct span to)
{
	u32 at = 0;

	if ((f->mem.mode & S_IFMT) != S_IFDIR)
		return -ENOTDIR;
	f->pos = next_record(f);
	while (f->pos < f->mem.len) {
		const struct abi_dirent64 *e = record_at(f, f->pos);
		if (e->reclen > to.len - at)
			return at ? (s64)at : -EINVAL;
		span_put(to, at, e, e->reclen);
		at += e->reclen;
		f->pos += e->reclen;
	}
	return at;
}

static void mem_release(struct file *f) { kfree(f->mem.data); }

static const struct file_ops mem_ops = {
	.kind = "memory", .read = mem_read, .seek = mem_seek, .attr = mem_attr,
	.readdir = mem_readdir, .release = mem_release,
};

/* Takes over `data`. */
struct file *memfile_new(char *data, u32 len, u32 flags, u32 mode, u64 ino)
{
	struct file *f = file_new(&mem_ops, flags);

	if (!f) {
		kfree(data);
		return NULL;
	}
	f->mem.data = data;
	f->mem.len = len;
	f->mem.mode = mode;
	f->mem.ino = ino;
	return f;
}
