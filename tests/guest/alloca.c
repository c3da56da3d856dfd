/* SPDX-License-Identifier: MIT */
/* Variable stack frames: alloca, variable-length arrays, aligned locals. */
#include <alloca.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static __attribute__((noinline)) unsigned vla(int n)
{
	int values[n];
	char names[n][n + 3];
	unsigned sum = 0;

	for (int i = 0; i < n; i++) {
		values[i] = i * i;
		memset(names[i], 'a' + i, n + 3);
	}
	for (int i = 0; i < n; i++)
		sum = sum * 33 + values[i] + names[i][n + 2];
	return sum + sizeof names;
}

struct link { struct link *next; int value; };

static __attribute__((noinline)) int chain(int n)
{
	struct link *list = NULL;
	int sum = 0;

	for (int i = 0; i < n; i++) {
		struct link *l = alloca(sizeof *l + i % 5);

		l->next = list;
		l->value = i;
		list = l;
	}
	for (; list; list = list->next)
		sum = sum * 3 + list->value;
	return sum;
}

static __attribute__((noinline)) int aligned(int n)
{
	_Alignas(64) char block[n % 64 + 64];
	_Alignas(32) double d[4] = { 1, 2, 3, n };

	memset(block, n, 64);
	return ((uintptr_t)d % 32) + block[3] + (int)d[3];
}

int main(void)
{
	for (int n = 1; n < 40; n += 7)
		printf("%u %d %d\n", vla(n), chain(n * 10), aligned(n));
	for (int i = 0; i < 1000; i++) {
		char text[i % 50 + 30];

		snprintf(text, sizeof text, "%d", i);
		if (i % 250 == 0)
			puts(text);
	}
	return 0;
}
