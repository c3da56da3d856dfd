/* SPDX-License-Identifier: MIT */
/* setjmp and longjmp: through one frame and many, again and again, from a callback. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static jmp_buf top, inner;

static __attribute__((noinline)) int dive(int depth, int code)
{
	volatile int here = depth;

	if (depth == 0)
		longjmp(top, code);
	return dive(depth - 1, code) + here;
}

static int compare_or_leave(const void *a, const void *b)
{
	if (*(const int *)a == 13 || *(const int *)b == 13)
		longjmp(top, 13);
	return *(const int *)a - *(const int *)b;
}

static __attribute__((noinline)) int nested(int level)
{
	jmp_buf mine;
	volatile int tries = 0;
	int code = setjmp(mine);

	if (code == 0 || tries < 3) {
		tries++;
		if (level > 0)
			nested(level - 1);
		longjmp(mine, level + 1);
	}
	return code * 10 + tries;
}

static __attribute__((noinline)) void thrower(double d)
{
	if (d > 2.5)
		longjmp(inner, (int)(d * 4));
}

int main(void)
{
	static int values[] = { 5, 2, 9, 13, 1 };
	volatile int count = 0;
	volatile double d = 0.5;
	register long kept = 77;

	for (volatile int depth = 1; depth <= 10000; depth *= 10) {
		int code = setjmp(top);

		if (code == 0)
			dive(depth, depth + 1);
		printf("from depth %d: %d\n", depth, code);
	}
	int code = setjmp(top);
	if (++count < 1000)
		longjmp(top, count == 999 ? 0 : count);
	printf("code %d count %d kept %ld\n", code, count, kept);
	if ((code = setjmp(top)) == 0)
		qsort(values, 5, sizeof *values, compare_or_leave);
	printf("out of qsort: %d\n", code);
	printf("nested: %d\n", nested(4));
	if ((code = setjmp(inner)) == 0) {
		for (;; d += 0.75)
			thrower(d);
	}
	printf("double %g code %d\n", d, code);

	sigjmp_buf s;
	if ((code = sigsetjmp(s, 1)) < 3)
		siglongjmp(s, code + 1);
	printf("sig %d\n", code);
	return 0;
}
