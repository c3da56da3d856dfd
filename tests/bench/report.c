/* SPDX-License-Identifier: MIT */
/*
 * The results as Markdown tables and as JSON.
 *
 * Speed is relative to the same source compiled straight to wasm (100; more is
 * faster).  The geometric means are over kernels that both ways ran; "empty"
 * has no work and counts for start-up only.
 */
#include "bench.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double series_value(const struct options *o, const struct series *s)
{
	double sorted[MAX_ROUNDS];

	if (!s->count)
		return NAN;
	memcpy(sorted, s->at, s->count * sizeof *sorted);
	qsort(sorted, s->count, sizeof *sorted, compare);
	return o->minimum ? sorted[0] : sorted[s->count / 2];
}

static bool has_work(size_t k)
{
	return strcmp(kernels[k].name, "empty") != 0;
}

static const struct series *pick(size_t k, int w, bool whole)
{
	return whole ? &results[k][w].whole : &results[k][w].steady;
}

static double speed(const struct options *o, size_t k, int w, bool whole)
{
	return 100 * series_value(o, pick(k, EMCC, whole)) / series_value(o, pick(k, w, whole));
}

static double mean_speed(const struct options *o, int w, bool whole)
{
	double sum = 0;
	int count = 0;

	for (size_t k = 0; k < kernel_count; k++) {
		double s = speed(o, k, w, whole);

		if (has_work(k) && !isnan(s)) {
			sum += log(s);
			count++;
		}
	}
	return count ? exp(sum / count) : NAN;
}

static void cell(double value, int digits)
{
	if (isnan(value))
		printf(" - |");
	else
		printf(" %.*f |", digits, value);
}

static void print_speed(const struct options *o, bool whole)
{
	printf("%s, ms (speed, straight to wasm = 100)\n\n| kernel |", whole ? "Whole run from the shell" : "Steady state");
	for (int w = 0; w < FUSED; w++)
		printf(" %s |", ways[w].name);
	for (int w = LIFTED; w < FUSED; w++)
		printf(" %s |", ways[w].name);
	printf("\n|---|");
	for (int i = 0; i < 2 * FUSED - 1; i++)
		printf("---:|");
	printf("\n");
	for (size_t k = 0; k < kernel_count; k++) {
		bool any = false;

		for (int w = 0; w < FUSED; w++)
			any = any || pick(k, w, whole)->count;
		if (!any || !has_work(k))
			continue;
		printf("| %s |", kernels[k].name);
		for (int w = 0; w < FUSED; w++)
			cell(series_value(o, pick(k, w, whole)), whole ? 0 : 2);
		for (int w = LIFTED; w < FUSED; w++)
			cell(speed(o, k, w, whole), 0);
		printf("\n");
	}
	printf("| **geometric mean** |");
	for (int w = 0; w < FUSED; w++)
		printf(" |");
	for (int w = LIFTED; w < FUSED; w++)
		cell(mean_speed(o, w, whole), 1);
	printf("\n\n");
}

/* What `fused` and `software` are measured by is the program that rounds twice. */
static void print_fused(const struct options *o)
{
	printf("Built with -ffp-contract=fast, steady state: speed, straight to wasm = 100\n\n"
	       "| kernel | lifted, not fused | fused, relaxed SIMD | fused, software |\n|---|---:|---:|---:|\n");
	for (size_t k = 0; k < kernel_count; k++) {
		if (!kernels[k].fuses)
			continue;
		printf("| %s |", kernels[k].name);
		cell(speed(o, k, LIFTED, false), 0);
		cell(speed(o, k, FUSED, false), 0);
		cell(speed(o, k, SOFTWARE, false), 0);
		printf("\n");
	}
	printf("\n");
}

static void print_costs(const struct options *o)
{
	printf("Start-up (a run without work), size, lift\n\n| kernel |");
	for (int w = 0; w < FUSED; w++)
		printf(" %s ms |", ways[w].name);
	printf(" emcc MB | lifted MB | emcc wasm kB | lifted wasm kB | lift ms | lift MB |\n|---|");
	for (int i = 0; i < FUSED + 6; i++)
		printf("---:|");
	printf("\n");
	for (size_t k = 0; k < kernel_count; k++) {
		const struct result *r = results[k];
		bool any = false;

		for (int w = 0; w < FUSED; w++)
			any = any || r[w].start.count;
		if (!any)
			continue;
		printf("| %s |", kernels[k].name);
		for (int w = 0; w < FUSED; w++)
			cell(series_value(o, &r[w].start), 0);
		cell(r[EMCC].start_kb ? r[EMCC].start_kb / 1024.0 : NAN, 0);
		cell(r[LIFTED].start_kb ? r[LIFTED].start_kb / 1024.0 : NAN, 0);
		cell(r[EMCC].size ? r[EMCC].size / 1e3 : NAN, 1);
		cell(r[LIFTED].size ? r[LIFTED].size / 1e3 : NAN, 1);
		cell(r[LIFTED].lift_ms ? r[LIFTED].lift_ms : NAN, 0);
		cell(r[LIFTED].lift_kb ? r[LIFTED].lift_kb / 1024.0 : NAN, 0);
		printf("\n");
	}
}

/* Millions of guest instructions a second. */
static void print_insns(const struct options *o)
{
	printf("Interpreter, steady state\n\n| kernel | M instructions | M instructions/s |\n|---|---:|---:|\n");
	for (size_t k = 0; k < kernel_count; k++) {
		const struct result *r = &results[k][INTERPRETED];

		if (!r->insns || !has_work(k))
			continue;
		printf("| %s |", kernels[k].name);
		cell(r->insns / 1e6, 1);
		cell(r->insns / series_value(o, &r->steady) / 1e3, 0);
		printf("\n");
	}
	printf("\n");
}

void report_print(const struct options *o)
{
	print_speed(o, false);
	print_speed(o, true);
	print_fused(o);
	print_insns(o);
	print_costs(o);
}

static void json_series(FILE *f, const char *name, const struct series *s)
{
	fprintf(f, "\"%s\": [", name);
	for (unsigned i = 0; i < s->count; i++)
		fprintf(f, "%s%.4f", i ? ", " : "", s->at[i]);
	fprintf(f, "], ");
}

static void json_mean(FILE *f, double value, const char *after)
{
	if (isnan(value))
		fprintf(f, "null%s", after);
	else
		fprintf(f, "%.1f%s", value, after);
}

bool report_json(const struct options *o)
{
	FILE *f = fopen(o->json, "w");
	const char *comma = "";

	if (!f)
		return false;
	fprintf(f, "{\n\"unit\": \"ms\", \"rounds\": %u,\n\"kernels\": [", o->rounds);
	for (size_t k = 0; k < kernel_count; k++) {
		for (int w = 0; w < WAYS; w++) {
			const struct result *r = &results[k][w];

			if (!r->steady.count)
				continue;
			fprintf(f, "%s\n{\"kernel\": \"%s\", \"way\": \"%s\", ", comma, kernels[k].name, ways[w].name);
			comma = ",";
			json_series(f, "steady", &r->steady);
			json_series(f, "whole", &r->whole);
			json_series(f, "start", &r->start);
			if (r->insns)
				fprintf(f, "\"insns\": %.0f, ", r->insns);
			fprintf(f, "\"lift\": %.1f, \"lift_kb\": %ld, \"wasm_bytes\": %.0f, \"start_kb\": %ld}",
				r->lift_ms, r->lift_kb, r->size, r->start_kb);
		}
	}
	fprintf(f, "\n],\n\"speed\": {");
	for (int w = LIFTED; w < WAYS; w++) {
		fprintf(f, "%s\"%s\": {\"steady\": ", w > LIFTED ? ", " : "", ways[w].name);
		json_mean(f, mean_speed(o, w, false), ", \"whole\": ");
		json_mean(f, mean_speed(o, w, true), "}");
	}
	fprintf(f, "}\n}\n");
	return fclose(f) == 0;
}
