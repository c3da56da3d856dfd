/* SPDX-License-Identifier: MIT */
/*
 * A large program goes through LLVM in parts: one module of all of it would
 * take gigabytes, as its memory is that of all functions at once.
 *
 * A part has the functions of a range of addresses, so mostly of the same
 * source files and libraries.  What functions of others it calls it sees as
 * declarations; those that are worth inlining it has a copy of.  A giant
 * function, one for which LLVM's time grows faster than its size, is a part
 * of its own.
 */
#ifndef LIFTER_PARTS_H
#define LIFTER_PARTS_H

#include "lifter/program.h"

/* What a function is to a part. */
enum role {
	ROLE_ABSENT,
	ROLE_CALLED,               /* its code is in another part */
	ROLE_COPIED,               /* ... and here, to be inlined */
	ROLE_OWN,                  /* its code is in this part, for this part only */
	ROLE_SHARED,               /* ... for others, too */
};

struct parts {
	u32 count;
	u32 giants;                /* the first of them: of one giant function each */
	u32 functions;
	u8 *role;                  /* count * functions: enum role */
	u32 *insns;                /* by part */
};

/* Parts of so many instructions or less; all but giants stay together in a program of no more than `whole`.
 * They are the same on every machine. */
struct parts parts_divide(const struct program *, u32 insns, u32 whole);

static inline enum role parts_role(const struct parts *p, u32 part, u32 function)
{
	return p->role[part * p->functions + function];
}

/* V8 compiles a function again only when it is called: a hot loop inlined into
 * a function that is called once would stay in the baseline compiler. */
static inline bool is_inlined(const struct function *f)
{
	enum { SMALL = 24 };

	return !f->has_loop && f->nblock_insns <= SMALL;
}

#endif
