/* SPDX-License-Identifier: MIT */
/* mkdir, rmdir, unlink, link, symlink, readlink, rename, mknod, chdir, getcwd. */
#include "check.h"

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif

int main(void)
{
	char b[512];
	struct stat st;

	umask(022);
	R(mkdir("d", 01777));
	R(stat("d", &st));
	SAY("%o\n", st.st_mode);
	R(mkdir("d", 0755));
	R(mkdir("x/y", 0755));
	R(mkdir("", 0755));
	R(rmdir("x"));
	put_file("d/f", "1");
	R(rmdir("d"));
	R(rmdir("d/f"));
	R(unlink("d"));
	R(unlink("gone"));
	R(unlink("d/f/g"));
	R(link("d/f", "hard"));
	R(stat("hard", &st));
	SAY("nlink %d\n", (int)st.st_nlink);
	R(link("d/f", "hard"));
	R(link("d", "harddir"));
	R(link("gone", "hard2"));
	R(symlink("d/f", "soft"));
	R(symlink("x", "soft"));
	R(symlink("", "empty"));
	R(readlink("soft", b, sizeof(b)));
	R(readlink("soft", b, 2));
	R(readlink("d", b, sizeof(b)));
	R(readlink("gone", b, sizeof(b)));
	R(syscall(SYS_readlinkat, AT_FDCWD, "soft", b, 0));
	R(linkat(AT_FDCWD, "soft", AT_FDCWD, "l1", 0));
	R(linkat(AT_FDCWD, "soft", AT_FDCWD, "l2", AT_SYMLINK_FOLLOW));
	R(lstat("l1", &st));
	SAY("%o\n", st.st_mode & S_IFMT);
	R(lstat("l2", &st));
	SAY("%o nlink %d\n", st.st_mode & S_IFMT, (int)st.st_nlink);
	R(linkat(AT_FDCWD, "soft", AT_FDCWD, "l3", 1));
	R(rename("hard", "moved"));
	R(rename("gone", "moved2"));
	R(rename("moved", "d"));
	R(rename("d", "moved"));
	R(rename("d", "d/sub"));
	R(rename("moved", "d/moved"));
	R(mkdir("e", 0700));
	R(rename("d", "e"));
	R(stat("e/moved", &st));
	put_file("p", "p");
	put_file("q", "q");
	R(syscall(SYS_renameat2, AT_FDCWD, "p", AT_FDCWD, "q", RENAME_NOREPLACE));
	R(syscall(SYS_renameat2, AT_FDCWD, "p", AT_FDCWD, "r", RENAME_NOREPLACE));
	R(syscall(SYS_renameat2, AT_FDCWD, "p", AT_FDCWD, "q", 0x80));
	R(rename("q", "r"));
	show_file("r");
	R(mknod("node", S_IFREG | 0640, 0));
	R(mknod("node", S_IFREG | 0640, 0));
	R(stat("node", &st));
	SAY("%o\n", st.st_mode);

	char *start = getcwd(NULL, 0);
	size_t n = strlen(start);
	R(getcwd(b, 2) ? 0 : -1);
	R(chdir("e"));
	SAY("%s\n", getcwd(b, sizeof(b)) + n);
	R(chdir("gone"));
	R(chdir("f"));
	R(chdir(".."));
	SAY("[%s]\n", getcwd(b, sizeof(b)) + n);
	int fd = open("e", O_RDONLY), file = open("r", O_RDONLY);
	R(fchdir(fd));
	SAY("%s\n", getcwd(b, sizeof(b)) + n);
	R(fchdir(file));
	R(fchdir(99));
	put_file("here", "h");
	R(access("here", F_OK));
	R(rename("../e", "../renamed"));
	SAY("%s\n", getcwd(b, sizeof(b)) + n);
	R(access("here", F_OK));
	R(unlinkat(AT_FDCWD, "here", 0));
	R(unlinkat(AT_FDCWD, "here", 5));
	R(unlinkat(fd, "moved", 0));
	R(chdir(start));
	R(unlinkat(AT_FDCWD, "renamed", AT_REMOVEDIR));
	R(chdir("renamed"));
	R(unlink("f"));
	R(chdir(".."));
	R(rmdir("renamed"));
	R(rmdir("."));
	R(rmdir(".."));
	R(symlink("/", "root"));
	R(chdir("root"));
	SAY("%s\n", getcwd(b, sizeof(b)));
	return 0;
}
