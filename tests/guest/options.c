/* SPDX-License-Identifier: MIT */
/* The program's arguments and environment: getopt, getopt_long, getenv, setenv. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "alpha", 0, NULL, 'a' }, { "beta", 1, NULL, 'b' }, { "gamma", 2, NULL, 'g' }, { 0 } };
	char *words[] = { "prog", "-a", "file", "-bvalue", "--gamma=x", "--beta", "y", "-z", "--bet", "w", "--", "-a", "rest", NULL };
	int c, index = 0, count = sizeof words / sizeof *words - 1;

	for (int i = 1; i < argc; i++)
		printf("argv[%d] = [%s]\n", i, argv[i]);
	printf("%d\n", argv[argc] == NULL);
	opterr = 0;
	while ((c = getopt_long(count, words, "ab:g::", longs, &index)) != -1)
		printf("%c %s\n", c, optarg ? optarg : "-");
	for (int i = optind; i < count; i++)
		printf("left %s\n", words[i]);
	printf("%s %s\n", getenv("GUEST_TEST"), getenv("NOT_THERE") ? "there" : "not there");
	setenv("GUEST_TEST", "changed", 1);
	setenv("ADDED", "yes", 0);
	setenv("ADDED", "no", 0);
	putenv("PUT=here");
	unsetenv("NOT_THERE");
	printf("%s %s %s\n", getenv("GUEST_TEST"), getenv("ADDED"), getenv("PUT"));
	int found = 0;
	for (char **e = environ; *e; e++)
		found += !strcmp(*e, "PUT=here") || !strcmp(*e, "GUEST_TEST=changed");
	printf("%d\n", found);
	clearenv();
	printf("%d\n", getenv("PUT") == NULL);
	return argc;
}
