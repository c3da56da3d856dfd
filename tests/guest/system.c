/* SPDX-License-Identifier: MIT */
/* What a program may ask about its system and itself. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct utsname u;
	struct rlimit r;
	struct rusage usage;
	struct termios t;
	struct winsize w;
	char path[PATH_MAX], bytes[16] = { 0 };

	(void)argc;
	uname(&u);
	printf("%s %s\n", u.sysname, u.machine);
	printf("%d %d %d\n", getpid() > 0, getppid() >= 0, gettid() == getpid());
	printf("%d %d\n", getuid() == geteuid(), getgid() == getegid());
	printf("%d %d\n", getrlimit(RLIMIT_STACK, &r), getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur >= 256);
	printf("%d %d\n", getrusage(RUSAGE_SELF, &usage), usage.ru_utime.tv_sec >= 0);
	int null = open("/dev/null", O_RDWR);
	printf("%d %d\n", ioctl(null, TCGETS, &t) < 0 && errno == ENOTTY, ioctl(null, TIOCGWINSZ, &w) < 0 && errno == ENOTTY);
	printf("%zd %d\n", getrandom(bytes, sizeof bytes, 0), memcmp(bytes, (char[16]){ 0 }, 16) != 0);
	printf("%d %d\n", getcwd(path, sizeof path) == path && path[0] == '/', chdir("/no/such/dir") && errno == ENOENT);
	printf("%s\n", chdir("/tmp") || !getcwd(path, sizeof path) ? "?" : path);
	printf("%lu %lu %d\n", getauxval(AT_PAGESZ), getauxval(AT_CLKTCK), strcmp((char *)getauxval(AT_EXECFN), "") != 0);
	printf("%d\n", argv[0] != NULL && argv[0][0]);
	printf("%ld %d\n", syscall(9999), errno == ENOSYS);
	struct pollfd p = { .fd = null, .events = POLLIN | POLLOUT };
	printf("%d %x\n", poll(&p, 1, 0), p.revents);
	printf("%d %o\n", umask(022) <= 0777, umask(077));
	printf("%zd %zd\n", write(1, "", 0), write(99, "x", 1));
	printf("%d\n", write(1, (void *)0xfff00000, 5) < 0 && errno == EFAULT);
	printf("%d\n", access("/", R_OK | X_OK));
	return 0;
}
