/* SPDX-License-Identifier: MIT */
/*
 * Everything that AdvSIMD does on floating-point vectors.  The operations are
 * the scalar ones' (fp_*.h); pairs, lanes and fused forms are vector only.
 */
#ifndef A64_SIMD_FP_H
#define A64_SIMD_FP_H

#include "fp_estimate.h"
#include "fp_half.h"
#include "simd_multiply.h"
#include "simd_pairwise.h"

#endif
