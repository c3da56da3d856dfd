/* SPDX-License-Identifier: MIT */
/*
 * imports.tab -> host_imports.h: one C prototype a row, with the wasm import's
 * name.  Errors name the table's line and end with status 1.
 *
 *   gen_imports imports.tab > host_imports.h
 */
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

/* How a column type is written in C. %s is the parameter's name. */
static const struct { const char *type, *c; } types[] = {
	{ "ptr", "void *%s" },
	{ "cptr", "const void *%s" },
	{ "gva", "uint32_t %s" },
	{ "h", "int32_t %s" },
	{ "dir", "int32_t %s" },
	{ "i32", "int32_t %s" },
	{ "i64", "int64_t %s" },
	{ "path", "const char *%s, uint32_t %s_len" },
	{ "-", "void" },
};

static const char *c_type(const char *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(type, types[i].type))
			return types[i].c;
	fail("unknown type", type);
	return NULL;
}

static void emit_row(char *row)
{
	char *save, *name = strtok_r(row, "|", &save), *params = strtok_r(NULL, "|", &save);
	char *result = strtok_r(NULL, "|", &save);

	if (!name || !params || !result)
		fail("want name | parameters | result | meaning", row);
	name = trim(name);
	printf("HOST_IMPORT(%s)\n", name);
	printf(c_type(trim(result)), "");
	printf("%s%s(", strcmp(trim(result), "-") ? "" : " ", name);

	const char *comma = "";
	for (char *p = strtok_r(trim(params), " ", &save); p; p = strtok_r(NULL, " ", &save)) {
		char *colon = strchr(p, ':');
		if (!colon)
			fail("want name:type", p);
		*colon = 0;
		fputs(comma, stdout);
		printf(c_type(colon + 1), p, p);
		comma = ", ";
	}
	puts(*comma ? ");" : "void);");
}

int main(int argc, char **argv)
{
	char row[1024];
	FILE *f = argc == 2 ? fopen(table = argv[1], "r") : NULL;

	if (!f) {
		fprintf(stderr, "usage: gen_imports imports.tab\n");
		return 1;
	}
	puts("/* Made from runtime/host/imports.tab, which says what each does. */\n"
	     "#ifndef HOST_IMPORTS_H\n#define HOST_IMPORTS_H\n\n#include <stdint.h>\n\n"
	     "#ifdef __wasm__\n#define HOST_IMPORT(name) \\\n"
	     "\t__attribute__((import_module(\"host\"), import_name(#name)))\n"
	     "#else\n#define HOST_IMPORT(name)\n#endif\n");
	while (fgets(row, sizeof(row), f)) {
		line++;
		char *s = trim(row);
		if (*s && *s != '#')
			emit_row(s);
	}
	puts("\n#endif");
	return 0;
}
