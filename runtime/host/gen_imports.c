/* SPDX-License-Identifier: MIT */
/*
 * imports.tab -> host_imports.h, a C prototype a row, and host_rows.js.  Errors
 * name the table's line and end with status 1.
 *
 *   gen_imports imports.tab > host_imports.h
 *   gen_imports --js imports.tab > host_rows.js
 *
 * In wasm all rows have one signature, eight i32 and an i32 as result: an
 * engine compiles an adapter for each signature that a module imports, before
 * the module can run at all.  A 64-bit parameter is two, the low half first; a
 * 64-bit result is left at an address that follows the parameters.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *table;
static int line;

static void fail(const char *what, const char *word)
{
	fprintf(stderr, "%s:%d: %s: %s\n", table, line, what, word);
	exit(1);
}

static char *trim(char *s)
{
	s += strspn(s, " \t");
	for (char *end = s + strlen(s); end > s && strchr(" \t\n", end[-1]); )
		*--end = 0;
	return s;
}

enum { WORDS = 8, MAX_PARAMS = 8 };

/* How a column type is written in C and passed as i32s. %s is the parameter's name. */
static const struct type { const char *name, *c, *pass; int words; } types[] = {
	{ "ptr", "void *%s", "(int32_t)%s", 1 },
	{ "cptr", "const void *%s", "(int32_t)%s", 1 },
	{ "gva", "uint32_t %s", "(int32_t)%s", 1 },
	{ "h", "int32_t %s", "%s", 1 },
	{ "dir", "int32_t %s", "%s", 1 },
	{ "i32", "int32_t %s", "%s", 1 },
	{ "i64", "int64_t %s", "(int32_t)%s, (int32_t)(%s >> 32)", 2 },
	{ "path", "const char *%s, uint32_t %s_len", "(int32_t)%s, (int32_t)%s_len", 2 },
	{ "-", "void", "", 0 },
};

struct row {
	const char *name;
	const struct type *result;
	int n, words;
	struct { const char *name; const struct type *type; } param[MAX_PARAMS];
};

static const struct type *type_of(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(name, types[i].name))
			return &types[i];
	fail("unknown type", name);
	return NULL;
}

static bool is_wide(const struct type *t) { return !strcmp(t->name, "i64"); }

static void read_row(struct row *r, char *text)
{
	char *save, *name = strtok_r(text, "|", &save), *params = strtok_r(NULL, "|", &save);
	char *result = strtok_r(NULL, "|", &save);

	if (!name || !params || !result)
		fail("want name | parameters | result | meaning", text);
	*r = (struct row){ .name = trim(name), .result = type_of(trim(result)) };
	for (char *p = strtok_r(trim(params), " ", &save); p; p = strtok_r(NULL, " ", &save)) {
		char *colon = strchr(p, ':');
		if (!colon || r->n == MAX_PARAMS)
			fail("want at most 8 of name:type", p);
		*colon = 0;
		r->param[r->n].name = p;
		r->param[r->n].type = type_of(colon + 1);
		r->words += r->param[r->n++].type->words;
	}
	r->words += is_wide(r->result);
	if (r->words > WORDS)
		fail("too many parameters", r->name);
}

static void emit_prototype(const struct row *r)
{
	printf(r->result->c, "");
	printf("%s%s(", r->result->words ? "" : " ", r->name);
	for (int i = 0; i < r->n; i++) {
		fputs(i ? ", " : "", stdout);
		printf(r->param[i].type->c, r->param[i].name, r->param[i].name);
	}
	fputs(r->n ? ")" : "void)", stdout);
}

static void emit_declaration(const struct row *r)
{
	emit_prototype(r);
	puts(";");
}

/* What calls the row's import. */
static void emit_call(const struct row *r)
{
	const char *comma = "";

	printf("HOST_IMPORT(%s)\nstatic inline ", r->name);
	emit_prototype(r);
	printf("\n{\n%s\t%sraw_%s(", is_wide(r->result) ? "\tint64_t result;\n" : "",
	       r->result->words == 1 ? "return " : "", r->name);
	for (int i = 0; i < r->n; i++, comma = ", ") {
		fputs(comma, stdout);
		printf(r->param[i].type->pass, r->param[i].name, r->param[i].name);
	}
	if (is_wide(r->result))
		printf("%s(int32_t)&result", comma);
	for (int i = r->words; i < WORDS; i++, comma = ", ")
		printf("%s0", i ? ", " : "");
	printf(");\n%s}\n", is_wide(r->result) ? "\treturn result;\n" : "");
}

/* The row's adapter, if it has 64-bit numbers: from words to what the host's function takes. */
static void emit_js(const struct row *r)
{
	bool wide = is_wide(r->result);
	int word = 0;

	for (int i = 0; i < r->n; i++)
		wide |= is_wide(r->param[i].type);
	if (!wide)
		return;
	printf("    %s: (row, put) => (a, b, c, d, e, f, g, h) => %srow(", r->name, is_wide(r->result) ? "put(" : "");
	for (int i = 0; i < r->n; i++) {
		fputs(i ? ", " : "", stdout);
		if (is_wide(r->param[i].type))
			printf("wide(%c, %c)", 'a' + word, 'a' + word + 1);
		else
			for (int k = 0; k < r->param[i].type->words; k++)
				printf("%s%c", k ? ", " : "", 'a' + word + k);
		word += r->param[i].type->words;
	}
	if (is_wide(r->result))
		printf("), %c", 'a' + word);
	puts("),");
}

static void each_row(FILE *f, void (*emit)(const struct row *))
{
	char text[1024];

	rewind(f);
	for (line = 1; fgets(text, sizeof(text), f); line++) {
		char *s = trim(text);
		struct row row;
		if (*s && *s != '#') {
			read_row(&row, s);
			emit(&row);
		}
	}
}

int main(int argc, char **argv)
{
	bool js = argc == 3 && !strcmp(argv[1], "--js");
	FILE *f = argc == 2 + js ? fopen(table = argv[argc - 1], "r") : NULL;

	if (!f) {
		fprintf(stderr, "usage: gen_imports [--js] imports.tab\n");
		return 1;
	}
	if (js) {
		puts("// Made from runtime/host/imports.tab: rows with 64-bit numbers, see kernelImports().\n"
		     "const WIDE_ROWS = {");
		each_row(f, emit_js);
		puts("};");
		return 0;
	}
	puts("/* Made from runtime/host/imports.tab, which says what each does. */\n"
	     "#ifndef HOST_IMPORTS_H\n#define HOST_IMPORTS_H\n\n#include <stdint.h>\n\n"
	     "#if defined(__wasm__) && !defined(AW_ONE_MODULE)\n"
	     "#define HOST_IMPORT(name) __attribute__((import_module(\"host\"), import_name(#name))) \\\n"
	     "\tint32_t raw_##name(int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t);\n");
	each_row(f, emit_call);
	puts("\n#else\n");
	each_row(f, emit_declaration);
	puts("\n#endif\n\n#endif");
	return 0;
}
