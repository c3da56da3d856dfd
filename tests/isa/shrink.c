/* SPDX-License-Identifier: MIT */
/*
 * Failing cases made small: parts of their state become zero one after the
 * other, and stay so where the case still fails (run.sh.in runs it in between).
 */
#include <string.h>

#include "isa.h"
#include "lifter/a64/a64.h"

/* Parts: x0..x30, sp, the halves of v0..v31, then these. */
enum { PART_V = 32, PART_NZCV = PART_V + 64, PART_FPCR, PART_FPSR, PART_SEED, PARTS };

static bool clear_part(struct isa_case *c, int part)
{
	switch (part) {
	case PART_NZCV: c->nzcv = 0; return true;
	case PART_FPCR: c->fpcr = 0; return true;
	case PART_FPSR: c->fpsr = 0; return true;
	case PART_SEED: c->seed = 1; return true;
	}
	if (part < 31)
		c->x[part] = 0;
	else if (part == 31)
		c->sp = 0;
	else if (part < PART_NZCV)
		memset(c->v[(part - PART_V) / 2] + 8 * (part % 2), 0, 8);
	return part < PARTS;
}

int isa_without(const struct isa_case *cases, uint32_t count, int part, FILE *out)
{
	for (uint32_t i = 0; i < count; i++) {
		struct isa_case c = cases[i];
		if (!clear_part(&c, part))
			return 1;
		fwrite(&c, sizeof c, 1, out);
	}
	return 0;
}

void isa_smaller(const struct isa_case *cases, const struct isa_case *without, const struct isa_result *want,
                 const struct isa_result *got, uint32_t count, FILE *out)
{
	for (uint32_t i = 0; i < count; i++)
		fwrite(isa_agree(&cases[i], &want[i], &got[i]) ? &cases[i] : &without[i], sizeof *cases, 1, out);
}

static uint32_t row_of(const struct isa_case *c)
{
	struct a64_insn in;

	return a64_decode(c->word[0], ISA_CODE, &in) ? in.id : UINT32_MAX;
}

void isa_failing(const struct isa_case *cases, const struct isa_result *want, const struct isa_result *got, uint32_t count, FILE *out)
{
	enum { MOST = 64 };
	uint32_t seen[MOST], n = 0;

	for (uint32_t i = 0; i < count && n < MOST; i++) {
		uint32_t k = 0, row = row_of(&cases[i]);
		if (isa_agree(&cases[i], &want[i], &got[i]))
			continue;
		while (k < n && seen[k] != row)
			k++;
		if (k < n)
			continue;
		seen[n++] = row;
		fwrite(&cases[i], sizeof cases[i], 1, out);
	}
}
