/* SPDX-License-Identifier: MIT */
/*
 * Says what files do, for files.sh; of two runs, one under Linux, all must be
 * the same.  Needs an empty directory, and leaves one.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static void say(const char *what, long result)
{
	printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static void say_stat(const char *name)
{
	struct stat st;

	if (lstat(name, &st))
		printf("%s: %s\n", name, strerror(errno));
	else
		printf("%s: type %o size %ld links %d\n", name, st.st_mode & S_IFMT,
		       S_ISREG(st.st_mode) ? (long)st.st_size : 0, S_ISDIR(st.st_mode) ? 0 : (int)st.st_nlink);
}

static void say_content(const char *name)
{
	char buf[100];
	int fd = open(name, O_RDONLY);
	ssize_t n = read(fd, buf, sizeof buf);

	printf("%s: %.*s\n", name, n < 0 ? 0 : (int)n, buf);
	close(fd);
}

static int is_visible(const struct dirent *e) { return strcmp(e->d_name, ".") && strcmp(e->d_name, ".."); }

static void say_directory(const char *name)
{
	struct dirent **list;
	int n = scandir(name, &list, is_visible, alphasort);

	printf("%s:", name);
	for (int i = 0; i < n; i++)
		printf(" %s(%d)", list[i]->d_name, list[i]->d_type);
	puts(n < 0 ? strerror(errno) : "");
}

static void contents(void)
{
	char buf[20] = "";
	int fd = open("f", O_RDWR | O_CREAT | O_EXCL, 0644);

	say("write", write(fd, "0123456789", 10));
	say("lseek", lseek(fd, 4, SEEK_SET));
	say("read", read(fd, buf, 3));
	say("position", lseek(fd, 0, SEEK_CUR));
	say("end", lseek(fd, -1, SEEK_END));
	say("before the start", lseek(fd, -1, SEEK_SET));
	say("pread", pread(fd, buf, 3, 1));
	printf("%s\n", buf);
	say("pwrite", pwrite(fd, "xyz", 3, 12));
	say("writev", writev(fd, (struct iovec[]){ { "ab", 2 }, { "c", 1 } }, 2));
	say("truncate", ftruncate(fd, 5));
	say_stat("f");
	say_content("f");
	say("grow", ftruncate(fd, 8192));
	char *map = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, fd, 0);
	printf("mapped: %.5s %d\n", map, map[8191]);
	munmap(map, 8192);
	say("fsync", fsync(fd));
	say("exists", open("f", O_CREAT | O_EXCL | O_WRONLY, 0644));
	close(fd);
	fd = open("f", O_WRONLY | O_TRUNC);
	say("read of what is for writing", read(fd, buf, 1));
	close(fd);
	fd = open("f", O_WRONLY | O_APPEND);
	say("append", write(fd, "more", 4));
	lseek(fd, 0, SEEK_SET);
	say("append", write(fd, " still", 6));
	close(fd);
	fd = open("f", O_RDONLY);
	say("write to what is for reading", write(fd, "x", 1));
	int twin = dup(fd);
	read(fd, buf, 5);
	say("duplicates share their position", lseek(twin, 0, SEEK_CUR));
	close(fd);
	close(twin);
	say_content("f");
	say("closed", close(twin));
}

static void names(void)
{
	char buf[100] = "";

	say("mkdir", mkdir("d", 0755));
	say("mkdir", mkdir("d", 0755));
	say("mkdir", mkdir("d/e/f", 0755));
	say("mkdir", mkdir("d/e", 0755));
	say("rename", rename("f", "d/g"));
	say("rename", rename("f", "d/h"));
	say("link", link("d/g", "d/e/hard"));
	say("symlink", symlink("g", "d/soft"));
	say("symlink", symlink("nowhere", "d/broken"));
	say("readlink", readlink("d/soft", buf, sizeof buf));
	printf("%s\n", buf);
	say("readlink of a file", readlink("d/g", buf, sizeof buf));
	say_stat("d");
	say_stat("d/g");
	say_stat("d/soft");
	say_content("d/soft");
	say_content("d/e/../soft");
	say_directory("d");
	say_directory("d/e");
	say_directory("d/g");
	say("not a directory", open("d/g/x", O_RDONLY));
	say("no link to follow", open("d/broken", O_RDONLY));
	say("nofollow", open("d/soft", O_RDONLY | O_NOFOLLOW));
	say("directory for writing", open("d", O_WRONLY));
	say("O_DIRECTORY", open("d/g", O_RDONLY | O_DIRECTORY));
	say("access", access("d/g", R_OK | W_OK));
	say("access", access("d/none", F_OK));
	say("same mode", chmod("d/g", 0644));
	say("rmdir", rmdir("d"));
	say("rmdir", rmdir("d/g"));
	say("unlink", unlink("d/none"));
}

static void relative(void)
{
	struct stat st;
	int dir = open("d", O_RDONLY | O_DIRECTORY), fd = openat(dir, "e/../new", O_WRONLY | O_CREAT, 0644);

	say("openat", write(fd, "new", 3));
	close(fd);
	say("fstatat", fstatat(dir, "new", &st, 0));
	fd = openat(dir, "../d/new", O_RDONLY);
	say("out and in again", fd < 0 ? -1 : 0);
	close(fd);
	say("chdir", chdir("d/e"));
	say_content("hard");
	say_content("../new");
	say("up", chdir("../.."));
	say("fchdir", fchdir(dir));
	say_content("new");
	const struct timespec times[2] = { { 1000000000, 0 }, { 1100000000, 0 } };
	say("utimensat", utimensat(AT_FDCWD, "new", times, 0));
	say("stat", stat("new", &st));
	printf("modified %ld\n", (long)st.st_mtim.tv_sec);
	say("chdir", chdir(".."));
	say("unlinkat", unlinkat(dir, "new", 0));
	say("unlinkat", unlinkat(dir, "e", 0));
	close(dir);
}

/* More entries than any buffer takes at once, some deleted while they are read. */
static void many(void)
{
	char name[300];
	int n = 0;

	mkdir("many", 0755);
	for (int i = 0; i < 500; i++) {
		sprintf(name, "many/%0*d", 1 + i % 200, i);
		close(open(name, O_WRONLY | O_CREAT, 0644));
	}
	DIR *dir = opendir("many");
	for (struct dirent *e; (e = readdir(dir));)
		if (is_visible(e)) {
			sprintf(name, "many/%s", e->d_name);
			n += !unlink(name);
		}
	closedir(dir);
	printf("%d of them\n", n);
	say("rmdir", rmdir("many"));
}

int main(void)
{
	contents();
	names();
	relative();
	many();
	unlink("d/e/hard");
	unlink("d/g");
	unlink("d/soft");
	unlink("d/broken");
	say("rmdir", rmdir("d/e"));
	say("rmdir", rmdir("d/"));
	say_directory(".");
	return 7;
}
