/* SPDX-License-Identifier: MIT */
/*
 * Reads decode.list and answers from it.  Lines:
 *
 *   row  | shell patterns of rows      | mnemonics, as shell patterns
 *   here | shell patterns of rows      | condition | why LLVM does not decode them
 *   llvm | shell patterns of mnemonics | condition | why the table has no row
 *
 * A row that no `row` line names has the mnemonic that its name begins with,
 * up to a `_`, or that and a 2.  Conditions are C expressions over the word's usual fields (rd
 * or rt, rn, ra or rt2, rm or rs, word), evaluated as the table's constraints.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "lifter/a64/gen/gen.h"

enum { MAX_LINES = 256 };

struct decode_line {
	u32 number;
	char kind;                 /* 'r', 'h', 'l' */
	char *names, *condition, *text;
	bool used;
};

static struct decode_line lines[MAX_LINES];
static u32 nlines;

static char *trim(char *s)
{
	s += strspn(s, " \t\n");
	for (char *e = s + strlen(s); e > s && strchr(" \t\n", e[-1]);)
		*--e = 0;
	return s;
}

/* Up to the next single `|`; NULL after the last. */
static char *column(char **at)
{
	char *start = *at, *end = start;

	while (end && (end = strchr(end, '|')) && end[1] == '|')
		end += 2;
	*at = end ? end + 1 : NULL;
	if (end)
		*end = 0;
	return start ? trim(start) : NULL;
}

static bool matches_any(const char *patterns, const char *name)
{
	char copy[512], *at = copy;

	snprintf(copy, sizeof copy, "%s", patterns);
	for (char *p; (p = strsep(&at, " "));)
		if (*p && !fnmatch(p, name, 0))
			return true;
	return false;
}

static bool field_of_word(const struct scope *s, const char *name, size_t len, int64_t *out)
{
	static const struct { const char *name; u32 lo, width; } fields[] = {
		{"rd", 0, 5}, {"rt", 0, 5}, {"rn", 5, 5}, {"ra", 10, 5}, {"rt2", 10, 5},
		{"rm", 16, 5}, {"rs", 16, 5}, {"word", 0, 32},
	};

	for (u32 i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (strlen(fields[i].name) == len && !memcmp(fields[i].name, name, len)) {
			*out = (int64_t)(s->bits >> fields[i].lo & ((1ull << fields[i].width) - 1));
			return true;
		}
	return false;
}

static struct value condition_at(const struct decode_line *l, u32 word, const char **error)
{
	struct scope s = {field_of_word, NULL, word};
	struct value v = {true, 1};

	if (*l->condition && !expr_eval(l->condition, &s, &v, error))
		v.known = false;
	return v;
}

static void parse_line(const char *path, u32 number, char *text)
{
	char *kind = column(&text);
	struct decode_line *l = &lines[nlines++];
	const char *error = "the kinds are row, here, llvm";

	*l = (struct decode_line){.number = number, .kind = *kind, .condition = ""};
	l->names = column(&text);
	if (l->kind != 'r' && text)
		l->condition = column(&text);
	l->text = column(&text);
	if (strcmp(kind, "row") && strcmp(kind, "here") && strcmp(kind, "llvm"))
		l->text = NULL;
	else if (!l->text)
		error = "a column is missing";
	if (!l->text || !condition_at(l, 0, &error).known) {
		fprintf(stderr, "%s:%u: %s\n", path, number, error);
		exit(2);
	}
}

void decode_read(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	if (!f) {
		perror(path);
		exit(2);
	}
	for (u32 number = 1; getline(&text, &size, f) > 0; number++)
		if (*text != '#' && text[strspn(text, " \t\n")] && nlines < MAX_LINES)
			parse_line(path, number, strdup(text));
	free(text);
	fclose(f);
}

bool decode_allows(const char *row, const char *mnemonic)
{
	size_t n = strcspn(row, "_");

	for (u32 i = 0; i < nlines; i++)
		if (lines[i].kind == 'r' && matches_any(lines[i].names, row)) {
			lines[i].used = true;
			return matches_any(lines[i].text, mnemonic);
		}
	return !strncmp(mnemonic, row, n) && (!mnemonic[n] || !strcmp(mnemonic + n, "2"));
}

const struct decode_line *decode_explanation(const char *row, const char *mnemonic, uint32_t word)
{
	const char *error;

	for (u32 i = 0; i < nlines; i++)
		if (lines[i].kind == (row ? 'h' : 'l') &&
		    matches_any(lines[i].names, row ? row : mnemonic) &&
		    condition_at(&lines[i], word, &error).v)
			return &lines[i];
	return NULL;
}

void decode_used(const struct decode_line *line)
{
	lines[line - lines].used = true;
}

uint32_t decode_unused(FILE *out)
{
	u32 n = 0;

	for (u32 i = 0; i < nlines; i++)
		if (!lines[i].used) {
			fprintf(out, "line %u of the list explains nothing: %s\n", lines[i].number, lines[i].names);
			n++;
		}
	return n;
}
