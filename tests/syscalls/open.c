/* SPDX-License-Identifier: MIT */
/* openat: flags, modes, errors, descriptors. */
#include "check.h"

#include <sys/resource.h>

int main(void)
{
	struct stat st;
	char long_name[300], very_long[5000];

	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = 0;
	memset(very_long, '/', sizeof(very_long) - 1);
	very_long[sizeof(very_long) - 1] = 0;

	umask(022);
	R(open("a", O_RDONLY));
	R(open("a", O_WRONLY | O_CREAT, 0666));
	R(fstat(3, &st));
	SAY("mode %o nlink %d size %ld\n", st.st_mode, (int)st.st_nlink, (long)st.st_size);
	R(write(3, "hello", 5));
	R(read(3, very_long, 5));
	R(open("a", O_WRONLY | O_CREAT | O_EXCL, 0666));
	R(open("a", O_RDONLY));
	R(write(4, "x", 1));
	R(read(4, long_name, 100));
	R(close(3));
	R(close(3));
	R(open("a", O_RDWR | O_TRUNC));
	R(fstat(3, &st));
	SAY("size %ld\n", (long)st.st_size);
	R(open("a/b", O_RDONLY));
	R(open("", O_RDONLY));
	R(open(".", O_RDONLY));
	R(read(5, long_name, 10));
	R(write(5, long_name, 10));
	R(open(".", O_WRONLY));
	R(open("a", O_RDONLY | O_DIRECTORY));
	R(open("nothere/x", O_CREAT | O_WRONLY, 0600));
	R(open(long_name, O_RDONLY));
	R(open(very_long, O_RDONLY));
	R(open((char *)8, O_RDONLY));
	R(symlink("a", "link"));
	R(symlink("loop", "loop"));
	R(open("link", O_RDONLY | O_NOFOLLOW));
	R(open("loop", O_RDONLY));
	R(open("link", O_RDONLY));
	R(mkdir("dir", 0755));
	int dir = R(open("dir", O_RDONLY | O_DIRECTORY));
	R(openat(dir, "inner", O_CREAT | O_RDWR, 0640));
	R(openat(dir, "../a", O_RDONLY));
	R(openat(4, "inner", O_RDONLY));
	R(openat(99, "inner", O_RDONLY));
	R(openat(99, "/dev/null", O_RDONLY));
	R(openat(dir, "inner/", O_RDONLY));
	int path = R(open("a", O_PATH));
	R(read(path, long_name, 1));
	R(fstat(path, &st));
	R(flags_text(fcntl(path, F_GETFL)));
	R(open("a/", O_RDONLY));
	R(open("new/", O_CREAT | O_WRONLY, 0600));
	R(open("dir", O_RDWR));
	R(open("dir", O_CREAT | O_RDONLY, 0600));

	struct rlimit few = { 16, 16 };
	R(setrlimit(RLIMIT_NOFILE, &few));
	for (int i = 0; i < 6; i++)
		R(open("a", O_RDONLY));
	R(dup(0));
	R(dup2(0, 15));
	R(dup2(0, 16));
	R(fcntl(0, F_DUPFD, 16));
	return 0;
}
