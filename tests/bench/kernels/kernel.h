/* SPDX-License-Identifier: MIT */
/*
 * What every benchmark kernel shares: main() and the clock.
 *
 * A kernel defines `static u64 run(unsigned n)`: n units of its work, from
 * scratch, answering a checksum that must be the same however it was compiled;
 * then KERNEL("name", n) with the n that takes some 10 ms natively.
 *
 *     prog [repetitions [n]]     1 and the kernel's own n by default
 *
 * stdout has the checksum alone.  stderr has "steady MEDIAN MIN" in
 * nanoseconds over the second half of the repetitions; the first half is
 * warm-up.  No repetitions at all is how start-up time is measured.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;

/* Generated data: Knuth's MMIX generator; the upper bits are the good ones. */
static inline u32 random_u32(u64 *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 32;
}

static inline double random_unit(u64 *seed)
{
	return random_u32(seed) / 4294967296.0;
}

static inline u64 mix(u64 sum, u64 value)
{
	return (sum ^ value) * 0x100000001b3u;
}

static inline u64 mix_double(u64 sum, double value)
{
	u64 bits;

	memcpy(&bits, &value, sizeof bits);
	return mix(sum, bits);
}

static u64 clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000u + t.tv_nsec;
}

static int compare_u64(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

/* `run` is volatile so that no compiler finds it pure and calls it once. */
static int kernel_main(int argc, char **argv, const char *name, u64 (*volatile run)(unsigned), unsigned n)
{
	unsigned reps = argc > 1 ? strtoul(argv[1], NULL, 0) : 1;
	u64 sum = 0, *times = malloc((reps + 1) * sizeof *times);

	if (argc > 2)
		n = strtoul(argv[2], NULL, 0);
	for (unsigned i = 0; i < reps; i++) {
		u64 start = clock_ns();

		sum = run(n);
		times[i] = clock_ns() - start;
	}
	printf("%s %u %016llx\n", name, n, (unsigned long long)sum);

	unsigned warm = reps / 2;
	if (reps) {
		qsort(times + warm, reps - warm, sizeof *times, compare_u64);
		fprintf(stderr, "steady %llu %llu\n",
			(unsigned long long)times[warm + (reps - warm) / 2], (unsigned long long)times[warm]);
	}
	free(times);
	return 0;
}

#define KERNEL(name, n) \
	int main(int argc, char **argv) { return kernel_main(argc, argv, name, run, n); }
