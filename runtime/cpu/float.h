/* SPDX-License-Identifier: MIT */
/*
 * Which NaN comes out of a fused multiply-add (fma.h) in the usual environment;
 * of all other operations: softfp.h.
 *
 * `dn` is FPCR.DN: nonzero makes every NaN the default one.
 */
#ifndef RUNTIME_CPU_FLOAT_H
#define RUNTIME_CPU_FLOAT_H

#include "../../lifter/a64/sem/types.h"

/* The NaN of a * b + c: FPMulAdd(c, a, b).  Signalling ones go first, quieted. */
double fp_nan3_64(double a, double b, double c, u32 dn);
float fp_nan3_32(float a, float b, float c, u32 dn);

#endif
