/* SPDX-License-Identifier: MIT */
/*
 * Response files, read as libiberty's expandargv()/buildargv() read them,
 * because that is what gcc, ld and ar do: blanks separate, ' and " quote, a
 * backslash takes the next character as it is (inside quotes too), an @file
 * inside a file is expanded in turn, and an @file that cannot be read is an
 * ordinary argument.
 */
#include "argfile.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 200 }; /* a file that names itself ends here, as an ordinary argument */

static char *slurp(const char *path)
{
	struct stat st;
	FILE *f;

	if (stat(path, &st) || S_ISDIR(st.st_mode) || !(f = fopen(path, "re")))
		return NULL;

	size_t size = 0, room = st.st_size + 4096;
	char *text = mem_alloc(room);
	for (size_t got; (got = fread(text + size, 1, room - size - 1, f)) > 0;) {
		size += got;
		if (size + 1 == room) {
			char *more = mem_alloc(room * 2);
			memcpy(more, text, size);
			text = more;
			room *= 2;
		}
	}
	fclose(f);
	text[size] = '\0'; /* as in libiberty, a NUL inside ends the text */
	return text;
}

/*
 * One argument from *text, which moves behind it; NULL at the end.  Unquoting
 * only shortens, so the argument is made where its text stands.
 */
static char *next_arg(char **text)
{
	char *p = *text;
	char quote = 0;

	while (isspace((unsigned char)*p))
		p++;
	if (!*p)
		return NULL;

	char *arg = p, *to = p;
	for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
		if (*p == '\\') {
			if (p[1])
				*to++ = *++p;
		} else if (quote && *p == quote) {
			quote = 0;
		} else if (!quote && (*p == '\'' || *p == '"')) {
			quote = *p;
		} else {
			*to++ = *p;
		}
	}
	*text = *p ? p + 1 : p;
	*to = '\0';
	return arg;
}

static void expand(const char *arg, int depth, struct args *out)
{
	char *text = arg[0] == '@' && depth < MAX_DEPTH ? slurp(arg + 1) : NULL;

	if (!text) {
		args_push(out, arg);
		return;
	}
	for (char *inner; (inner = next_arg(&text));)
		expand(inner, depth + 1, out);
}

void argfile_expand(char *const *argv, size_t n, struct args *out)
{
	for (size_t i = 0; i < n; i++)
		expand(argv[i], 0, out);
}

int argfile_write(const char *path, char *const *argv, size_t n)
{
	FILE *f = fopen(path, "we");

	if (!f)
		return -1;
	for (size_t i = 0; i < n; i++) {
		fputc('"', f);
		for (const char *s = argv[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				fputc('\\', f);
			fputc(*s, f);
		}
		fputs("\"\n", f);
	}
	bool failed = ferror(f);
	return fclose(f) || failed ? -1 : 0;
}
