/* SPDX-License-Identifier: MIT */
/* Named pipes, hang-ups and closed streams: what a host under Node cannot do or see. */
#include "check.h"

#include <poll.h>

int main(void)
{
	struct pollfd p[2] = { { 0, POLLIN, 0 }, { -1, POLLOUT, 0 } };
	struct stat st;
	char b[8];

	R(poll(p, 1, 2000));
	SAY("%x\n", p[0].revents);
	R(read(0, b, sizeof(b)));
	R(umask(0) & 0);
	R(mkfifo("fifo", 0600));
	R(mkfifo("fifo", 0600));
	R(stat("fifo", &st));
	SAY("%o\n", st.st_mode);
	R(open("fifo", O_WRONLY | O_NONBLOCK));
	int in = R(open("fifo", O_RDONLY | O_NONBLOCK));
	int out = R(open("fifo", O_WRONLY | O_NONBLOCK));
	R(write(out, "abc", 3));
	R(read(in, b, sizeof(b)));
	R(read(in, b, sizeof(b)));
	R(lseek(in, 0, SEEK_SET));
	p[0].fd = in;
	p[1].fd = out;
	R(poll(p, 2, 0));
	SAY("%x %x\n", p[0].revents, p[1].revents);
	close(out);
	R(poll(p, 1, 0));
	SAY("%x\n", p[0].revents);
	R(unlink("fifo"));
	return 0;
}
