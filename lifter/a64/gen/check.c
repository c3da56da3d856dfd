/* SPDX-License-Identifier: MIT */
/*
 * Checks rows against each other and gives every row its ids.
 *
 * Whether two constraints can hold together is decided by trying the bits of
 * the fields they name: all of them up to 2^14, else a fixed random sample.
 * Likewise whether a word is left that no row before takes.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum { EXHAUSTIVE_BITS = 14 };

static u32 random_state = 1;

static u32 random_word(void)
{
	random_state = random_state * 1664525 + 1013904223;
	return random_state ^ random_state >> 15;
}

static bool syntax_ok(const struct row *r)
{
	struct scope s = scope_of_word(r, r->value);
	struct value v;
	const char *error;

	if (!r->constraint || expr_eval(r->constraint, &s, &v, &error))
		return true;
	row_error(r, "constraint `%s`: %s", r->constraint, error);
	return false;
}

static struct value constraint_at(const struct row *r, const struct scope *s)
{
	struct value v = {true, 1};
	const char *error;

	if (r->constraint)
		expr_eval(r->constraint, s, &v, &error);
	return v;
}

static struct value holds_for(const struct row *r, u32 word)
{
	struct scope s = scope_of_word(r, word);

	return constraint_at(r, &s);
}

/* Bits of the fields the constraint names. */
static u32 constraint_bits(const struct row *r)
{
	u32 bits = 0;

	for (u32 i = 0; r->constraint && i < r->nfields; i++)
		if (strstr(r->constraint, r->fields[i].name))
			bits |= (u32)(((1ull << r->fields[i].width) - 1) << r->fields[i].lo);
	return bits;
}

/* The n-th choice of the bits in `mask`. */
static u32 spread(u32 n, u32 mask)
{
	u32 out = 0;

	for (u32 m = mask; m; m &= m - 1, n >>= 1)
		out |= n & 1 ? m & -m : 0;
	return out;
}

/* A word where both rows' constraints hold (b may be NULL). */
static bool find_word(const struct row *a, const struct row *b, bool unknown_counts, u32 *word)
{
	u32 fixed = a->mask | (b ? b->mask : 0);
	u32 base = a->value | (b ? b->value : 0);
	u32 free = (constraint_bits(a) | (b ? constraint_bits(b) : 0)) & ~fixed;
	u32 n = (u32)__builtin_popcount(free);
	u32 tries = 1u << (n < EXHAUSTIVE_BITS ? n : EXHAUSTIVE_BITS);

	for (u32 i = 0; i < tries; i++) {
		u32 pick = n <= EXHAUSTIVE_BITS ? spread(i, free) : random_word() & free;
		struct value va = holds_for(a, base | pick);
		struct value vb = b ? holds_for(b, base | pick) : va;
		bool can = (va.known || unknown_counts) && (vb.known || unknown_counts);
		if (can && (va.v || !va.known) && (vb.v || !vb.known)) {
			*word = base | pick;
			return true;
		}
	}
	return false;
}

static bool check_pair(const struct row *a, const struct row *b)
{
	u32 word;

	if ((a->value ^ b->value) & a->mask & b->mask)
		return true;
	if ((a->mask & ~b->mask) == 0 && !a->constraint) {
		row_error(b, "never reached: `%s` (line %u of %s) takes all its words",
		          a->name, a->line, a->tab->path);
		return false;
	}
	bool more_specific = (b->mask & ~a->mask) == 0 && a->mask != b->mask;
	if (more_specific || !find_word(a, b, false, &word))
		return true;
	row_error(b, "overlaps `%s` (line %u of %s), for instance at %08x",
	          a->name, a->line, a->tab->path, word);
	return false;
}

static bool takes(const struct row *r, u32 word)
{
	struct value v = holds_for(r, word);

	return (word & r->mask) == r->value && v.known && v.v;
}

/* Is row n the first to take some word?  Tries words that it may take. */
static bool is_reached(const struct table *t, u32 n)
{
	const struct row *r = &t->rows[n];
	u32 earlier[MAX_ROWS], count = 0;

	for (u32 k = 0; k < n; k++)
		if (!((t->rows[k].value ^ r->value) & t->rows[k].mask & r->mask))
			earlier[count++] = k;
	for (u32 tries = 0; tries < 1u << EXHAUSTIVE_BITS; tries++) {
		u32 word = r->value | (random_word() & ~r->mask), k = 0;
		struct value v = holds_for(r, word);
		if (v.known && !v.v)
			continue;
		while (k < count && !takes(&t->rows[earlier[k]], word))
			k++;
		if (k == count)
			return true;
	}
	return false;
}

static bool assign_ids(struct table *t, struct row *r)
{
	r->ids = calloc(r->ncombos, sizeof *r->ids);
	r->hot = calloc(r->ncombos, sizeof *r->hot);
	r->first_id = t->nids;
	for (u32 c = 0; c < r->ncombos; c++) {
		struct scope s = scope_of_combo(r, c);
		struct value v = constraint_at(r, &s);
		r->ids[c] = v.known && !v.v ? -1 : (int)t->nids++;
	}
	if (t->nids > 0xffff) {
		row_error(r, "more ids than 65535");
		return false;
	}
	return true;
}

bool table_check(struct table *t)
{
	bool ok = true;
	u32 word;

	for (u32 i = 0; i < t->nrows; i++) {
		struct row *r = &t->rows[i];
		if (!syntax_ok(r))
			return false;
		if (!find_word(r, NULL, true, &word)) {
			row_error(r, "its constraint never holds");
			ok = false;
		}
		for (u32 k = 0; k < i; k++)
			ok &= check_pair(&t->rows[k], r);
		if (ok && !is_reached(t, i)) {
			row_error(r, "never reached: rows before it take all its words");
			ok = false;
		}
		ok &= assign_ids(t, r);
	}
	return ok;
}
