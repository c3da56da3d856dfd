/* SPDX-License-Identifier: MIT */
/* dup, fcntl, flock, record locks, close_range, ioctl on what is no terminal. */
#include "check.h"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>

int main(void)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10 };
	struct termios tio;
	struct winsize ws;
	int n = 1;

	put_file("f", "0123456789");
	int fd = R(open("f", O_RDWR | O_CLOEXEC));
	R(fcntl(fd, F_GETFD));
	R(flags_text(fcntl(fd, F_GETFL)));
	R(dup(fd));
	R(fcntl(4, F_GETFD));
	R(fcntl(4, F_SETFD, FD_CLOEXEC));
	R(fcntl(4, F_GETFD));
	R(fcntl(fd, F_DUPFD, 10));
	R(fcntl(fd, F_DUPFD_CLOEXEC, 10));
	R(fcntl(11, F_GETFD));
	R(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK));
	R(flags_text(fcntl(fd, F_GETFL)));
	R(flags_text(fcntl(4, F_GETFL)));
	R(fcntl(fd, F_SETFL, 0));
	R(flags_text(fcntl(99, F_GETFL)));
	R(fcntl(fd, 12345));
	R(fcntl(fd, F_DUPFD, -1));
	R(dup3(fd, 20, O_CLOEXEC));
	R(dup3(fd, fd, 0));
	R(dup3(fd, 21, 1));
	R(dup2(fd, fd));
	R(dup2(99, 5));
	R(dup2(fd, -1));
	R(lseek(20, 5, SEEK_SET));
	R(lseek(fd, 0, SEEK_CUR));

	R(fcntl(fd, F_SETLK, &l));
	l.l_type = F_RDLCK;
	R(fcntl(fd, F_GETLK, &l));
	SAY("type %d\n", l.l_type);
	l.l_type = 7;
	R(fcntl(fd, F_SETLK, &l));
	l.l_type = F_UNLCK;
	R(fcntl(fd, F_SETLKW, &l));
	R(fcntl(fd, F_SETLK, (void *)8));
	int ro = open("f", O_RDONLY);
	l.l_type = F_WRLCK;
	l.l_start = 0;
	l.l_whence = 0;
	R(fcntl(ro, F_SETLK, &l));
	R(flock(fd, LOCK_EX));
	R(flock(fd, LOCK_UN));
	R(flock(fd, 77));
	R(flock(99, LOCK_EX));

	R(tcgetattr(fd, &tio));
	R(ioctl(fd, TIOCGWINSZ, &ws));
	R(ioctl(99, TIOCGWINSZ, &ws));
	R(ioctl(fd, 0x12345678, &ws));
	R(isatty(fd));
	R(lseek(fd, 3, SEEK_SET));
	R(ioctl(fd, FIONREAD, &n));
	SAY("%d\n", n);
	n = 1;
	R(ioctl(fd, FIONBIO, &n));
	R(flags_text(fcntl(fd, F_GETFL)));
	R(ioctl(fd, FIOCLEX));
	R(fcntl(fd, F_GETFD));
	R(ioctl(fd, FIONCLEX));
	R(fcntl(fd, F_GETFD));

	R(syscall(SYS_close_range, 10, 12, 4));
	R(fcntl(10, F_GETFD));
	R(syscall(SYS_close_range, 10, 11, 0));
	R(fcntl(10, F_GETFD));
	R(syscall(SYS_close_range, 5, 4, 0));
	R(syscall(SYS_close_range, 3, ~0u, 0));
	R(fcntl(3, F_GETFD));
	R(fsync(99));
	fd = open("f", O_RDWR);
	R(fsync(fd));
	R(fdatasync(fd));
	R(posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL));
	R(posix_fadvise(fd, 0, 0, 77));
	return 0;
}
