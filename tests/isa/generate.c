/* SPDX-License-Identifier: MIT */
/*
 * Random cases drawn from the instruction table (a64_list.tsv): every row in
 * turn, its fields random with a liking for edges, registers and memory
 * likewise.
 *
 * Left out: what depends on the machine (identification registers, counters,
 * caches), system calls, and operands for which the Arm ARM allows several
 * behaviours.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "isa.h"
#include "lifter/a64/a64.h"

enum { MAX_FIELDS = 16, MAX_ROWS = 4096, WINDOWS = 256 };

struct row {
	char name[40], where[40];
	uint32_t mask, value;
	uint32_t nfields;
	struct { char name[24]; uint32_t lo, width; } fields[MAX_FIELDS];
};

enum {
	FPCR_FIELDS = 0x07c80000,  /* AHP, DN, FZ, RMode, FZ16 */
	FPSR_FIELDS = 0x0800009f,
	FPSR_IXC = 16,
};

static const char *const left_out[] = {
	"svc", "hlt", "mrs_tpidr*", "msr_tpidr*", "mrs_ctr", "mrs_dczid", "mrs_cnt*", "mrs_midr",
	"mrs_id", "dc_c*", "ic_*",
	/* qemu's keys are on: later.cases has what does not depend on them */
	"bra*", "blra*", "reta", "pac*", "ldra*",
};

static uint64_t state;

static uint64_t rnd(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1du;
}

static uint32_t below(uint32_t n)
{
	return (uint32_t)((rnd() >> 32) * n >> 32);
}

static bool is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
		if (!fnmatch(left_out[i], name, 0))
			return true;
	return false;
}

/* One line of the list; false if it is no row we want. */
static bool parse_row(char *line, const char *pattern, struct row *r)
{
	char *col[9];

	for (int i = 0; i < 9; i++)
		if (!(col[i] = strsep(&line, "\t\n")))
			return false;
	if (!strcmp(col[0], "name") || is_left_out(col[0]))
		return false;
	if (fnmatch(pattern, col[0], 0) && fnmatch(pattern, col[8], 0))
		return false;
	*r = (struct row){.mask = (uint32_t)strtoul(col[1], NULL, 16),
	                  .value = (uint32_t)strtoul(col[2], NULL, 16)};
	snprintf(r->name, sizeof r->name, "%s", col[0]);
	snprintf(r->where, sizeof r->where, "%s", col[8]);
	for (char *f = strtok(col[3], " "); f; f = strtok(NULL, " ")) {
		sscanf(f, "%23[^:]:%u:%u", r->fields[r->nfields].name, &r->fields[r->nfields].lo,
		       &r->fields[r->nfields].width);
		r->nfields++;
	}
	return true;
}

static uint32_t field(const struct row *r, uint32_t word, const char *name)
{
	for (uint32_t i = 0; i < r->nfields; i++)
		if (!strcmp(r->fields[i].name, name))
			return word >> r->fields[i].lo & ((1u << r->fields[i].width) - 1);
	return 32;
}

static uint32_t random_field(uint32_t width)
{
	uint32_t all = (uint32_t)((1ull << width) - 1);

	switch (width > 2 ? below(10) : 9) {
	case 0: return 0;
	case 1: return all;
	case 2: return 1u << below(width);
	case 3: return below(4);
	}
	return (uint32_t)rnd() & all;
}

/* A branch to itself would not end; one to another case's words would run them. */
static bool is_astray(const struct a64_insn *in)
{
	int op = a64_descs[in->id].target_op;

	return op >= 0 && (in->op[op] - ISA_CODE) % ISA_SLOT == 0;
}

/* Without LSE2, as qemu 7.2 is, these fault where they are not aligned; ours do not.
 * (Atomics across 16 bytes fault in both.) */
static bool wants_alignment(const struct row *r)
{
	return !strcmp(r->name, "ldar") || !strncmp(r->name, "ldap", 4) || !strcmp(r->name, "stlr") ||
	       !strcmp(r->name, "stlur");
}

/* Loads and stores that name one register twice may do several things. */
static bool is_unpredictable(const struct row *r, uint32_t word)
{
	static const char *const names[] = {"rt", "rt2", "rn", "rs", "rm"};
	bool memory = !strncmp(r->where, "ldst:", 5) || !strncmp(r->where, "atomic:", 7);
	bool vector = !strncmp(r->where, "ldst_simd:", 10);

	if (wants_alignment(r) && field(r, word, "imm") % 16 && field(r, word, "imm") != 32)
		return true;
	if (vector)
		return field(r, word, "rt2") == field(r, word, "rt") && field(r, word, "rt2") < 32;
	for (int i = 0; memory && i < 5; i++)
		for (int k = 0; k < i; k++) {
			uint32_t a = field(r, word, names[i]), b = field(r, word, names[k]);
			if (a == b && a != 32)
				return true;
		}
	return false;
}

static bool random_word(const struct row *r, uint32_t *word)
{
	struct a64_insn in;

	for (int tries = 0; tries < 200; tries++) {
		uint32_t w = r->value | ((uint32_t)rnd() & ~r->mask);
		for (uint32_t i = 0; i < r->nfields; i++) {
			uint32_t lo = r->fields[i].lo, width = r->fields[i].width;
			w &= ~(uint32_t)(((1ull << width) - 1) << lo);
			w |= random_field(width) << lo;
		}
		if (a64_decode(w, ISA_CODE, &in) && !strcmp(a64_descs[in.id].name, r->name) &&
		    !is_astray(&in) && !is_unpredictable(r, w)) {
			*word = w;
			return true;
		}
	}
	return false;
}

static const uint64_t edges[] = {
	0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
	0x100000000, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffff80000000, ~(uint64_t)0,
	~(uint64_t)1,
};

/* Mostly inside the window with room for a structure, sometimes at its ends. */
static uint64_t random_pointer(void)
{
	switch (below(16)) {
	case 0: return ISA_WINDOW - 8 + below(16);
	case 1: return ISA_WINDOW + ISA_WINDOW_SIZE - 16 + below(32);
	case 2: return (ISA_WINDOW + below(ISA_WINDOW_SIZE)) | rnd() << 56;
	case 3: case 4: case 5: return ISA_WINDOW + below(ISA_WINDOW_SIZE);
	}
	return ISA_WINDOW + 1024 + below(128) * 16;
}

static uint64_t random_value(void)
{
	switch (below(8)) {
	case 0: case 1: return edges[below(sizeof edges / sizeof edges[0])];
	case 2: return below(256);
	case 3: return -(uint64_t)below(256);
	case 4: return (uint32_t)rnd();
	}
	return rnd();
}

/* Floating-point bits of every kind: zeros, subnormals, infinities, NaNs, near ones. */
static uint64_t random_double(void)
{
	static const uint64_t special[] = {
		0, 1, 0x000fffffffffffff, 0x0010000000000000, 0x3ff0000000000000, 0x7fefffffffffffff,
		0x7ff0000000000000, 0x7ff8000000000000, 0x7ff0000000000001, 0x7ffc00000000beef,
		0x43e0000000000000, 0x41e0000000000000, 0x3fe0000000000000, 0x4330000000000001,
		0x40dfffc000000000, 0x4000000000000000,
	};
	uint64_t sign = rnd() & (uint64_t)1 << 63;

	switch (below(4)) {
	case 0: return sign | special[below(16)];
	case 1: return sign | ((uint64_t)(1023 - 40 + below(110)) << 52 | rnd() >> 12);
	case 2: return sign | ((uint64_t)(1023 - 2 + below(70)) << 52 | (rnd() >> 12 & ~(uint64_t)0 << below(52)));
	}
	return rnd();
}

static uint32_t random_float(void)
{
	static const uint32_t special[] = {
		0, 1, 0x007fffff, 0x00800000, 0x3f800000, 0x7f7fffff, 0x7f800000, 0x7fc00000,
		0x7f800001, 0x7fc0beef, 0x4f000000, 0x5f000000, 0x3f000000, 0x4b000001, 0x477fe000,
		0x40000000,
	};
	uint32_t sign = (uint32_t)rnd() & 1u << 31;

	switch (below(4)) {
	case 0: return sign | special[below(16)];
	case 1: return sign | (127 - 20 + below(50)) << 23 | (uint32_t)(rnd() >> 41);
	case 2: return sign | (127 - 2 + below(66)) << 23 | ((uint32_t)(rnd() >> 41) & ~0u << below(23));
	}
	return (uint32_t)rnd();
}

static void random_vector(uint8_t *v)
{
	uint64_t q[2];
	uint32_t s[4];

	for (int i = 0; i < 2; i++)
		q[i] = below(2) ? random_double() : random_value();
	if (below(2)) {
		for (int i = 0; i < 4; i++)
			s[i] = random_float();
		memcpy(q, s, 16);
	}
	if (below(6) == 0)
		for (int i = 0; i < 16; i++)
			((uint8_t *)q)[i] = (uint8_t)edges[below(9)];
	memcpy(v, q, 16);
}

static void fill(struct isa_case *c, const struct row *r, uint32_t word)
{
	bool memory = !strncmp(r->where, "ldst", 4) || !strncmp(r->where, "atomic", 6) ||
	              !strcmp(r->name, "dc_zva");
	uint32_t rn = field(r, word, strcmp(r->name, "dc_zva") ? "rn" : "rt");

	*c = (struct isa_case){.word = {word}, .nwords = 1, .seed = 1 + below(WINDOWS)};
	for (int i = 0; i < 31; i++)
		c->x[i] = random_value();
	c->sp = memory && below(4) ? random_pointer() : random_value();
	c->nzcv = below(16) << 28;
	/* half of the cases in the usual environment, and most with "inexact" noted, as it
	 * soon is; the flags anything but */
	c->fpcr = below(2) ? 0 : (uint32_t)rnd() & FPCR_FIELDS;
	c->fpsr = (below(4) ? FPSR_IXC : 0) | (below(8) ? 0 : (uint32_t)rnd() & FPSR_FIELDS);
	for (int i = 0; i < 32; i++)
		random_vector(c->v[i]);
	/* qemu reports a target that is neither aligned nor mapped as the latter */
	if (!strncmp(r->name, "br", 2) || !strncmp(r->name, "bl", 2) || !strcmp(r->name, "ret"))
		for (int i = 0; i < 31; i++)
			c->x[i] &= ~(uint64_t)3;
	if (!memory)
		return;
	for (int i = 0; i < 31; i++)
		if (below(2))
			c->x[i] = below(64);
	uint64_t pointer = random_pointer();
	if (wants_alignment(r))
		pointer &= ~(uint64_t)15;
	else if (!strncmp(r->where, "atomic:", 7))   /* aligned, or across 16 bytes */
		pointer = below(4) ? pointer & ~(uint64_t)15 : pointer | 15;
	if (rn < 31)
		c->x[rn] = pointer;
	else
		c->sp = pointer;
}

int isa_generate(const char *list, const char *pattern, uint32_t seed, uint32_t count, FILE *out)
{
	static struct row rows[MAX_ROWS];
	uint32_t nrows = 0;
	char line[4096];
	FILE *f = fopen(list, "r");

	if (!f) {
		perror(list);
		return 1;
	}
	while (fgets(line, sizeof line, f) && nrows < MAX_ROWS)
		nrows += parse_row(line, pattern, &rows[nrows]);
	fclose(f);
	if (!nrows)
		return 0;
	state = seed * 0x9e3779b97f4a7c15u + 0x1234567;
	for (uint32_t n = 0; n < count; n++) {
		const struct row *r = &rows[n % nrows];
		struct isa_case c;
		uint32_t word;
		if (!random_word(r, &word)) {
			if (n < nrows)
				fprintf(stderr, "isa: no word found for row %s (%s)\n", r->name, r->where);
			word = ISA_BRK;
		}
		fill(&c, r, word);
		fwrite(&c, sizeof c, 1, out);
	}
	return 0;
}
