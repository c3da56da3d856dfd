/* SPDX-License-Identifier: MIT */
/*
 * The floating-point environment (FPCR, FPSR) around the host's arithmetic,
 * which rounds to nearest and raises nothing.
 *
 * The host's result stands when the environment is the usual one and the result
 * shows that no exception was raised that FPSR has not noted yet.  The usual
 * one: rounding to nearest, no flushing, IEEE halves, and "inexact" noted
 * already, which nearly every operation would raise.  A result that is a normal
 * number above the smallest shows it: anything else goes to softfp.c.
 *
 * lifter/fpenv.c asks the same questions in lifted code.
 */
#ifndef RUNTIME_CPU_FPENV_H
#define RUNTIME_CPU_FPENV_H

#include "cpu.h"
#include "softfp.h"

enum { FPCR_UNUSUAL = FPCR_RMODE | FPCR_FZ | FPCR_FZ16 | FPCR_AHP };

PURE bool fpenv_is_usual(const struct cpu *cpu)
{
	return !((cpu->fpcr & FPCR_UNUSUAL) | (~cpu->fpsr & FPSR_IXC));
}

/* Comparisons are exact, and only flushing changes them. */
PURE bool fpenv_compares(const struct cpu *cpu) { return !(cpu->fpcr & (FPCR_FZ | FPCR_FZ16)); }

/* Does a normal result show that nothing was raised?  Not where it stands for what did not fit. */
PURE bool fpenv_shows(u32 op) { return op < FP_RINT32Z; }

/* A zero from these is exact, or inexact at most. */
PURE bool fpenv_zero_is_plain(u32 op)
{
	return op == FP_ADD || op == FP_SUB || op == FP_MAX || op == FP_MIN || op == FP_SQRT ||
	       (op >= FP_RINTN && op <= FP_RINTX);
}

/* Twice the bits, less these, below those: a normal number, not the smallest. */
enum { PLAIN_LEAST_H = 0x0801, PLAIN_SPAN_H = 0xf800 - 0x0801 };
#define PLAIN_LEAST_S 0x01000001u
#define PLAIN_SPAN_S (0xff000000u - PLAIN_LEAST_S)
#define PLAIN_LEAST_D 0x0020000000000001u
#define PLAIN_SPAN_D (0xffe0000000000000u - PLAIN_LEAST_D)

PURE bool plain_64(u32 op, double r)
{
	union { double f; u64 u; } v = {r};

	return v.u * 2 - PLAIN_LEAST_D < PLAIN_SPAN_D || (fpenv_zero_is_plain(op) && r == 0);
}

PURE bool plain_32(u32 op, float r)
{
	union { float f; u32 u; } v = {r};

	return v.u * 2 - PLAIN_LEAST_S < PLAIN_SPAN_S || (fpenv_zero_is_plain(op) && r == 0);
}

PURE bool plain_v64(f64x2 r)
{
	u64x2 m = (u64x2)((u64x2)r * 2 - PLAIN_LEAST_D < (u64x2){} + PLAIN_SPAN_D);

	return (m[0] & m[1]) == ~(u64)0;
}

PURE bool plain_v32(f32x4 r)
{
	u64x2 m = (u64x2)((u32x4)r * 2 - PLAIN_LEAST_S < (u32x4){} + PLAIN_SPAN_S);

	return (m[0] & m[1]) == ~(u64)0;
}

/* fpenv.c: the answers otherwise; see the holes of the same names. */
u64 fpenv_fp(struct cpu *cpu, u32 spec, enum fp_format, u64 r, u64 a, u64 b, u64 c);
v128 fpenv_fp_v(struct cpu *cpu, u32 spec, enum fp_format, v128 r, v128 a, v128 b, v128 c);
double fpenv_cmp_64(struct cpu *cpu, u32 spec, double a, double b);
float fpenv_cmp_32(struct cpu *cpu, u32 spec, float a, float b);
u64 fpenv_int(struct cpu *cpu, u32 spec, u64 a, u64 fbits);
v128 fpenv_int_v(struct cpu *cpu, u32 spec, v128 r, v128 a, u64 fbits);
u64 fpenv_from(struct cpu *cpu, u32 spec, u64 v, u64 fbits);
v128 fpenv_from_v(struct cpu *cpu, u32 spec, v128 r, v128 v, u64 fbits);
v128 fpenv_convert(struct cpu *cpu, u32 spec, v128 r, v128 a);

#endif
