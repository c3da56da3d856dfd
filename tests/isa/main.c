/* SPDX-License-Identifier: MIT */
/*
 * isa: the host side of the instruction tests (see usage()).
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "isa.h"
#include "lifter/a64/a64.h"

static int usage(void)
{
	fputs("usage: isa generate LIST.tsv PATTERN SEED COUNT > CASES\n"
	      "           random cases; PATTERN is a shell pattern of row names or file:line, '*' for all\n"
	      "       isa run CASES > RESULTS\n"
	      "           by the interpreter, natively\n"
	      "       isa compare CASES WANT GOT [MAX]\n"
	      "           prints a line for each of the first MAX failures of different rows; exits 1 if any\n"
	      "       isa failing CASES WANT GOT > CASES\n"
	      "           the first that failed of each instruction form\n"
	      "       isa without PART CASES > CASES\n"
	      "       isa smaller CASES WITHOUT WANT GOT > CASES\n"
	      "           steps of making them small: part PART of their state zero, if there is one,\n"
	      "           and those of WITHOUT that still fail, else those of CASES\n"
	      "       isa lifted CASES WANT DIR\n"
	      "           writes the cases as a program, DIR/lifted.s\n"
	      "       isa assemble FIXED AS > CASES\n"
	      "       isa check FIXED RESULTS\n"
	      "           lines \"asm; asm | state | state after\" of a file of fixed cases\n", stderr);
	return 2;
}

void *isa_read_file(const char *path, size_t item, uint32_t *count)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	size_t size = (size_t)ftell(f);
	rewind(f);
	void *p = malloc(size + 1);
	*count = (uint32_t)(fread(p, 1, size, f) / item);
	fclose(f);
	return p;
}

static int run(const char *path)
{
	uint32_t n;
	struct isa_case *cases = isa_read_file(path, sizeof *cases, &n);
	struct isa_result *results = calloc(n + 1, sizeof *results);

	isa_native_start();
	isa_run_native(cases, results, n);
	return fwrite(results, sizeof *results, n, stdout) != n;
}

static const char *name_of(const struct isa_case *c)
{
	struct a64_insn in;

	return a64_decode(c->word[0], ISA_CODE, &in) ? a64_descs[in.id].name : "undefined";
}

static int compare(const char *case_path, const char *want_path, const char *got_path, int max)
{
	uint32_t n, nw, ng, failed = 0, shown = 0;
	struct isa_case *cases = isa_read_file(case_path, sizeof *cases, &n);
	struct isa_result *want = isa_read_file(want_path, sizeof *want, &nw);
	struct isa_result *got = isa_read_file(got_path, sizeof *got, &ng);
	const char **seen = calloc((size_t)max + 1, sizeof *seen);

	if (n != nw || n != ng) {
		fprintf(stderr, "isa: %u cases, but %u and %u results\n", n, nw, ng);
		return 1;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (isa_agree(&cases[i], &want[i], &got[i]))
			continue;
		failed++;
		const char *name = name_of(&cases[i]);
		bool again = false;
		for (uint32_t k = 0; k < shown; k++)
			again |= !strcmp(seen[k], name);
		if (again || (int)shown == max)
			continue;
		seen[shown++] = name;
		printf("FAIL %s: ", name);
		isa_difference_print(&want[i], &got[i], stdout);
		printf("  case: ");
		isa_case_print(&cases[i], stdout);
		putchar('\n');
	}
	printf("%u cases, %u failed\n", n, failed);
	return failed != 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "generate") && argc == 6)
		return isa_generate(argv[2], argv[3], (uint32_t)strtoul(argv[4], NULL, 0),
		                    (uint32_t)strtoul(argv[5], NULL, 0), stdout);
	if (!strcmp(what, "features") && argc == 3)
		return isa_features(argv[2]);
	if (!strcmp(what, "run") && argc == 3)
		return run(argv[2]);
	if (!strcmp(what, "compare") && (argc == 5 || argc == 6))
		return compare(argv[2], argv[3], argv[4], argc == 6 ? atoi(argv[5]) : 20);
	if (!strcmp(what, "failing") && argc == 5) {
		uint32_t n, nw, ng;
		struct isa_case *cases = isa_read_file(argv[2], sizeof *cases, &n);
		struct isa_result *want = isa_read_file(argv[3], sizeof *want, &nw);
		struct isa_result *got = isa_read_file(argv[4], sizeof *got, &ng);
		isa_failing(cases, want, got, nw < ng ? nw : ng, stdout);
		return n != nw || n != ng;
	}
	if (!strcmp(what, "without") && argc == 4) {
		uint32_t n;
		struct isa_case *cases = isa_read_file(argv[3], sizeof *cases, &n);
		return isa_without(cases, n, atoi(argv[2]), stdout);
	}
	if (!strcmp(what, "smaller") && argc == 6) {
		uint32_t n, nv, nw, ng;
		struct isa_case *cases = isa_read_file(argv[2], sizeof *cases, &n);
		struct isa_case *without = isa_read_file(argv[3], sizeof *without, &nv);
		struct isa_result *want = isa_read_file(argv[4], sizeof *want, &nw);
		struct isa_result *got = isa_read_file(argv[5], sizeof *got, &ng);
		if (n != nv || n != nw || n != ng)
			return 1;
		isa_smaller(cases, without, want, got, n, stdout);
		return 0;
	}
	if (!strcmp(what, "lifted") && argc == 5) {
		uint32_t n, nw;
		struct isa_case *cases = isa_read_file(argv[2], sizeof *cases, &n);
		struct isa_result *want = isa_read_file(argv[3], sizeof *want, &nw);
		return isa_lifted(cases, want, n < nw ? n : nw, argv[4]);
	}
	if (!strcmp(what, "assemble") && argc == 4)
		return isa_fixed_assemble(argv[2], argv[3], stdout);
	if (!strcmp(what, "check") && argc == 4) {
		uint32_t n;
		struct isa_result *results = isa_read_file(argv[3], sizeof *results, &n);
		return isa_fixed_check(argv[2], results, n);
	}
	return usage();
}
