/* SPDX-License-Identifier: MIT */
/*
 * Inodes and directories: see inode.h.  A file is one block of memory that
 * doubles as it grows; a directory is a file of fixed-size entries.
 */
#include "inode.h"

enum { SIZE_MAX_FILE = (1 << 26) - 64 }; /* what the heap gives in one piece */

struct inode *inode_new(u32 mode)
{
	static u64 last_ino;
	struct inode *i = kalloc(sizeof *i);

	if (!i)
		return NULL;
	i->ino = ++last_ino;
	i->mode = mode;
	i->nlink = (mode & S_IFMT) == S_IFDIR;
	i->atime = i->mtime = i->ctime = i->btime = page_now();
	return i;
}

void inode_put(struct inode *i)
{
	u32 own = inode_is(i, S_IFDIR);
	struct inode *parent = i->parent;

	if (i->opens || i->nlink > own)
		return;
	kfree(i->data);
	kfree(i);
	if (parent) {
		parent->opens--;
		inode_put(parent);
	}
}

s32 inode_read(struct inode *i, void *to, u32 len, u64 pos)
{
	if (pos >= i->size)
		return 0;
	len = min_u64(len, i->size - pos);
	memcpy(to, i->data + pos, len);
	return (s32)len;
}

static s32 inode_reserve(struct inode *i, u64 size)
{
	if (size > SIZE_MAX_FILE)
		return -EFBIG;
	if (size <= i->cap)
		return 0;
	u32 cap = min_u64(max_u64(size, i->cap * 2ull), SIZE_MAX_FILE);
	u8 *data = kresize(i->data, i->size, cap);
	if (!data)
		return -ENOSPC;
	i->data = data;
	i->cap = cap;
	return 0;
}

s32 inode_resize(struct inode *i, u64 size)
{
	s32 err = inode_reserve(i, size);

	if (err)
		return err;
	if (size > i->size)
		memset(i->data + i->size, 0, size - i->size);
	i->size = (u32)size;
	i->mtime = i->ctime = page_now();
	return 0;
}

s32 inode_write(struct inode *i, const void *from, u32 len, u64 pos)
{
	if (pos > SIZE_MAX_FILE)
		return -EFBIG;
	if (pos + len > i->size) {
		s32 err = inode_resize(i, pos + len);
		if (err)
			return err;
	}
	memcpy(i->data + pos, from, len);
	i->mtime = i->ctime = page_now();
	return (s32)len;
}

/* --- directories ------------------------------------------------------ */

static struct entry *entries(const struct inode *dir) { return (struct entry *)dir->data; }
static u32 entry_count(const struct inode *dir) { return dir->size / sizeof(struct entry); }

static struct entry *entry_find(struct inode *dir, const char *name, u32 len)
{
	for (u32 n = 0; n < entry_count(dir); n++) {
		struct entry *e = &entries(dir)[n];
		if (e->inode && e->len == len && !memcmp(e->name, name, len))
			return e;
	}
	return NULL;
}

struct inode *dir_find(struct inode *dir, const char *name, u32 len)
{
	struct entry *e = entry_find(dir, name, len);

	return e ? e->inode : NULL;
}

s32 dir_add(struct inode *dir, const char *name, u32 len, struct inode *i)
{
	struct entry new = { .inode = i, .len = (u8)len };
	u32 n = 0;

	if (len > sizeof new.name)
		return -ENAMETOOLONG;
	if (dir->nlink < 2) /* removed, but still open */
		return -ENOENT;
	memcpy(new.name, name, len);
	while (n < entry_count(dir) && entries(dir)[n].inode)
		n++;
	s32 done = inode_write(dir, &new, sizeof new, n * sizeof new);
	if (done < 0)
		return done;
	i->nlink++;
	i->ctime = page_now();
	if (inode_is(i, S_IFDIR)) {
		if (i->parent)
			i->parent->opens--;
		i->parent = dir;
		dir->opens++;
		dir->nlink++; /* its ".." */
	}
	return 0;
}

void dir_remove(struct inode *dir, const char *name, u32 len)
{
	struct entry *e = entry_find(dir, name, len);
	struct inode *i = e->inode;

	e->inode = NULL;
	i->nlink--;
	dir->mtime = dir->ctime = i->ctime = page_now();
	if (inode_is(i, S_IFDIR))
		dir->nlink--;
}

bool dir_is_empty(const struct inode *dir)
{
	for (u32 n = 0; n < entry_count(dir); n++)
		if (entries(dir)[n].inode)
			return false;
	return true;
}

struct entry *dir_nth(struct inode *dir, u32 nth)
{
	for (u32 n = 0; n < entry_count(dir); n++)
		if (entries(dir)[n].inode && !nth--)
			return &entries(dir)[n];
	return NULL;
}
