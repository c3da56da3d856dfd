/* SPDX-License-Identifier: MIT */
/*
 * Reading host directories.  The position is an entry's number: 0 is ".", 1 is
 * "..", then the host's entries in its order, which the host keeps stable from
 * one rewind to the next.
 */
#include "hostfile.h"

#include "../kernel/lib.h"

struct host_entry {
	u64 ino;
	u8 type, zero;
	u16 namelen;
	char name[];
};

enum { DOTS = 2, BATCH = 32768 };

/* Append a record; false if it does not fit. */
static bool put_entry(struct span to, u32 *at, u64 ino, u32 index, u8 type, const char *name, u32 namelen)
{
	union {
		struct abi_dirent64 entry;
		char bytes[sizeof(struct abi_dirent64) + 256 + 8];
	} u = { 0 };
	u32 size = round_up(offsetof(struct abi_dirent64, name) + namelen + 1, 8);

	if (namelen > 255 || size > to.len - *at)
		return false;
	u.entry.ino = ino;
	u.entry.off = index + 1;
	u.entry.reclen = size;
	u.entry.type = type;
	memcpy(u.entry.name, name, namelen);
	span_put(to, *at, &u, size);
	*at += size;
	return true;
}

static bool put_dots(struct file *f, struct span to, u32 *at)
{
	for (; f->host.dir_index < DOTS; f->host.dir_index++) {
		struct attr attr = { 0 };
		u32 len = f->host.dir_index + 1;
		host_stat(f->host.handle, "..", len, 1, &attr);
		if (!put_entry(to, at, attr.ino ? attr.ino : 1, f->host.dir_index, DT_DIR, "..", len))
			return false;
	}
	return true;
}

s64 hostdir_read(struct file *f, struct span to)
{
	u32 at = 0;

	if (hostfile_type(f) != S_IFDIR)
		return -ENOTDIR;
	if (!put_dots(f, to, &at))
		return at ? (s64)at : -EINVAL;

	u8 *batch = kalloc(BATCH);
	if (!batch)
		return -ENOMEM;
	s64 got = host_readdir(f->host.handle, f->host.dir_index - DOTS, batch, min_u64(BATCH, to.len + 64));
	bool full = false;
	for (s64 k = 0; k < got && !full; ) {
		const struct host_entry *e = (void *)(batch + k);
		full = !put_entry(to, &at, e->ino ? e->ino : 1, f->host.dir_index, e->type, e->name, e->namelen);
		if (!full)
			f->host.dir_index++;
		k += round_up(offsetof(struct host_entry, name) + e->namelen, 8);
	}
	kfree(batch);
	if (at)
		return at;
	return got < 0 ? got : full ? -EINVAL : 0;
}

s64 hostdir_seek(struct file *f, s64 off, int whence)
{
	if (whence == SEEK_CUR)
		off += f->host.dir_index;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (off < 0 || off > INT32_MAX)
		return -EINVAL;
	f->host.dir_index = off;
	return off;
}
