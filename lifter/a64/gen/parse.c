/* SPDX-License-Identifier: MIT */
/*
 * Reads *.tab files into rows.  What is wrong with one row alone (columns,
 * width, names) is reported here, by file and line; check.c compares rows.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static bool failed;

void row_error(const struct row *r, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%u: error: %s: ", r->tab->path, r->line, r->name ? r->name : "row");
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	failed = true;
}

static char *trim(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	for (char *e = s + strlen(s); e > s && isspace((unsigned char)e[-1]);)
		*--e = 0;
	return s;
}

bool is_field(const struct row *r, const char *name, size_t len, u32 *index)
{
	for (u32 i = 0; i < r->nfields; i++)
		if (strlen(r->fields[i].name) == len && !memcmp(r->fields[i].name, name, len)) {
			*index = i;
			return true;
		}
	return false;
}

bool is_variant(const struct row *r, u32 field)
{
	for (u32 i = 0; i < r->nvariants; i++)
		if (r->variants[i] == field)
			return true;
	return false;
}

static void add_field(struct row *r, const char *name, u32 lo, u32 width)
{
	u32 i;

	if (is_field(r, name, strlen(name), &i))
		row_error(r, "field `%s` stands twice", name);
	if (r->nfields == MAX_FIELDS || strlen(name) >= sizeof r->fields[0].name) {
		row_error(r, "too many fields, or too long a name: `%s`", name);
		return;
	}
	struct field *f = &r->fields[r->nfields++];
	strcpy(f->name, name);
	f->lo = lo;
	f->width = width;
}

static void parse_pattern(struct row *r, char *s)
{
	u32 left = 32;

	for (char *tok = strtok(s, " \t"); tok; tok = strtok(NULL, " \t")) {
		if (strspn(tok, "01x") == strlen(tok)) {
			for (; *tok && left; tok++) {
				left--;
				r->mask |= (u32)(*tok != 'x') << left;
				r->value |= (u32)(*tok == '1') << left;
			}
			if (*tok)
				left = 33;
			continue;
		}
		char *colon = strchr(tok, ':');
		u32 width = colon ? (u32)atoi(colon + 1) : 1;
		if (colon)
			*colon = 0;
		if (!width || width > left || !isalpha((unsigned char)*tok)) {
			row_error(r, "bad pattern item `%s`, %u bits left", tok, left);
			return;
		}
		left -= width;
		add_field(r, tok, left, width);
	}
	if (left)
		row_error(r, "pattern is not 32 bits wide (%d left)", (int)left);
}

static void parse_variants(struct row *r, char *s)
{
	r->ncombos = 1;
	for (char *tok = strtok(s, " \t"); tok; tok = strtok(NULL, " \t")) {
		u32 i;
		if (!strcmp(tok, "-"))
			continue;
		if (!is_field(r, tok, strlen(tok), &i)) {
			row_error(r, "variant `%s` is no field of the pattern", tok);
			continue;
		}
		r->variants[r->nvariants++] = i;
		r->ncombos <<= r->fields[i].width;
	}
	if (r->ncombos > 256)
		row_error(r, "%u variants are too many", r->ncombos);
}

static void parse_flow(struct row *r, const char *s)
{
	static const struct { const char *text, *name; } flows[] = {
		{"-", "A64_NEXT"}, {"b", "A64_B"}, {"bcond", "A64_BCOND"},
		{"bl", "A64_BL"}, {"blr", "A64_BLR"}, {"br", "A64_BR"},
		{"ret", "A64_RET"}, {"svc", "A64_SVC"}, {"trap", "A64_TRAP"},
	};
	for (u32 i = 0; i < sizeof flows / sizeof flows[0]; i++)
		if (!strcmp(s, flows[i].text))
			r->flow = flows[i].name;
	if (!r->flow)
		row_error(r, "unknown flow `%s`", s);
}

/* Does the argument need the word or pc?  Also finds unknown names. */
static bool is_operand(struct row *r, const char *s)
{
	bool operand = false;

	while (*s) {
		if (isdigit((unsigned char)*s)) {
			s += strspn(s, "0123456789abcdefABCDEFxXuUlL");
			continue;
		}
		if (!isalpha((unsigned char)*s) && *s != '_') {
			s++;
			continue;
		}
		const char *name = s;
		while (isalnum((unsigned char)*s) || *s == '_')
			s++;
		size_t len = (size_t)(s - name);
		u32 i;
		bool is_pc = len == 2 && !memcmp(name, "pc", 2);
		bool is_call = s[strspn(s, " \t")] == '(';
		bool is_type = s[strspn(s, " \t")] == ')' && (*name == 's' || *name == 'u') &&
		               isdigit((unsigned char)name[1]);
		if (is_field(r, name, len, &i))
			operand |= !is_variant(r, i);
		else if (is_pc)
			operand = true;
		else if (!is_call && !is_type && !isupper((unsigned char)*name))
			row_error(r, "`%.*s` is no field", (int)len, name);
	}
	return operand;
}

static void add_arg(struct row *r, char *text)
{
	text = trim(text);
	if (r->nargs == MAX_ARGS) {
		row_error(r, "too many arguments");
		return;
	}
	struct arg *a = &r->args[r->nargs++];
	a->text = text;
	a->op = is_operand(r, text) ? (int)r->nops++ : -1;
	if (r->nops > MAX_OPS)
		row_error(r, "more than %d operands", MAX_OPS);
	bool direct = r->flow && (!strcmp(r->flow, "A64_B") || !strcmp(r->flow, "A64_BL") ||
	                          !strcmp(r->flow, "A64_BCOND"));
	if (direct && strstr(text, "pc") && strcmp(text, "pc + 4"))
		r->target_op = a->op;
	a->kind = a->op >= 0 && a->op == r->target_op ? KIND_LINK : kind_of_arg(r, text);
}

static void parse_call(struct row *r, char *s)
{
	char *open = strchr(s, '('), *end = s + strlen(s) - 1;

	if (!open || *end != ')') {
		row_error(r, "semantics must be a call");
		return;
	}
	*open = *end = 0;
	r->function = trim(s);
	int depth = 0;
	char *start = open + 1;
	if (!*trim(start))
		return;
	for (char *p = start;; p++) {
		depth += (*p == '(') - (*p == ')');
		if (*p && (*p != ',' || depth))
			continue;
		bool last = !*p;
		*p = 0;
		add_arg(r, start);
		start = p + 1;
		if (last)
			return;
	}
}

static void parse_row(struct table *t, struct tab *tab, u32 line, char *text)
{
	struct row *r = &t->rows[t->nrows];
	char *col[7];
	u32 n = 0;

	*r = (struct row){.tab = tab, .line = line, .target_op = -1};
	/* `||` inside a constraint is no separator */
	for (char *s = text, *p = text;; p++) {
		if (*p == '|' && p[1] == '|') {
			p++;
			continue;
		}
		if (*p && *p != '|')
			continue;
		bool last = !*p;
		*p = 0;
		if (n < 7)
			col[n] = trim(s);
		n++;
		s = p + 1;
		if (last)
			break;
	}
	if (n != 7) {
		row_error(r, "%u columns, 7 expected", n);
		return;
	}
	r->name = col[0];
	parse_pattern(r, col[1]);
	r->constraint = *col[2] && strcmp(col[2], "-") ? col[2] : NULL;
	parse_variants(r, col[3]);
	parse_flow(r, col[4]);
	r->feature = col[5];
	parse_call(r, col[6]);
	if (++t->nrows == MAX_ROWS)
		row_error(r, "too many rows");
}

static char *stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *s = strdup(slash ? slash + 1 : path);

	char *dot = strrchr(s, '.');
	if (dot)
		*dot = 0;
	return s;
}

bool table_read(struct table *t, const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f || t->ntabs == MAX_TABS) {
		fprintf(stderr, "%s: error: cannot read the table\n", path);
		return false;
	}
	struct tab *tab = &t->tabs[t->ntabs++];
	tab->path = strdup(path);
	tab->stem = stem_of(path);
	char *buf = NULL;
	size_t cap = 0;
	for (u32 line = 1; getline(&buf, &cap, f) >= 0; line++) {
		buf[strcspn(buf, "#\n")] = 0;
		char *s = trim(buf);
		if (!strncmp(s, "%include ", 9) && tab->nincludes < 4)
			tab->includes[tab->nincludes++] = strdup(trim(s + 9));
		else if (!strcmp(s, "%memory"))
			tab->memory = true;
		else if (*s)
			parse_row(t, tab, line, strdup(s));     /* the row's texts are parts of it */
	}
	free(buf);
	fclose(f);
	return !failed;
}
