/* SPDX-License-Identifier: MIT */
/*
 * Writes the table as data: one tab-separated line a row, for the docs and for
 * the case generator of tests/isa.
 */
#include "gen.h"

/* Columns: name, mask, value, fields "name:lo:width ...", constraint, feature, flow, ids, file:line. */
void emit_list(const struct table *t, FILE *f)
{
	fputs("name\tmask\tvalue\tfields\tconstraint\tfeature\tflow\tids\trow\n", f);
	for (u32 i = 0; i < t->nrows; i++) {
		const struct row *r = &t->rows[i];
		u32 n = 0;
		fprintf(f, "%s\t%08x\t%08x\t", r->name, r->mask, r->value);
		for (u32 k = 0; k < r->nfields; k++)
			fprintf(f, "%s%s:%u:%u", k ? " " : "", r->fields[k].name, r->fields[k].lo,
			        r->fields[k].width);
		for (u32 c = 0; c < r->ncombos; c++)
			n += r->ids[c] >= 0;
		fprintf(f, "\t%s\t%s\t%s\t%u+%u\t%s:%u\n", r->constraint ? r->constraint : "",
		        r->feature, r->flow + 4, r->first_id, n, r->tab->stem, r->line);
	}
}
