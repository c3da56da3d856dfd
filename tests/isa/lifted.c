/* SPDX-License-Identifier: MIT */
/*
 * Cases as an ordinary program, for the lifter: one assembly function a case,
 * which loads the registers its word may name, executes the word and stores
 * them; lifted_main.c checks them against qemu's results.
 *
 * Only cases that end at the next instruction, and that leave x29, x30, SP and
 * FPCR to the function, can be told this way.
 */
#include <string.h>

#include "isa.h"
#include "lifter/a64/a64.h"

static bool can_tell(const struct isa_case *c, const struct isa_result *r, uint32_t n)
{
	static const int fields[] = {0, 5, 10, 16};
	struct a64_insn in;

	if (r->sig != 5 || r->pc != isa_pc(n) + 4 || c->nwords != 1 ||
	    !a64_decode(c->word[0], 0, &in))
		return false;
	for (int i = 0; i < 31; i++)
		if (r->x[i] != c->x[i] && !isa_names(c->word[0], i))
			return false;
	/* what leaves FPCR changed, or depends on where it stands */
	const char *name = a64_descs[in.id].name;
	if (r->sp != c->sp || !strcmp(name, "msr_fpcr") || !strncmp(name, "adr", 3) ||
	    strstr(name, "_lit"))
		return false;
	for (int i = 0; i < 4; i++) {
		uint32_t reg = c->word[0] >> fields[i] & 31;
		if (reg == 29 || reg == 30)
			return false;
	}
	/* 31 is SP for some, and a list of vectors that goes round for others */
	for (int i = 0; i < in.nops; i++)
		if (in.op[i] >= 29 && in.op[i] <= 31)
			return false;
	return true;
}

static void each_register(uint32_t word, const char *op, FILE *out)
{
	for (int i = 0; i < 29; i++)
		if (isa_names(word, i))
			fprintf(out, "\t%s x%d, [x29, %d]\n", op, i, i * 8);
}

static void each_vector(uint32_t word, const char *op, FILE *out)
{
	for (int i = 0; i < 32; i++)
		if (isa_names(word, i))
			fprintf(out, "\t%s q%d, [x29, %d]\n", op, i, 288 + i * 16);
}

static void function(uint32_t n, uint32_t word, FILE *out)
{
	fprintf(out, "\t.globl case_%u\n\t.type case_%u, %%function\ncase_%u:\n", n, n, n);
	fputs("\tstp x29, x30, [sp, -160]!\n", out);
	for (int i = 19; i < 29; i += 2)
		fprintf(out, "\tstp x%d, x%d, [sp, %d]\n", i, i + 1, 16 + (i - 19) * 8);
	for (int i = 8; i < 16; i += 2)
		fprintf(out, "\tstp d%d, d%d, [sp, %d]\n", i, i + 1, 96 + (i - 8) * 8);
	fputs("\tmov x29, x0\n\tclrex\n\tldr x1, [x29, 256]\n\tmsr nzcv, x1\n"
	      "\tldr x1, [x29, 264]\n\tmsr fpsr, x1\n\tldr x1, [x29, 272]\n\tmsr fpcr, x1\n", out);
	each_vector(word, "ldr", out);
	each_register(word, "ldr", out);
	fprintf(out, "\t.inst 0x%08x\n", word);
	each_register(word, "str", out);
	each_vector(word, "str", out);
	fputs("\tmrs x1, nzcv\n\tstr x1, [x29, 256]\n\tmrs x1, fpsr\n\tstr x1, [x29, 264]\n"
	      "\tmsr fpcr, xzr\n", out);
	for (int i = 8; i < 16; i += 2)
		fprintf(out, "\tldp d%d, d%d, [sp, %d]\n", i, i + 1, 96 + (i - 8) * 8);
	for (int i = 19; i < 29; i += 2)
		fprintf(out, "\tldp x%d, x%d, [sp, %d]\n", i, i + 1, 16 + (i - 19) * 8);
	fprintf(out, "\tldp x29, x30, [sp], 160\n\tret\n\t.size case_%u, .-case_%u\n", n, n);
}

static FILE *create(const char *dir, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return fopen(path, "w");
}

int isa_lifted(const struct isa_case *cases, const struct isa_result *results, uint32_t count,
               const char *dir)
{
	FILE *code = create(dir, "lifted.s"), *kept = create(dir, "kept");
	uint32_t n = 0;

	if (!code || !kept) {
		perror(dir);
		return 1;
	}
	fputs("\t.arch armv8-a\n\t.text\n", code);
	for (uint32_t i = 0; i < count; i++) {
		if (!can_tell(&cases[i], &results[i], i))
			continue;
		function(n++, cases[i].word[0], code);
		fwrite(&cases[i], sizeof cases[i], 1, kept);
		fwrite(&results[i], sizeof results[i], 1, kept);
	}
	fputs("\t.section .rodata\n\t.balign 16\n\t.globl cases, case_functions, case_count\n"
	      "cases:\n\t.incbin \"kept\"\ncase_functions:\n", code);
	for (uint32_t i = 0; i < n; i++)
		fprintf(code, "\t.quad case_%u\n", i);
	fprintf(code, "case_count:\n\t.word %u\n", n);
	return fclose(code) | fclose(kept);
}
