/* SPDX-License-Identifier: MIT */
/*
 * Operations outside the usual environment: lane by lane through softfp.c, and
 * what they raise into FPSR (fpenv.h).
 */
#include "fpenv.h"

#include "fbits.h"

static u64 lane(v128 v, u32 bits, u32 i)
{
	switch (bits) {
	case 16: return ((u16x8)v)[i & 7];
	case 32: return ((u32x4)v)[i & 3];
	default: return ((u64x2)v)[i & 1];
	}
}

static v128 with_lane(v128 v, u32 bits, u32 i, u64 x)
{
	u16x8 h = (u16x8)v;
	u32x4 s = (u32x4)v;
	u64x2 d = (u64x2)v;

	switch (bits) {
	case 16: h[i & 7] = (u16)x; return (v128)h;
	case 32: s[i & 3] = (u32)x; return (v128)s;
	default: d[i & 1] = x; return (v128)d;
	}
}

static struct fpenv env_of(const struct cpu *cpu) { return (struct fpenv){cpu->fpcr, 0}; }

static bool is_nan(enum fp_format f, u64 r)
{
	const struct fp_layout *l = &fp_layouts[f];

	return (r & (((u64)1 << (l->bits - 1)) - 1)) > (u64)l->top << l->fraction;
}

static bool is_zero(enum fp_format f, u64 r) { return !(r << (65 - fp_layouts[f].bits)); }

/* The significand without its trailing zeros; of a normal number. */
static u64 odd_part(double d)
{
	u64 m = (bits64(d) & ~(u64)0 >> 12) | (u64)1 << 52;

	return m >> __builtin_ctzll(m);
}

static bool product_is_exact(double a, double b)
{
	u64 x = odd_part(a), y = odd_part(b);

	return __builtin_clzll(x) + __builtin_clzll(y) >= 64 && !(x * y >> 53);
}

/* Is r, a normal number above the smallest, what a op b is without rounding?  False, too, where nobody can tell: of
 * doubles, for a quotient or a root from a subnormal number. */
static bool is_exact(u32 op, enum fp_format f, double r, double a, double b)
{
	bool products_are = f == FP_S;

	if (is_zero(FP_D, bits64(a)) || is_zero(FP_D, bits64(b)))
		return op == FP_ADD || op == FP_SUB;
	if (op == FP_SUB)
		b = -b;
	switch (op) {
	case FP_ADD: case FP_SUB: {
		/* Knuth's two-sum */
		double s = a + b, part = s - a;
		return s == r && (a - (s - part)) + (b - part) == 0;
	}
	case FP_MUL: return products_are ? a * b == r : product_is_exact(a, b);
	case FP_DIV: return (products_are || (plain_64(FP_DIV, a) && product_is_exact(r, b))) && r * b == a;
	case FP_SQRT: return (products_are || (plain_64(FP_DIV, a) && product_is_exact(r, r))) && r * r == a;
	case FP_MAX: case FP_MIN: return true;
	}
	return false;
}

/* The host's result stands: a vector is here for one of its lanes, a scalar because nothing inexact has been noted. */
static bool stands(const struct cpu *cpu, u32 op, enum fp_format f, u64 r, u64 a, u64 b)
{
	if (cpu->fpcr & FPCR_UNUSUAL || !fpenv_shows(op))
		return false;
	if (op == FP_MUL && is_zero(f, r) && (is_zero(f, a) || is_zero(f, b)))
		return true;
	if (f == FP_S)
		return plain_32(op, float_of((u32)r)) &&
		       (cpu->fpsr & FPSR_IXC || is_exact(op, f, float_of((u32)r), float_of((u32)a), float_of((u32)b)));
	return f == FP_D && plain_64(op, double_of(r)) &&
	       (cpu->fpsr & FPSR_IXC || is_exact(op, f, double_of(r), double_of(a), double_of(b)));
}

/* No lane counts: the NaN that the operation gives, and nothing noted. */
static u64 nan_only(const struct cpu *cpu, u32 op, enum fp_format f, u64 r, u64 a, u64 b, u64 c)
{
	struct fpenv env = {cpu->fpcr & FPCR_DN, 0};

	return is_nan(f, r) ? soft_fp(&env, op, f, r, a, b, c) : r;
}

u64 fpenv_fp(struct cpu *cpu, u32 spec, enum fp_format f, u64 r, u64 a, u64 b, u64 c)
{
	struct fpenv env = env_of(cpu);

	if (SPEC_LANES(spec) && stands(cpu, SPEC_OP(spec), f, r, a, b))
		return r;
	if (!SPEC_LANES(spec))
		return nan_only(cpu, SPEC_OP(spec), f, r, a, b, c);
	r = soft_fp(&env, SPEC_OP(spec), f, r, a, b, c);
	cpu->fpsr |= env.raised;
	return r;
}

v128 fpenv_fp_v(struct cpu *cpu, u32 spec, enum fp_format f, v128 r, v128 a, v128 b, v128 c)
{
	struct fpenv env = env_of(cpu);
	u32 bits = fp_layouts[f].bits, count = SPEC_LANES(spec);

	for (u32 i = 0; i < (count ? count : 128 / bits); i++) {
		u64 rl = lane(r, bits, i), al = lane(a, bits, i), bl = lane(b, bits, i), cl = lane(c, bits, i);
		if (count && stands(cpu, SPEC_OP(spec), f, rl, al, bl))
			continue;
		u64 x = count ? soft_fp(&env, SPEC_OP(spec), f, rl, al, bl, cl) :
				nan_only(cpu, SPEC_OP(spec), f, rl, al, bl, cl);
		r = with_lane(r, bits, i, x);
	}
	cpu->fpsr |= env.raised;
	return r;
}

/* A number that compares with b as `order` says. */
#define ORDERED(order, b) ((order) == 2 ? __builtin_nan("") : (order) > 0 ? __builtin_inf() : \
			   (order) < 0 ? -__builtin_inf() : (b))

double fpenv_cmp_64(struct cpu *cpu, u32 spec, double a, double b)
{
	struct fpenv env = env_of(cpu);
	int order = soft_compare(&env, SPEC_OP(spec), FP_D, bits64(a), bits64(b));

	cpu->fpsr |= env.raised;
	return ORDERED(order, b);
}

/* A half compared as a single: FZ16 takes what is subnormal as a half for zero. */
static float half_input(const struct cpu *cpu, u32 spec, float a)
{
	bool flushes = SPEC_FORMAT(spec) == FP_H && cpu->fpcr & FPCR_FZ16;

	return flushes && __builtin_fabsf(a) < 0x1p-14f ? 0 : a;
}

float fpenv_cmp_32(struct cpu *cpu, u32 spec, float a, float b)
{
	struct fpenv env = env_of(cpu);
	float x = half_input(cpu, spec, a), y = half_input(cpu, spec, b);
	int order = soft_compare(&env, SPEC_OP(spec), FP_S, bits32(x), bits32(y));

	cpu->fpsr |= env.raised;
	return (float)ORDERED(order, b);
}

u64 fpenv_int(struct cpu *cpu, u32 spec, u64 a, u64 fbits)
{
	struct fpenv env = env_of(cpu);
	u64 r = soft_to_int(&env, spec, a, fbits);

	cpu->fpsr |= env.raised;
	return r;
}

v128 fpenv_int_v(struct cpu *cpu, u32 spec, v128 r, v128 a, u64 fbits)
{
	u32 bits = SPEC_BITS(spec);

	for (u32 i = 0; i < SPEC_LANES(spec); i++)
		r = with_lane(r, bits, i, fpenv_int(cpu, spec, lane(a, bits, i), fbits));
	return r;
}

u64 fpenv_from(struct cpu *cpu, u32 spec, u64 v, u64 fbits)
{
	struct fpenv env = env_of(cpu);
	u64 r = soft_from_int(&env, spec, v, fbits);

	cpu->fpsr |= env.raised;
	return r;
}

v128 fpenv_from_v(struct cpu *cpu, u32 spec, v128 r, v128 v, u64 fbits)
{
	u32 bits = SPEC_BITS(spec);

	for (u32 i = 0; i < SPEC_LANES(spec); i++)
		r = with_lane(r, bits, i, fpenv_from(cpu, spec, lane(v, bits, i), fbits));
	return r;
}

v128 fpenv_convert(struct cpu *cpu, u32 spec, v128 r, v128 a)
{
	struct fpenv env = env_of(cpu);
	u32 from = fp_layouts[SPEC_FROM(spec)].bits, to = fp_layouts[SPEC_TO(spec)].bits;

	for (u32 i = 0; i < SPEC_LANES(spec); i++)
		r = with_lane(r, to, i, soft_convert(&env, spec, lane(a, from, i)));
	cpu->fpsr |= env.raised;
	return r;
}
