/* SPDX-License-Identifier: MIT */
/* string.h and friends over many lengths and alignments. */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char a[600], b[600];

static unsigned hash(const char *p, size_t n)
{
	unsigned h = 2166136261;

	while (n--)
		h = (h ^ (unsigned char)*p++) * 16777619;
	return h;
}

int main(void)
{
	unsigned h = 0;

	for (size_t n = 0; n < 260; n += n < 70 ? 1 : 17) {
		for (size_t at = 0; at < 17; at += 3) {
			for (int i = 0; i < 600; i++)
				a[i] = i * 7 + n;
			memset(b, 0xee, sizeof b);
			memcpy(b + at, a + (at * 5) % 13, n);
			memmove(b + at + 3, b + at, n);
			memset(b + at + n / 2, n, n / 3);
			memmove(b + at, b + at + 2, n);
			h = h * 31 + hash(b, sizeof b);
			a[n + at] = 0;
			memset(a, 'x', n + at);
			h = h * 31 + strlen(a + at) + (strchr(a + at, 'y') != NULL) + (memchr(a, 0, 600) == a + n + at);
			memcpy(b, a, 600);
			if (n)
				b[n - 1] ^= 1;
			int order = memcmp(a, b, n + at), text = strcmp(a, b), part = strncmp(a, b, n / 2);
			h = h * 31 + (order > 0) + 2 * (order < 0) + 4 * (text > 0) + 8 * (text < 0) + 16 * (part == 0);
		}
	}
	printf("%08x\n", h);

	char text[100] = "The quick brown fox", *save, *p = text;
	strcat(text, " jumps over");
	strncat(text, " the lazy dog and more", 13);
	printf("%s|%zu|%zu\n", text, strspn(text, "Teh "), strcspn(text, "xyz"));
	printf("%s|%s|%s\n", strstr(text, "fox"), strrchr(text, 'o'), strpbrk(text, "zyx"));
	for (p = strtok_r(text, " ", &save); p; p = strtok_r(NULL, " ", &save))
		printf("<%s>", p);
	printf("\n%d %d %d\n", strcasecmp("HeLLo", "hEllO"), strncasecmp("abcX", "ABCy", 3), strverscmp("file9", "file10") < 0);
	char *copy = strdup("duplicate"), *part = strndup("duplicate", 3);
	printf("%s %s %s\n", copy, part, strcasestr("Some Text", "tex"));
	free(copy);
	free(part);
	printf("%ld %lu %ld %lld %d\n", strtol("-0x1f", NULL, 0), strtoul("777", NULL, 8), strtol("zz", NULL, 36),
	       strtoll("9223372036854775808", NULL, 10), atoi("  12abc"));
	printf("%s %s %s\n", strerror(2), strerror(22), strerror(9999));
	for (int c = 0, n = 0; c < 128; c++)
		if (isalnum(c) != 0 && isupper(c) == 0 && ++n % 9 == 0)
			putchar(toupper(c));
	puts("");
	char list[] = "a,b,,c", *rest = list;
	while ((p = strsep(&rest, ",")))
		printf("[%s]", p);
	printf(" %s\n", (char *)mempcpy(a, "xyz", 4) - 4);
	printf("%d %d %s\n", ffs(0x50), ffsll(1LL << 40), strrchr("/usr/lib/name", 0x2f) + 1);
	return 0;
}
