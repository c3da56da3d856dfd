/* SPDX-License-Identifier: MIT */
/* A terminal: attributes, size, raw mode, process group, /dev/tty, lines. */
#include "check.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static void show(const struct termios *t)
{
	SAY("i %x o %x c %x l %x intr %d eof %d erase %d min %d\n", t->c_iflag, t->c_oflag, t->c_cflag,
	    t->c_lflag, t->c_cc[VINTR], t->c_cc[VEOF], t->c_cc[VERASE], t->c_cc[VMIN]);
}

int main(void)
{
	struct termios old, new;
	struct winsize ws;
	struct stat a, b;
	char line[64] = { 0 };
	int n;

	setvbuf(stdout, NULL, _IONBF, 0);
	SAY("isatty %d %d %d\n", isatty(0), isatty(1), isatty(2));
	char *name = ttyname(0);
	SAY("ttyname %d\n", name && !stat(name, &a) && !fstat(0, &b) && a.st_rdev == b.st_rdev);
	R(tcgetattr(0, &old));
	show(&old);
	R(ioctl(1, TIOCGWINSZ, &ws));
	SAY("%d x %d\n", ws.ws_row, ws.ws_col);
	new = old;
	cfmakeraw(&new);
	new.c_cc[VMIN] = 3;
	new.c_cc[VTIME] = 1;
	R(tcsetattr(0, TCSADRAIN, &new));
	R(tcgetattr(0, &new));
	show(&new);
	R(tcsetattr(0, TCSAFLUSH, &old));
	R(tcgetattr(1, &new));
	show(&new);
	R(tcgetpgrp(0) == getpgrp());
	R(tcflush(0, TCIFLUSH));
	R(tcdrain(1));
	R(tcflow(1, TCOON));
	R(lseek(0, 0, SEEK_SET));
	int fd = open("/dev/tty", O_RDWR);
	R(fd >= 0 && isatty(fd));
	R(write(fd, "direct\n", 7));
	SAY("ready\n");
	struct pollfd p = { 0, POLLIN, 0 };
	R(poll(&p, 1, 5000));
	SAY("%x\n", p.revents);
	n = R(read(0, line, sizeof(line)));
	SAY("line \"%.*s\"\n", n > 1 ? n - 1 : 0, line);
	return 0;
}
