/* SPDX-License-Identifier: MIT */
/*
 * Cases and results as text: "x1=7fffffff v3=..:.. nzcv=9", numbers in hex, a
 * vector as high:low, sig/code in decimal; of a random case only the registers
 * that its word may name.  The state of a case left unsaid is
 * 0, sp is in the window.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "isa.h"

static void put64(FILE *out, const char *name, int i, uint64_t v)
{
	if (i >= 0)
		fprintf(out, " %s%d=%llx", name, i, (unsigned long long)v);
	else
		fprintf(out, " %s=%llx", name, (unsigned long long)v);
}

static void put128(FILE *out, int i, const uint8_t *v)
{
	uint64_t q[2];

	memcpy(q, v, 16);
	fprintf(out, " v%d=%llx:%llx", i, (unsigned long long)q[1], (unsigned long long)q[0]);
}

void isa_case_print(const struct isa_case *c, FILE *out)
{
	static const uint8_t zero[16];

	for (uint32_t i = 0; i < c->nwords; i++)
		fprintf(out, "%s.inst 0x%08x", i ? "; " : "", c->word[i]);
	fputs(" |", out);
	for (int i = 0; i < 31; i++)
		if (c->x[i] && isa_names(c->word[0], i))
			put64(out, "x", i, c->x[i]);
	put64(out, "sp", -1, c->sp);
	if (c->nzcv)
		put64(out, "nzcv", -1, c->nzcv >> 28);
	if (c->fpcr)
		put64(out, "fpcr", -1, c->fpcr);
	if (c->fpsr)
		put64(out, "fpsr", -1, c->fpsr);
	if (c->seed)
		put64(out, "seed", -1, c->seed);
	for (int i = 0; i < 32; i++)
		if (memcmp(c->v[i], zero, 16) && isa_names(c->word[0], i))
			put128(out, i, c->v[i]);
}

const char *isa_state_parse(char *text, struct isa_case *c)
{
	for (char *tok = strtok(text, " \t\n"); tok; tok = strtok(NULL, " \t\n")) {
		char *eq = strchr(tok, '='), *end;
		if (!eq)
			return tok;
		unsigned long long v = strtoull(eq + 1, &end, 16), lo = 0;
		if (*end == ':')
			lo = strtoull(end + 1, &end, 16);
		int i = atoi(tok + 1);
		if (*end || i < 0 || i > 31)
			return tok;
		if (tok[0] == 'x' && i < 31)
			c->x[i] = v;
		else if (tok[0] == 'v')
			memcpy(c->v[i], (uint64_t[]){lo, v}, 16);
		else if (!strncmp(tok, "sp=", 3))
			c->sp = v;
		else if (!strncmp(tok, "nzcv=", 5))
			c->nzcv = (uint32_t)v << 28;
		else if (!strncmp(tok, "fpcr=", 5))
			c->fpcr = (uint32_t)v;
		else if (!strncmp(tok, "fpsr=", 5))
			c->fpsr = (uint32_t)v;
		else if (!strncmp(tok, "seed=", 5))
			c->seed = (uint32_t)v;
		else
			return tok;
	}
	return NULL;
}

/* Beyond 4 GiB qemu reports what its host made of the address. */
static bool same_addr(uint64_t a, uint64_t b)
{
	return a == b || b >> 32;
}

/* The flags of AArch32, which a core without it does not keep, are qemu's own. */
static bool same_fpsr(uint32_t a, uint32_t b)
{
	return !((a ^ b) << 4);
}

bool isa_same(const struct isa_result *a, const struct isa_result *b)
{
	/* qemu-user says ILL_ILLOPN for every SIGILL, Linux ILL_ILLOPC */
	return a->sig == b->sig && (a->code == b->code || a->sig == SIGILL) && same_addr(a->addr, b->addr) && a->pc == b->pc &&
	       !memcmp(a->x, b->x, sizeof a->x) && a->sp == b->sp && a->nzcv == b->nzcv &&
	       same_fpsr(a->fpsr, b->fpsr) && a->window == b->window &&
	       !memcmp(a->v, b->v, sizeof a->v);
}

bool isa_agree(const struct isa_case *c, const struct isa_result *want, const struct isa_result *got)
{
	struct isa_result r = *want;

	/* where a page ends, the Arm ARM lets qemu have done a part; we have done nothing
	 * to registers, and a part of the stores */
	if (r.sig == SIGSEGV && r.pc == got->pc) {
		memcpy(r.v, c->v, sizeof r.v);
		r.window = got->window;
	}
	return isa_same(&r, got);
}

static void put_result(const struct isa_result *r, const struct isa_result *other, FILE *out)
{
	if (r->sig != other->sig || r->code != other->code)
		fprintf(out, " sig=%u/%u", r->sig, r->code);
	if (r->addr != other->addr)
		put64(out, "addr", -1, r->addr);
	if (r->pc != other->pc)
		put64(out, "pc", -1, r->pc);
	for (int i = 0; i < 31; i++)
		if (r->x[i] != other->x[i])
			put64(out, "x", i, r->x[i]);
	if (r->sp != other->sp)
		put64(out, "sp", -1, r->sp);
	if (r->nzcv != other->nzcv)
		put64(out, "nzcv", -1, r->nzcv >> 28);
	if (!same_fpsr(r->fpsr, other->fpsr))
		put64(out, "fpsr", -1, r->fpsr);
	if (r->window != other->window)
		put64(out, "window", -1, r->window);
	for (int i = 0; i < 32; i++)
		if (memcmp(r->v[i], other->v[i], 16))
			put128(out, i, r->v[i]);
}

void isa_difference_print(const struct isa_result *want, const struct isa_result *got, FILE *out)
{
	fputs("want", out);
	put_result(want, got, out);
	fputs(" got", out);
	put_result(got, want, out);
}
