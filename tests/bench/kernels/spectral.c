/* SPDX-License-Identifier: MIT */
/*
 * The spectral norm of the infinite matrix 1 / ((i + j)(i + j + 1) / 2 + i + 1)
 * cut to 200 rows, by ten steps of the power method: integer arithmetic
 * feeding divisions.
 */
#include "kernel.h"
#include <math.h>

enum { SIZE = 200 };

static double element(int i, int j)
{
	return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static void multiply(const double *v, double *out)
{
	for (int i = 0; i < SIZE; i++) {
		out[i] = 0;
		for (int j = 0; j < SIZE; j++)
			out[i] += element(i, j) * v[j];
	}
}

static void multiply_transposed(const double *v, double *out)
{
	for (int i = 0; i < SIZE; i++) {
		out[i] = 0;
		for (int j = 0; j < SIZE; j++)
			out[i] += element(j, i) * v[j];
	}
}

static double norm(void)
{
	static double u[SIZE], v[SIZE], t[SIZE];
	double vbv = 0, vv = 0;

	for (int i = 0; i < SIZE; i++)
		u[i] = 1;
	for (int i = 0; i < 10; i++) {
		multiply(u, t);
		multiply_transposed(t, v);
		multiply(v, t);
		multiply_transposed(t, u);
	}
	for (int i = 0; i < SIZE; i++) {
		vbv += u[i] * v[i];
		vv += v[i] * v[i];
	}
	return sqrt(vbv / vv);
}

static u64 run(unsigned n)
{
	u64 sum = 0;

	while (n--)
		sum = mix_double(sum, norm());
	return sum;
}

KERNEL("spectral", 3)
