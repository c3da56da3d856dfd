/* SPDX-License-Identifier: MIT */
/* Standard input to its end: characters, lines, numbers. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char *line = NULL, word[50];
	size_t room = 0;
	ssize_t n;
	int c, number, total = 0, lines = 0;

	printf("%d %c\n", isatty(0), c = getchar());
	ungetc(c, stdin);
	printf("%d", scanf("%49s %d", word, &number));
	printf(" %s %d\n", word, number);
	while ((n = getline(&line, &room, stdin)) > 0) {
		lines++;
		total += n;
	}
	printf("%d %d %d %d\n", lines, total, feof(stdin) != 0, getchar());
	free(line);
	fprintf(stderr, "to stderr\n");
	return lines & 0x7f;
}
