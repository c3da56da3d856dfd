/* SPDX-License-Identifier: MIT */
/*
 * What a function and whoever calls it through a pointer take from each other
 * unseen.  Of direct calls both sides are seen: there it only says which
 * registers travel as parameters and results of wasm's and which in struct cpu.
 */
#ifndef LIFTER_CONVENTION_H
#define LIFTER_CONVENTION_H

#include "lifter/image.h"
#include "lifter/regset.h"

struct convention {
	struct regset arguments;   /* what a call may pass */
	struct regset results;     /* ... and want back */
	struct regset rare_results; /* ... or hardly ever: returned in struct cpu, so that wasm's results stay few */
	struct regset changed;     /* what the callee may change */
	struct regset saved;       /* what it must not, but for x29: who looks at its callers' registers looks at these */
	bool saves_flags;          /* FPSR is read to be put back: its language cannot ask for exceptions */
};

/* The one that the function at va keeps to, by the language it is of. */
const struct convention *convention_of(const struct image *, u64 va);

/* All that calls leave as it was: the frame pointer, too, which almost everybody saves and nobody means to look at. */
static inline struct regset convention_keeps(const struct convention *c) { return rs_or(c->saved, rs_x(REG_FP)); }
/* All that means something when a call through a pointer arrives. */
static inline struct regset convention_entry(const struct convention *c)
{
	return rs_or(rs_or(c->arguments, convention_keeps(c)), rs_or(rs_x(REG_LR), rs_x(REG_SP)));
}

#endif
