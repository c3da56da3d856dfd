/* SPDX-License-Identifier: MIT */
/*
 * How the semantics tell the accessors of holes.h which operation a value comes
 * from, so that one under another environment than the usual (FPCR: rounding
 * mode, flushing; FPSR: exceptions to be noted) can be done again to the letter.
 *
 * A specification is a constant: what, in how many lanes, in which format.  The
 * lanes beyond are of no consequence; with none at all only a NaN is put right.
 */
#ifndef A64_FP_ENV_H
#define A64_FP_ENV_H

#include "types.h"

enum fp_format { FP_H, FP_S, FP_D, FP_BF };

static inline u32 fp_format_bits(enum fp_format f) { return f == FP_D ? 64 : f == FP_S ? 32 : 16; }

enum fp_op {
	FP_ADD, FP_SUB, FP_ABD, FP_MUL, FP_NMUL, FP_MULX, FP_DIV, FP_SQRT,
	FP_MAX, FP_MIN, FP_MAXNM, FP_MINNM,
	FP_MADD,               /* a * b + c */
	FP_MADDH,              /* the same in singles, a and b from halves */
	FP_RECPS, FP_RSQRTS,   /* 2 + a * b, (3 + a * b) / 2: a is negated already */
	FP_RECPE, FP_RSQRTE, FP_RECPX,
	FP_RINTN, FP_RINTP, FP_RINTM, FP_RINTZ, FP_RINTA,
	FP_RINTI, FP_RINTX,    /* by FPCR; X notes what is inexact */
	FP_RINT32Z, FP_RINT32X, FP_RINT64Z, FP_RINT64X,
	FP_CMEQ, FP_CMGE, FP_CMGT,   /* masks; all but EQ take a quiet NaN as invalid */
	FP_ACGE, FP_ACGT,            /* of the magnitudes */
	FP_CMP, FP_CMPE,             /* flags; CMPE takes a quiet NaN as invalid */
	FP_JS,                 /* the operand of FJCVTZS */
};

/* FPCR.RMode's encoding, then the modes that only instructions name. */
enum { ROUND_N, ROUND_P, ROUND_M, ROUND_Z, ROUND_A, ROUND_ODD };

/* Of fp1, fp2, fp_env, fma; `format` for env_half and fp_cmp only. */
#define FP_SPEC(op, lanes) ((u32)(op) | (u32)(lanes) << 8)
#define FP_SPEC_OF(op, lanes, format) (FP_SPEC(op, lanes) | (u32)(format) << 12)
#define SPEC_OP(spec) ((spec) & 0xff)
#define SPEC_LANES(spec) ((spec) >> 8 & 15)
#define SPEC_FORMAT(spec) ((enum fp_format)((spec) >> 12 & 3))

/* Of fp_int and fp_from: integers of 16 << size bits; the mode is fp_int's. */
#define INT_SPEC(mode, uns, size, format, lanes) \
	((u32)(mode) | (u32)(uns) << 3 | (u32)(size) << 4 | (u32)(lanes) << 8 | (u32)(format) << 12)
#define SPEC_MODE(spec) ((spec) & 7)
#define SPEC_UNSIGNED(spec) ((spec) >> 3 & 1)
#define SPEC_BITS(spec) (16u << ((spec) >> 4 & 3))

/* Of fp_convert: FPConvert(), by FPCR or to odd. */
#define CONVERT_SPEC(from, to, odd, lanes) \
	((u32)(from) | (u32)(to) << 2 | (u32)(odd) << 4 | (u32)(lanes) << 8)
#define SPEC_FROM(spec) ((enum fp_format)((spec) & 3))
#define SPEC_TO(spec) ((enum fp_format)((spec) >> 2 & 3))
#define SPEC_ODD(spec) ((spec) >> 4 & 1)

#endif
