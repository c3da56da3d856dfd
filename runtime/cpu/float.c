/* SPDX-License-Identifier: MIT */
/* NaN propagation (float.h). */
#include "float.h"

#include "fbits.h"

enum nan { NOT_NAN, QUIET, SIGNALLING };

static const u64 quiet64 = (u64)1 << 51;
static const u32 quiet32 = (u32)1 << 22;

static enum nan nan_kind64(double f)
{
	return f == f ? NOT_NAN : bits64(f) & quiet64 ? QUIET : SIGNALLING;
}

static enum nan nan_kind32(float f)
{
	return f == f ? NOT_NAN : bits32(f) & quiet32 ? QUIET : SIGNALLING;
}

static const double default64 = __builtin_nan("");
static const float default32 = __builtin_nanf("");

/* Arm ARM, FPProcessNaNs(): the first signalling one, else the first quiet one. */
static double pick64(const double *v, int n, u32 dn)
{
	if (!dn)
		for (enum nan kind = SIGNALLING; kind > NOT_NAN; kind--)
			for (int i = 0; i < n; i++)
				if (nan_kind64(v[i]) == kind)
					return double_of(bits64(v[i]) | quiet64);
	return default64;
}

static float pick32(const float *v, int n, u32 dn)
{
	if (!dn)
		for (enum nan kind = SIGNALLING; kind > NOT_NAN; kind--)
			for (int i = 0; i < n; i++)
				if (nan_kind32(v[i]) == kind)
					return float_of(bits32(v[i]) | quiet32);
	return default32;
}

static bool is_infinite(double f)
{
	return f == f && f - f != 0;
}

double fp_nan3_64(double a, double b, double c, u32 dn)
{
	bool invalid = (a == 0 && is_infinite(b)) || (b == 0 && is_infinite(a));

	if (invalid && nan_kind64(c) == QUIET)
		return default64;
	return pick64((double[]){c, a, b}, 3, dn);
}

float fp_nan3_32(float a, float b, float c, u32 dn)
{
	bool invalid = (a == 0 && is_infinite(b)) || (b == 0 && is_infinite(a));

	if (invalid && nan_kind32(c) == QUIET)
		return default32;
	return pick32((float[]){c, a, b}, 3, dn);
}
