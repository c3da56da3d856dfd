/* SPDX-License-Identifier: MIT */
/*
 * The page's files as a host: open files and the rows of imports.tab that use
 * them.  Names are in names.c.
 */
#include "handle.h"
#include "page.h"

/* Open flags arrive as x86-64's (imports.tab); these differ from arm64's. */
enum { HOST_O_DIRECTORY = 0200000, HOST_O_NOFOLLOW = 0400000 };

enum { FIRST = 3, HANDLES = 1024 };

struct handle {
	struct inode *inode; /* NULL: free */
	u32 flags;
	u64 pos;
};

static struct handle handles[HANDLES];
static u8 scratch[SCRATCH_SIZE] __attribute__((aligned(16)));

PAGE_EXPORT(page_scratch) u8 *page_scratch(void) { return scratch; }

static struct handle *handle_get(s32 file)
{
	bool is_open = file >= FIRST && file < FIRST + HANDLES && handles[file - FIRST].inode;

	return is_open ? &handles[file - FIRST] : NULL;
}

s32 handle_inode(s32 file, struct inode **out)
{
	struct handle *h = handle_get(file);

	*out = h ? h->inode : NULL;
	return h ? 0 : -EBADF;
}

s32 base_inode(s32 base, struct inode **out)
{
	*out = root;
	return base == AT_FDCWD ? 0 : handle_inode(base, out);
}

/* What open(2) makes where there is nothing. */
static s32 create(struct place *place, u32 mode)
{
	if (place->last != LAST_NAME || place->wants_dir)
		return -EISDIR;
	struct inode *i = inode_new(S_IFREG | (mode & 07777));
	if (!i)
		return -ENOSPC;
	s32 err = dir_add(place->dir, place->name, place->len, i);
	if (err)
		inode_put(i);
	else
		place->inode = i;
	return err;
}

static s32 check_open(const struct place *place, u32 flags)
{
	const struct inode *i = place->inode;

	if (place->wants_dir && flags & O_CREAT)
		return -EISDIR;
	s32 err = place_check(place);
	if (err)
		return err;
	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return -EEXIST;
	if (inode_is(i, S_IFLNK) && !(flags & O_PATH))
		return -ELOOP;
	if (flags & HOST_O_DIRECTORY && !inode_is(i, S_IFDIR))
		return -ENOTDIR;
	if (inode_is(i, S_IFDIR) && ((flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT))
		return -EISDIR;
	return 0;
}

PAGE_EXPORT(page_open) s32 page_open(s32 base, const char *path, u32 len, u32 flags, u32 mode)
{
	struct inode *from;
	struct place place;
	u32 n = 0;

	while (n < HANDLES && handles[n].inode)
		n++;
	if (n == HANDLES)
		return -ENFILE;
	s32 err = base_inode(base, &from);
	bool is_kept = flags & HOST_O_NOFOLLOW || (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
	bool is_name = flags & O_CREAT && len && path[len - 1] == '/'; /* -EISDIR comes first */
	if (!err)
		err = path_walk(from, path, len, is_name ? WALK_PARENT : is_kept ? WALK_NOFOLLOW : WALK_FOLLOW, &place);
	if (err)
		return err;
	if (place.inode)
		err = check_open(&place, flags);
	else
		err = flags & O_CREAT ? create(&place, mode) : -ENOENT;
	if (!err && flags & O_TRUNC && inode_is(place.inode, S_IFREG))
		err = inode_resize(place.inode, 0);
	if (err)
		return err;
	place.inode->opens++;
	handles[n] = (struct handle){ .inode = place.inode, .flags = flags };
	return (s32)n + FIRST;
}

PAGE_EXPORT(page_close) s32 page_close(s32 file)
{
	struct handle *h = handle_get(file);

	if (!h)
		return -EBADF;
	struct inode *i = h->inode;
	h->inode = NULL;
	i->opens--;
	inode_put(i);
	return 0;
}

PAGE_EXPORT(page_read) s32 page_read(s32 file, void *to, u32 len, s64 pos)
{
	struct handle *h = handle_get(file);

	if (!h || (h->flags & O_ACCMODE) == O_WRONLY || h->flags & O_PATH)
		return -EBADF;
	if (inode_is(h->inode, S_IFDIR))
		return -EISDIR;
	s32 done = inode_read(h->inode, to, len, pos < 0 ? h->pos : (u64)pos);
	if (pos < 0 && done > 0)
		h->pos += done;
	return done;
}

PAGE_EXPORT(page_write) s32 page_write(s32 file, const void *from, u32 len, s64 pos)
{
	struct handle *h = handle_get(file);

	if (!h || (h->flags & O_ACCMODE) == O_RDONLY || h->flags & O_PATH)
		return -EBADF;
	u64 at = h->flags & O_APPEND ? h->inode->size : pos < 0 ? h->pos : (u64)pos;
	s32 done = inode_write(h->inode, from, len, at);
	if (pos < 0 && done > 0)
		h->pos = at + done;
	return done;
}

PAGE_EXPORT(page_seek) s64 page_seek(s32 file, s64 off, s32 whence)
{
	struct handle *h = handle_get(file);

	if (!h)
		return -EBADF;
	if (whence < SEEK_SET || whence > SEEK_END)
		return -EINVAL;
	s64 at = off + (s64)(whence == SEEK_CUR ? h->pos : whence == SEEK_END ? h->inode->size : 0);
	if (at < 0)
		return -EINVAL;
	h->pos = at;
	return at;
}

void stat_fill(const struct inode *i, struct host_stat *st)
{
	u32 nlink = inode_is(i, S_IFDIR) && i->nlink < 2 ? 0 : i->nlink; /* a removed directory has none */

	*st = (struct host_stat){
		.dev = 1, .ino = i->ino, .mode = i->mode, .nlink = nlink, .uid = i->uid, .gid = i->gid,
		.size = i->size, .blksize = PAGE_SIZE, .blocks = round_up(i->cap, 512) / 512,
		.atime = i->atime, .mtime = i->mtime, .ctime = i->ctime, .btime = i->btime,
	};
}

/* The standard streams: the terminal, or a pipe that holds the text given as input. */
static void stat_stream(s32 file, struct host_stat *st)
{
	bool is_tty = file || tty_is_input;

	*st = (struct host_stat){ .dev = 2, .ino = 1u + file, .nlink = 1, .blksize = PAGE_SIZE,
				  .mode = is_tty ? S_IFCHR | 0620 : S_IFIFO | 0600,
				  .rdev = is_tty ? 0x500 : 0 };
}

PAGE_EXPORT(page_fstat) s32 page_fstat(s32 file, struct host_stat *st)
{
	struct inode *i;

	if (file >= 0 && file < FIRST) {
		stat_stream(file, st);
		return 0;
	}
	s32 err = handle_inode(file, &i);
	if (!err)
		stat_fill(i, st);
	return err;
}

struct record { u64 ino; u8 type, zero; u16 len; char name[]; };

PAGE_EXPORT(page_readdir) s32 page_readdir(s32 file, u32 from, u8 *buf, u32 cap)
{
	struct inode *dir;
	struct entry *e;
	u32 at = 0;
	s32 err = handle_inode(file, &dir);

	if (err)
		return err;
	if (!inode_is(dir, S_IFDIR))
		return -ENOTDIR;
	for (; (e = dir_nth(dir, from)); from++) {
		u32 size = (u32)round_up(offsetof(struct record, name) + e->len, 8);
		if (at + size > cap)
			return at ? (s32)at : -EINVAL;
		struct record *r = (struct record *)(buf + at);
		*r = (struct record){ .ino = e->inode->ino, .type = e->inode->mode >> 12, .len = e->len };
		memcpy(r->name, e->name, e->len);
		at += size;
	}
	return (s32)at;
}

PAGE_EXPORT(page_truncate) s32 page_truncate(s32 file, s64 size)
{
	struct handle *h = handle_get(file);

	if (!h)
		return -EBADF;
	if (!inode_is(h->inode, S_IFREG) || (h->flags & O_ACCMODE) == O_RDONLY || size < 0)
		return -EINVAL;
	return inode_resize(h->inode, size);
}

PAGE_EXPORT(page_fchmod) s32 page_fchmod(s32 file, u32 mode)
{
	struct inode *i;
	s32 err = handle_inode(file, &i);

	return err ? err : inode_chmod(i, mode);
}

PAGE_EXPORT(page_fchown) s32 page_fchown(s32 file, s32 uid, s32 gid)
{
	struct inode *i;
	s32 err = handle_inode(file, &i);

	return err ? err : inode_chown(i, uid, gid);
}

PAGE_EXPORT(page_futimens) s32 page_futimens(s32 file, s64 atime, s64 mtime)
{
	struct inode *i;
	s32 err = handle_inode(file, &i);

	return err ? err : inode_utimes(i, atime, mtime);
}
