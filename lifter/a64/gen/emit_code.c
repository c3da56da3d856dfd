/* SPDX-License-Identifier: MIT */
/*
 * Writes one function an id, twice: for the interpreter (operands from the
 * decoded instruction) and as a template (operands as parameters); and the
 * tables of both the descriptions and the interpreter functions.
 */
#include "gen.h"

/* "sf=1 sh=0" and the like, with `between` between the items. */
void emit_combo_text(const struct row *r, u32 combo, const char *between, FILE *f)
{
	for (u32 k = 0; k < r->nvariants; k++)
		fprintf(f, "%s%s=%u", k ? between : "", r->fields[r->variants[k]].name,
		        combo_value(r, combo, k));
}

static void emit_call(const struct row *r, u32 combo, const char *op_format, FILE *f)
{
	if (r->nvariants) {
		fputs("\tenum { ", f);
		emit_combo_text(r, combo, ", ", f);
		fputs(" };\n", f);
	}
	fprintf(f, "\t%s(cpu", r->function);
	for (u32 i = 0; i < r->nargs; i++) {
		fputs(", ", f);
		if (r->args[i].op < 0)
			fputs(r->args[i].text, f);
		else
			fprintf(f, op_format, r->args[i].op);
	}
	fputs(");\n}\n\n", f);
}

static void emit_head(const struct tab *tab, const char *define, FILE *f)
{
	fprintf(f, "/* generated from %s.tab; do not edit */\n%s", tab->stem, define);
	fputs("#include \"a64.h\"\n#include \"operands.h\"\n#include \"sem/holes.h\"\n", f);
	for (u32 i = 0; i < tab->nincludes; i++)
		fprintf(f, "#include \"%s\"\n", tab->includes[i]);
	fputc('\n', f);
}

void emit_exec(const struct table *t, const struct tab *tab, FILE *f)
{
	emit_head(tab, "", f);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; r->tab == tab && c < r->ncombos; c++) {
			if (r->ids[c] < 0)
				continue;
			fprintf(f, "a64_exec_fn a64_exec_%d;\n", r->ids[c]);
			fprintf(f, "void a64_exec_%d(struct cpu *cpu, const struct a64_insn *in) /* %s */\n{\n",
			        r->ids[c], r->name);
			fputs("\t(void)in;\n", f);
			emit_call(r, c, "in->op[%d]", f);
		}
	}
}

void emit_templates(const struct table *t, const struct tab *tab, FILE *f)
{
	emit_head(tab, "#define A64_TEMPLATE\n", f);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		for (u32 c = 0; r->tab == tab && c < r->ncombos; c++) {
			if (r->ids[c] < 0)
				continue;
			fprintf(f, "void t_%d(struct cpu *cpu", r->ids[c]);
			for (u32 k = 0; k < r->nops; k++)
				fprintf(f, ", u64 op%u", k);
			fprintf(f, ") /* %s */\n{\n", r->name);
			emit_call(r, c, "op%d", f);
		}
	}
}

void emit_exec_table(const struct table *t, FILE *f)
{
	fputs("/* generated from the tables of lifter/a64; do not edit */\n#include \"a64.h\"\n\n", f);
	for (u32 i = 0; i < t->nids; i++)
		fprintf(f, "a64_exec_fn a64_exec_%u;\n", i);
	fputs("a64_exec_fn *const a64_exec[] = {\n", f);
	for (u32 i = 0; i < t->nids; i++)
		fprintf(f, "\ta64_exec_%u,\n", i);
	fputs("};\n\nvoid a64_execute(struct cpu *cpu, const struct a64_insn *in)\n"
	      "{\n\ta64_exec[in->id](cpu, in);\n}\n", f);
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
