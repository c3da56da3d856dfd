/* SPDX-License-Identifier: MIT */
/*
 * The decision tree that narrows a word to a few candidate rows.
 *
 * A node looks at up to 6 neighbouring bits; each value leads to another node
 * or to a leaf, the list of rows to try in table order.  Chosen greedily: the
 * bits that leave the fewest candidates on average.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum { MAX_BITS = 6, LEAF_ROWS = 3, MAX_NODES = 8192, MAX_LINKS = 65536 };

struct tree {
	const struct table *t;
	struct { u32 shift, width, base; } nodes[MAX_NODES];
	u32 nnodes;
	int links[MAX_LINKS];      /* >= 0: a node; < 0: ~offset of a leaf */
	u32 nlinks;
	int leaves[MAX_LINKS];     /* rows, each list ended by -1 */
	u32 nleaves;
};

static bool can_match(const struct row *r, u32 bits, u32 mask)
{
	return !((r->value ^ bits) & r->mask & mask);
}

static u32 filter(const struct tree *tr, const u32 *rows, u32 n, u32 bits, u32 mask, u32 *out)
{
	u32 k = 0;

	for (u32 i = 0; i < n; i++)
		if (can_match(&tr->t->rows[rows[i]], bits, mask))
			out[k++] = rows[i];
	return k;
}

/* Average number of candidates (in 1/64) after looking at these bits. */
static u64 cost_of(const struct tree *tr, const u32 *rows, u32 n, u32 shift, u32 width)
{
	u64 sum = 0;
	u32 mask = ((1u << width) - 1) << shift;

	for (u32 v = 0; v < 1u << width; v++)
		for (u32 i = 0; i < n; i++)
			sum += can_match(&tr->t->rows[rows[i]], v << shift, mask);
	return sum << 6 >> width;
}

static int make_leaf(struct tree *tr, const u32 *rows, u32 n)
{
	u32 at = tr->nleaves;

	for (u32 i = 0; i < n; i++)
		tr->leaves[tr->nleaves++] = (int)rows[i];
	tr->leaves[tr->nleaves++] = -1;
	return ~(int)at;
}

/* `seen`: the bits that led here; looking at them again tells nothing. */
static int build(struct tree *tr, const u32 *rows, u32 n, u32 seen)
{
	if (n <= LEAF_ROWS)
		return make_leaf(tr, rows, n);
	u64 best = (u64)n << 6;
	u32 shift = 0, width = 0;
	for (u32 w = 1; w <= MAX_BITS; w++)
		for (u32 s = 0; s + w <= 32; s++) {
			if (((1u << w) - 1) << s & seen)
				continue;
			u64 c = cost_of(tr, rows, n, s, w);
			/* a wider look must pay for its table */
			if (c * 10 < best * (width && w > width ? 8 : 10)) {
				best = c;
				shift = s;
				width = w;
			}
		}
	if (!width)
		return make_leaf(tr, rows, n);
	u32 node = tr->nnodes++, base = tr->nlinks;
	u32 mask = ((1u << width) - 1) << shift;
	tr->nodes[node].shift = shift;
	tr->nodes[node].width = width;
	tr->nodes[node].base = base;
	tr->nlinks += 1u << width;
	u32 *sub = malloc(n * sizeof *sub);
	for (u32 v = 0; v < 1u << width; v++) {
		u32 k = filter(tr, rows, n, v << shift, mask, sub);
		tr->links[base + v] = build(tr, sub, k, seen | mask);
	}
	free(sub);
	return (int)node;
}

void emit_tree(const struct table *t, FILE *f)
{
	struct tree *tr = calloc(1, sizeof *tr);
	u32 *all = malloc((t->nrows + 1) * sizeof *all);

	tr->t = t;
	for (u32 i = 0; i < t->nrows; i++)
		all[i] = i;
	int root = build(tr, all, t->nrows, 0);
	fprintf(f, "enum { ROOT = %d };\n", root);
	fputs("static const struct { u8 shift, mask; u16 base; } nodes[] = {\n", f);
	for (u32 i = 0; i < tr->nnodes; i++)
		fprintf(f, "\t{%u, %u, %u},\n", tr->nodes[i].shift,
		        (1u << tr->nodes[i].width) - 1, tr->nodes[i].base);
	fputs("\t{0, 0, 0},\n};\nstatic const s16 links[] = {", f);
	for (u32 i = 0; i < tr->nlinks; i++)
		fprintf(f, "%s%d,", i % 12 ? " " : "\n\t", tr->links[i]);
	fputs("\n\t0,\n};\nstatic const s16 leaves[] = {", f);
	for (u32 i = 0; i < tr->nleaves; i++)
		fprintf(f, "%s%d,", i % 12 ? " " : "\n\t", tr->leaves[i]);
	fputs("\n};\n", f);
	if (tr->nlinks > 0xffff || tr->nleaves > 0x7fff) {
		fputs("error: the decision tree outgrows its types\n", stderr);
		exit(1);
	}
	free(all);
	free(tr);
}
