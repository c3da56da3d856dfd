/* SPDX-License-Identifier: MIT */
/*
 * Writes the table for readers, a64.md: what is executed and what is only
 * named, an extension after the other, in the tables' order.
 */
#include <string.h>

#include "gen.h"

static const struct { const char *column, *title; } titles[] = {
	{"base", "Armv8.0-A: integers, memory, control"},
	{"fp", "FEAT_FP: scalar floating point"},
	{"simd", "FEAT_AdvSIMD: vectors"},
	{"aes", "FEAT_AES"},
	{"bf16", "FEAT_BF16: bfloat16"},
	{"cmpbr", "FEAT_CMPBR: compare and branch"},
	{"cpa", "FEAT_CPA: checked pointer arithmetic"},
	{"crc32", "FEAT_CRC32"},
	{"cssc", "FEAT_CSSC: common short sequences"},
	{"d128", "FEAT_D128: system registers of 128 bits"},
	{"dotprod", "FEAT_DotProd: dot products of bytes"},
	{"dpb", "FEAT_DPB: clean to the point of persistence"},
	{"dpb2", "FEAT_DPB2: clean to the point of deep persistence"},
	{"ecv", "FEAT_ECV: self-synchronized counter"},
	{"faminmax", "FEAT_FAMINMAX: absolute maxima and minima"},
	{"fcma", "FEAT_FCMA: complex numbers"},
	{"fhm", "FEAT_FHM: products of halves added to singles"},
	{"flagm", "FEAT_FlagM: flags as data"},
	{"flagm2", "FEAT_FlagM2: flags of other machines"},
	{"fp16", "FEAT_FP16: half precision"},
	{"frintts", "FEAT_FRINTTS: round to integers of 32 and 64 bits"},
	{"gcs", "FEAT_GCS: guarded control stacks"},
	{"hbc", "FEAT_HBC: hinted conditional branches"},
	{"i8mm", "FEAT_I8MM: matrices of bytes"},
	{"jscvt", "FEAT_JSCVT: JavaScript's conversion"},
	{"ls64", "FEAT_LS64: loads and stores of 64 bytes"},
	{"lse", "FEAT_LSE: atomic memory operations"},
	{"lse128", "FEAT_LSE128: atomics of 128 bits"},
	{"lsfe", "FEAT_LSFE: atomics of floating point"},
	{"lsui", "FEAT_LSUI: unprivileged atomics and pairs"},
	{"mops", "FEAT_MOPS: copy and set memory"},
	{"mte", "FEAT_MTE: memory tags"},
	{"pauth", "FEAT_PAuth: pointer authentication, as with keys off"},
	{"pauth_lr", "FEAT_PAuth_LR: signed with the program counter"},
	{"pmull", "FEAT_PMULL: polynomials of 64 bits"},
	{"rcpc", "FEAT_LRCPC: release consistency"},
	{"rcpc2", "FEAT_LRCPC2: ... with an offset"},
	{"rcpc3", "FEAT_LRCPC3: release consistency of pairs and vectors"},
	{"rdm", "FEAT_RDM: rounding doubling multiply-add"},
	{"rng", "FEAT_RNG: random numbers"},
	{"sb", "FEAT_SB: speculation barrier"},
	{"sha1", "FEAT_SHA1"},
	{"sha2", "FEAT_SHA256"},
	{"sha3", "FEAT_SHA3"},
	{"sha512", "FEAT_SHA512"},
	{"sm3", "FEAT_SM3"},
	{"sm4", "FEAT_SM4"},
	{"sme", "FEAT_SME: scalable matrices"},
	{"sve", "FEAT_SVE: scalable vectors"},
	{"the", "FEAT_THE: checked read-modify-write"},
	{"wfxt", "FEAT_WFxT: waits with a timeout"},
	{"xs", "FEAT_XS: barriers without XS accesses"},
};

static bool traps(const struct row *r)
{
	return !strcmp(r->flow, "A64_TRAP") && strcmp(r->feature, "base");
}

/* The pattern as the table has it, from its masks. */
static void emit_pattern(const struct row *r, FILE *f)
{
	bool in_bits = false;

	for (u32 bit = 32; bit-- > 0;) {
		const struct field *field = NULL;
		for (u32 k = 0; k < r->nfields; k++)
			if (bit == r->fields[k].lo + r->fields[k].width - 1)
				field = &r->fields[k];
		if (bit < 31 && !(in_bits && !field))
			fputc(' ', f);
		in_bits = !field;
		if (in_bits) {
			fputc(r->mask >> bit & 1 ? '0' + (int)(r->value >> bit & 1) : 'x', f);
			continue;
		}
		fputs(field->name, f);
		if (field->width > 1)
			fprintf(f, ":%u", field->width);
		bit = field->lo;
	}
}

static u32 emit_feature(const struct table *t, const char *feature, const char *title, FILE *f)
{
	u32 n = 0;

	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		if (strcmp(r->feature, feature))
			continue;
		if (!n++)
			fprintf(f, "\n## %s\n\n%s| row | encoding | where |\n|---|---|---|\n", title,
			        traps(r) ? "Not here: SIGILL.\n\n" : "");
		fprintf(f, "| %s | `", r->name);
		emit_pattern(r, f);
		fprintf(f, "` | %s.tab:%u |\n", r->tab->stem, r->line);
	}
	return n;
}

/* False if a feature has no title. */
bool emit_docs(const struct table *t, FILE *f)
{
	u32 executed = 0, ids = 0, told = 0;

	for (u32 i = 0; i < t->nrows; i++) {
		executed += !traps(&t->rows[i]);
		for (u32 c = 0; !traps(&t->rows[i]) && c < t->rows[i].ncombos; c++)
			ids += t->rows[i].ids[c] >= 0;
	}
	fprintf(f, "# Instructions\n\nMade from the tables in lifter/a64: %u rows, %u instructions by their variants, that are\n"
	        "executed; %u rows that name extensions this machine lacks. Any other word is undefined: SIGILL.\n"
	        "`x` is a bit that does not matter.\n", executed, ids, t->nrows - executed);
	for (u32 i = 0; i < sizeof titles / sizeof titles[0]; i++)
		told += emit_feature(t, titles[i].column, titles[i].title, f);
	if (told == t->nrows)
		return true;
	fputs("a64gen: emit_docs.c has no title for some row's feature\n", stderr);
	return false;
}
