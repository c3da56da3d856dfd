/* SPDX-License-Identifier: MIT */
/* Standard streams: positions shared with whoever opened them, poll, end of file. */
#include "check.h"

#include <poll.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	char b[64] = { 0 };
	struct pollfd p[2] = { { 0, POLLIN, 0 }, { 1, POLLOUT, 0 } };
	struct stat st;
	int n = -1;

	for (int i = 1; i < argc; i++) {
		memset(b, 0, sizeof(b));
		switch (argv[i][0]) {
		case 'r': R(read(0, b, atoi(argv[i] + 1))); SAY("\"%s\"\n", b); break;
		case 's': R(lseek(0, atoi(argv[i] + 1), SEEK_SET)); break;
		case 'c': R(lseek(0, atoi(argv[i] + 1), SEEK_CUR)); break;
		case 'e': R(lseek(0, atoi(argv[i] + 1), SEEK_END)); break;
		case 'p':
			n = poll(p, 2, 100);    /* whoever wrote may be gone by now, or not */
			n -= p[0].revents == POLLHUP;
			SAY("poll %d: %x %x\n", n, p[0].revents & ~POLLHUP, p[1].revents);
			break;
		case 'a': R(ioctl(0, FIONREAD, &n)); SAY("some %d\n", n > 0); break;
		case 'f': fstat(0, &st); SAY("type %o\n", st.st_mode & S_IFMT); break;
		case 'l': flags_text(fcntl(0, F_GETFL)); break;
		case 'o': fflush(stdout); R(lseek(1, 0, SEEK_CUR)); break;
		case 'w': R(write(0, "x", 1)); break;
		}
		fflush(stdout);
	}
	return 0;
}
