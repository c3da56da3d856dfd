/* SPDX-License-Identifier: MIT */
/*
 * Writes the decoder: one function a row that checks the constraint and
 * computes the operands, and the tree that finds the row.
 */
#include <string.h>

#include "gen.h"

static const char head[] =
	"/* generated from the tables of lifter/a64; do not edit */\n"
	"#include \"a64.h\"\n"
	"#include \"operands.h\"\n\n";

static const char decode_function[] =
	"bool a64_decode(u32 word, u64 pc, struct a64_insn *out)\n"
	"{\n"
	"\tint at = ROOT;\n\n"
	"\tout->word = word;\n"
	"\twhile (at >= 0)\n"
	"\t\tat = links[nodes[at].base + (word >> nodes[at].shift & nodes[at].mask)];\n"
	"\tfor (const s16 *row = &leaves[~at]; *row >= 0; row++)\n"
	"\t\tif ((word & rows[*row].mask) == rows[*row].value && rows[*row].fill(word, pc, out))\n"
	"\t\t\treturn true;\n"
	"\treturn false;\n"
	"}\n";

static void emit_id(const struct row *r, FILE *f)
{
	bool dense = true;

	for (u32 c = 0; c < r->ncombos; c++)
		dense &= r->ids[c] >= 0;
	if (!dense) {
		fputs("\tstatic const u16 ids[] = {", f);
		for (u32 c = 0; c < r->ncombos; c++)
			fprintf(f, "%d, ", r->ids[c] < 0 ? 0 : r->ids[c]);
		fputs("};\n", f);
	}
	fputs("\tu32 combo = 0;\n", f);
	for (u32 k = 0; k < r->nvariants; k++) {
		const struct field *v = &r->fields[r->variants[k]];
		fprintf(f, "\tcombo = combo << %u | (u32)%s;\n", v->width, v->name);
	}
	if (dense)
		fprintf(f, "\to->id = (u16)(%u + combo);\n", r->first_id);
	else
		fputs("\to->id = ids[combo];\n", f);
}

static void emit_row(const struct row *r, u32 index, FILE *f)
{
	fprintf(f, "/* %s:%u %s */\n", r->tab->stem, r->line, r->name);
	fprintf(f, "static bool row_%u(u32 word, u64 pc, struct a64_insn *o)\n{\n", index);
	fputs("\t(void)word;\n\t(void)pc;\n", f);
	for (u32 i = 0; i < r->nfields; i++) {
		const struct field *v = &r->fields[i];
		fprintf(f, "\tu64 %s = word >> %u & 0x%llx;\n\t(void)%s;\n", v->name, v->lo,
		        (1ull << v->width) - 1, v->name);
	}
	if (r->constraint)
		fprintf(f, "\tif (!(%s))\n\t\treturn false;\n", r->constraint);
	emit_id(r, f);
	fprintf(f, "\to->nops = %u;\n\to->flow = %s;\n\to->kinds = 0", r->nops, r->flow);
	for (u32 i = 0; i < r->nargs; i++)
		if (r->args[i].op >= 0)
			fprintf(f, " | %s << %d * A64_KIND_BITS", kind_name(r->args[i].kind), r->args[i].op);
	fputs(";\n", f);
	for (u32 i = 0; i < r->nargs; i++)
		if (r->args[i].op >= 0)
			fprintf(f, "\to->op[%d] = (u64)(%s);\n", r->args[i].op, r->args[i].text);
	fputs("\treturn true;\n}\n\n", f);
}

void emit_decode(const struct table *t, FILE *f)
{
	fputs(head, f);
	for (u32 i = 0; i < t->nrows; i++)
		emit_row(&t->rows[i], i, f);
	fputs("static const struct {\n\tu32 mask, value;\n"
	      "\tbool (*fill)(u32 word, u64 pc, struct a64_insn *o);\n} rows[] = {\n", f);
	for (u32 i = 0; i < t->nrows; i++)
		fprintf(f, "\t{0x%08x, 0x%08x, row_%u},\n", t->rows[i].mask, t->rows[i].value, i);
	fputs("};\n\n", f);
	emit_tree(t, f);
	fputc('\n', f);
	fputs(decode_function, f);
}
