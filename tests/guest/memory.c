/* SPDX-License-Identifier: MIT */
/* malloc's heap and mmap: growth, mremap, file mappings, alignment. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
	enum { BLOCKS = 500 };
	static unsigned char *block[BLOCKS];
	static size_t size[BLOCKS];
	unsigned seed = 1, bad = 0;

	for (int round = 0; round < 20000; round++) {
		seed = seed * 1103515245 + 12345;
		int i = (seed >> 8) % BLOCKS;

		if (block[i] && (block[i][0] != (unsigned char)i || block[i][size[i] - 1] != (unsigned char)i))
			bad++;
		if (seed >> 28 < 8) {
			free(block[i]);
			size[i] = (seed >> 4) % 3000 + 1;
			block[i] = seed >> 30 ? malloc(size[i]) : calloc(1, size[i]);
		} else {
			size_t now = (seed >> 12) % 5000 + 1;
			block[i] = realloc(block[i], now);
			size[i] = now;
		}
		memset(block[i], i, size[i]);
	}
	printf("bad %u\n", bad);
	char *large = malloc(50 << 20);
	memset(large, 1, 50 << 20);
	large = realloc(large, 70 << 20);
	printf("%d %d\n", large[(50 << 20) - 1], large != NULL);
	free(large);
	printf("%d %d\n", (int)((uintptr_t)aligned_alloc(4096, 8192) % 4096), malloc(1UL << 50) == NULL);

	char *m = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	m[0] = 'a';
	m[(1 << 20) - 1] = 'z';
	m = mremap(m, 1 << 20, 4 << 20, MREMAP_MAYMOVE);
	printf("%c%c%d\n", m[0], m[(1 << 20) - 1], m[(4 << 20) - 1]);
	munmap(m + 4096, 4096);
	char *fixed = mmap(m + 4096, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	printf("%d %d\n", fixed == m + 4096, fixed[100]);
	munmap(m, 4 << 20);

	char name[] = "/tmp/memoryXXXXXX";
	int fd = mkstemp(name);
	for (int i = 0; i < 3000; i++)
		dprintf(fd, "%d,", i);
	off_t length = lseek(fd, 0, SEEK_END);
	char *f = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	char *g = mmap(NULL, length - 4096, PROT_READ, MAP_PRIVATE, fd, 4096);
	close(fd);
	printf("%ld %.10s %d %d\n", (long)length, f, memcmp(f + 4096, g, length - 4096), f[length]);
	f[0] = 'X';
	fd = open(name, O_RDONLY);
	char c;
	ssize_t n = read(fd, &c, 1);
	printf("%zd %c", n, c);
	printf(" %d\n", mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
	unlink(name);
	printf("%ld\n", sysconf(_SC_PAGESIZE));
	return 0;
}
