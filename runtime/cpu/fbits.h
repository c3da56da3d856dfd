/* SPDX-License-Identifier: MIT */
/* Floating-point numbers as their bits, and back. */
#ifndef RUNTIME_CPU_FBITS_H
#define RUNTIME_CPU_FBITS_H

#include "../../lifter/a64/sem/types.h"

static inline u64 bits64(double f)
{
	union { double f; u64 u; } v = {f};
	return v.u;
}

static inline double double_of(u64 u)
{
	union { u64 u; double f; } v = {u};
	return v.f;
}

static inline u32 bits32(float f)
{
	union { float f; u32 u; } v = {f};
	return v.u;
}

static inline float float_of(u32 u)
{
	union { u32 u; float f; } v = {u};
	return v.f;
}

#endif
