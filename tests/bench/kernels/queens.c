/* SPDX-License-Identifier: MIT */
/*
 * All ways to put 9 queens on a board, backtracking over arrays of taken
 * columns and diagonals: recursion with unpredictable branches.
 */
#include "kernel.h"

enum { SIZE = 9 };

static u8 column[SIZE], rising[2 * SIZE], falling[2 * SIZE];

static u32 place(int row)
{
	u32 found = 0;

	if (row == SIZE)
		return 1;
	for (int c = 0; c < SIZE; c++) {
		if (column[c] || rising[row + c] || falling[row - c + SIZE])
			continue;
		column[c] = rising[row + c] = falling[row - c + SIZE] = 1;
		found += place(row + 1);
		column[c] = rising[row + c] = falling[row - c + SIZE] = 0;
	}
	return found;
}

static u64 run(unsigned n)
{
	u64 sum = 0;

	while (n--)
		sum = mix(sum, place(0));
	return sum;
}

KERNEL("queens", 32)
