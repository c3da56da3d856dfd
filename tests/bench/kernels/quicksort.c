/* SPDX-License-Identifier: MIT */
/*
 * Quicksort (Hoare's partition, middle element as the pivot) of 100,000
 * integers: loops bound by branches that no predictor knows.
 */
#include "kernel.h"

enum { COUNT = 100000 };

static s32 values[COUNT];

static void sort(s32 *a, int lo, int hi)
{
	while (lo < hi) {
		s32 pivot = a[lo + (hi - lo) / 2];
		int i = lo, k = hi;

		while (i <= k) {
			while (a[i] < pivot)
				i++;
			while (a[k] > pivot)
				k--;
			if (i <= k) {
				s32 t = a[i];

				a[i++] = a[k];
				a[k--] = t;
			}
		}
		sort(a, lo, k);
		lo = i;
	}
}

static u64 run(unsigned n)
{
	u64 seed = 1961, sum = 0;

	while (n--) {
		for (int i = 0; i < COUNT; i++)
			values[i] = random_u32(&seed);
		sort(values, 0, COUNT - 1);
		for (int i = 0; i < COUNT; i += 97)
			sum = mix(sum, values[i]);
	}
	return sum;
}

KERNEL("quicksort", 2)
