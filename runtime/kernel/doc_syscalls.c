/* SPDX-License-Identifier: MIT */
/*
 * The manual's list of system calls, in Markdown, from syscalls.def.
 */
#include <stdio.h>
#include <stdlib.h>

static const struct row {
	int number;
	const char *name, *support, *note;
} rows[] = {
#define SYS(number, name, result, args, support, note) { number, #name, #support, note },
#include "syscalls.def"
#undef SYS
};

static int by_number(const void *a, const void *b)
{
	return ((const struct row *)a)->number - ((const struct row *)b)->number;
}

int main(void)
{
	enum { COUNT = sizeof(rows) / sizeof(rows[0]) };
	struct row sorted[COUNT];

	for (int i = 0; i < COUNT; i++)
		sorted[i] = rows[i];
	qsort(sorted, COUNT, sizeof(sorted[0]), by_number);
	puts("# System calls\n\n"
	     "What a program finds; `full` is as Linux does for one process.\n"
	     "Every other call answers ENOSYS.\n\n"
	     "| number | call | support | note |\n|---|---|---|---|");
	for (int i = 0; i < COUNT; i++)
		printf("| %d | `%s` | %s | %s |\n", sorted[i].number, sorted[i].name,
		       sorted[i].support[0] == 'F' ? "full" : "part", sorted[i].note);
	return 0;
}
