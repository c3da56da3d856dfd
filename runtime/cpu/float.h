/* SPDX-License-Identifier: MIT */
/*
 * Floating point that a host does not do as Arm does: which NaN comes out of
 * an operation (FPProcessNaNs()).  Fused multiply-add is in fma.h.
 *
 * `dn` is FPCR.DN: nonzero makes every NaN the default one.
 */
#ifndef RUNTIME_CPU_FLOAT_H
#define RUNTIME_CPU_FLOAT_H

#include "../../lifter/a64/sem/types.h"

enum {
	FPCR_DN = 1 << 25,
	/* AHP, DN, FZ, RMode: what Armv8.0 keeps; trap enables read as zero */
	FPCR_WRITABLE = 0x07c00000,
	FPSR_WRITABLE = 0x0800009f,
};

/* The NaN of an operation whose result is one: from a, else from b, else the
 * default (an invalid operation).  Signalling ones go first, quieted. */
double fp_nan1_64(double a, u32 dn);
double fp_nan2_64(double a, double b, u32 dn);
float fp_nan1_32(float a, u32 dn);
float fp_nan2_32(float a, float b, u32 dn);

/* The NaN of a * b + c: FPMulAdd(c, a, b). */
double fp_nan3_64(double a, double b, double c, u32 dn);
float fp_nan3_32(float a, float b, float c, u32 dn);

#endif
