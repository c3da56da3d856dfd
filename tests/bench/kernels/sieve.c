/* SPDX-License-Identifier: MIT */
/*
 * The sieve of Eratosthenes over a byte for each number: strided stores.
 */
#include "kernel.h"

enum { LIMIT = 1 << 20 };

static u8 composite[LIMIT];

static u64 run(unsigned n)
{
	u64 sum = 0;

	while (n--) {
		u32 primes = 0;

		memset(composite, 0, sizeof composite);
		for (u32 i = 2; i < LIMIT; i++) {
			if (composite[i])
				continue;
			primes++;
			for (u64 k = (u64)i * i; k < LIMIT; k += i)
				composite[k] = 1;
		}
		sum = mix(sum, primes);
	}
	return sum;
}

KERNEL("sieve", 3)
