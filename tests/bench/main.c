/* SPDX-License-Identifier: MIT */
/*
 * The benchmark's main(): options, then rounds in which the ways alternate, so
 * that whatever else the machine does falls on all of them alike.
 */
#define _GNU_SOURCE
#include "bench.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct result results[MAX_KERNELS][WAYS];

static const char usage[] =
	"usage: aw-bench [option ...]\n"
	"Compares the same kernels compiled straight to wasm, lifted, interpreted, native and under qemu.\n"
	"  --kernels DIR  sources                  --out DIR    where programs go\n"
	"  --lua DIR      upstream Lua, unpacked   --json FILE  results for machines\n"
	"  --only A,B     kernels to run           --ways A,B   of emcc,lifted,native,qemu,interpreted,\n"
	"                                                      fused,software\n"
	"  --rounds N     (5)                      --min        best instead of median\n"
	"  --emcc --cc --lift --native --guest --qemu --node CMD    the tools\n";

static const struct option long_options[] = {
	{ "emcc", 1, NULL, 'e' },  { "cc", 1, NULL, 'c' },      { "lift", 1, NULL, 'l' },  { "native", 1, NULL, 'n' },
	{ "guest", 1, NULL, 'g' }, { "qemu", 1, NULL, 'q' },    { "node", 1, NULL, 'j' },  { "kernels", 1, NULL, 'k' },
	{ "lua", 1, NULL, 'u' },   { "out", 1, NULL, 'o' },     { "json", 1, NULL, 's' },  { "only", 1, NULL, 'y' },
	{ "ways", 1, NULL, 'w' },  { "rounds", 1, NULL, 'r' },  { "min", 0, NULL, 'm' },   { "help", 0, NULL, 'h' },
	{ 0 },
};

static void parse(int argc, char **argv, struct options *o)
{
	for (int c; (c = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
		switch (c) {
		case 'e': o->tool_emcc = optarg; break;
		case 'c': o->tool_cc = optarg; break;
		case 'l': o->tool_lift = optarg; break;
		case 'n': o->tool_native = optarg; break;
		case 'g': o->tool_guest = optarg; break;
		case 'q': o->tool_qemu = optarg; break;
		case 'j': o->tool_node = optarg; break;
		case 'k': o->kernels = optarg; break;
		case 'u': o->lua = optarg; break;
		case 'o': o->out = optarg; break;
		case 's': o->json = optarg; break;
		case 'y': o->only = optarg; break;
		case 'w': o->ways = optarg; break;
		case 'r': o->rounds = strtoul(optarg, NULL, 0); break;
		case 'm': o->minimum = true; break;
		case 'h': fputs(usage, stdout); exit(0);
		default: fputs(usage, stderr); exit(1);
		}
	}
	if (optind < argc || o->rounds < 1 || o->rounds > MAX_ROUNDS) {
		fputs(usage, stderr);
		exit(1);
	}
}

/* Is `name` in the comma-separated list?  No list is all. */
static bool listed(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = list; p && *p; p += strcspn(p, ",") + (p[strcspn(p, ",")] == ','))
		if (!strncmp(p, name, n) && (p[n] == ',' || !p[n]))
			return true;
	return !list;
}

/* One line that is written over, on a terminal only. */
static void progress(const char *format, ...)
{
	va_list args;

	if (!isatty(2))
		return;
	va_start(args, format);
	fputs("\r\033[K", stderr);
	vfprintf(stderr, format, args);
	va_end(args);
}

static void push(struct series *s, double value)
{
	s->at[s->count++] = value;
}

/* One run of a program; false, with a line on stderr, if it fails. */
static bool run_program(const struct options *o, const struct kernel *k, const struct way *w, unsigned reps,
			unsigned units, struct run *run)
{
	char args[64];
	int n = snprintf(args, sizeof args, "%u", reps);

	if (units)
		snprintf(args + n, sizeof args - n, " %u", units);
	char **words = words_make(o, k, w, w->run, args, NULL);
	run_command(words, 120, run);
	words_free(words);
	if (run->status == 0)
		return true;
	fprintf(stderr, "bench: %s, %s: wait status %#x\n%s", k->name, w->name, run->status, run->err);
	run_free(run);
	return false;
}

/* Instructions of one repetition: two runs' difference. */
static bool count_insns(const struct options *o, const struct kernel *k, const struct way *w, struct result *r)
{
	double insns[2];
	bool ok = true;

	setenv("AARCH64_WASM_STATS", "1", 1);
	for (unsigned i = 0; i < 2 && ok; i++) {
		struct run run;

		ok = run_program(o, k, w, i + 1, 0, &run);
		if (!ok)
			break;
		const char *line = strstr(run.err, "aarch64-wasm: ");
		ok = line && sscanf(line, "aarch64-wasm: %lf instructions", &insns[i]) == 1;
		run_free(&run);
	}
	unsetenv("AARCH64_WASM_STATS");
	if (ok)
		r->insns = insns[1] - insns[0];
	return ok;
}

static bool measure(const struct options *o, const struct kernel *k, const struct way *w, struct result *r)
{
	struct run run;
	double median;

	if (w->counted && !r->insns && !count_insns(o, k, w, r))
		return false;
	if (!run_program(o, k, w, w->steady, 0, &run))
		return false;
	if (sscanf(run.err, "steady %lf", &median) == 1)
		push(&r->steady, median / 1e6);
	run_free(&run);
	if (!w->counted) {          /* interpreted, 200 ms natively are half a minute */
		if (!run_program(o, k, w, 1, k->whole, &run))
			return false;
		push(&r->whole, run.ms);
		free(r->output);
		r->output = strdup(run.out);
		run_free(&run);
	}
	if (!run_program(o, k, w, 0, 0, &run))
		return false;
	push(&r->start, run.ms);
	r->start_kb = run.peak_kb;
	run_free(&run);
	return true;
}

/* Of ways that must agree.  Native says what is right; without it, the first that ran. */
static bool outputs_equal(size_t k, int first, int end)
{
	const char *right = first <= NATIVE && NATIVE < end ? results[k][NATIVE].output : NULL;
	bool equal = true;

	for (int w = first; w < end; w++) {
		const char *output = results[k][w].output;

		right = right ? right : output;
		if (output && strcmp(output, right)) {
			fprintf(stderr, "bench: %s: outputs differ: %s says %sshould be %s", kernels[k].name,
				ways[w].name, output, right);
			equal = false;
		}
	}
	return equal;
}

int main(int argc, char **argv)
{
	struct options o = {
		.tool_emcc = "emcc", .tool_cc = "aarch64-wasm-cc", .tool_lift = "lift", .tool_native = "gcc",
		.tool_guest = "aarch64-linux-gnu-gcc", .tool_qemu = "qemu-aarch64-static", .tool_node = "node",
		.kernels = "kernels", .out = "programs", .rounds = 5,
	};
	bool ok = true;

	parse(argc, argv, &o);
	unsetenv("NODE_EXTRA_CA_CERTS");        /* costs node 50 ms; our stub does not hand it on */
	mkdir(o.out, 0777);
	for (size_t k = 0; k < kernel_count; k++) {
		if (!listed(o.only, kernels[k].name) || (kernels[k].lua && !o.lua))
			continue;
		for (int w = 0; w < WAYS; w++) {
			if (!listed(o.ways, ways[w].name) || (w >= FUSED && !kernels[k].fuses))
				continue;
			progress("building %s, %s", kernels[k].name, ways[w].name);
			results[k][w].built = build_program(&o, &kernels[k], &ways[w], &results[k][w]);
			ok = ok && results[k][w].built;
		}
	}
	for (unsigned round = 0; round < o.rounds; round++) {
		for (size_t k = 0; k < kernel_count; k++) {
			for (int w = 0; w < WAYS; w++) {
				struct result *r = &results[k][w];

				if (!r->built || (ways[w].rounds && round >= ways[w].rounds))
					continue;
				progress("round %u of %u: %s, %s", round + 1, o.rounds, kernels[k].name, ways[w].name);
				r->built = measure(&o, &kernels[k], &ways[w], r);
				ok = ok && r->built;
			}
		}
	}
	progress("");
	for (size_t k = 0; k < kernel_count; k++)
		ok = outputs_equal(k, EMCC, FUSED) && outputs_equal(k, FUSED, WAYS) && ok;
	report_print(&o);
	if (o.json && !report_json(&o)) {
		perror(o.json);
		ok = false;
	}
	return !ok;
}
