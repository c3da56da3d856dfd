/* SPDX-License-Identifier: MIT */
/*
 * a64gen OUTDIR FILE.tab... FILE.hot: writes a64_decode.c, a64_descs.c, a64_codes.c,
 * a64_hot.h, a64_list.tsv, a64.md, and for each FILE exec_FILE.c and templates_FILE.c.  Exits 1 after naming every problem.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static FILE *create(const char *dir, const char *prefix, const char *stem, const char *suffix)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s%s%s", dir, prefix, stem, suffix);
	FILE *f = fopen(path, "w");
	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

static void finish(FILE *f)
{
	if (ferror(f) | fclose(f)) {
		perror("a64gen");
		exit(1);
	}
}

static bool is_hot_list(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && !strcmp(dot, ".hot");
}

int main(int argc, char **argv)
{
	static struct table t;
	FILE *f;
	bool ok = true;

	if (argc < 3) {
		fputs("usage: a64gen OUTDIR FILE.tab... FILE.hot\n", stderr);
		return 1;
	}
	t.rows = calloc(MAX_ROWS + 1, sizeof *t.rows);
	for (int i = 2; i < argc; i++)
		if (!is_hot_list(argv[i]))
			ok &= table_read(&t, argv[i]);
	if (!ok || !table_check(&t))
		return 1;
	for (int i = 2; i < argc; i++)
		if (is_hot_list(argv[i]))
			ok &= hot_read(&t, argv[i]);
	if (!ok)
		return 1;
	const char *dir = argv[1];
	emit_decode(&t, f = create(dir, "", "a64_decode", ".c"));
	finish(f);
	emit_descs(&t, f = create(dir, "", "a64_descs", ".c"));
	finish(f);
	emit_codes(&t, f = create(dir, "", "a64_codes", ".c"));
	finish(f);
	emit_hot(&t, f = create(dir, "", "a64_hot", ".h"));
	finish(f);
	emit_list(&t, f = create(dir, "", "a64_list", ".tsv"));
	finish(f);
	ok = emit_docs(&t, f = create(dir, "", "a64", ".md"));
	finish(f);
	for (u32 i = 0; i < t.ntabs; i++) {
		emit_exec(&t, &t.tabs[i], f = create(dir, "exec_", t.tabs[i].stem, ".c"));
		finish(f);
		emit_templates(&t, &t.tabs[i], f = create(dir, "templates_", t.tabs[i].stem, ".c"));
		finish(f);
	}
	return !ok;
}
