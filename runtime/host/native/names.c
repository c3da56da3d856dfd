/* SPDX-License-Identifier: MIT */
/*
 * Host imports on names, and reading directories.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

/*
 * Entries by number.  The kernel's own position in the directory is used: it
 * is right as long as the caller goes on where it stopped, and from another
 * place the entries are counted from the start.
 */
struct host_entry { uint64_t ino; uint8_t type, zero; uint16_t namelen; char name[]; };
struct linux_entry { uint64_t ino; int64_t off; uint16_t reclen; uint8_t type; char name[]; };

static int32_t put_entry(uint8_t *to, const struct linux_entry *e)
{
	struct host_entry head = { e->ino, e->type, 0, strlen(e->name) };

	memcpy(to, &head, 12);
	memcpy(to + 12, e->name, head.namelen);
	return (12 + head.namelen + 7) & ~7;
}

int32_t host_readdir(int32_t file, int32_t from, void *buf, int32_t cap)
{
	char batch[32768];
	int32_t index = 0, used = 0;
	long got;

	if (lseek(file, 0, SEEK_SET) < 0)
		return -errno;
	while ((got = syscall(SYS_getdents64, file, batch, sizeof(batch))) > 0) {
		for (long at = 0; at < got; ) {
			const struct linux_entry *e = (const void *)(batch + at);
			at += e->reclen;
			if (!strcmp(e->name, ".") || !strcmp(e->name, ".."))
				continue;
			if (index++ < from)
				continue;
			if (used + 12 + (int32_t)strlen(e->name) + 8 > cap)
				return used;
			used += put_entry((uint8_t *)buf + used, e);
		}
	}
	return got < 0 ? -errno : used;
}
