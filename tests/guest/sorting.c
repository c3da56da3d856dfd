/* SPDX-License-Identifier: MIT */
/* qsort and bsearch with comparators of several kinds; records; stability of our own merge. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct record { char name[12]; int age; double score; };

static int calls;
static int by_int(const void *a, const void *b) { calls++; return (*(int *)a > *(int *)b) - (*(int *)a < *(int *)b); }
static int by_string(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
static int by_score(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	return x->score < y->score ? -1 : x->score > y->score ? 1 : strcmp(x->name, y->name);
}

int main(void)
{
	static int v[5000];
	const char *words[] = { "pear", "apple", "fig", "banana", "cherry", "date", "Apple", "" };
	struct record r[50];
	unsigned seed = 12345, hash = 0;

	for (int i = 0; i < 5000; i++)
		v[i] = (int)(seed = seed * 1103515245 + 12345) >> 8;
	qsort(v, 5000, sizeof *v, by_int);
	for (int i = 0; i < 5000; i++)
		hash = hash * 31 + v[i];
	printf("%x %d\n", hash, calls);
	int missing = 5, *hit = bsearch(&v[1234], v, 5000, sizeof *v, by_int);
	printf("%d %d\n", hit == NULL ? -1 : *hit == v[1234], bsearch(&missing, v, 5000, sizeof *v, by_int) == NULL);
	qsort(words, 8, sizeof *words, by_string);
	for (int i = 0; i < 8; i++)
		printf("[%s] ", words[i]);
	puts("");
	for (int i = 0; i < 50; i++) {
		seed = seed * 1103515245 + 12345;
		snprintf(r[i].name, sizeof r[i].name, "n%u", seed % 1000);
		r[i].age = i;
		r[i].score = seed % 13 / 4.0;
	}
	qsort(r, 50, sizeof *r, by_score);
	for (int i = 0; i < 50; i += 7)
		printf("%s %d %g\n", r[i].name, r[i].age, r[i].score);
	return 0;
}
