/* SPDX-License-Identifier: MIT */
/*
 * Makes a kernel's program in one way, from the way's templates.
 *
 * A template is words; {emcc} {cc} {lift} {native} {guest} {qemu} {node} stand
 * for the tools' commands (which may be several words), {source} for the
 * kernel's source files and include flags, {program} for the output's path
 * without suffix.
 */
#define _GNU_SOURCE
#include "bench.h"
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

struct words {
	char **at;
	size_t count;
};

static void words_push(struct words *w, char *word)
{
	w->at = realloc(w->at, (w->count + 2) * sizeof *w->at);
	w->at[w->count++] = word;
	w->at[w->count] = NULL;
}

static void words_split(struct words *w, const char *text)
{
	while (*(text += strspn(text, " "))) {
		size_t n = strcspn(text, " ");

		words_push(w, strndup(text, n));
		text += n;
	}
}

static void push_sources(struct words *w, const struct options *o, const struct kernel *k)
{
	char *text;

	asprintf(&text, "%s/%s", o->kernels, k->source);
	words_push(w, text);
	if (!k->lua)
		return;
	asprintf(&text, "-I%s/src", o->lua);
	words_push(w, text);

	glob_t found = { 0 };
	asprintf(&text, "%s/src/l*.c", o->lua);
	glob(text, 0, NULL, &found);
	free(text);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *leaf = strrchr(found.gl_pathv[i], '/') + 1;

		/* the programs' own main() */
		if (strcmp(leaf, "lua.c") && strcmp(leaf, "luac.c"))
			words_push(w, strdup(found.gl_pathv[i]));
	}
	globfree(&found);
}

static const char *tool_command(const struct options *o, const char *name, size_t n)
{
	const struct { const char *name, *command; } tools[] = {
		{ "cc", o->tool_cc },       { "emcc", o->tool_emcc }, { "guest", o->tool_guest },
		{ "lift", o->tool_lift },   { "native", o->tool_native }, { "node", o->tool_node },
		{ "qemu", o->tool_qemu },
	};

	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
		if (strlen(tools[i].name) == n && !memcmp(tools[i].name, name, n))
			return tools[i].command;
	return NULL;
}

static void push_word(struct words *out, const struct options *o, const struct kernel *k, const struct way *w,
		      const char *word)
{
	const char *program = strstr(word, "{program}");
	size_t n = strlen(word);
	char *text;

	if (program) {
		asprintf(&text, "%.*s%s/%s.%s%s", (int)(program - word), word, o->out, k->name, w->name,
			 program + strlen("{program}"));
		words_push(out, text);
	} else if (!strcmp(word, "{source}")) {
		push_sources(out, o, k);
	} else if (word[0] == '{') {
		words_split(out, tool_command(o, word + 1, n - 2));
	} else {
		words_push(out, strdup(word));
	}
}

char **words_make(const struct options *o, const struct kernel *k, const struct way *w, const char *template, ...)
{
	struct words in = { 0 }, out = { 0 };
	va_list more;

	va_start(more, template);
	for (const char *t = template; t; t = va_arg(more, const char *))
		words_split(&in, t);
	va_end(more);
	for (size_t i = 0; i < in.count; i++)
		push_word(&out, o, k, w, in.at[i]);
	words_free(in.at);
	return out.at;
}

void words_free(char **words)
{
	for (char **w = words; *w; w++)
		free(*w);
	free(words);
}

/* Runs a step of the build and takes its words. */
static bool step(const struct kernel *k, const struct way *w, char **words, double *ms, long *peak_kb)
{
	struct run run;

	run_command(words, 600, &run);
	words_free(words);
	if (run.status)
		fprintf(stderr, "bench: %s, %s: does not build (status %d)\n%s", k->name, w->name, run.status, run.err);
	if (ms)
		*ms = run.ms;
	if (peak_kb)
		*peak_kb = run.peak_kb;

	bool ok = run.status == 0;
	run_free(&run);
	return ok;
}

bool build_program(const struct options *o, const struct kernel *k, const struct way *w, struct result *r)
{
	const char *lua = k->lua ? w->lua : "";

	if (!step(k, w, words_make(o, k, w, w->compile, lua, NULL), NULL, NULL))
		return false;
	if (w->lift) {
		const char *to_elf = "-o {program}.elf"; /* the last -o counts */

		if (!step(k, w, words_make(o, k, w, w->compile, lua, to_elf, NULL), NULL, NULL) ||
		    !step(k, w, words_make(o, k, w, w->lift, NULL), &r->lift_ms, &r->lift_kb))
			return false;
	}
	if (w->wasm) {
		char **file = words_make(o, k, w, w->wasm, NULL);
		struct stat st;

		if (stat(file[0], &st) == 0)
			r->size = st.st_size;
		words_free(file);
	}
	return true;
}
