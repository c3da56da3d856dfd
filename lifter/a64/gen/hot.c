/* SPDX-License-Identifier: MIT */
/*
 * The instructions that the interpreter's loop has inline: reads their list and
 * writes them as a header, and the tables by id of all others.
 *
 * Line of the list: the row's name, then values of variants (`sf=1`) where not
 * all combinations are meant.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static bool fail(const char *path, u32 line, const char *what, const char *text)
{
	fprintf(stderr, "%s:%u: error: %s `%s`\n", path, line, what, text);
	return false;
}

/* Drops the combinations where `item`, "field=value", does not hold. */
static bool restrict_to(const struct row *r, char *item, bool *chosen)
{
	char *equals = strchr(item, '=');
	u32 variant = 0;

	if (!equals)
		return false;
	*equals = 0;
	while (variant < r->nvariants && strcmp(r->fields[r->variants[variant]].name, item))
		variant++;
	if (variant == r->nvariants)
		return false;
	u32 value = (u32)strtoul(equals + 1, NULL, 0);
	for (u32 c = 0; c < r->ncombos; c++)
		chosen[c] &= combo_value(r, c, variant) == value;
	return true;
}

static bool read_line(struct table *t, const char *path, u32 line, char *text)
{
	char *name = strtok(text, " \t\n");
	bool any = false;

	if (!name)
		return true;
	struct row *r = t->rows;
	while (r < t->rows + t->nrows && strcmp(r->name, name))
		r++;
	if (r == t->rows + t->nrows)
		return fail(path, line, "no row is called", name);
	bool *chosen = malloc(r->ncombos * sizeof *chosen);
	memset(chosen, true, r->ncombos * sizeof *chosen);
	for (char *item; (item = strtok(NULL, " \t\n"));)
		if (!restrict_to(r, item, chosen))
			return fail(path, line, "not a variant and its value:", item);
	for (u32 c = 0; c < r->ncombos; c++) {
		r->hot[c] |= chosen[c] && r->ids[c] >= 0;
		any |= r->hot[c];
	}
	free(chosen);
	return any || fail(path, line, "no such variant of", name);
}

bool hot_read(struct table *t, const char *path)
{
	char buf[256];
	bool ok = true;
	FILE *f = fopen(path, "r");

	if (!f) {
		perror(path);
		return false;
	}
	for (u32 line = 1; fgets(buf, sizeof buf, f); line++) {
		buf[strcspn(buf, "#")] = 0;
		ok &= read_line(t, path, line, buf);
	}
	fclose(f);
	return ok;
}

typedef void visit_fn(const struct row *r, u32 combo, u32 number, FILE *f);

/* Every id in order; `number` counts the hot ones. */
static u32 each_id(const struct table *t, visit_fn *hot, visit_fn *cold, FILE *f)
{
	u32 number = 0;

	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; c < r->ncombos; c++) {
			if (r->ids[c] < 0)
				continue;
			if (!r->hot[c])
				cold(r, c, number, f);
			else
				hot(r, c, number++, f);
		}
	}
	return number;
}

static void nothing(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)r, (void)combo, (void)number, (void)f;
}

static void hot_function(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)number;
	emit_exec_function(r, combo, "PURE ", f);
}

static void hot_case(const struct row *r, u32 combo, u32 number, FILE *f)
{
	const char *kind = strcmp(r->flow, "A64_NEXT") ? "BRANCH" : "PLAIN";

	fprintf(f, " \\\n\t%s(%u, a64_exec_%d)", kind, number, r->ids[combo]);
}

static bool has_hot_row(const struct table *t, const struct tab *tab)
{
	for (u32 i = 0; i < t->nrows; i++)
		for (u32 c = 0; t->rows[i].tab == tab && c < t->rows[i].ncombos; c++)
			if (t->rows[i].hot[c])
				return true;
	return false;
}

static void declare(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)number;
	fprintf(f, "a64_exec_fn a64_exec_%d;\n", r->ids[combo]);
}

static void hot_exec(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)r, (void)combo, (void)number;
	fputs("\t0,\n", f);
}

static void cold_exec(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)number;
	fprintf(f, "\ta64_exec_%d,\n", r->ids[combo]);
}

static void hot_code(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)r, (void)combo;
	fprintf(f, "\t%u,\n", number);
}

static void cold_code(const struct row *r, u32 combo, u32 number, FILE *f)
{
	(void)number;
	fprintf(f, "\tCODE_COLD + %d,\n", r->ids[combo]);
}

void emit_hot(const struct table *t, FILE *f)
{
	fputs("/* generated from the tables of lifter/a64; do not edit */\n"
	      "#include \"a64.h\"\n#include \"operands.h\"\n#include \"sem/holes.h\"\n", f);
	for (u32 i = 0; i < t->ntabs; i++)
		for (u32 k = 0; has_hot_row(t, &t->tabs[i]) && k < t->tabs[i].nincludes; k++)
			fprintf(f, "#include \"%s\"\n", t->tabs[i].includes[k]);
	fputs("#include \"../../runtime/cpu/threaded.h\"\n\n", f);
	each_id(t, hot_function, nothing, f);
	fputs("#define A64_HOT_CASES(PLAIN, BRANCH)", f);
	each_id(t, hot_case, nothing, f);
	fputs("\n\n", f);
	each_id(t, nothing, declare, f);
	fputs("static a64_exec_fn *const a64_exec[] = {\n", f);
	each_id(t, hot_exec, cold_exec, f);
	fputs("};\n", f);
}

void emit_codes(const struct table *t, FILE *f)
{
	fputs("/* generated from the tables of lifter/a64; do not edit */\n"
	      "#include \"a64.h\"\n#include \"../../runtime/cpu/threaded.h\"\n\n"
	      "const u16 a64_code[] = {\n", f);
	each_id(t, hot_code, cold_code, f);
	fputs("};\n", f);
}
