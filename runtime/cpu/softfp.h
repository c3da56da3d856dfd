/* SPDX-License-Identifier: MIT */
/*
 * Floating point to the letter of the Arm ARM: every rounding mode, flushing,
 * alternative half precision, and the exceptions that FPSR accumulates.
 *
 * What runs in an environment that the host does not have comes here (fpenv.c),
 * and so does each operation that may be the first to raise an exception.
 * Values are bits in the low part of a u64.  Without traps, results and flags
 * are all there is.  Function names in comments are those of the Arm ARM's
 * shared pseudocode.
 */
#ifndef RUNTIME_CPU_SOFTFP_H
#define RUNTIME_CPU_SOFTFP_H

#include "../../lifter/a64/sem/fp_env.h"
#include "wide.h"

enum {
	FPCR_FZ16 = 1 << 19, FPCR_FZ = 1 << 24, FPCR_DN = 1 << 25, FPCR_AHP = 1 << 26,
	FPCR_RMODE = 3 << 22,
	/* FZ16, RMode, FZ, DN, AHP; trap enables read as zero */
	FPCR_WRITABLE = 0x07c80000,
};
enum {
	FPSR_IOC = 1, FPSR_DZC = 2, FPSR_OFC = 4, FPSR_UFC = 8, FPSR_IXC = 16, FPSR_IDC = 128,
	FPSR_WRITABLE = 0x0800009f,
};

struct fpenv {
	u32 fpcr;
	u32 raised;            /* FPSR's bits, added to */
};

/* The operation on a, b and c; `r` is its result in the default environment,
 * which is the answer where the environment makes no difference. */
u64 soft_fp(struct fpenv *, enum fp_op, enum fp_format, u64 r, u64 a, u64 b, u64 c);

/* FPCompare(), FP_CMP or FP_CMPE: -1, 0, 1, or 2 for unordered. */
int soft_compare(struct fpenv *, enum fp_op, enum fp_format, u64 a, u64 b);

/* FPToFixed(), FixedToFP(): `spec` as made by INT_SPEC(). */
u64 soft_to_int(struct fpenv *, u32 spec, u64 a, u64 fbits);
u64 soft_from_int(struct fpenv *, u32 spec, u64 v, u64 fbits);

/* FPConvert(): `spec` as made by CONVERT_SPEC(). */
u64 soft_convert(struct fpenv *, u32 spec, u64 a);

/* --- between softfp*.c --- */

enum fp_kind { FP_ZERO, FP_FINITE, FP_INF, FP_QNAN, FP_SNAN };

/* A finite number is m * 2^(e - 127) with the top bit of m set; bit 0 of m may
 * stand for all that was lost below. */
struct fp_num {
	enum fp_kind kind;
	bool sign;
	int e;
	struct wide m;
};

struct fp_layout {
	u8 bits, fraction;     /* in all; of the fraction */
	u16 top;               /* the largest biased exponent */
};
extern const struct fp_layout fp_layouts[];    /* by enum fp_format */

PURE u32 fp_rounding(const struct fpenv *env) { return env->fpcr >> 22 & 3; }

/* FPUnpack(); FPUnpackCV(), for conversions between formats, if `converts`. */
struct fp_num fp_unpack(struct fpenv *, enum fp_format, u64 bits, bool converts);
/* FPRound(), FPRoundCV(); `n` may be zero. */
u64 fp_round(struct fpenv *, enum fp_format, struct fp_num n, u32 mode, bool converts);

u64 fp_zero(enum fp_format, bool sign);
u64 fp_infinity(enum fp_format, bool sign);
u64 fp_default_nan(enum fp_format);
/* An invalid operation: IOC, and the default NaN. */
u64 fp_invalid(struct fpenv *, enum fp_format);
/* FPProcessNaNs(): true if one of `count` operands is a NaN, then *out is the result. */
bool fp_process_nans(struct fpenv *, enum fp_format, u32 count, const u64 *bits,
		     const struct fp_num *, u64 *out);
/* m with its top bit set; m is not 0. */
struct fp_num fp_normal(bool sign, int e, struct wide m);
/* Rounded to an integer: its magnitude; *carry: plus 2^64; *inexact: something was lost.
 * `scale` is added to the exponent first.  False: 2^64 or more before rounding. */
bool fp_to_magnitude(struct fp_num n, u32 mode, int scale, u64 *out, bool *carry, bool *inexact);

#endif
