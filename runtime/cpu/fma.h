/* SPDX-License-Identifier: MIT */
/*
 * A fused multiply-add that is fused, on hosts that have none: a * b + c,
 * rounded once to nearest even.  NaNs as FPMulAdd(c, a, b); `dn` is FPCR.DN
 * (float.h).
 */
#ifndef RUNTIME_CPU_FMA_H
#define RUNTIME_CPU_FMA_H

#include "../../lifter/a64/sem/types.h"

double fp_fma64(double a, double b, double c, u32 dn);
float fp_fma32(float a, float b, float c, u32 dn);

#endif
