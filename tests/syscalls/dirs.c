/* SPDX-License-Identifier: MIT */
/* getdents64 through readdir, rewinding, seeking, deleting while reading. */
#include "check.h"

#include <dirent.h>

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int count(DIR *d)
{
	int n = 0;

	while (readdir(d))
		n++;
	return n;
}

int main(void)
{
	struct dirent **list;
	struct stat st;
	char name[64], buf[4096];

	mkdir("d", 0755);
	chdir("d");
	mkdir("sub", 0755);
	symlink("x", "link");
	for (int i = 0; i < 100; i++) {
		sprintf(name, "file-with-a-longer-name-%03d", i);
		put_file(name, "x");
	}
	int n = scandir(".", &list, NULL, by_name);
	SAY("%d\n", n);
	for (int i = 0; i < n; i++) {
		lstat(list[i]->d_name, &st);
		if (i < 6 || i > n - 4)
			SAY("%s type %d same ino %d\n", list[i]->d_name, list[i]->d_type, list[i]->d_ino == st.st_ino);
	}
	DIR *d = opendir(".");
	SAY("%d\n", count(d));
	SAY("%d\n", count(d));
	rewinddir(d);
	SAY("%d\n", count(d));
	rewinddir(d);
	for (int i = 0; i < 10; i++)
		readdir(d);
	long at = telldir(d);
	struct dirent *e = readdir(d);
	strcpy(name, e->d_name);
	count(d);
	seekdir(d, at);
	e = readdir(d);
	SAY("same after seekdir: %d\n", e && !strcmp(e->d_name, name));
	rewinddir(d);
	int removed = 0;
	while ((e = readdir(d)))
		if (e->d_name[0] == 'f' && !unlink(e->d_name))
			removed++;
	SAY("removed %d\n", removed);
	rewinddir(d);
	SAY("%d\n", count(d));
	closedir(d);

	int fd = open(".", O_RDONLY | O_DIRECTORY), file = open("/dev/null", O_RDONLY);
	R(syscall(SYS_getdents64, fd, buf, 10));
	R(syscall(SYS_getdents64, fd, (void *)8, 1000));
	R(syscall(SYS_getdents64, file, buf, sizeof(buf)));
	R(syscall(SYS_getdents64, 99, buf, sizeof(buf)));
	OK(syscall(SYS_getdents64, fd, buf, sizeof(buf)));
	R(syscall(SYS_getdents64, fd, buf, sizeof(buf)));
	R(opendir("gone") ? 0 : -1);
	R(rmdir("sub"));
	return 0;
}
