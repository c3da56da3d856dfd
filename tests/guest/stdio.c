/* SPDX-License-Identifier: MIT */
/* Files through stdio and below: seeking, modes, buffering, directories, pipes to oneself. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static char dir[] = "/tmp/stdioXXXXXX";

static int by_name(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }

static void list(void)
{
	char *names[20];
	int n = 0;
	DIR *d = opendir(".");

	for (struct dirent *e; (e = readdir(d)) && n < 20;)
		names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof *names, by_name);
	for (int i = 0; i < n; i++)
		printf("%s ", names[i]);
	puts("");
}

int main(void)
{
	char line[100];
	int number;
	double d;
	struct stat st;

	if (!mkdtemp(dir) || chdir(dir))
		return 1;
	FILE *f = fopen("a.txt", "w+");
	for (int i = 0; i < 1000; i++)
		fprintf(f, "line %d %g\n", i, i / 8.0);
	printf("%ld\n", ftell(f));
	rewind(f);
	for (int i = 0; i < 500; i++)
		fgets(line, sizeof line, f);
	printf("%s", line);
	int fields = fscanf(f, "line %d %lf", &number, &d);
	printf("%d %d %g\n", fields, number, d);
	fseek(f, -12, SEEK_END);
	size_t got = fread(line, 1, 50, f);
	printf("%zu [%.11s]\n", got, line);
	printf("%d %d\n", feof(f) != 0, ferror(f));
	fseek(f, 5, SEEK_SET);
	fputs("XYZ", f);
	fflush(f);
	fseek(f, 0, SEEK_SET);
	ungetc('!', f);
	putchar(getc(f));
	printf("%s", fgets(line, sizeof line, f));
	fclose(f);

	f = fopen("a.txt", "a+");
	setvbuf(f, NULL, _IONBF, 0);
	fputs("appended\n", f);
	fseek(f, -9, SEEK_CUR);
	printf("%s", fgets(line, sizeof line, f));
	fclose(f);
	stat("a.txt", &st);
	printf("size %ld regular %d mode %o links %d\n", (long)st.st_size, S_ISREG(st.st_mode), st.st_mode & 0600, (int)st.st_nlink);
	printf("%d ", truncate("a.txt", 100) || stat("a.txt", &st) || st.st_size != 100);
	printf("%d ", link("a.txt", "b.txt") || symlink("b.txt", "c.txt"));
	number = readlink("c.txt", line, sizeof line);
	printf("%.*s %d ", number, line, rename("a.txt", "d.txt"));
	printf("%d ", mkdir("sub", 0700));
	close(creat("sub/file", 0600));
	printf("%d %d\n", rmdir("sub") && errno == ENOTEMPTY, access("nothing", F_OK) && errno == ENOENT);
	list();

	int fd = open("raw", O_RDWR | O_CREAT | O_EXCL, 0644);
	struct iovec parts[] = { { "one ", 4 }, { "two ", 4 }, { "three", 5 } };
	printf("%zd ", writev(fd, parts, 3));
	printf("%zd ", pwrite(fd, "TWO", 3, 4));
	number = pread(fd, line, 50, 0);
	printf("%d %.13s %ld\n", number, line, (long)lseek(fd, 0, SEEK_CUR));
	int other = dup2(fd, 20);
	lseek(other, 4, SEEK_SET);
	number = read(fd, line, 3);
	printf("%d %.3s %d %d\n", number, line, fcntl(other, F_GETFL) & O_ACCMODE, fcntl(fd, F_GETFD));
	close(fd);
	close(other);
	printf("%d\n", read(fd, line, 1) < 0 && errno == EBADF);

	int ends[2];
	printf("%d ", pipe(ends));
	number = write(ends[1], "through a pipe", 14);
	close(ends[1]);
	printf("%d ", number);
	number = read(ends[0], line, 50);
	printf("%d %.14s %zd\n", number, line, read(ends[0], line, 50));
	f = tmpfile();
	fputs("temporary", f);
	rewind(f);
	printf("%s\n", fgets(line, sizeof line, f));
	fclose(f);
	char *text = NULL;
	size_t size = 0;
	f = open_memstream(&text, &size);
	fprintf(f, "in %s", "memory");
	fclose(f);
	printf("%zu %s\n", size, text);
	f = fmemopen(text, size, "r");
	printf("%d\n", fscanf(f, "in %s", line));
	fclose(f);
	unlink("b.txt");
	unlink("c.txt");
	unlink("d.txt");
	unlink("raw");
	unlink("sub/file");
	rmdir("sub");
	list();
	printf("%d %d\n", chdir("/"), rmdir(dir));
	printf("%s %d\n", fopen("/no/such/dir/x", "w") ? "opened" : strerror(errno), open("/", O_WRONLY) < 0 && errno == EISDIR);
	return 0;
}
