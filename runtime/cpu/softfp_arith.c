/* SPDX-License-Identifier: MIT */
/*
 * Floating-point arithmetic, comparison and rounding to integral values
 * (softfp.h).
 */
#include "softfp.h"

/* --- exact or sticky results on finite numbers that are not zero --- */

static struct fp_num product(struct fp_num a, struct fp_num b)
{
	return fp_normal(a.sign ^ b.sign, a.e + b.e + 1, wide_multiply(a.m.hi, b.m.hi));
}

/* a + b; each has 22 bits to spare at the bottom, so that what is lost there
 * is too far below to matter where the tops cancel. */
static struct fp_num sum(struct fp_num a, struct fp_num b, bool zero_sign)
{
	if (a.kind == FP_ZERO || b.kind == FP_ZERO) {
		struct fp_num n = a.kind == FP_ZERO ? b : a;
		if (a.kind == FP_ZERO && b.kind == FP_ZERO)
			n.sign = a.sign == b.sign ? a.sign : zero_sign;
		return n;
	}
	int e = a.e > b.e ? a.e : b.e;
	struct wide x = wide_shift_right_sticky(a.m, (u32)(e - a.e) + 1);
	struct wide y = wide_shift_right_sticky(b.m, (u32)(e - b.e) + 1);

	if (a.sign == b.sign)
		return fp_normal(a.sign, e + 1, wide_add(x, y));
	bool swap = wide_less(x, y);
	struct wide d = swap ? wide_subtract(y, x) : wide_subtract(x, y);
	if (!(d.hi | d.lo))
		return (struct fp_num){FP_ZERO, zero_sign, 0, d};
	return fp_normal(swap ? b.sign : a.sign, e + 1, d);
}

static struct fp_num quotient(struct fp_num a, struct fp_num b)
{
	u64 rest = a.m.hi, divisor = b.m.hi, q = 0;
	bool less = rest < divisor, carry = false;

	if (less) {
		carry = rest >> 63;
		rest <<= 1;
	}
	for (int i = 0; i < 64; i++) {
		bool one = carry || rest >= divisor;
		rest -= one ? divisor : 0;
		q = q << 1 | one;
		carry = rest >> 63;
		rest <<= 1;
	}
	return (struct fp_num){FP_FINITE, a.sign ^ b.sign, a.e - b.e - less, {q, rest || carry}};
}

static struct fp_num root(struct fp_num a)
{
	bool is_odd = a.e & 1;
	struct wide square = is_odd ? a.m : wide_shift_right_sticky(a.m, 1);
	u64 r = 0;

	for (u64 bit = (u64)1 << 63; bit; bit >>= 1)
		if (!wide_less(square, wide_multiply(r | bit, r | bit)))
			r |= bit;
	bool is_exact = !wide_less(wide_multiply(r, r), square);
	return (struct fp_num){FP_FINITE, false, (a.e - is_odd) / 2, {r, !is_exact}};
}

/* FPCompare() of what is no NaN: -1, 0, 1. */
static int order(struct fp_num a, struct fp_num b)
{
	int sa = a.sign ? -1 : 1, sb = b.sign ? -1 : 1;

	if (a.kind == FP_ZERO && b.kind == FP_ZERO)
		return 0;
	if (a.kind == FP_ZERO)
		return -sb;
	if (b.kind == FP_ZERO || a.sign != b.sign)
		return sa;
	if (a.kind != b.kind)
		return a.kind == FP_INF ? sa : -sb;
	if (a.kind == FP_INF)
		return 0;
	if (a.e != b.e)
		return a.e > b.e ? sa : -sa;
	return wide_less(a.m, b.m) ? -sa : wide_less(b.m, a.m) ? sa : 0;
}

/* --- operations, by their names in the pseudocode --- */

/* What an operation works on: operands as bits and apart. */
struct operation {
	struct fpenv *env;
	enum fp_format f;
	u64 bits[3];
	struct fp_num n[3];
	u32 mode;
	u64 nan;               /* set by has_nan() */
};

static bool has_nan(struct operation *o, u32 count)
{
	return fp_process_nans(o->env, o->f, count, o->bits, o->n, &o->nan);
}

static u64 rounded(struct operation *o, struct fp_num n)
{
	return fp_round(o->env, o->f, n, o->mode, false);
}

/* 2, 3 and the like: n * 2^-e. */
static struct fp_num number(u64 n, int e)
{
	return fp_normal(false, 63 - e, (struct wide){n, 0});
}

static u64 negated(enum fp_format f, u64 a) { return a ^ fp_zero(f, true); }
static u64 magnitude(enum fp_format f, u64 a) { return a & ~fp_zero(f, true); }

static u64 fp_add(struct operation *o, bool subtracts)
{
	struct fp_num a = o->n[0], b = o->n[1];

	if (has_nan(o, 2))
		return o->nan;
	b.sign ^= subtracts;
	if (a.kind == FP_INF && b.kind == FP_INF && a.sign != b.sign)
		return fp_invalid(o->env, o->f);
	if (a.kind == FP_INF || b.kind == FP_INF)
		return fp_infinity(o->f, a.kind == FP_INF ? a.sign : b.sign);
	return rounded(o, sum(a, b, o->mode == ROUND_M));
}

static bool is_zero_times_infinity(struct fp_num a, struct fp_num b)
{
	return (a.kind == FP_ZERO && b.kind == FP_INF) || (a.kind == FP_INF && b.kind == FP_ZERO);
}

static struct fp_num times(struct fp_num a, struct fp_num b)
{
	if (a.kind == FP_ZERO || b.kind == FP_ZERO)
		return (struct fp_num){FP_ZERO, a.sign ^ b.sign, 0, {0, 0}};
	return product(a, b);
}

static u64 fp_mul(struct operation *o, bool extended)
{
	struct fp_num a = o->n[0], b = o->n[1];

	if (has_nan(o, 2))
		return o->nan;
	if (is_zero_times_infinity(a, b)) {
		struct fp_num two = number(2, 0);
		two.sign = a.sign ^ b.sign;
		return extended ? rounded(o, two) : fp_invalid(o->env, o->f);
	}
	if (a.kind == FP_INF || b.kind == FP_INF)
		return fp_infinity(o->f, a.sign ^ b.sign);
	return rounded(o, times(a, b));
}

static u64 fp_div(struct operation *o)
{
	struct fp_num a = o->n[0], b = o->n[1];
	bool sign = a.sign ^ b.sign;

	if (has_nan(o, 2))
		return o->nan;
	if (a.kind == b.kind && a.kind != FP_FINITE)
		return fp_invalid(o->env, o->f);
	if (a.kind == FP_INF || b.kind == FP_ZERO) {
		if (a.kind != FP_INF)
			o->env->raised |= FPSR_DZC;
		return fp_infinity(o->f, sign);
	}
	if (a.kind == FP_ZERO || b.kind == FP_INF)
		return fp_zero(o->f, sign);
	return rounded(o, quotient(a, b));
}

static u64 fp_sqrt(struct operation *o)
{
	struct fp_num a = o->n[0];

	if (has_nan(o, 1))
		return o->nan;
	if (a.kind == FP_ZERO)
		return fp_zero(o->f, a.sign);
	if (a.sign)
		return fp_invalid(o->env, o->f);
	return a.kind == FP_INF ? fp_infinity(o->f, false) : rounded(o, root(a));
}

/* FPMax(), FPMin(): `want` is the order of a and b that picks a. */
static u64 fp_extreme(struct operation *o, int want)
{
	struct fp_num a = o->n[0], b = o->n[1];

	if (has_nan(o, 2))
		return o->nan;
	struct fp_num n = order(a, b) == want ? a : b;
	if (n.kind == FP_INF)
		return fp_infinity(o->f, n.sign);
	if (a.kind == FP_ZERO && b.kind == FP_ZERO)
		n.sign = want > 0 ? a.sign & b.sign : a.sign | b.sign;
	return rounded(o, n);
}

/* FPMaxNum(), FPMinNum(): a quiet NaN gives way to what is none. */
static u64 fp_extreme_number(struct operation *o, int want)
{
	for (int i = 0; i < 2; i++)
		if (o->n[i].kind == FP_QNAN && o->n[1 - i].kind != FP_QNAN)
			o->n[i] = (struct fp_num){FP_INF, want > 0, 0, {0, 0}};
	return fp_extreme(o, want);
}

/* FPMulAdd(): operands a, b, and the addend c, whose NaN goes first. */
static u64 fp_mul_add(struct operation *o)
{
	struct fp_num a = o->n[0], b = o->n[1], c = o->n[2];
	u64 bits[] = {o->bits[2], o->bits[0], o->bits[1]}, nan;
	struct fp_num n[] = {c, a, b};
	bool zero_times_infinity = is_zero_times_infinity(a, b);
	bool product_is_infinite = a.kind == FP_INF || b.kind == FP_INF, sign = a.sign ^ b.sign;

	if (fp_process_nans(o->env, o->f, 3, bits, n, &nan))
		return c.kind == FP_QNAN && zero_times_infinity ? fp_invalid(o->env, o->f) : nan;
	if (zero_times_infinity || (c.kind == FP_INF && product_is_infinite && c.sign != sign))
		return fp_invalid(o->env, o->f);
	if (c.kind == FP_INF || product_is_infinite)
		return fp_infinity(o->f, c.kind == FP_INF ? c.sign : sign);
	return rounded(o, sum(times(a, b), c, o->mode == ROUND_M));
}

/* FPRecipStepFused(), FPRSqrtStepFused(): (k + a * b) / 2^halve; a is negated already. */
static u64 fp_step(struct operation *o, u64 k, int halve)
{
	struct fp_num a = o->n[0], b = o->n[1];

	if (has_nan(o, 2))
		return o->nan;
	if (is_zero_times_infinity(a, b))
		return rounded(o, number(k, halve));
	if (a.kind == FP_INF || b.kind == FP_INF)
		return fp_infinity(o->f, a.sign ^ b.sign);
	struct fp_num n = sum(times(a, b), number(k, 0), o->mode == ROUND_M);
	n.e -= halve;
	return rounded(o, n);
}

/* FPRecipEstimate(), but for the estimate. */
static u64 fp_recip_estimate(struct operation *o, u64 r)
{
	struct fp_num a = o->n[0];
	int bias = fp_layouts[o->f].top >> 1;
	bool flushes = o->env->fpcr & (o->f == FP_H ? FPCR_FZ16 : FPCR_FZ);

	if (has_nan(o, 1))
		return o->nan;
	if (a.kind == FP_INF)
		return fp_zero(o->f, a.sign);
	if (a.kind == FP_ZERO) {
		o->env->raised |= FPSR_DZC;
		return fp_infinity(o->f, a.sign);
	}
	if (a.e < -bias - 1) {
		/* 2^(bias + 1) and more: rounded as an overflow */
		a.e = bias + 1;
		return rounded(o, a);
	}
	if (flushes && a.e >= bias - 1) {
		o->env->raised |= FPSR_UFC;
		return fp_zero(o->f, a.sign);
	}
	return r;
}

/* FPRSqrtEstimate(), but for the estimate. */
static u64 fp_rsqrt_estimate(struct operation *o, u64 r)
{
	struct fp_num a = o->n[0];

	if (has_nan(o, 1))
		return o->nan;
	if (a.kind == FP_ZERO) {
		o->env->raised |= FPSR_DZC;
		return fp_infinity(o->f, a.sign);
	}
	if (a.sign)
		return fp_invalid(o->env, o->f);
	return a.kind == FP_INF ? fp_zero(o->f, false) : r;
}

/* FPRoundInt() */
static u64 fp_round_int(struct operation *o, u32 mode, bool exact)
{
	struct fp_num a = o->n[0];
	bool carry, inexact;
	u64 m;

	if (has_nan(o, 1))
		return o->nan;
	if (a.kind == FP_INF)
		return fp_infinity(o->f, a.sign);
	if (a.kind == FP_FINITE && a.e >= fp_layouts[o->f].fraction)
		return rounded(o, a);
	fp_to_magnitude(a, mode, 0, &m, &carry, &inexact);
	if (inexact && exact)
		o->env->raised |= FPSR_IXC;
	return m ? rounded(o, fp_normal(a.sign, 63, (struct wide){m, 0})) : fp_zero(o->f, a.sign);
}

/* FPRoundIntN(): within a signed integer of `bits`, or its most negative value. */
static u64 fp_round_int_n(struct operation *o, u32 mode, u32 bits)
{
	struct fp_num a = o->n[0];
	bool carry = false, inexact = false;
	u64 m = 0, limit = ((u64)1 << (bits - 1)) - 1 + a.sign;
	bool fits = a.kind <= FP_FINITE && fp_to_magnitude(a, mode, 0, &m, &carry, &inexact) && !carry && m <= limit;

	if (!fits) {
		o->env->raised |= FPSR_IOC;
		return rounded(o, fp_normal(true, 63, (struct wide){(u64)1 << (bits - 1), 0}));
	}
	if (inexact)
		o->env->raised |= FPSR_IXC;
	return m ? rounded(o, fp_normal(a.sign, 63, (struct wide){m, 0})) : fp_zero(o->f, a.sign);
}

/* FPCompareEQ(), FPCompareGE(), FPCompareGT(). */
static u64 fp_compare_mask(struct operation *o, bool quiet, bool (*holds)(int order))
{
	struct fp_num a = o->n[0], b = o->n[1];

	if (a.kind >= FP_QNAN || b.kind >= FP_QNAN) {
		if (!quiet || a.kind == FP_SNAN || b.kind == FP_SNAN)
			o->env->raised |= FPSR_IOC;
		return 0;
	}
	return holds(order(a, b)) ? ~(u64)0 >> (64 - fp_layouts[o->f].bits) : 0;
}

static bool is_equal(int order) { return order == 0; }
static bool is_not_less(int order) { return order >= 0; }
static bool is_greater(int order) { return order > 0; }

/* FPToFixedJS(), the exceptions; the operand as it was unpacked. */
static u64 fp_javascript(struct operation *o, u64 r)
{
	u32 spec = INT_SPEC(ROUND_Z, 0, 1, FP_D, 1);

	soft_to_int(o->env, spec, o->bits[0], 0);
	return o->n[0].kind == FP_ZERO ? fp_zero(o->f, o->n[0].sign) : r;
}

/* A subnormal half is no subnormal single, but flushed by FZ16 all the same. */
static struct fp_num flushed_half(const struct fpenv *env, struct fp_num n)
{
	if (n.kind == FP_FINITE && n.e < -14 && env->fpcr & FPCR_FZ16)
		n.kind = FP_ZERO;
	return n;
}

int soft_compare(struct fpenv *env, enum fp_op op, enum fp_format f, u64 a, u64 b)
{
	struct fp_num x = fp_unpack(env, f, a, false), y = fp_unpack(env, f, b, false);

	if (x.kind < FP_QNAN && y.kind < FP_QNAN)
		return order(x, y);
	if (op == FP_CMPE || x.kind == FP_SNAN || y.kind == FP_SNAN)
		env->raised |= FPSR_IOC;
	return 2;
}

static u32 operands(enum fp_op op)
{
	switch (op) {
	case FP_MADD: case FP_MADDH: return 3;
	case FP_SQRT: case FP_RECPE: case FP_RSQRTE: case FP_RECPX: case FP_JS:
	case FP_RINTN: case FP_RINTP: case FP_RINTM: case FP_RINTZ: case FP_RINTA: case FP_RINTI: case FP_RINTX:
	case FP_RINT32Z: case FP_RINT32X: case FP_RINT64Z: case FP_RINT64X: return 1;
	default: return 2;
	}
}

u64 soft_fp(struct fpenv *env, enum fp_op op, enum fp_format f, u64 r, u64 a, u64 b, u64 c)
{
	struct operation o = {env, f, {a, b, c}, {{0}}, fp_rounding(env), 0};

	if (op == FP_ACGE || op == FP_ACGT)
		for (int i = 0; i < 2; i++)
			o.bits[i] = magnitude(f, o.bits[i]);
	for (u32 i = 0, n = operands(op); i < n; i++)
		o.n[i] = fp_unpack(env, f, o.bits[i], false);
	switch (op) {
	case FP_ADD: return fp_add(&o, false);
	case FP_SUB: return fp_add(&o, true);
	case FP_ABD: return magnitude(f, fp_add(&o, true));
	case FP_MUL: return fp_mul(&o, false);
	case FP_NMUL: return negated(f, fp_mul(&o, false));
	case FP_MULX: return fp_mul(&o, true);
	case FP_DIV: return fp_div(&o);
	case FP_SQRT: return fp_sqrt(&o);
	case FP_MAX: return fp_extreme(&o, 1);
	case FP_MIN: return fp_extreme(&o, -1);
	case FP_MAXNM: return fp_extreme_number(&o, 1);
	case FP_MINNM: return fp_extreme_number(&o, -1);
	case FP_MADDH:
		o.n[0] = flushed_half(env, o.n[0]);
		o.n[1] = flushed_half(env, o.n[1]);
		return fp_mul_add(&o);
	case FP_MADD: return fp_mul_add(&o);
	case FP_RECPS: return fp_step(&o, 2, 0);
	case FP_RSQRTS: return fp_step(&o, 3, 1);
	case FP_RECPE: return fp_recip_estimate(&o, r);
	case FP_RSQRTE: return fp_rsqrt_estimate(&o, r);
	case FP_RECPX: return has_nan(&o, 1) ? o.nan : r;
	case FP_RINTN: return fp_round_int(&o, ROUND_N, false);
	case FP_RINTP: return fp_round_int(&o, ROUND_P, false);
	case FP_RINTM: return fp_round_int(&o, ROUND_M, false);
	case FP_RINTZ: return fp_round_int(&o, ROUND_Z, false);
	case FP_RINTA: return fp_round_int(&o, ROUND_A, false);
	case FP_RINTI: return fp_round_int(&o, o.mode, false);
	case FP_RINTX: return fp_round_int(&o, o.mode, true);
	case FP_RINT32Z: return fp_round_int_n(&o, ROUND_Z, 32);
	case FP_RINT32X: return fp_round_int_n(&o, o.mode, 32);
	case FP_RINT64Z: return fp_round_int_n(&o, ROUND_Z, 64);
	case FP_RINT64X: return fp_round_int_n(&o, o.mode, 64);
	case FP_CMEQ: return fp_compare_mask(&o, true, is_equal);
	case FP_CMGE: case FP_ACGE: return fp_compare_mask(&o, false, is_not_less);
	case FP_CMGT: case FP_ACGT: return fp_compare_mask(&o, false, is_greater);
	case FP_JS: return fp_javascript(&o, r);
	case FP_CMP: case FP_CMPE: break;
	}
	return r;
}
