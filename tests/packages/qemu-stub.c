/* SPDX-License-Identifier: MIT */
/*
 * What an executable of the oracle starts with: a host ELF that runs the guest
 * ELF appended to itself under qemu-aarch64.
 *
 * One file, so that it survives cp and mv, and argv[0] is kept (-0), which
 * neither a shell script nor two files beside each other give.  The guest is
 * handed over in a memory file, whose descriptor stays open at a number that no
 * test looks at.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

/* The file's end: where the guest ELF begins. */
struct trailer {
	char magic[8];
	uint64_t offset;
};

enum { GUEST_FD = 250 };

static void fail(const char *what)
{
	fprintf(stderr, "qemu-stub: %s: %s\n", what, strerror(errno));
	_exit(126);
}

int main(int argc, char **argv)
{
	struct trailer end;
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	off_t size = lseek(self, 0, SEEK_END);

	if (size < 0 || pread(self, &end, sizeof end, size - sizeof end) != sizeof end ||
	    memcmp(end.magic, "QEMUSTUB", 8))
		fail("no guest in /proc/self/exe");

	int guest = memfd_create("guest", 0);
	off_t at = end.offset;
	if (guest < 0 || dup2(guest, GUEST_FD) < 0)
		fail("memory file");
	while (at < size) {
		if (sendfile(GUEST_FD, self, &at, size - at) <= 0)
			fail("copy");
	}
	close(guest);

	char path[32];
	char **args = calloc(argc + 5, sizeof *args);
	snprintf(path, sizeof path, "/proc/self/fd/%d", GUEST_FD);
	args[0] = QEMU;
	args[1] = "-0";
	args[2] = argv[0];
	args[3] = path;
	memcpy(args + 4, argv + 1, argc * sizeof *argv);
	execv(QEMU, args);
	fail(QEMU);
}
