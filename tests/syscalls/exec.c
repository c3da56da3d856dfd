/* SPDX-License-Identifier: MIT */
/* execve and execveat that fail: names, rights, arguments, formats. */
#include "check.h"

#ifndef SYS_execveat
#define SYS_execveat 281
#endif

static char *no[] = { NULL }, *one[] = { "x", NULL }, *bad[] = { "x", (char *)1, NULL };
static char *const *volatile nowhere = (char *const *)8;
static const char *volatile bad_name = (const char *)8;

int main(void)
{
	put_file("text", "not a program\n");
	put_file("empty", "");
	put_file("script", "#!/nonexistent/interpreter -x\necho no\n");
	put_file("bare", "#!\n");
	put_file("plain", "#!/bin/sh\n");
	mkdir("dir", 0755);
	symlink("loop", "loop");
	symlink("gone", "dangling");
	symlink("text", "link");
	R(execve("gone", one, no));
	R(execve("", one, no));
	R(execve("text/x", one, no));
	R(execve("gone/x", one, no));
	R(execve("loop", one, no));
	R(execve("dangling", one, no));
	R(execve("dir", one, no));
	R(execve("/", one, no));
	R(execve("text", one, no));
	R(execve("/dev/null", one, no));
	chmod("text", 0755);
	chmod("empty", 0755);
	chmod("script", 0755);
	chmod("bare", 0755);
	R(execve("text", one, no));
	R(execve("link", one, no));
	R(execve("empty", one, no));
	R(execve("script", one, no));
	R(execve("bare", one, no));
	R(execve("plain", one, no));
	R(execve("text", nowhere, no));
	R(execve("text", one, nowhere));
	R(execve("text", bad, no));
	R(execve(bad_name, one, no));
	R(syscall(SYS_execveat, 99, "text", one, no, 0));
	R(syscall(SYS_execveat, AT_FDCWD, "text", one, no, 4));
	R(syscall(SYS_execveat, AT_FDCWD, "link", one, no, AT_SYMLINK_NOFOLLOW));
	int fd = open("text", O_RDONLY), dir = open("dir", O_RDONLY);
	R(syscall(SYS_execveat, fd, "", one, no, AT_EMPTY_PATH) + 0 * fd);
	R(syscall(SYS_execveat, dir, "", one, no, AT_EMPTY_PATH) + 0 * dir);
	R(syscall(SYS_execveat, dir, "../text", one, no, 0));
	R(syscall(SYS_execveat, dir, "", one, no, 0));
	size_t size = 3 << 20;
	char *large = malloc(size);
	memset(large, 'x', size - 1);
	large[size - 1] = 0;
	R(execve("text", (char *[]){ large, NULL }, no));
	return 0;
}
