/* SPDX-License-Identifier: MIT */
/*
 * Changing attributes: mode, owner, times, size; and making data safe.
 */
#include "../kernel/clock.h"
#include "../kernel/sys.h"
#include "hostfile.h"
#include "path.h"

SYSCALL(fchmod, int, fd, u32, mode)
{
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	int err = f->flags & O_PATH ? -EBADF : f->ops->chmod ? f->ops->chmod(f, mode & 07777) : -EPERM;
	file_put(f);
	return err;
}

static s64 chmod_at(struct task *t, int dirfd, u64 path, u32 mode, u32 flags)
{
	struct place p;
	struct attr attr;
	int err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);

	if (err)
		return err;
	if (p.node)
		err = -EPERM;
	else if (p.is_self)
		err = !p.file ? host_chmod(HOST_CWD, ".", 1, mode & 07777)
		    : p.file->ops->chmod ? p.file->ops->chmod(p.file, mode & 07777) : -EPERM;
	else if (flags & AT_SYMLINK_NOFOLLOW && !host_stat(p.base, p.name, p.len, 0, &attr) &&
	         (attr.mode & S_IFMT) == S_IFLNK)
		err = -EOPNOTSUPP;
	else
		err = host_chmod(p.base, p.name, p.len, mode & 07777);
	place_done(&p);
	return err;
}

SYSCALL(fchmodat, int, dirfd, u64, path, u32, mode) { return chmod_at(t, dirfd, path, mode, 0); }

SYSCALL(fchmodat2, int, dirfd, u64, path, u32, mode, u32, flags)
{
	return flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) ? -EINVAL : chmod_at(t, dirfd, path, mode, flags);
}

SYSCALL(fchown, int, fd, s32, uid, s32, gid)
{
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	int err = f->flags & O_PATH ? -EBADF : f->ops->chown ? f->ops->chown(f, uid, gid) : -EPERM;
	file_put(f);
	return err;
}

SYSCALL(fchownat, int, dirfd, u64, path, s32, uid, s32, gid, u32, flags)
{
	struct place p;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	int err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);
	if (err)
		return err;
	if (p.node)
		err = -EPERM;
	else if (p.is_self)
		err = !p.file ? host_chown(HOST_CWD, ".", 1, uid, gid, 1)
		    : p.file->ops->chown ? p.file->ops->chown(p.file, uid, gid) : -EPERM;
	else
		err = host_chown(p.base, p.name, p.len, uid, gid, !(flags & AT_SYMLINK_NOFOLLOW));
	place_done(&p);
	return err;
}

/* One of utimensat's times; `old` for UTIME_OMIT. */
static int pick_time(const struct abi_timespec *ts, s64 now, s64 old, s64 *out)
{
	if (ts->nsec == UTIME_NOW)
		*out = now;
	else if (ts->nsec == UTIME_OMIT)
		*out = old;
	else if (ts->nsec < 0 || ts->nsec >= NS_PER_S)
		return -EINVAL;
	else
		*out = ts->sec * NS_PER_S + ts->nsec;
	return 0;
}

static int place_utimes(const struct place *p, const struct abi_timespec ts[2], bool follow)
{
	struct attr attr = { 0 };
	s64 now = clock_now(CLOCK_REALTIME), atime, mtime;
	int err = 0;

	if (p->node)
		return -EPERM;
	/* The host always sets both: fetch what is to stay. */
	if (ts[0].nsec == UTIME_OMIT || ts[1].nsec == UTIME_OMIT)
		err = p->is_self && p->file ? file_attr(p->file, &attr)
		                            : host_stat(p->base, p->name, p->len, follow, &attr);
	if (!err)
		err = pick_time(&ts[0], now, attr.atime, &atime);
	if (!err)
		err = pick_time(&ts[1], now, attr.mtime, &mtime);
	if (err)
		return err;
	if (p->is_self && p->file)
		return p->file->ops->utimes ? p->file->ops->utimes(p->file, atime, mtime) : -EPERM;
	return host_utimens(p->base, p->name, p->len, atime, mtime, follow);
}

SYSCALL(utimensat, int, dirfd, u64, path, u64, times_va, u32, flags)
{
	struct abi_timespec ts[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	struct place p = { 0 };
	int err = times_va ? copy_in(t, ts, times_va, sizeof(ts)) : 0;

	if (err)
		return err;
	if (ts[0].nsec == UTIME_OMIT && ts[1].nsec == UTIME_OMIT)
		return 0;
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (!path) {
		/* Linux's futimens(): the descriptor itself. */
		if (flags)
			return -EINVAL;
		if (dirfd == AT_FDCWD)
			return -EFAULT;
		p.file = fd_get(t, dirfd);
		p.is_self = true;
		err = p.file ? 0 : -EBADF;
	} else {
		err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);
	}
	if (err)
		return err;
	if (p.is_self && !p.file) {
		p.name = ".";
		p.len = 1;
	}
	err = place_utimes(&p, ts, !(flags & AT_SYMLINK_NOFOLLOW));
	place_done(&p);
	return err;
}

static int file_truncate(struct file *f, s64 size)
{
	if (!file_can_write(f) || !f->ops->truncate)
		return f->flags & O_PATH ? -EBADF : -EINVAL;
	return f->ops->truncate(f, size);
}

SYSCALL(ftruncate, int, fd, s64, size)
{
	struct file *f;

	if (size < 0)
		return -EINVAL;
	f = fd_get(t, fd);
	if (!f)
		return -EBADF;
	int err = file_truncate(f, size);
	file_put(f);
	return err;
}

SYSCALL(truncate, u64, path, s64, size)
{
	struct place p;
	int err = size < 0 ? -EINVAL : place_find(t, &p, AT_FDCWD, path, 0);

	if (err)
		return err;
	/* open(2) would give ENXIO or wait for a FIFO. */
	struct attr attr;
	err = p.node ? -EINVAL : host_stat(p.base, p.name, p.len, 1, &attr);
	if (!err && (attr.mode & S_IFMT) != S_IFREG)
		err = (attr.mode & S_IFMT) == S_IFDIR ? -EISDIR : -EINVAL;
	struct file *f = err ? NULL : open_place(t, &p, O_WRONLY, 0, &err);
	place_done(&p);
	if (!f)
		return err;
	err = file_truncate(f, size);
	file_put(f);
	return err;
}

SYSCALL(fallocate, int, fd, u32, mode, s64, off, s64, len)
{
	struct attr attr;
	struct file *f = fd_get(t, fd);
	s64 end;

	if (!f)
		return -EBADF;
	int err = off < 0 || len <= 0 ? -EINVAL
	        : __builtin_add_overflow(off, len, &end) ? -EFBIG
	        : mode & ~FALLOC_FL_KEEP_SIZE ? -EOPNOTSUPP
	        : !file_can_write(f) ? -EBADF
	        : !f->ops->seek ? -ESPIPE
	        : !f->ops->truncate ? -ENODEV : file_attr(f, &attr);
	if (!err && (attr.mode & S_IFMT) != S_IFREG)
		err = (attr.mode & S_IFMT) == S_IFIFO ? -ESPIPE : -ENODEV;
	if (!err && !(mode & FALLOC_FL_KEEP_SIZE) && (u64)end > attr.size)
		err = f->ops->truncate(f, end);
	file_put(f);
	return err;
}

static s64 sync_fd(struct task *t, int fd, bool data_only)
{
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	int err = f->flags & O_PATH ? -EBADF : f->ops->sync ? f->ops->sync(f, data_only) : -EINVAL;
	file_put(f);
	return err;
}

SYSCALL(fsync, int, fd) { return sync_fd(t, fd, false); }
SYSCALL(fdatasync, int, fd) { return sync_fd(t, fd, true); }
SYSCALL(syncfs, int, fd) { return sync_fd(t, fd, false); }
SYSCALL(sync) { return 0; }

SYSCALL(sync_file_range, int, fd, s64, off, s64, len, u32, flags)
{
	return off < 0 || len < 0 || flags & ~7u ? -EINVAL : sync_fd(t, fd, true);
}

SYSCALL(fadvise64, int, fd, s64, off, s64, len, int, advice)
{
	struct file *f = fd_get(t, fd);

	(void)off;
	if (!f)
		return -EBADF;
	int err = !f->ops->seek ? -ESPIPE : len < 0 || advice < 0 || advice > 5 ? -EINVAL : 0;
	file_put(f);
	return err;
}
