/* SPDX-License-Identifier: MIT */
/* stat, statx, access, chmod, utimens, truncate, fallocate, statfs. */
#include "check.h"

#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <sys/time.h>

static void show(const char *name, int flags)
{
	struct stat st;

	if (fstatat(AT_FDCWD, name, &st, flags)) {
		SAY("%s: errno %d\n", name, errno);
		return;
	}
	SAY("%s: mode %o nlink %d size %ld blksize %d mtime %ld.%09ld\n", name, st.st_mode,
	    S_ISDIR(st.st_mode) ? 0 : (int)st.st_nlink, S_ISDIR(st.st_mode) ? 0l : (long)st.st_size,
	    (int)st.st_blksize, (long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec / 1000000);
}

int main(void)
{
	struct statx x;
	struct timespec ts[2] = { { 1000000000, 250000000 }, { 1234567890, 500000000 } };

	umask(027);
	put_file("f", "some text");
	mkdir("d", 0777);
	symlink("f", "l");
	symlink("gone", "broken");
	R(utimensat(AT_FDCWD, "f", ts, 0));
	R(utimensat(AT_FDCWD, "d", ts, 0));
	R(utimensat(AT_FDCWD, "l", ts, AT_SYMLINK_NOFOLLOW));
	R(utimensat(AT_FDCWD, "gone", ts, 0));
	show("f", 0);
	show("d", 0);
	show("l", 0);
	show("l", AT_SYMLINK_NOFOLLOW);
	show("broken", 0);
	show("gone", 0);
	show("f/x", 0);
	ts[0].tv_nsec = UTIME_OMIT;
	ts[1].tv_sec = 77;
	R(utimensat(AT_FDCWD, "f", ts, 0));
	show("f", 0);
	ts[1].tv_nsec = 1000000000;
	R(utimensat(AT_FDCWD, "f", ts, 0));
	R(utimensat(AT_FDCWD, "f", ts, 0x40));
	int fd = open("f", O_RDWR);
	ts[1] = (struct timespec){ 99, 0 };
	R(futimens(fd, ts));
	show("f", 0);

	R(statx(AT_FDCWD, "f", 0, STATX_BASIC_STATS, &x));
	SAY("mode %o size %llu nlink %u mtime %lld\n", x.stx_mode, (long long)x.stx_size, x.stx_nlink, (long long)x.stx_mtime.tv_sec);
	R(statx(fd, "", AT_EMPTY_PATH, STATX_SIZE, &x));
	R(statx(fd, "", 0, STATX_SIZE, &x));
	R(statx(AT_FDCWD, "f", 0x80000, STATX_SIZE, &x));
	R(statx(AT_FDCWD, "f", 0, 0x80000000u, &x));

	R(access("f", R_OK | W_OK));
	R(access("gone", F_OK));
	R(access("f", X_OK));
	R(access("f", 8));
	R(access("d/../l", R_OK));
	R(faccessat(AT_FDCWD, "broken", F_OK, 0));
	R(faccessat(AT_FDCWD, "broken", F_OK, AT_SYMLINK_NOFOLLOW));
	R(chmod("f", 0755));
	R(access("f", X_OK));
	show("f", 0);
	R(fchmod(fd, 04711));
	show("f", 0);
	R(chmod("gone", 0));
	R(fchmodat(AT_FDCWD, "l", 0600, AT_SYMLINK_NOFOLLOW));
	R(chown("f", -1, -1));
	R(fchown(99, 0, 0));
	R(lchown("broken", getuid(), getgid()));

	R(truncate("f", 4));
	show_file("f");
	R(ftruncate(fd, 6));
	R(lseek(fd, 0, SEEK_END));
	R(ftruncate(fd, -1));
	R(truncate("d", 1));
	R(truncate("gone", 1));
	int ro = open("f", O_RDONLY);
	R(ftruncate(ro, 1));
	R(posix_fallocate(fd, 0, 100));
	R(lseek(fd, 0, SEEK_END));
	R(fallocate(fd, 0, -1, 10));
	R(fallocate(fd, 0, 0, 0));
	R(fallocate(ro, 0, 0, 10));

	struct statfs sf;
	R(statfs(".", &sf));
	SAY("bsize %ld namelen %ld\n", (long)sf.f_bsize, (long)sf.f_namelen);
	R(fstatfs(fd, &sf));
	R(statfs("gone", &sf));
	struct stat st;
	R(stat("/dev/null", &st));
	SAY("%o %d:%d\n", st.st_mode, major(st.st_rdev), minor(st.st_rdev));
	R(fstatat(fd, "", &st, AT_EMPTY_PATH));
	R(fstatat(AT_FDCWD, "", &st, AT_EMPTY_PATH));
	R(fstatat(AT_FDCWD, "", &st, 0));
	R(syscall(SYS_newfstatat, AT_FDCWD, "f", 8, 0));
	R(syscall(SYS_newfstatat, AT_FDCWD, "f", &st, 0x8000));
	R(fstat(99, &st));
	return 0;
}
