/* SPDX-License-Identifier: MIT */
/*
 * Half precision as a storage format: FCVT to and from it, FCVTL and FCVTN on
 * vectors, and FCVTXN, which rounds to odd.  IEEE half precision; FPCR.AHP is
 * taken as 0.  No host has these, so they are integer arithmetic.
 */
#ifndef A64_FP_HALF_H
#define A64_FP_HALF_H

#include "fp_convert.h"

/* A half as a double, exactly; a NaN's payload moves up and is quieted. */
PURE double double_of_half(struct cpu *cpu, u16 h)
{
	u64 sign = (u64)(h >> 15) << 63, magnitude = h & 0x7fff;
	/* exponent 15 too large by 1008, also for subnormals: scaling normalises */
	double scaled = any_of_64(magnitude << 42) * any_of_64((u64)(1023 + 1008) << 52);
	double nan = any_of_64((u64)0x7ff << 52 | magnitude << 42);
	double infinite = any_of_64((u64)0x7ff << 52);
	double r = magnitude < 0x7c00 ? scaled : infinite;

	r = magnitude > 0x7c00 ? nan_fix1_64(cpu, nan + nan, any_of_64(bits_64(nan) | sign)) : r;
	return magnitude > 0x7c00 ? r : any_of_64(bits_64(r) | sign);
}

PURE u16 half_of_double(struct cpu *cpu, double d)
{
	u64 bits = bits_64(d);
	u32 sign = (u32)(bits >> 63) << 15;
	s32 exponent = (s32)(bits >> 52 & 0x7ff) - 1023;
	u64 significand = (bits & ~(u64)0 >> 12) | (u64)1 << 52;
	/* subnormal halves lose more bits, down to none left */
	s32 lost = exponent < -14 ? 42 + (-14 - exponent) : 42;
	u32 shift = lost > 63 ? 63 : (u32)lost;
	u64 rounded = (significand + ((u64)1 << (shift - 1)) - 1 + (significand >> shift & 1)) >> shift;
	u64 r = exponent < -14 ? rounded : ((u64)(u32)(exponent + 14) << 10) + rounded;
	/* the NaN as a single keeps the bits that a half has room for */
	u32 nan = bits_32(nan_narrow(cpu, (float)d, d));

	r = exponent > 15 || r > 0x7c00 ? 0x7c00 : r;
	return is_nan(d) ? (u16)(nan >> 31 << 15 | 0x7c00 | (nan >> 13 & 0x3ff)) : (u16)(sign | r);
}

PURE double widened(struct cpu *cpu, float a) { return nan_widen(cpu, (double)a, a); }
PURE float narrowed(struct cpu *cpu, double a) { return nan_narrow(cpu, (float)a, a); }

SEM fcvt_h_to_s(struct cpu *cpu, reg rd, reg rn)
{
	set_s(cpu, rd, narrowed(cpu, double_of_half(cpu, (u16)get_u32v(cpu, rn))));
}

SEM fcvt_h_to_d(struct cpu *cpu, reg rd, reg rn)
{
	set_d(cpu, rd, double_of_half(cpu, (u16)get_u32v(cpu, rn)));
}

SEM fcvt_s_to_h(struct cpu *cpu, reg rd, reg rn)
{
	set_u32v(cpu, rd, half_of_double(cpu, widened(cpu, get_s(cpu, rn))));
}

SEM fcvt_d_to_h(struct cpu *cpu, reg rd, reg rn)
{
	set_u32v(cpu, rd, half_of_double(cpu, get_d(cpu, rn)));
}

/* FCVTL: from the low half of rn, or with q from its high half. */
SEM simd_fcvtl(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn)
{
	v128 v = get_v(cpu, rn);

	if (sz) {
		f32x4 a = (f32x4)v;
		f64x2 wide = q ? (f64x2){a[2], a[3]} : (f64x2){a[0], a[1]};
		f32x2 part = q ? (f32x2){a[2], a[3]} : (f32x2){a[0], a[1]};
		wide[0] = nan_widen(cpu, wide[0], part[0]);
		wide[1] = nan_widen(cpu, wide[1], part[1]);
		set_v(cpu, rd, (v128)wide);
	} else {
		u16x8 a = (u16x8)v;
		f32x4 wide = {0};
		LANES_UNROLL
		for (u32 i = 0; i < 4; i++)
			wide[i] = narrowed(cpu, double_of_half(cpu, a[i + 4 * q]));
		set_v(cpu, rd, (v128)wide);
	}
}

/* FCVTN: 64 bits of result in the low half, or with q in the high half. */
SEM simd_fcvtn(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn)
{
	v128 v = get_v(cpu, rn);
	u64x2 r = {0};

	if (sz) {
		f64x2 a = (f64x2)v;
		f32x4 narrow = {narrowed(cpu, a[0]), narrowed(cpu, a[1]), 0, 0};
		r = (u64x2)narrow;
	} else {
		f32x4 a = (f32x4)v;
		u16x8 narrow = {0};
		LANES_UNROLL
		for (u32 i = 0; i < 4; i++)
			narrow[i] = half_of_double(cpu, widened(cpu, a[i]));
		r = (u64x2)narrow;
	}
	put_half(cpu, q, rd, (v128)r);
}

/* Double to single by truncation, with the last bit set if anything was lost. */
PURE float single_rounded_to_odd(struct cpu *cpu, double a)
{
	u64 magnitude = bits_64(a) & ~((u64)1 << 63);
	float nearest = (float)any_of_64(magnitude);
	double back = (double)nearest;
	/* toward zero: one step down where nearest went up (also from infinity) */
	u32 r = bits_32(nearest) - (back > any_of_64(magnitude));

	r |= (double)any_of_32(r) != any_of_64(magnitude);
	return is_nan(a) ? narrowed(cpu, a) : any_of_32(r | (u32)(bits_64(a) >> 63) << 31);
}

SEM fcvtxn(struct cpu *cpu, reg rd, reg rn)
{
	set_s(cpu, rd, single_rounded_to_odd(cpu, get_d(cpu, rn)));
}

SEM simd_fcvtxn(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	f64x2 a = (f64x2)get_v(cpu, rn);
	f32x4 r = {single_rounded_to_odd(cpu, a[0]), single_rounded_to_odd(cpu, a[1]), 0, 0};

	put_half(cpu, q, rd, (v128)r);
}

#endif
