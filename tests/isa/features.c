/* SPDX-License-Identifier: MIT */
/*
 * The table of instructions (a64_list.tsv) against what the machine announces
 * (runtime/cpu/features.h): each extension that has instructions is announced,
 * each announced one has some, and those whose instructions trap are not.
 */
#include <stdlib.h>
#include <string.h>

#include "isa.h"
#include "runtime/cpu/features.h"

#define NAME(extension, ...) extension,
static const char *const announced[] = { CPU_FEATURES(NAME) };
enum { COUNT = sizeof announced / sizeof announced[0] };

/* There, and nobody's to announce: Armv8.0's own, and authentication without keys. */
static const char *const silent[] = { "base", "pauth" };

static bool is_in(const char *name, const char *const *names, size_t n)
{
	while (n--)
		if (!strcmp(names[n], name))
			return true;
	return false;
}

int isa_features(const char *list)
{
	FILE *f = fopen(list, "r");
	char line[4096];
	bool has_rows[COUNT] = {false};
	int failed = !f;

	while (f && fgets(line, sizeof line, f)) {
		char *at = line, *col[7];
		for (int i = 0; i < 7; i++)
			col[i] = strsep(&at, "\t");
		if (!strcmp(col[0], "name"))
			continue;
		bool traps = !strcmp(col[6], "TRAP"), is_announced = is_in(col[5], announced, COUNT);
		for (int i = 0; i < COUNT; i++)
			has_rows[i] |= !traps && !strcmp(announced[i], col[5]);
		if (is_in(col[5], silent, 2) ? is_announced : traps == is_announced) {
			printf("FAIL row %s: %s is %sannounced\n", col[0], col[5], is_announced ? "" : "not ");
			failed = 1;
		}
	}
	for (int i = 0; i < COUNT; i++)
		if (*announced[i] && !has_rows[i]) {
			printf("FAIL %s is announced, and has no instruction\n", announced[i]);
			failed = 1;
		}
	return failed;
}
