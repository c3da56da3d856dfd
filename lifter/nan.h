/* SPDX-License-Identifier: MIT */
/* NaN results as Arm has them: between what marks them (nan.c) and what makes code of the marks (settle.c). */
#ifndef LIFTER_NAN_H
#define LIFTER_NAN_H

#include "lifter/build.h"

/* Names of markers begin so; a marker is a call (r, x, y) with r = x op y, or of a fused multiply-add (r, x, y, addend). */
#define NAN_MARKER "nan."

/* A call that gives r, or the NaN of x op y where r is one. */
value_t nan_fixed(struct builder *, value_t r, value_t x, value_t y);
/* The type of all lanes' bits, NULL for a scalar. */
LLVMTypeRef nan_lane_bits(struct builder *, LLVMTypeRef);

#endif
