/* SPDX-License-Identifier: MIT */
/*
 * Host imports on open files.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "native.h"

int32_t host_open(int32_t base, const char *path, uint32_t path_len, int32_t flags, int32_t mode)
{
	return negate(openat(base, PATH(path), flags | O_CLOEXEC, mode));
}

int32_t host_close(int32_t file)
{
	return negate(close(file));
}

static int64_t no_wait(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };

	return poll(&p, 1, 0) > 0 ? 0 : -EAGAIN;
}

static int32_t read_into(int32_t file, void *buf, int32_t len, int64_t pos, int32_t flags)
{
	int fd = descriptor(file);
	ssize_t n;

	if (flags & 1 && no_wait(fd))
		return -EAGAIN;
	do
		n = pos < 0 ? read(fd, buf, (uint32_t)len) : pread(fd, buf, (uint32_t)len, pos);
	while (n < 0 && errno == EINTR);
	return negate(n);
}

int32_t host_read(int32_t file, void *buf, int32_t len, int64_t pos, int32_t flags)
{
	return read_into(file, buf, len, pos, flags);
}

int32_t host_read_user(int32_t file, uint32_t buf, int32_t len, int64_t pos, int32_t flags)
{
	return read_into(file, mem_arena + buf, len, pos, flags);
}

int32_t host_write(int32_t file, const void *buf, int32_t len, int64_t pos)
{
	ssize_t n;

	do
		n = pos < 0 ? write(file, buf, (uint32_t)len) : pwrite(file, buf, (uint32_t)len, pos);
	while (n < 0 && errno == EINTR);
	return negate(n);
}

int32_t host_write_user(int32_t file, uint32_t buf, int32_t len, int64_t pos)
{
	return host_write(file, mem_arena + buf, len, pos);
}

int64_t host_seek(int32_t file, int64_t off, int32_t whence)
{
	int64_t pos = lseek(descriptor(file), off, whence);

	return pos < 0 ? -errno : pos;
}

int32_t host_poll(void *fds, int32_t n, int32_t timeout_ms)
{
	return negate(poll(fds, n, timeout_ms));
}

static int64_t to_ns(const struct statx_timestamp *ts)
{
	return ts->tv_sec * 1000000000ll + ts->tv_nsec;
}

/* struct host_stat of imports.tab. */
static void put_stat(uint64_t *out, const struct statx *st)
{
	const uint64_t fields[14] = {
		makedev(st->stx_dev_major, st->stx_dev_minor), st->stx_ino, st->stx_mode, st->stx_nlink,
		st->stx_uid, st->stx_gid, makedev(st->stx_rdev_major, st->stx_rdev_minor), st->stx_size,
		st->stx_blksize, st->stx_blocks, to_ns(&st->stx_atime), to_ns(&st->stx_mtime),
		to_ns(&st->stx_ctime), to_ns(&st->stx_btime),
	};

	memcpy(out, fields, sizeof(fields));
}

int32_t host_fstat(int32_t file, void *out)
{
	struct statx st;

	if (statx(descriptor(file), "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &st))
		return -errno;
	put_stat(out, &st);
	return 0;
}

int32_t host_stat(int32_t base, const char *path, uint32_t path_len, int32_t follow, void *out)
{
	struct statx st;

	if (statx(base, PATH(path), follow ? 0 : AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME, &st))
		return -errno;
	put_stat(out, &st);
	return 0;
}

int32_t host_truncate(int32_t file, int64_t size) { return negate(ftruncate(file, size)); }
int32_t host_sync(int32_t file, int32_t data_only) { return negate(data_only ? fdatasync(file) : fsync(file)); }
int32_t host_fchmod(int32_t file, int32_t mode) { return negate(fchmod(file, mode)); }
int32_t host_fchown(int32_t file, int32_t uid, int32_t gid) { return negate(fchown(file, uid, gid)); }

int32_t host_futimens(int32_t file, int64_t atime, int64_t mtime)
{
	const struct timespec ts[2] = {
		{ atime / 1000000000, atime % 1000000000 }, { mtime / 1000000000, mtime % 1000000000 },
	};

	return negate(futimens(file, ts));
}
