/* SPDX-License-Identifier: MIT */
/* /proc/self and /dev: the files that speak of the process itself. */
#include "check.h"

#include <dirent.h>
#include <limits.h>

static int contains(const char *name, const char *what)
{
	char line[512];
	FILE *f = fopen(name, "r");
	int found = 0;

	while (f && fgets(line, sizeof(line), f))
		found |= strstr(line, what) != NULL;
	if (f)
		fclose(f);
	return found;
}

int main(int argc, char **argv)
{
	char b[PATH_MAX] = { 0 }, c[PATH_MAX] = { 0 }, text[64];
	struct stat st, st2;
	int n;

	OK(readlink("/proc/self/exe", b, sizeof(b)));
	SAY("exe is argv[0]: %d\n", realpath(argv[0], c) && !strcmp(b, c));
	n = readlink("/proc/self/cwd", b, sizeof(b) - 1);
	b[n > 0 ? n : 0] = 0;
	SAY("cwd %d\n", !strcmp(b, getcwd(c, sizeof(c))));
	n = open("/proc/self/cmdline", O_RDONLY);
	n = read(n, b, sizeof(b));
	SAY("cmdline %d %d\n", !strcmp(b, argv[0]), n > (int)strlen(argv[0]));
	SAY("maps: heap or stack %d\n", contains("/proc/self/maps", "[stack]"));
	SAY("status %d\n", contains("/proc/self/status", "Name:"));
	sprintf(text, "Pid:\t%d", getpid());
	SAY("pid %d\n", contains("/proc/self/status", text));
	sprintf(text, "/proc/%d/stat", getpid());
	SAY("stat %d\n", contains(text, ") "));
	SAY("cpuinfo %d\n", contains("/proc/cpuinfo", "processor"));

	put_file("f", "content");
	int fd = open("f", O_RDWR);
	read(fd, b, 3);
	sprintf(text, "/proc/self/fd/%d", fd);
	n = readlink(text, b, sizeof(b) - 1);
	b[n > 0 ? n : 0] = 0;
	SAY("fd link ends in %s\n", strrchr(b, '/'));
	R(fstat(fd, &st));
	R(stat(text, &st2));
	SAY("same file %d\n", st.st_ino == st2.st_ino && st.st_dev == st2.st_dev);
	R(lstat(text, &st2));
	SAY("link %d\n", S_ISLNK(st2.st_mode));
	int again = open(text, O_RDONLY);
	memset(b, 0, 8);
	R(read(again, b, 100));
	SAY("%s\n", b);
	sprintf(text, "/dev/fd/%d", fd);
	again = open(text, O_RDONLY);
	R(read(again, b, 100));
	R(open("/proc/self/fd/99", O_RDONLY));
	R(access("/proc/self/fd/99", F_OK));
	DIR *d = opendir("/proc/self/fd");
	int saw = 0;
	for (struct dirent *e; d && (e = readdir(d)); )
		saw |= atoi(e->d_name) == fd;
	SAY("listed %d\n", saw);
	closedir(d);
	int dir = open(".", O_RDONLY);
	sprintf(text, "/proc/self/fd/%d/f", dir);
	R(access(text, R_OK));
	R(access("/proc/self/cwd/f", R_OK));
	chdir("/dev");
	again = R(open("null", O_RDWR)) ;
	R(write(again, "x", 1));
	R(read(again, b, 10));
	again = open("/dev/zero", O_RDWR);
	R(read(again, b, 10));
	again = open("/dev/full", O_RDWR);
	R(write(again, "x", 1));
	R(read(again, b, 10));
	again = open("/dev/urandom", O_RDONLY);
	R(read(again, b, 1000));
	R(open("/dev/null", O_RDONLY | O_DIRECTORY));
	R(open("/dev/null", O_CREAT | O_EXCL | O_WRONLY, 0600));
	R(lseek(again, 0, SEEK_CUR));
	R(stat("/dev/stdin", &st));
	R(stat("/dev/zero", &st));
	SAY("%o\n", st.st_mode & S_IFMT);
	n = readlink("/dev/stdin", b, sizeof(b) - 1);
	b[n > 0 ? n : 0] = 0;
	SAY("%s\n", b);
	R(readlink("/dev/null", b, 100));
	R(access("/dev/gone", F_OK));
	int out = open("/dev/stdout", O_WRONLY);
	fflush(stdout);
	R(write(out, "", 0));
	return argc == 99;
}
