/* SPDX-License-Identifier: MIT */
/*
 * Damages an ELF file in thousands of ways and lets the packer judge and slim
 * each, under sanitizers.  Argument: the file, the number of rounds, and the
 * seed, which is printed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wrapper/elf_check.h"
#include "wrapper/input.h"
#include "wrapper/slim.h"

static uint64_t state;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* Bytes where the structure is: headers at the front, section headers at the end. */
static void damage(uint8_t *data, size_t size)
{
	static const uint64_t values[] = { 0, 1, 7, 0xff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff, ~0ull };

	for (int n = 1 + next() % 4; n; n--) {
		size_t near = next() % 3 ? 64 + 4 * 56 : 1700;
		size_t at = next() % (near < size ? near : size);

		if (near == 1700)
			at = size - 1 - at;
		if (next() % 2) {
			data[at] = next();
		} else {
			size_t width = 1u << next() % 4;
			uint64_t value = next() % 4 ? values[next() % 8] : next() % (2 * size);
			at &= -width;
			memcpy(data + at, &value, at + width <= size ? width : size - at);
		}
	}
}

int main(int argc, char **argv)
{
	struct input in;
	int rounds = argc > 2 ? atoi(argv[2]) : 1000, kinds[3] = { 0 };

	state = argc > 3 ? strtoull(argv[3], NULL, 0) : 88172645463325252u;
	printf("seed %llu\n", (unsigned long long)state);
	if (argc < 2 || input_open(&in, argv[1]))
		return 2;
	for (int i = 0; i < rounds; i++) {
		size_t size = next() % 8 ? in.size : next() % in.size;
		uint8_t *copy = malloc(size ? size : 1); /* of that very size: reading beyond is seen */
		int fd = memfd_create("mutant", 0);
		char why[512];

		memcpy(copy, in.data, size);
		if (size)
			damage(copy, size);
		if (write(fd, copy, size) != (ssize_t)size)
			return 2;
		struct input mutant = { .name = "mutant", .fd = fd, .data = copy, .size = size };
		enum elf_kind kind = elf_check(copy, size, why, sizeof why);
		kinds[kind]++;
		if (kind == ELF_PROGRAM) {
			struct outfile out = { .path = "/dev/null", .tmp = "/dev/null", .fd = open("/dev/null", O_WRONLY) };

			if (slim_write(&out, &mutant) || out.at != slim_size(&mutant)) {
				printf("round %d: %llu bytes written, %llu announced\n", i,
				       (unsigned long long)out.at, (unsigned long long)slim_size(&mutant));
				return 1;
			}
			close(out.fd);
		}
		close(fd);
		free(copy);
	}
	printf("%d programs, %d others, %d refused\n", kinds[ELF_PROGRAM], kinds[ELF_OTHER], kinds[ELF_BAD]);
	return 0;
}
