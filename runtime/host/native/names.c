/* SPDX-License-Identifier: MIT */
/*
 * Host imports on names.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "native.h"

int32_t host_mkdir(int32_t base, const char *path, uint32_t path_len, int32_t mode)
{
	return negate(mkdirat(base, PATH(path), mode));
}

int32_t host_unlink(int32_t base, const char *path, uint32_t path_len, int32_t is_dir)
{
	return negate(unlinkat(base, PATH(path), is_dir ? AT_REMOVEDIR : 0));
}

int32_t host_rename(int32_t from_base, const char *from, uint32_t from_len,
                    int32_t to_base, const char *to, uint32_t to_len)
{
	return negate(renameat(from_base, PATH(from), to_base, PATH(to)));
}

int32_t host_link(int32_t from_base, const char *from, uint32_t from_len,
                  int32_t to_base, const char *to, uint32_t to_len)
{
	return negate(linkat(from_base, PATH(from), to_base, PATH(to), 0));
}

int32_t host_symlink(const char *target, uint32_t target_len, int32_t base, const char *path, uint32_t path_len)
{
	return negate(symlinkat(PATH(target), base, PATH(path)));
}

int32_t host_readlink(int32_t base, const char *path, uint32_t path_len, void *buf, int32_t cap)
{
	return negate(readlinkat(base, PATH(path), buf, cap));
}

int32_t host_mknod(int32_t base, const char *path, uint32_t path_len, int32_t mode, int32_t rdev)
{
	return negate(mknodat(base, PATH(path), mode, rdev));
}

int32_t host_access(int32_t base, const char *path, uint32_t path_len, int32_t mode)
{
	return negate(faccessat(base, PATH(path), mode, 0));
}

int32_t host_chmod(int32_t base, const char *path, uint32_t path_len, int32_t mode)
{
	return negate(fchmodat(base, PATH(path), mode, 0));
}

int32_t host_chown(int32_t base, const char *path, uint32_t path_len, int32_t uid, int32_t gid, int32_t follow)
{
	return negate(fchownat(base, PATH(path), uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

int32_t host_utimens(int32_t base, const char *path, uint32_t path_len, int64_t atime, int64_t mtime, int32_t follow)
{
	const struct timespec ts[2] = {
		{ atime / 1000000000, atime % 1000000000 }, { mtime / 1000000000, mtime % 1000000000 },
	};

	return negate(utimensat(base, PATH(path), ts, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

int32_t host_statfs(int32_t base, const char *path, uint32_t path_len, void *out)
{
	struct statfs st;
	int fd = openat(base, PATH(path), O_PATH | O_CLOEXEC);
	int err = fd < 0 || fstatfs(fd, &st) ? -errno : 0;

	if (fd >= 0)
		close(fd);
	if (err)
		return err;
	const uint64_t fields[8] = { st.f_type, st.f_bsize, st.f_blocks, st.f_bfree, st.f_bavail,
	                             st.f_files, st.f_ffree, st.f_namelen };
	memcpy(out, fields, sizeof(fields));
	return 0;
}

