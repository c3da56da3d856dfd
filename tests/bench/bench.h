/* SPDX-License-Identifier: MIT */
/*
 * The benchmark: what its parts share.
 *
 * main.c reads options and runs rounds; tables.c says which kernels there are
 * and which ways to compile and run them; process.c runs one command; build.c
 * makes programs; report.c prints medians and ratios and writes JSON.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t u64;

enum { WAYS = 7, MAX_KERNELS = 32, MAX_ROUNDS = 64 };
/* Those from FUSED on are of programs with fused multiply-adds, which print something else. */
enum way_id { EMCC, LIFTED, NATIVE, QEMU, INTERPRETED, FUSED, SOFTWARE };

struct kernel {
	const char *name;
	const char *source;  /* in the directory of kernels */
	bool lua;            /* compiled together with upstream's Lua */
	unsigned whole;      /* units of work of a whole run: some 200 ms natively */
	bool fuses;          /* has something to fuse */
};

struct way {
	const char *name;
	const char *compile; /* words with {placeholders}, see build.c */
	const char *lua;     /* more words for the Lua kernel */
	const char *run;
	const char *lift;    /* measured on its own; NULL: nothing to lift */
	const char *wasm;    /* the file whose size counts; NULL: none */
	unsigned steady;     /* repetitions; a JIT needs more to warm up */
	unsigned rounds;     /* at most so many; 0: all (qemu is slow, and only looks on) */
	bool counted;        /* AARCH64_WASM_STATS tells how many instructions ran */
};

extern const struct kernel kernels[];
extern const size_t kernel_count;
extern const struct way ways[WAYS];

struct options {
	const char *tool_emcc, *tool_cc, *tool_lift, *tool_native, *tool_guest, *tool_qemu, *tool_node;
	const char *kernels; /* directory of sources */
	const char *lua;     /* unpacked upstream Lua; NULL: the Lua kernel is left out */
	const char *out;     /* directory for programs */
	const char *json;    /* NULL: none */
	const char *only;    /* comma-separated kernels; NULL: all */
	const char *ways;    /* comma-separated ways; NULL: all */
	unsigned rounds;
	bool minimum;        /* best instead of median: for a busy machine */
};

/* One number a round; NaN in no round: a missing series has count 0. */
struct series {
	double at[MAX_ROUNDS];
	unsigned count;
};

struct result {
	bool built;
	char *output;            /* stdout of a whole run */
	struct series steady, whole, start; /* milliseconds */
	double lift_ms, size;    /* size in bytes; 0 where there is none */
	double insns;            /* a repetition's, where they are counted */
	long lift_kb, start_kb;  /* peak resident memory */
};

extern struct result results[MAX_KERNELS][WAYS];

struct run {
	int status;              /* as wait(2) gives it; -1: did not start */
	double ms;
	long peak_kb;
	char *out, *err;         /* NUL-terminated, owned by the caller */
};

/* Runs argv with stdin from /dev/null; killed after `seconds`. */
void run_command(char *const *argv, unsigned seconds, struct run *run);
void run_free(struct run *run);

/* Words of a template with its placeholders filled in; free with words_free(). */
char **words_make(const struct options *o, const struct kernel *k, const struct way *w, const char *template, ...);
void words_free(char **words);

/* False, with a line on stderr, where the way's program cannot be made. */
bool build_program(const struct options *o, const struct kernel *k, const struct way *w, struct result *r);

double series_value(const struct options *o, const struct series *s);
void report_print(const struct options *o);
bool report_json(const struct options *o);
