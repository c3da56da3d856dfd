/* SPDX-License-Identifier: MIT */
/* Nested functions: their trampolines are code written to the stack at run time. */
#include <stdio.h>
#include <stdlib.h>

static int apply(int (*f)(int), int n) { return n ? f(n) + apply(f, n - 1) : 0; }

static int outer(int scale)
{
	int calls = 0;
	int inner(int x) { calls++; return x * scale; }

	int total = apply(inner, 10);
	return total * 100 + calls;
}

static int sorted(int *v, int n, int sign)
{
	int compare(const void *a, const void *b) { return sign * (*(int *)a - *(int *)b); }

	qsort(v, n, sizeof *v, compare);
	return v[0];
}

static int leave(int n)
{
	__label__ out;
	void visit(int x) { if (x == 3) goto out; }

	for (int i = 0; i < n; i++)
		visit(i);
	return 0;
out:
	return 1;
}

int main(void)
{
	int v[] = { 3, 1, 4, 1, 5, 9, 2, 6 };

	printf("%d %d\n", outer(2), outer(5));
	printf("%d %d\n", sorted(v, 8, 1), sorted(v, 8, -1));
	printf("%d %d\n", leave(2), leave(10));
	return 0;
}
