/* SPDX-License-Identifier: MIT */
/*
 * Floating-point formats: taking numbers apart, rounding and putting them
 * together, NaNs (softfp.h).
 */
#include "softfp.h"

const struct fp_layout fp_layouts[] = {
	[FP_H] = {16, 10, 0x1f}, [FP_S] = {32, 23, 0xff}, [FP_D] = {64, 52, 0x7ff}, [FP_BF] = {16, 7, 0xff},
};

static int bias_of(enum fp_format f) { return fp_layouts[f].top >> 1; }

static u64 put(enum fp_format f, bool sign, u64 biased, u64 fraction)
{
	const struct fp_layout *l = &fp_layouts[f];

	return (u64)sign << (l->bits - 1) | biased << l->fraction | fraction;
}

u64 fp_zero(enum fp_format f, bool sign) { return put(f, sign, 0, 0); }
u64 fp_infinity(enum fp_format f, bool sign) { return put(f, sign, fp_layouts[f].top, 0); }

static u64 quiet_bit(enum fp_format f) { return (u64)1 << (fp_layouts[f].fraction - 1); }

u64 fp_default_nan(enum fp_format f) { return put(f, false, fp_layouts[f].top, quiet_bit(f)); }

u64 fp_invalid(struct fpenv *env, enum fp_format f)
{
	env->raised |= FPSR_IOC;
	return fp_default_nan(f);
}

struct fp_num fp_normal(bool sign, int e, struct wide m)
{
	u32 up = m.hi ? (u32)__builtin_clzll(m.hi) : 64 + (u32)__builtin_clzll(m.lo);

	return (struct fp_num){FP_FINITE, sign, e - (int)up, up ? wide_shift_left(m, up) : m};
}

struct fp_num fp_unpack(struct fpenv *env, enum fp_format f, u64 bits, bool converts)
{
	const struct fp_layout *l = &fp_layouts[f];
	u64 biased = bits >> l->fraction & l->top, fraction = bits & (((u64)1 << l->fraction) - 1);
	struct fp_num n = {FP_ZERO, bits >> (l->bits - 1) & 1, 0, {0, 0}};

	if (biased == l->top && !(f == FP_H && converts && env->fpcr & FPCR_AHP)) {
		n.kind = !fraction ? FP_INF : fraction & quiet_bit(f) ? FP_QNAN : FP_SNAN;
		return n;
	}
	if (!biased && !fraction)
		return n;
	if (!biased && f == FP_H && !converts && env->fpcr & FPCR_FZ16)
		return n;
	if (!biased && f != FP_H && env->fpcr & FPCR_FZ) {
		env->raised |= FPSR_IDC;
		return n;
	}
	u64 m = fraction | (u64)(biased != 0) << l->fraction;
	int e = (int)(biased ? biased : 1) - bias_of(f);
	return fp_normal(n.sign, e, (struct wide){m << (63 - l->fraction), 0});
}

bool fp_process_nans(struct fpenv *env, enum fp_format f, u32 count, const u64 *bits,
		     const struct fp_num *n, u64 *out)
{
	for (enum fp_kind kind = FP_SNAN; kind >= FP_QNAN; kind--)
		for (u32 i = 0; i < count; i++) {
			if (n[i].kind != kind)
				continue;
			if (kind == FP_SNAN)
				env->raised |= FPSR_IOC;
			*out = env->fpcr & FPCR_DN ? fp_default_nan(f) : bits[i] | quiet_bit(f);
			return true;
		}
	return false;
}

static bool rounds_up(u32 mode, bool sign, bool is_odd, u32 rest)
{
	switch (mode) {
	case ROUND_N: return rest == 3 || (rest == 2 && is_odd);
	case ROUND_P: return rest && !sign;
	case ROUND_M: return rest && sign;
	case ROUND_A: return rest >= 2;
	}
	return false;
}

static u64 overflow(struct fpenv *env, enum fp_format f, bool sign, u32 mode)
{
	bool to_infinity = mode == ROUND_N || mode == ROUND_A || mode == (sign ? ROUND_M : ROUND_P);

	env->raised |= FPSR_OFC | FPSR_IXC;
	return to_infinity ? fp_infinity(f, sign) : fp_infinity(f, sign) - 1;
}

u64 fp_round(struct fpenv *env, enum fp_format f, struct fp_num n, u32 mode, bool converts)
{
	const struct fp_layout *l = &fp_layouts[f];
	int least = 1 - bias_of(f);
	bool flushes = f == FP_H ? !converts && env->fpcr & FPCR_FZ16 : env->fpcr & FPCR_FZ;
	bool alternative = f == FP_H && converts && env->fpcr & FPCR_AHP;

	if (n.kind == FP_ZERO)
		return fp_zero(f, n.sign);
	if (flushes && n.e < least) {
		env->raised |= FPSR_UFC;
		return fp_zero(f, n.sign);
	}
	u32 biased = n.e < least ? 0 : (u32)(n.e - least) + 1;
	u32 shift = 127u - l->fraction + (u32)(biased ? 0 : least - n.e);
	/* two bits more than needed, the lower one sticky */
	u64 w = wide_shift_right_sticky(n.m, shift - 2).lo, m = w >> 2;
	u32 rest = (u32)w & 3;

	if (!biased && rest)
		env->raised |= FPSR_UFC;
	m += rounds_up(mode, n.sign, m & 1, rest);
	if (mode == ROUND_ODD)
		m |= rest != 0;
	/* the implicit bit, or a carry out of the fraction, counts the exponent up */
	u64 magnitude = ((u64)(biased ? biased - 1 : 0) << l->fraction) + m;
	if (alternative && magnitude >> 15) {
		env->raised |= FPSR_IOC;
		return put(f, n.sign, l->top, ((u64)1 << l->fraction) - 1);
	}
	if (!alternative && magnitude >> l->fraction >= l->top)
		return overflow(env, f, n.sign, mode);
	if (rest)
		env->raised |= FPSR_IXC;
	return put(f, n.sign, 0, magnitude);
}

bool fp_to_magnitude(struct fp_num n, u32 mode, int scale, u64 *out, bool *carry, bool *inexact)
{
	int e = n.e + scale;

	*out = 0;
	*carry = *inexact = false;
	if (n.kind == FP_ZERO)
		return true;
	if (e >= 64)
		return false;
	struct wide w = wide_shift_right_sticky(n.m, e < -2 ? 128 : (u32)(125 - e));
	u32 rest = (u32)w.lo & 3;
	u64 m = w.hi << 62 | w.lo >> 2;
	bool up = rounds_up(mode, n.sign, m & 1, rest);

	*inexact = rest != 0;
	*carry = up && m == ~(u64)0;
	*out = m + up;
	return true;
}
