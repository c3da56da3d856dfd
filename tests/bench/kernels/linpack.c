/* SPDX-License-Identifier: MIT */
/*
 * LINPACK: factor a dense matrix by Gaussian elimination with partial pivoting
 * (dgefa) and solve (dgesl), in columns, on top of daxpy, dscal and idamax.
 * Written for this benchmark from the published algorithm.
 */
#include "kernel.h"

enum { ORDER = 200, LDA = 201 };

static double matrix[LDA * ORDER], rhs[ORDER];
static int pivots[ORDER];

static void daxpy(int n, double a, const double *x, double *y)
{
	if (a == 0)
		return;
	for (int i = 0; i < n; i++)
		y[i] += a * x[i];
}

static void dscal(int n, double a, double *x)
{
	for (int i = 0; i < n; i++)
		x[i] *= a;
}

static int idamax(int n, const double *x)
{
	int best = 0;
	double most = x[0] < 0 ? -x[0] : x[0];

	for (int i = 1; i < n; i++) {
		double size = x[i] < 0 ? -x[i] : x[i];

		if (size > most) {
			most = size;
			best = i;
		}
	}
	return best;
}

static void swap(double *a, double *b)
{
	double t = *a;

	*a = *b;
	*b = t;
}

/* 0, or the number of a column without a pivot. */
static int dgefa(double *a, int lda, int n, int *ipvt)
{
	int info = 0;

	for (int k = 0; k < n - 1; k++) {
		double *col = a + lda * k;
		int l = k + idamax(n - k, col + k);

		ipvt[k] = l;
		if (col[l] == 0) {
			info = k + 1;
			continue;
		}
		swap(&col[l], &col[k]);
		dscal(n - k - 1, -1 / col[k], col + k + 1);
		for (int j = k + 1; j < n; j++) {
			double *target = a + lda * j;

			swap(&target[l], &target[k]);
			daxpy(n - k - 1, target[k], col + k + 1, target + k + 1);
		}
	}
	ipvt[n - 1] = n - 1;
	return a[lda * (n - 1) + n - 1] == 0 ? n : info;
}

static void dgesl(const double *a, int lda, int n, const int *ipvt, double *b)
{
	for (int k = 0; k < n - 1; k++) {
		swap(&b[ipvt[k]], &b[k]);
		daxpy(n - k - 1, b[k], a + lda * k + k + 1, b + k + 1);
	}
	for (int k = n - 1; k >= 0; k--) {
		b[k] /= a[lda * k + k];
		daxpy(k, -b[k], a + lda * k, b);
	}
}

/* The right-hand side is the sum of the columns: the solution is all ones. */
static void generate(u64 *seed)
{
	memset(rhs, 0, sizeof rhs);
	for (int j = 0; j < ORDER; j++) {
		for (int i = 0; i < ORDER; i++) {
			matrix[LDA * j + i] = random_unit(seed) - 0.5;
			rhs[i] += matrix[LDA * j + i];
		}
	}
}

static u64 run(unsigned n)
{
	u64 seed = 1325, sum = 0;

	while (n--) {
		generate(&seed);
		sum = mix(sum, dgefa(matrix, LDA, ORDER, pivots));
		dgesl(matrix, LDA, ORDER, pivots, rhs);
		for (int i = 0; i < ORDER; i++)
			sum = mix_double(sum, rhs[i]);
	}
	return sum;
}

KERNEL("linpack", 4)
