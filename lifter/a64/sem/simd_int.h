/* SPDX-License-Identifier: MIT */
/*
 * Everything that AdvSIMD does on integer vectors except multiplication.
 */
#ifndef A64_SIMD_INT_H
#define A64_SIMD_INT_H

#include "fp_estimate.h"
#include "simd_arith.h"
#include "simd_permute.h"
#include "simd_saturate.h"
#include "simd_shift.h"
#include "simd_shift_reg.h"
#include "simd_widen.h"

#endif
