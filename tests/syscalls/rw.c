/* SPDX-License-Identifier: MIT */
/* read, write, positions, vectors, sendfile, copy_file_range. */
#include "check.h"

#include <sys/sendfile.h>
#include <sys/uio.h>

int main(void)
{
	char b[64] = { 0 }, c[64] = { 0 };
	int fd = R(open("f", O_RDWR | O_CREAT, 0600));

	R(write(fd, "0123456789abcdef", 16));
	R(lseek(fd, 0, SEEK_CUR));
	R(lseek(fd, 4, SEEK_SET));
	R(read(fd, b, 4));
	SAY("%.4s\n", b);
	R(lseek(fd, -2, SEEK_CUR));
	R(lseek(fd, -2, SEEK_END));
	R(read(fd, b, 10));
	R(read(fd, b, 10));
	R(lseek(fd, -1, SEEK_SET));
	R(lseek(fd, -100, SEEK_CUR));
	R(lseek(fd, 0, 17));
	R(lseek(99, 0, SEEK_SET));
	R(lseek(fd, 3, SEEK_DATA));
	R(lseek(fd, 3, SEEK_HOLE));
	R(lseek(fd, 30, SEEK_DATA));
	R(lseek(fd, 100, SEEK_SET));
	R(read(fd, b, 1));
	R(write(fd, "end", 3));
	R(pread(fd, b, 5, 98));
	for (int i = 0; i < 5; i++)
		SAY("%d ", b[i]);
	SAY("\n");
	R(pread(fd, b, 5, -1));
	R(pwrite(fd, "XY", 2, 1));
	R(lseek(fd, 0, SEEK_CUR));
	R(pread(fd, b, 4, 0));
	SAY("%.4s\n", b);

	struct iovec v[3] = { { b, 2 }, { NULL, 0 }, { c, 3 } };
	R(preadv(fd, v, 3, 0));
	SAY("%.2s %.3s\n", b, c);
	R(lseek(fd, 0, SEEK_SET));
	R(readv(fd, v, 3));
	R(writev(fd, v, 3));
	R(pwritev(fd, v, 3, 50));
	R(readv(fd, v, -1));
	R(readv(fd, v, 1025));
	R(readv(fd, (void *)8, 1));
	v[2].iov_base = (void *)8;
	R(lseek(fd, 0, SEEK_SET));
	R(readv(fd, v, 3));
	v[0].iov_len = -1;
	R(readv(fd, v, 3));
	R(read(fd, (void *)8, 4));
	R(write(fd, (void *)8, 4));
	R(read(fd, (void *)8, 0));
	R(write(fd, NULL, 0));
	R(read(-1, b, 4));
	R(syscall(SYS_read, fd, b, -1l));

	int ap = R(open("log", O_WRONLY | O_CREAT | O_APPEND, 0600));
	R(write(ap, "one\n", 4));
	R(lseek(ap, 0, SEEK_SET));
	R(write(ap, "two\n", 4));
	R(lseek(ap, 0, SEEK_CUR));
	show_file("log");

	int in = open("log", O_RDONLY), out = open("copy", O_RDWR | O_CREAT, 0600);
	off_t off = 2;
	R(sendfile(out, in, NULL, 100));
	R(sendfile(out, in, &off, 3));
	SAY("off %ld\n", (long)off);
	R(sendfile(in, out, NULL, 3));
	R(sendfile(out, 99, NULL, 3));
	show_file("copy");
	loff_t a = 0, z = 20;
	R(copy_file_range(in, &a, out, &z, 4, 0));
	SAY("%ld %ld\n", (long)a, (long)z);
	R(copy_file_range(in, &a, out, &z, 4, 1));
	R(lseek(out, 0, SEEK_END));
	int other = dup(in);
	R(lseek(in, 3, SEEK_SET));
	R(lseek(other, 0, SEEK_CUR));
	/* Ranges that end where the address space does. */
	R(read(0, b, 60));
	R(read(0, b, 60));
	R(write(0, b, 0));
	return 0;
}
