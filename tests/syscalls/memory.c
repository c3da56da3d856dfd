/* SPDX-License-Identifier: MIT */
/* mmap and its relatives, brk. */
#include "check.h"

#include <sys/mman.h>

enum { PAGE = 4096 };

static long mapped(void *p) { return p == MAP_FAILED ? -1 : 1; }

int main(void)
{
	unsigned char vec[8] = { 0 };

	char *p = mmap(NULL, 5 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	R(mapped(p));
	SAY("aligned %d zero %d\n", !((uintptr_t)p % PAGE), !p[0] && !p[5 * PAGE - 1]);
	memset(p, 'x', 5 * PAGE);
	R(munmap(p + PAGE, PAGE));
	R(mincore(p, PAGE, vec));
	R(mincore(p, 3 * PAGE, vec));
	R(mprotect(p, 3 * PAGE, PROT_READ));
	R(mprotect(p + 2 * PAGE, PAGE, PROT_READ));
	R(mprotect(p + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE));
	R(syscall(SYS_mprotect, p + 1, PAGE, PROT_READ));
	R(syscall(SYS_mprotect, p, 0, PROT_READ));
	SAY("%c%c\n", p[0], p[2 * PAGE]);
	R(mapped(mmap(p + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	SAY("zero again %d\n", !p[PAGE] && !p[2 * PAGE - 1]);
	R(mapped(mmap(p + PAGE, PAGE, PROT_READ, 0x100000 | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	R(mapped(mmap(p + 5, PAGE, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	R(mapped(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	R(mapped(mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0)));
	R(mapped(mmap(NULL, -1ul, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	R(munmap(p + 1, PAGE));
	R(munmap(p, 0));
	p[0 + 2 * PAGE] = 'q';
	R(madvise(p + 2 * PAGE, PAGE, MADV_DONTNEED));
	SAY("dropped %d\n", p[2 * PAGE]);
	R(madvise(p, PAGE, 12345));
	R(madvise(p + 1, PAGE, MADV_NORMAL));
	R(mlock(p, PAGE));
	R(munlock(p, PAGE));

	char *q = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(q, 'm', 2 * PAGE);
	char *r = mremap(q, 2 * PAGE, 100 * PAGE, MREMAP_MAYMOVE);
	R(mapped(r));
	SAY("%c %c %d\n", r[0], r[2 * PAGE - 1], r[2 * PAGE]);
	R(mremap(r, 100 * PAGE, PAGE, 0) == r);
	R(mapped(mremap(r + 1, PAGE, PAGE, 0)));
	R(mapped(mremap(r, PAGE, 0, 0)));
	R(mincore(r, 2 * PAGE, vec));
	R(mapped(mremap(r, PAGE, PAGE, MREMAP_FIXED)));
	char *s = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	R(mremap(r, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, s) == s);
	SAY("%c\n", s[5]);
	R(munmap(s, PAGE));
	R(munmap(s, PAGE));

	int fd = open("f", O_RDWR | O_CREAT, 0600), ro = open("f", O_RDONLY), wo = open("f", O_WRONLY);
	write(fd, "file text", 9);
	char *f = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	R(mapped(f));
	SAY("%s %d\n", f, f[9]);
	f[0] = 'X';
	char *g = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	SAY("%s\n", g);
	g[1] = 'Y';
	R(msync(g, PAGE, MS_SYNC));
	show_file("f");
	g[2] = 'Z';
	R(munmap(g, PAGE));
	show_file("f");
	R(msync(g, PAGE, MS_SYNC));
	R(mapped(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0)));
	R(mapped(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, wo, 0)));
	R(mapped(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 99, 0)));
	R(mapped(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 100)));
	int dir = open(".", O_RDONLY);
	R(mapped(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, dir, 0)));
	int zero = open("/dev/zero", O_RDWR);
	char *z = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
	R(mapped(z));
	SAY("%d\n", z[77]);
	char *sh = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	sh[3] = '!';

	char *start = (char *)syscall(SYS_brk, 0);
	R((char *)syscall(SYS_brk, start + 10000) - start);
	memset(start, 'b', 10000);
	R((char *)syscall(SYS_brk, start + 5000) - start);
	R((char *)syscall(SYS_brk, start + 20000) - start);
	SAY("kept '%c', fresh %d\n", start[4999], start[3 * PAGE]);
	R((char *)syscall(SYS_brk, 0) - start);
	R((char *)syscall(SYS_brk, 5) - start);

	char *many[200];
	for (int i = 0; i < 200; i++) {
		many[i] = malloc(i * 1000 + 1);
		memset(many[i], i, i * 1000 + 1);
	}
	int bad = 0;
	for (int i = 0; i < 200; i += 2)
		free(many[i]);
	for (int i = 1; i < 200; i += 2)
		bad += many[i][0] != (char)i || many[i][i * 1000] != (char)i;
	SAY("bad %d\n", bad);
	char *huge = malloc(300 << 20);
	R(huge != NULL);
	huge[299 << 20] = 1;
	free(huge);
	return 0;
}
