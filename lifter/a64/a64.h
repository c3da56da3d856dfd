/* SPDX-License-Identifier: MIT */
/*
 * The instruction set as its users see it: decode a word, look up what it is,
 * execute it, or stamp its template (a64_templates.bc, functions "t_<id>",
 * parameters: struct cpu *, then one i64 an operand).
 *
 * An id is a table row with its variant fields fixed.  Everything behind this
 * header is generated from the *.tab files by gen/.
 */
#ifndef A64_H
#define A64_H

#include "sem/types.h"

enum { A64_MAX_OPS = 8 };

/* How control leaves an instruction; the semantics say where to. */
enum a64_flow {
	A64_NEXT,              /* falls through */
	A64_B,                 /* direct, always taken */
	A64_BCOND,             /* direct or falls through */
	A64_BL,                /* direct call */
	A64_BR,                /* indirect */
	A64_BLR,               /* indirect call */
	A64_RET,
	A64_SVC,
	A64_TRAP,              /* brk, hlt, udf */
};

/* What an operand is, and how the interpreter keeps it (runtime/cpu/threaded.h). */
enum a64_kind {
	A64_WIDE,              /* a number of up to 64 bits */
	A64_SMALL,             /* ... of up to 32 */
	A64_X,                 /* a general register, as in cpu->x[] */
	A64_V,                 /* a vector register */
	A64_LINK,              /* the target of a direct branch */
	A64_KIND_BITS = 3,
};

struct a64_insn {
	u16 id;
	u8 nops;
	u8 flow;               /* enum a64_flow */
	u32 word;
	u32 kinds;             /* enum a64_kind of the operands, the first one lowest */
	u64 op[A64_MAX_OPS];   /* only the first nops are set */
};

struct a64_desc {
	const char *name;      /* the row's */
	const char *variant;   /* "sf=1 sh=0", or "" */
	const char *feature;
	u8 flow;
	u8 nops;
	s8 target_op;          /* b, bcond, bl: the operand that is the target; else -1 */
};

extern const u32 a64_count;                /* ids are 0 .. a64_count-1 */
extern const struct a64_desc a64_descs[];  /* by id */

/* False: no such instruction; *out is then untouched but for ->word. */
bool a64_decode(u32 word, u64 pc, struct a64_insn *out);


#endif
