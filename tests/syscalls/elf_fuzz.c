/* SPDX-License-Identifier: MIT */
/*
 * elf-fuzz PROGRAM COUNT [SEED]: damages an executable's headers COUNT times
 * and has the kernel load each.  Nothing may happen but success or an error:
 * built with sanitizers.  A failure is run again with the seed printed.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "runtime/host/native/native.h"
#include "runtime/kernel/entry.h"

uint8_t *mem_arena;

static uint64_t state;
static uint64_t random_u64(void)
{
	/* xorshift64* */
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dull;
}

static uint32_t below(uint32_t n) { return random_u64() % n; }

/* Numbers at which checks go wrong. */
static uint64_t nasty(void)
{
	static const uint64_t values[] = {
		0, 1, 7, 0xfff, 0x1000, 0x1001, 0x3fffff, 0x400000, 0x7fffffff, 0x80000000, 0xbfffffff,
		0xc0000000, 0xfffff000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000,
		0xfffffffffffff000, 0xffffffffffffffff,
	};
	uint64_t v = values[below(sizeof(values) / sizeof(values[0]))];

	return below(2) ? v : v + below(16) - 8;
}

static void damage(uint8_t *elf, size_t size)
{
	Elf64_Ehdr *eh = (void *)elf;
	uint32_t table = eh->e_phnum * sizeof(Elf64_Phdr);

	for (uint32_t n = 1 + below(4); n; n--) {
		/* Some field of a header: 1, 2, 4 or 8 bytes, naturally aligned. */
		uint32_t width = 1u << below(4);
		uint32_t area = below(3) ? sizeof(*eh) + table : sizeof(*eh);
		uint32_t at = below(area) & ~(width - 1);
		uint64_t v = below(3) ? nasty() : random_u64();
		if (at + width <= size)
			memcpy(elf + at, &v, width);
	}
}

/* The whole of kernel memory's state is used again for the next: exec replaces the program. */
static int load(const uint8_t *elf, size_t size)
{
	lseek(native_image, 0, SEEK_SET);
	if (ftruncate(native_image, 0) || write(native_image, elf, size) != (ssize_t)size)
		abort();
	return kernel_exec_first();
}

static void boot(void)
{
	static const char words[] = "1\0program\0" "1\0A=b\0/\0/program\0";

	kernel_boot_buffer(sizeof(words));
	memcpy(kernel_boot_address(), words, sizeof(words));
	if (kernel_boot(sizeof(words)))
		abort();
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: elf-fuzz PROGRAM COUNT [SEED]\n");
		return 1;
	}
	int fd = open(argv[1], O_RDONLY), loaded = 0;
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 0) : (uint64_t)time(NULL) * 1000003 + getpid();
	if (size < (off_t)sizeof(Elf64_Ehdr)) {
		fprintf(stderr, "elf-fuzz: %s cannot be used\n", argv[1]);
		return 1;
	}
	uint8_t *good = malloc(size), *bad = malloc(size);
	if (pread(fd, good, size, 0) != size)
		abort();
	printf("seed %#llx\n", (unsigned long long)seed);
	fflush(stdout);

	mem_arena = mmap(NULL, (size_t)1 << 32, PROT_READ | PROT_WRITE,
	                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	native_image = memfd_create("image", 0);
	/* The loader's line for each would be thousands of lines. */
	int quiet = open("/dev/null", O_WRONLY), errors = dup(2);
	dup2(quiet, 2);
	boot();
	for (int i = 0; i < atoi(argv[2]); i++) {
		state = seed + i + 1;
		random_u64();
		memcpy(bad, good, size);
		size_t cut = below(8) ? (size_t)size : below(size);
		damage(bad, cut);
		/* A sanitizer's report must be seen. */
		int err = load(bad, cut);
		if (err > 0)
			abort();
		loaded += !err;
		if (i % 64 == 63)
			madvise(mem_arena, (size_t)1 << 32, MADV_DONTNEED);
	}
	dup2(errors, 2);
	free(good);
	free(bad);
	printf("%s damaged programs: %d loaded, the others refused\n", argv[2], loaded);
	return 0;
}
