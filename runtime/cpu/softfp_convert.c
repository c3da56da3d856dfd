/* SPDX-License-Identifier: MIT */
/*
 * Conversions between floating-point formats and to and from integers and
 * fixed point (softfp.h).
 */
#include "softfp.h"

u64 soft_to_int(struct fpenv *env, u32 spec, u64 a, u64 fbits)
{
	struct fp_num n = fp_unpack(env, SPEC_FORMAT(spec), a, false);
	u32 bits = SPEC_BITS(spec);
	bool uns = SPEC_UNSIGNED(spec), carry, inexact;
	u64 magnitude, ones = ~(u64)0 >> (64 - bits);
	/* the largest magnitude of either sign */
	u64 limit = uns ? (n.sign ? 0 : ones) : (ones >> 1) + n.sign;

	if (n.kind >= FP_QNAN) {
		env->raised |= FPSR_IOC;
		return 0;
	}
	bool fits = n.kind != FP_INF && fp_to_magnitude(n, SPEC_MODE(spec), (int)fbits, &magnitude, &carry, &inexact) &&
		    !carry && magnitude <= limit;
	if (!fits)
		magnitude = limit;
	env->raised |= !fits ? FPSR_IOC : inexact ? FPSR_IXC : 0;
	return (n.sign ? -magnitude : magnitude) & ones;
}

u64 soft_from_int(struct fpenv *env, u32 spec, u64 v, u64 fbits)
{
	enum fp_format f = SPEC_FORMAT(spec);
	u32 unused = 64 - SPEC_BITS(spec);
	u64 value = SPEC_UNSIGNED(spec) ? v << unused >> unused : (u64)((s64)(v << unused) >> unused);
	bool sign = !SPEC_UNSIGNED(spec) && value >> 63;

	if (!value)
		return fp_zero(f, false);
	struct fp_num n = fp_normal(sign, 63 - (int)fbits, (struct wide){sign ? -value : value, 0});
	return fp_round(env, f, n, fp_rounding(env), false);
}

/* FPConvertNaN(): the sign and the top of the payload stay, quieted. */
static u64 convert_nan(enum fp_format from, enum fp_format to, u64 a, bool sign)
{
	int up = fp_layouts[to].fraction - fp_layouts[from].fraction;
	u64 fraction = a & (((u64)1 << fp_layouts[from].fraction) - 1);

	fraction = up >= 0 ? fraction << up : fraction >> -up;
	return fp_default_nan(to) | fp_zero(to, sign) | fraction;
}

u64 soft_convert(struct fpenv *env, u32 spec, u64 a)
{
	enum fp_format from = SPEC_FROM(spec), to = SPEC_TO(spec);
	bool alternative = to == FP_H && env->fpcr & FPCR_AHP;
	struct fp_num n = fp_unpack(env, from, a, true);

	if (n.kind >= FP_QNAN) {
		if (n.kind == FP_SNAN || alternative)
			env->raised |= FPSR_IOC;
		if (alternative)
			return fp_zero(to, n.sign);
		return env->fpcr & FPCR_DN ? fp_default_nan(to) : convert_nan(from, to, a, n.sign);
	}
	if (n.kind == FP_INF && alternative) {
		env->raised |= FPSR_IOC;
		return fp_zero(to, n.sign) | 0x7fff;
	}
	if (n.kind == FP_INF)
		return fp_infinity(to, n.sign);
	return fp_round(env, to, n, SPEC_ODD(spec) ? ROUND_ODD : fp_rounding(env), true);
}
