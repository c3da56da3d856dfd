/* SPDX-License-Identifier: MIT */
/*
 * BFloat16: the top halves of singles.  BFDOT and BFMMLA have an arithmetic of
 * their own (BFMulH(), BFAdd()): subnormals are zero, every NaN is the default
 * one, sums are rounded to odd.
 */
#ifndef A64_SIMD_BF16_H
#define A64_SIMD_BF16_H

#include "fp_half.h"

/* Rounded to nearest even, in the low 16 bits; NaNs are quiet already. */
PURE u32x4 bfloats_of_singles(f32x4 f)
{
	u32x4 bits = (u32x4)f, even = bits >> 16 & 1;

	return choose_32(f == f, (bits + 0x7fff + even) >> 16, bits >> 16);
}

SEM fp_bfcvt(struct cpu *cpu, reg rd, reg rn)
{
	float a = get_s(cpu, rn);

	v128 r = (v128)bfloats_of_singles((f32x4){NAN1(a, a)});
	r = fp_convert(cpu, CONVERT_SPEC(FP_S, FP_BF, 0, 1), r, (v128)(f32x4){a});
	set_u32v(cpu, rd, ((u32x4)r)[0]);
}

SEM simd_bfcvtn(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	f32x4 a = (f32x4)get_v(cpu, rn);

	v128 r = narrow_low(1, (v128)bfloats_of_singles(NAN1(a, a)));
	put_half(cpu, q, rd, fp_convert(cpu, CONVERT_SPEC(FP_S, FP_BF, 0, 4), r, (v128)a));
}

/* Even (top = 0) and odd BFloat16 numbers as singles. */
PURE f32x4 bf_singles(u32 top, v128 v)
{
	return (f32x4)(top ? (u32x4)v & 0xffff0000 : (u32x4)v << 16);
}

/* BFMLALB, BFMLALT: fused, in single precision. */
SEM simd_bfmlal(struct cpu *cpu, u32 top, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	set_v(cpu, rd, (v128)fma_v32(cpu, FP_SPEC(FP_MADD, 4), bf_singles(top, a), bf_singles(top, b), (f32x4)d));
}

SEM simd_bfmlal_element(struct cpu *cpu, u32 top, reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = splat_lane(1, get_v(cpu, rm), i);

	set_v(cpu, rd, (v128)fma_v32(cpu, FP_SPEC(FP_MADD, 4), bf_singles(top, a), bf_singles(0, b), (f32x4)d));
}

/* A subnormal is a zero. */
PURE f32x4 bf_flushed(f32x4 f)
{
	u32x4 bits = (u32x4)f, sign = bits & 0x80000000;

	return (f32x4)choose_32((bits & 0x7f800000) == 0, sign, bits);
}

PURE f32x4 bf_default_nan(f32x4 r) { return any_pick(r == r, r, (f32x4)((u32x4){} + 0x7fc00000)); }

/* The product is exact, but for what overflows or is flushed. */
PURE f32x4 bf_product(f32x4 a, f32x4 b)
{
	return bf_default_nan(bf_flushed(bf_flushed(a) * bf_flushed(b)));
}

/*
 * The sum rounded to odd twice, which is once: in double precision with the
 * last bit set if the error is not 0, after a step toward zero if the sum was
 * rounded up; then in single.
 */
PURE float bf_sum_lane(float fa, float fb)
{
	double a = fa, b = fb, s = a + b, part = s - a;
	double error = (a - (s - part)) + (b - part);
	bool up = (s > 0) ? error < 0 : error > 0;
	double odd = any_of_64((bits_64(s) - up) | (error != 0));

	/* what is too large becomes infinite, unlike by rounding to odd */
	float r = odd_single(odd);
	return any_abs(s) < 0x1p128 ? r : (float)s;
}

SHARED f32x4 bf_sum(f32x4 a, f32x4 b)
{
	a = bf_flushed(a);
	b = bf_flushed(b);
	f32x4 r = {bf_sum_lane(a[0], b[0]), bf_sum_lane(a[1], b[1]),
		   bf_sum_lane(a[2], b[2]), bf_sum_lane(a[3], b[3])};
	return bf_default_nan(bf_flushed(r));
}

/* BFDotAdd(): d plus the sum of the products of even and of odd numbers. */
PURE v128 bf_dot_add(v128 d, v128 a, v128 b)
{
	f32x4 even = bf_product(bf_singles(0, a), bf_singles(0, b));
	f32x4 odd = bf_product(bf_singles(1, a), bf_singles(1, b));

	return (v128)bf_sum((f32x4)d, bf_sum(even, odd));
}

SEM simd_bfdot(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	set_vq(cpu, q, rd, bf_dot_add(d, a, b));
}

SEM simd_bfdot_element(struct cpu *cpu, u32 q, reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = splat_lane(2, get_v(cpu, rm), i);

	set_vq(cpu, q, rd, bf_dot_add(d, a, b));
}

/* Row i of rn by row j of rm, two pairs each, goes to word 2i + j. */
SEM simd_bfmmla(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd);
	u32x4 a = (u32x4)get_v(cpu, rn), b = (u32x4)get_v(cpu, rm);
	u32x4 a0 = {a[0], a[0], a[2], a[2]}, a1 = {a[1], a[1], a[3], a[3]};
	u32x4 b0 = {b[0], b[2], b[0], b[2]}, b1 = {b[1], b[3], b[1], b[3]};

	d = bf_dot_add(d, (v128)a0, (v128)b0);
	set_v(cpu, rd, bf_dot_add(d, (v128)a1, (v128)b1));
}

#endif
