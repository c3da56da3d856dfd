/* SPDX-License-Identifier: MIT */
/*
 * The coverage report.  What it calls lifted are the instructions that
 * discovery reached; of the others nobody knows here whether they ever run,
 * AARCH64_WASM_STATS=1 tells (runtime/kernel/stats.c).
 */
#include "lifter/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 40 };

struct coverage {
	struct bitset lifted;      /* by instruction index */
	u64 code, covered;         /* instructions */
	u32 functions, tables, tails, jumps;
	u32 absent;                /* instructions of extensions that this machine does not have */
	LIST(const char *) extensions;  /* theirs */
};

static void count_absent(struct coverage *c, const struct program *p, u32 i)
{
	const struct a64_desc *d = &a64_descs[p->insns[i].id];

	if (p->insn_state[i] != INSN_KNOWN || d->flow != A64_TRAP || !strcmp(d->feature, "base"))
		return;
	c->absent++;
	for (u32 k = 0; k < c->extensions.count; k++)
		if (!strcmp(c->extensions.at[k], d->feature))
			return;
	list_push(&c->extensions, d->feature);
}

static void cover(struct coverage *c, const struct program *p, const struct function *f)
{
	c->functions += f->is_lifted;
	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		c->tables += block->kind == END_SWITCH && block->switch_table.count;
		c->jumps += block->kind == END_SWITCH && !block->switch_table.count;
		c->tails += block->kind == END_TAIL_INDIRECT;
		for (u32 i = block->first; i < block->end && f->is_lifted; i++)
			if (bitset_add(&c->lifted, i)) {
				c->covered++;
				count_absent(c, p, i);
			}
	}
}

static struct coverage measure(const struct program *p)
{
	struct coverage c = { .lifted = bitset_new(p->ninsns) };

	for (u32 i = 0; i < p->image->code.count; i++)
		c.code += (p->image->code.at[i].end - p->image->code.at[i].va) / 4;
	for (u32 i = 0; i < p->functions.count; i++)
		cover(&c, p, &p->functions.at[i]);
	return c;
}

static void say(void (*line)(const char *text), const char *what, char *value)
{
	char *text = xasprintf("%-*s%s", WIDTH, what, value);

	line(text);
	free(text);
	free(value);
}

static void summary(const struct program *p, const struct coverage *c, void (*line)(const char *text))
{
	say(line, "code, bytes", xasprintf("%llu", 4 * (unsigned long long)c->code));
	say(line, "lifted, bytes", xasprintf("%llu (%.1f %%)", 4 * (unsigned long long)c->covered, c->code ? 100.0 * c->covered / c->code : 0));
	say(line, "functions lifted", xasprintf("%u", c->functions));
	say(line, "functions known by symbols", xasprintf("%u", p->image->nsymbols));
	say(line, "functions known by unwind tables alone", xasprintf("%u", p->image->nunwound));
	say(line, "jump tables resolved", xasprintf("%u", c->tables));
	say(line, "tail calls through pointers", xasprintf("%u", c->tails));
	say(line, "jumps left to the dispatcher", xasprintf("%u", c->jumps));
	say(line, "unknown instructions", xasprintf("%u", p->stats.unknown));
	char *names = xasprintf("%s", c->absent ? ", which would raise SIGILL:" : "");
	for (u32 i = 0; i < c->extensions.count; i++) {
		char *longer = xasprintf("%s %s", names, c->extensions.at[i]);
		free(names);
		names = longer;
	}
	say(line, "of extensions that are not there", xasprintf("%u%s", c->absent, names));
	free(names);
}

static void line_verbose(const char *text)
{
	diag_verbose("%s", text);
}

static void line_out(const char *text)
{
	puts(text);
}

void report_verbose(const struct program *p)
{
	if (!diag_is_verbose)
		return;
	struct coverage c = measure(p);
	summary(p, &c, line_verbose);
	free(c.lifted.words);
}

static void print_gap(const struct program *p, u64 va, u64 end)
{
	const struct symbol *s = image_symbol(p->image, va);

	printf("  %#llx %6llu %s%s\n", (unsigned long long)va, (unsigned long long)(end - va), s && s->name ? s->name : "",
	       s && s->name && s->va != va ? " (a part)" : "");
}

static bool is_padding(const struct program *p, u64 va)
{
	static const u8 none[4], nop[4] = { 0x1f, 0x20, 0x03, 0xd5 };
	const u8 *word = image_at(p->image, va, 4);

	return !memcmp(word, none, 4) || !memcmp(word, nop, 4);
}

/* Gaps end where symbols start, so that each line is one function. */
static void print_gaps(const struct program *p, const struct coverage *c, const struct code_range *range)
{
	for (u64 va = range->va; va < range->end;) {
		u64 end = va;
		while (end < range->end && !bitset_has(&c->lifted, insn_index(p, end)) && image_symbol(p->image, end) == image_symbol(p->image, va))
			end += 4;
		u64 next = end > va ? end : va + 4;
		while (va < end && is_padding(p, va))
			va += 4;
		while (va < end && is_padding(p, end - 4))
			end -= 4;
		if (va < end)
			print_gap(p, va, end);
		va = next;
	}
}

static void print_jumps(const struct program *p)
{
	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++)
			if (f->blocks.at[b].kind == END_SWITCH && !f->blocks.at[b].switch_table.count)
				printf("  %#llx %s\n", (unsigned long long)insn_va(p, f->blocks.at[b].end - 1), f->name);
	}
}

void report_print(const struct program *p)
{
	struct coverage c = measure(p);

	summary(p, &c, line_out);
	if (c.jumps) {
		puts("left to the dispatcher (address, function):");
		print_jumps(p);
	}
	puts("not reached (address, bytes, function):");
	for (u32 i = 0; i < p->image->code.count; i++)
		print_gaps(p, &c, &p->image->code.at[i]);
	free(c.lifted.words);
}
