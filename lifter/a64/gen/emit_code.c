/* SPDX-License-Identifier: MIT */
/*
 * Writes one function an id, twice: for the interpreter (operands from the
 * decoded instruction) and as a template (operands as parameters); and the
 * tables of both the descriptions and the interpreter functions.
 */
#include <string.h>

#include "gen.h"

/* "sf=1 sh=0" and the like, with `between` between the items. */
void emit_combo_text(const struct row *r, u32 combo, const char *between, FILE *f)
{
	for (u32 k = 0; k < r->nvariants; k++)
		fprintf(f, "%s%s=%u", k ? between : "", r->fields[r->variants[k]].name,
		        combo_value(r, combo, k));
}

static void emit_variants(const struct row *r, u32 combo, FILE *f)
{
	if (!r->nvariants)
		return;
	fputs("\tenum { ", f);
	emit_combo_text(r, combo, ", ", f);
	fputs(" };\n", f);
}

static void emit_call(const struct row *r, void (*operand)(const struct row *, const struct arg *, FILE *), FILE *f)
{
	fprintf(f, "\t%s(cpu", r->function);
	for (u32 i = 0; i < r->nargs; i++) {
		fputs(", ", f);
		if (r->args[i].op < 0)
			fputs(r->args[i].text, f);
		else
			operand(r, &r->args[i], f);
	}
	fputs(");\n", f);
}

static void emit_head(const struct tab *tab, const char *define, FILE *f)
{
	fprintf(f, "/* generated from %s.tab; do not edit */\n%s", tab->stem, define);
	fputs("#include \"a64.h\"\n#include \"operands.h\"\n#include \"sem/holes.h\"\n", f);
	for (u32 i = 0; i < tab->nincludes; i++)
		fprintf(f, "#include \"%s\"\n", tab->includes[i]);
}

/* Where operand `op` of an entry begins; with op = r->nops, where they end. */
static u32 word_of(const struct row *r, int op)
{
	u32 words = 0;

	for (u32 i = 0; i < r->nargs; i++)
		if (r->args[i].op >= 0 && r->args[i].op < op)
			words += kind_words(r->args[i].kind);
	return words;
}

static void operand_of_entry(const struct row *r, const struct arg *a, FILE *f)
{
	static const char *const get[] = {
		[KIND_WIDE] = "WIDE", [KIND_SMALL] = "SMALL", [KIND_X] = "X_REG", [KIND_V] = "V_REG",
	};
	if (a->kind == KIND_LINK)
		fputs("TAKEN", f);
	else
		fprintf(f, "%s(here, %u)", get[a->kind], word_of(r, a->op));
}

static void emit_link_word(const struct row *r, FILE *f)
{
	for (u32 i = 0; i < r->nargs; i++)
		if (r->args[i].kind == KIND_LINK)
			fprintf(f, "%u", word_of(r, r->args[i].op));
}

/* How a function of the interpreter goes on; see runtime/cpu/threaded.h. */
static void emit_exit(const struct row *r, FILE *f)
{
	if (!strcmp(r->flow, "A64_NEXT")) {
		fprintf(f, "\t%s(here, %u);\n", r->tab->memory ? "NEXT_UNLESS_FAULTED" : "NEXT", word_of(r, (int)r->nops));
	} else if (r->target_op >= 0) {
		fputs("\tif (cpu->pc)\n\t\tGO(here, ", f);
		emit_link_word(r, f);
		fprintf(f, ");\n\tNEXT(here, %u);\n", word_of(r, (int)r->nops));
	} else if (!strcmp(r->flow, "A64_SVC") || !strcmp(r->flow, "A64_TRAP")) {
		fputs("\tLEAVE;\n", f);
	} else {
		fputs("\tGO_TO_PC;\n", f);
	}
}

static const char *entry_pc(const struct row *r)
{
	if (!strcmp(r->flow, "A64_SVC") || !strcmp(r->flow, "A64_TRAP"))
		return "\tcpu->pc = here->pc + 4;\n";
	if (r->target_op >= 0)
		return "\tcpu->pc = 0;\n";
	return r->tab->memory ? "\tcpu->pc = here->pc;\n" : "";
}

void emit_exec_function(const struct row *r, u32 combo, const char *storage, FILE *f)
{
	fprintf(f, "%sconst struct entry *a64_exec_%d(const struct entry *here) /* %s */\n{\n", storage,
	        r->ids[combo], r->name);
	fputs("\tstruct cpu *cpu = the_cpu();\n\n\t(void)here;\n", f);
	emit_variants(r, combo, f);
	fputs(entry_pc(r), f);
	emit_call(r, operand_of_entry, f);
	emit_exit(r, f);
	fputs("}\n\n", f);
}

void emit_exec(const struct table *t, const struct tab *tab, FILE *f)
{
	emit_head(tab, tab->memory ? "" : "#define A64_NO_MEMORY\n", f);
	fputs("#include \"../../runtime/cpu/threaded.h\"\n\n", f);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; r->tab == tab && c < r->ncombos; c++) {
			if (r->ids[c] < 0 || r->hot[c])
				continue;
			fprintf(f, "a64_exec_fn a64_exec_%d;\n", r->ids[c]);
			emit_exec_function(r, c, "", f);
		}
	}
}

static void operand_of_template(const struct row *r, const struct arg *a, FILE *f)
{
	(void)r;
	fprintf(f, "op%d", a->op);
}

void emit_templates(const struct table *t, const struct tab *tab, FILE *f)
{
	emit_head(tab, "#define A64_TEMPLATE\n", f);
	fputc('\n', f);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; r->tab == tab && c < r->ncombos; c++) {
			if (r->ids[c] < 0)
				continue;
			fprintf(f, "void t_%d(struct cpu *cpu", r->ids[c]);
			for (u32 k = 0; k < r->nops; k++)
				fprintf(f, ", u64 op%u", k);
			fprintf(f, ") /* %s */\n{\n", r->name);
			emit_variants(r, c, f);
			emit_call(r, operand_of_template, f);
			fputs("}\n\n", f);
		}
	}
}

void emit_descs(const struct table *t, FILE *f)
{
	fputs("/* generated from the tables of lifter/a64; do not edit */\n#include \"a64.h\"\n\n", f);
	fprintf(f, "const u32 a64_count = %u;\nconst struct a64_desc a64_descs[] = {\n", t->nids);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; c < r->ncombos; c++) {
			if (r->ids[c] < 0)
				continue;
			fprintf(f, "\t{\"%s\", \"", r->name);
			emit_combo_text(r, c, " ", f);
			fprintf(f, "\", \"%s\", %s, %u, %d},\n", r->feature, r->flow, r->nops,
			        r->target_op);
		}
	}
	fputs("};\n", f);
}
