/* SPDX-License-Identifier: MIT */
/*
 * Asking about files: stat and its relatives, access, statfs, readlink.
 */
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "hostfile.h"
#include "path.h"

static int self_attr(const struct place *p, struct attr *out)
{
	return p->file ? file_attr(p->file, out) : host_stat(HOST_CWD, ".", 1, 1, out);
}

static int place_attr(struct task *t, const struct place *p, bool follow, struct attr *out)
{
	memset(out, 0, sizeof(*out));
	if (p->is_self)
		return self_attr(p, out);
	if (p->node)
		return node_attr(t, p->node, p->arg, follow, out);
	return host_stat(p->base, p->name, p->len, follow, out);
}

static int attr_at(struct task *t, int dirfd, u64 path, u32 flags, struct attr *out)
{
	struct place p;
	int err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);

	if (err)
		return err;
	err = place_attr(t, &p, !(flags & AT_SYMLINK_NOFOLLOW), out);
	place_done(&p);
	return err;
}

/* Nanoseconds to seconds and a remainder that is never negative. */
static struct abi_timespec split_time(s64 ns)
{
	s64 rest = ns % NS_PER_S;

	if (rest < 0)
		rest += NS_PER_S;
	return (struct abi_timespec){ (ns - rest) / NS_PER_S, rest };
}

static int put_stat(struct task *t, u64 va, const struct attr *a)
{
	struct abi_stat st = {
		.dev = a->dev, .ino = a->ino, .mode = a->mode, .nlink = a->nlink,
		.uid = a->uid, .gid = a->gid, .rdev = a->rdev, .size = a->size,
		.blksize = a->blksize, .blocks = a->blocks,
		.atime = split_time(a->atime), .mtime = split_time(a->mtime), .ctime = split_time(a->ctime),
	};

	return copy_out(t, va, &st, sizeof(st));
}

SYSCALL(newfstatat, int, dirfd, u64, path, u64, st, u32, flags)
{
	struct attr attr;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH))
		return -EINVAL;
	int err = attr_at(t, dirfd, path, flags, &attr);
	return err ? err : put_stat(t, st, &attr);
}

SYSCALL(fstat, int, fd, u64, st)
{
	struct attr attr;
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	int err = file_attr(f, &attr);
	file_put(f);
	return err ? err : put_stat(t, st, &attr);
}

static struct abi_statx_time statx_time(s64 ns)
{
	struct abi_timespec ts = split_time(ns);

	return (struct abi_statx_time){ ts.sec, ts.nsec, 0 };
}

static u32 dev_major(u64 dev) { return ((dev >> 8) & 0xfff) | ((dev >> 32) & ~0xfffu); }
static u32 dev_minor(u64 dev) { return (dev & 0xff) | ((dev >> 12) & ~0xffu); }

SYSCALL(statx, int, dirfd, u64, path, u32, flags, u32, mask, u64, out)
{
	struct attr a;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE) ||
	    (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE || mask & 0x80000000)
		return -EINVAL;
	int err = attr_at(t, dirfd, path, flags, &a);
	if (err)
		return err;
	struct abi_statx x = {
		.mask = STATX_BASIC_STATS | (a.btime ? STATX_BTIME : 0),
		.blksize = a.blksize, .nlink = a.nlink, .uid = a.uid, .gid = a.gid, .mode = a.mode,
		.ino = a.ino, .size = a.size, .blocks = a.blocks,
		.atime = statx_time(a.atime), .btime = statx_time(a.btime),
		.ctime = statx_time(a.ctime), .mtime = statx_time(a.mtime),
		.rdev_major = dev_major(a.rdev), .rdev_minor = dev_minor(a.rdev),
		.dev_major = dev_major(a.dev), .dev_minor = dev_minor(a.dev),
	};
	return copy_out(t, out, &x, sizeof(x));
}

static int access_by_attr(struct task *t, const struct attr *a, u32 mode, bool effective)
{
	u32 uid = effective ? t->process->creds.euid : t->process->creds.uid, gid = effective ? t->process->creds.egid : t->process->creds.gid;
	u32 bits = uid == a->uid ? a->mode >> 6 : gid == a->gid ? a->mode >> 3 : a->mode;

	if (!uid)
		return mode & X_OK && !(a->mode & 0111) ? -EACCES : 0;
	return mode & ~bits & 7 ? -EACCES : 0;
}

static s64 access_at(struct task *t, int dirfd, u64 path, u32 mode, u32 flags)
{
	struct place p;

	if (mode & ~(R_OK | W_OK | X_OK) || flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	int err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);
	if (err)
		return err;
	if (p.node || p.is_self || flags & AT_SYMLINK_NOFOLLOW) {
		struct attr attr;
		err = place_attr(t, &p, !(flags & AT_SYMLINK_NOFOLLOW), &attr);
		if (!err)
			err = access_by_attr(t, &attr, mode, flags & AT_EACCESS);
	} else {
		err = host_access(p.base, p.name, p.len, mode);
	}
	place_done(&p);
	return err;
}

SYSCALL(faccessat, int, dirfd, u64, path, u32, mode)
{
	return access_at(t, dirfd, path, mode, 0);
}

SYSCALL(faccessat2, int, dirfd, u64, path, u32, mode, u32, flags)
{
	return access_at(t, dirfd, path, mode, flags);
}

static s64 put_statfs(struct task *t, s32 base, const char *name, u32 len, u64 va)
{
	u64 h[8] = { 0 };
	int err = host_statfs(base, name, len, h);

	if (err)
		return err;
	struct abi_statfs st = {
		.type = h[0], .bsize = h[1], .blocks = h[2], .bfree = h[3], .bavail = h[4],
		.files = h[5], .ffree = h[6], .namelen = h[7] ? h[7] : 255, .frsize = h[1],
	};
	return copy_out(t, va, &st, sizeof(st));
}

SYSCALL(statfs, u64, path, u64, out)
{
	struct place p;
	s64 err = place_find(t, &p, AT_FDCWD, path, 0);

	if (err)
		return err;
	err = put_statfs(t, p.base, p.name, p.len, out);
	place_done(&p);
	return err;
}

SYSCALL(fstatfs, int, fd, u64, out)
{
	struct file *f = fd_get(t, fd);
	char link[40];
	struct text name;

	if (!f)
		return -EBADF;
	text_init(&name, link, sizeof(link));
	if (file_is_host(f))
		text_printf(&name, "/proc/self/fd/%d", f->host.handle);
	else
		text_str(&name, "/proc");
	s64 err = put_statfs(t, HOST_CWD, link, name.len, out);
	file_put(f);
	return err;
}

SYSCALL(readlinkat, int, dirfd, u64, path, u64, buf, s32, size)
{
	struct place p;
	char target[PATH_MAX];

	if (size <= 0)
		return -EINVAL;
	s64 n = place_find(t, &p, dirfd, path, PLACE_EMPTY_OK);
	if (n)
		return n;
	if (p.is_self)
		n = p.file && file_is_host(p.file)
		    ? host_readlink(p.file->host.handle, "", 0, target, sizeof(target)) : -ENOENT;
	else if (p.node)
		n = p.node->link ? p.node->link(t, p.arg, target, sizeof(target)) : -EINVAL;
	else
		n = host_readlink(p.base, p.name, p.len, target, sizeof(target));
	place_done(&p);
	if (n < 0)
		return n;
	n = min_u64(n, size);
	int err = copy_out(t, buf, target, n);
	return err ? err : n;
}
