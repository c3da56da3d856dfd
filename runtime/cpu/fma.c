/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-add in software (fma.h), where the quick way is not sure.
 *
 * fma64 is integer arithmetic on 128 bits: product and addend are brought to
 * one exponent, bits shifted out are kept as one sticky bit, and the sum is
 * rounded once.  fma32 has an exact product in double; its sum is rounded to
 * odd there, after which rounding to float is the only rounding that counts.
 */
#include "fma.h"

#include "fbits.h"
#include "float.h"
#include "fma_quick.h"
#include "wide.h"

/* |f| = m * 2^e with bit 52 of m set; f is finite and not 0. */
static u64 split(double f, int *e)
{
	u64 m = bits64(f) & (((u64)1 << 52) - 1);
	int biased = (int)(bits64(f) >> 52 & 0x7ff);

	if (biased) {
		*e = biased - 1075;
		return m | (u64)1 << 52;
	}
	int up = __builtin_clzll(m) - 11;
	*e = -1074 - up;
	return m << up;
}

/* v * 2^e, v not 0, to the nearest double, ties to even. */
static double round_wide(u64 sign, struct wide v, int e)
{
	int top = v.hi ? 127 - __builtin_clzll(v.hi) : 63 - __builtin_clzll(v.lo);
	int shift = top - 52 > -1074 - e ? top - 52 : -1074 - e;
	u64 m;

	if (shift <= 0) {
		m = wide_shift_left(v, (u32)-shift).lo;
	} else {
		/* two bits more than needed, the lower one sticky */
		u32 keep = shift >= 2 ? (u32)shift - 2 : 0;
		struct wide w = wide_shift_right_sticky(v, keep);
		u64 r = shift == 1 ? w.lo << 1 : w.lo;
		m = r >> 2;
		m += (r & 2) && ((r & 1) || (m & 1));
	}
	/* m's bit 52 adds the 1 that makes the exponent field right */
	u64 bits = ((u64)(e + shift + 1074) << 52) + m;
	if (e + shift + 1074 >= 2046 || bits >= (u64)0x7ff << 52)
		bits = (u64)0x7ff << 52;
	return double_of(sign | bits);
}

static double fma_finite(double a, double b, double c)
{
	int ea, eb, ec;
	u64 ma = split(a, &ea), mb = split(b, &eb), mc = split(c, &ec);
	u64 sign_p = (bits64(a) ^ bits64(b)) >> 63 << 63, sign_c = bits64(c) >> 63 << 63;
	/* both tops at bit 124 or 125: room for a carry above, for lost bits below */
	struct wide p = wide_shift_left(wide_multiply(ma, mb), 20), q = wide_shift_left((struct wide){0, mc}, 73);
	int ep = ea + eb - 20, eq = ec - 73, e = ep > eq ? ep : eq;

	p = wide_shift_right_sticky(p, (u32)(e - ep));
	q = wide_shift_right_sticky(q, (u32)(e - eq));
	if (sign_p == sign_c)
		return round_wide(sign_p, wide_add(p, q), e);
	if (wide_less(p, q))
		return round_wide(sign_c, wide_subtract(q, p), e);
	struct wide d = wide_subtract(p, q);
	return d.hi | d.lo ? round_wide(sign_p, d, e) : 0.0;
}

static bool finite64(double f)
{
	return (bits64(f) >> 52 & 0x7ff) != 0x7ff;
}

double fp_fma64(double a, double b, double c, u32 dn)
{
	f64x2 quick;

	if (fma_quick_v64(fma_twice(a), fma_twice(b), fma_twice(c), &quick))
		return quick[0];
	if (finite64(a) && finite64(b)) {
		if (!finite64(c))
			return c == c ? c : fp_nan3_64(a, b, c, dn);
		if (a == 0 || b == 0)
			return a * b + c;
		return c == 0 ? a * b : fma_finite(a, b, c);
	}
	double r = a * b + c;
	return r == r ? r : fp_nan3_64(a, b, c, dn);
}

float fp_fma32(float a, float b, float c, u32 dn)
{
	float quick;

	if (fma_quick_32(a, b, c, &quick))
		return quick;
	double p = (double)a * b, sum = p + c;
	if (sum != sum)
		return fp_nan3_32(a, b, c, dn);
	/* Knuth's two-sum: the part of p + c that is not in sum */
	double c1 = sum - p, rest = (p - (sum - c1)) + (c - c1);
	if (rest != 0 && !(bits64(sum) & 1))
		sum = double_of(bits64(sum) + ((rest > 0) == (sum > 0) ? 1 : -(u64)1));
	return (float)sum;
}
