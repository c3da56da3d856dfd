/* SPDX-License-Identifier: MIT */
/*
 * The page's files as a host: the rows of imports.tab that name files.
 */
#include "handle.h"
#include "page.h"

s32 inode_chmod(struct inode *i, u32 mode)
{
	i->mode = (i->mode & S_IFMT) | (mode & 07777);
	i->ctime = page_now();
	return 0;
}

s32 inode_chown(struct inode *i, s32 uid, s32 gid)
{
	i->uid = uid == -1 ? i->uid : (u32)uid;
	i->gid = gid == -1 ? i->gid : (u32)gid;
	i->ctime = page_now();
	return 0;
}

s32 inode_utimes(struct inode *i, s64 atime, s64 mtime)
{
	i->atime = atime;
	i->mtime = mtime;
	i->ctime = page_now();
	return 0;
}

static s32 find_at(s32 base, const char *path, u32 len, bool follow, struct inode **out)
{
	struct inode *from;
	s32 err = base_inode(base, &from);

	return err ? err : path_find(from, path, len, follow ? WALK_FOLLOW : WALK_NOFOLLOW, out);
}

/* Makes `i` (new, or to be named once more) at the path; frees a new one on error. */
static s32 make_at(s32 base, const char *path, u32 len, struct inode *i)
{
	struct inode *from;
	struct place place;

	if (!i)
		return -ENOSPC;
	s32 err = base_inode(base, &from);
	if (!err)
		err = path_walk(from, path, len, WALK_PARENT, &place);
	if (!err && place.inode)
		err = -EEXIST;
	bool is_new_dir = inode_is(i, S_IFDIR) && !i->parent;
	if (!err && place.wants_dir && !is_new_dir)
		err = -ENOENT;
	if (!err && inode_is(i, S_IFDIR) && !is_new_dir)
		err = -EPERM; /* link(2): a directory has one name */
	if (!err)
		err = dir_add(place.dir, place.name, place.len, i);
	if (err)
		inode_put(i);
	return err;
}

PAGE_EXPORT(page_stat) s32 page_stat(s32 base, const char *path, u32 len, u32 follow, struct host_stat *st)
{
	struct inode *i;
	s32 err = find_at(base, path, len, follow, &i);

	if (!err)
		stat_fill(i, st);
	return err;
}

PAGE_EXPORT(page_access) s32 page_access(s32 base, const char *path, u32 len, u32 mode)
{
	struct inode *i;
	s32 err = find_at(base, path, len, true, &i);

	/* root may do everything but execute what nobody may execute: access(2) */
	return err ? err : mode & X_OK && inode_is(i, S_IFREG) && !(i->mode & 0111) ? -EACCES : 0;
}

PAGE_EXPORT(page_mkdir) s32 page_mkdir(s32 base, const char *path, u32 len, u32 mode)
{
	return make_at(base, path, len, inode_new(S_IFDIR | (mode & 01777)));
}

PAGE_EXPORT(page_symlink) s32 page_symlink(const char *target, u32 target_len, s32 base, const char *path, u32 len)
{
	struct inode *i = inode_new(S_IFLNK | 0777);
	s32 done = i ? inode_write(i, target, target_len, 0) : -ENOSPC;

	if (done >= 0)
		return make_at(base, path, len, i);
	if (i)
		inode_put(i);
	return done;
}

PAGE_EXPORT(page_readlink) s32 page_readlink(s32 base, const char *path, u32 len, void *buf, u32 cap)
{
	struct inode *i;
	s32 err = find_at(base, path, len, false, &i);

	if (err)
		return err;
	return inode_is(i, S_IFLNK) ? inode_read(i, buf, cap, 0) : -EINVAL;
}

PAGE_EXPORT(page_link) s32 page_link(s32 from_base, const char *from, u32 from_len,
				     s32 to_base, const char *to, u32 to_len)
{
	struct inode *i;
	s32 err = find_at(from_base, from, from_len, false, &i);

	return err ? err : make_at(to_base, to, to_len, i);
}

static s32 check_unlink(const struct place *p, bool is_dir)
{
	if (p->last != LAST_NAME) /* see unlink(2), rmdir(2) */
		return !is_dir ? -EISDIR : p->last == LAST_ROOT ? -EBUSY : p->last == LAST_DOT ? -EINVAL : -ENOTEMPTY;
	s32 err = place_check(p);
	if (err)
		return err;
	if (is_dir && !inode_is(p->inode, S_IFDIR))
		return -ENOTDIR;
	if (!is_dir && inode_is(p->inode, S_IFDIR))
		return -EISDIR;
	return is_dir && !dir_is_empty(p->inode) ? -ENOTEMPTY : 0;
}

static void unlink_place(const struct place *p)
{
	dir_remove(p->dir, p->name, p->len);
	inode_put(p->inode);
}

PAGE_EXPORT(page_unlink) s32 page_unlink(s32 base, const char *path, u32 len, u32 is_dir)
{
	struct inode *from;
	struct place place;
	s32 err = base_inode(base, &from);

	if (!err)
		err = path_walk(from, path, len, WALK_PARENT, &place);
	if (!err)
		err = check_unlink(&place, is_dir);
	if (!err)
		unlink_place(&place);
	return err;
}

static bool is_within(const struct inode *dir, const struct inode *ancestor)
{
	for (;; dir = dir->parent) {
		if (dir == ancestor)
			return true;
		if (dir == root)
			return false;
	}
}

/* rename(2), once both places are known. */
static s32 rename_place(const struct place *from, const struct place *to)
{
	if (from->last != LAST_NAME || to->last != LAST_NAME)
		return -EBUSY;
	if (!from->inode)
		return -ENOENT;
	bool is_dir = inode_is(from->inode, S_IFDIR);
	if (!is_dir && (from->wants_dir || to->wants_dir))
		return -ENOTDIR;
	if (is_dir && is_within(to->dir, from->inode))
		return -EINVAL;
	if (to->inode && is_within(from->dir, to->inode))
		return -ENOTEMPTY;
	if (from->inode == to->inode)
		return 0;
	if (to->inode) {
		s32 err = check_unlink(to, is_dir);
		if (err)
			return err;
		unlink_place(to);
	}
	s32 err = dir_add(to->dir, to->name, to->len, from->inode);
	if (!err)
		dir_remove(from->dir, from->name, from->len);
	return err;
}

PAGE_EXPORT(page_rename) s32 page_rename(s32 from_base, const char *from, u32 from_len,
					 s32 to_base, const char *to, u32 to_len)
{
	struct inode *from_dir, *to_dir;
	struct place source, target;
	s32 err = base_inode(from_base, &from_dir);

	if (!err)
		err = base_inode(to_base, &to_dir);
	if (!err)
		err = path_walk(from_dir, from, from_len, WALK_PARENT, &source);
	if (!err)
		err = path_walk(to_dir, to, to_len, WALK_PARENT, &target);
	return err ? err : rename_place(&source, &target);
}

PAGE_EXPORT(page_chmod) s32 page_chmod(s32 base, const char *path, u32 len, u32 mode)
{
	struct inode *i;
	s32 err = find_at(base, path, len, true, &i);

	return err ? err : inode_chmod(i, mode);
}

PAGE_EXPORT(page_chown) s32 page_chown(s32 base, const char *path, u32 len, s32 uid, s32 gid, u32 follow)
{
	struct inode *i;
	s32 err = find_at(base, path, len, follow, &i);

	return err ? err : inode_chown(i, uid, gid);
}

PAGE_EXPORT(page_utimens) s32 page_utimens(s32 base, const char *path, u32 len, s64 atime, s64 mtime, u32 follow)
{
	struct inode *i;
	s32 err = find_at(base, path, len, follow, &i);

	return err ? err : inode_utimes(i, atime, mtime);
}

/* struct of host_statfs; type: TMPFS_MAGIC of statfs(2). */
PAGE_EXPORT(page_statfs) s32 page_statfs(s32 base, const char *path, u32 len, u64 *out)
{
	enum { TMPFS_MAGIC = 0x01021994, BLOCKS = 1 << 18 };
	struct inode *i;
	s32 err = find_at(base, path, len, true, &i);

	if (err)
		return err;
	u64 used = __builtin_wasm_memory_size(0) * (65536 / PAGE_SIZE);
	u64 all[8] = { TMPFS_MAGIC, PAGE_SIZE, BLOCKS, BLOCKS - used, BLOCKS - used, BLOCKS, BLOCKS, 255 };
	memcpy(out, all, sizeof all);
	return 0;
}

/* The tree a program finds: called once, before anything else. */
PAGE_EXPORT(page_init) s32 page_init(void)
{
	static const struct { const char *path; u32 mode; } dirs[] = {
		{ "/tmp", 01777 }, { "/home", 0755 }, { "/dev", 0755 }, { "/proc", 0755 },
	};

	root = inode_new(S_IFDIR | 0755);
	if (!root)
		return -ENOMEM;
	root->parent = root;
	root->nlink++; /* its "..", which no directory above counts */
	for (u32 n = 0; n < COUNT(dirs); n++) {
		s32 err = page_mkdir(AT_FDCWD, dirs[n].path, strlen(dirs[n].path), dirs[n].mode);
		if (err)
			return err;
	}
	return 0;
}
