/* SPDX-License-Identifier: MIT */
/*
 * Half precision as a storage format: FCVT to and from it, FCVTL and FCVTN on
 * vectors, and FCVTXN, which rounds to odd.  No host has these, so they are integer arithmetic on four lanes
 * of 32 bits, each with a half in its low 16.
 */
#ifndef A64_FP_HALF_H
#define A64_FP_HALF_H

#include "fp_convert.h"
#include "simd_widen.h"

PURE u32x4 choose_32(s32x4 m, u32x4 x, u32x4 y) { return ((u32x4)m & x) | (~(u32x4)m & y); }

/*
 * Singles of halves, exactly; a signalling NaN stays one.  The exponent is 112
 * too small after moving the bits; scaling also normalises subnormals.
 */
SHARED f32x4 singles_of_halves(u32x4 h)
{
	u32x4 magnitude = (h & 0x7fff) << 13, sign = (h & 0x8000) << 16;
	u32x4 finite = (u32x4)((f32x4)magnitude * fp_power_32(112));
	u32x4 r = choose_32(magnitude < 0x7c00 << 13, finite, magnitude | 0x70000000);

	return (f32x4)(r | sign);
}

/*
 * Halves of singles, rounded to nearest even.  Adding one half lines a
 * subnormal's last bit up with the single's; a NaN keeps the top of its
 * payload and must be quiet already.
 */
SHARED u32x4 halves_of_singles(f32x4 f)
{
	u32x4 bits = (u32x4)f, magnitude = bits & 0x7fffffff, sign = bits >> 16 & 0x8000;
	u32x4 odd = magnitude >> 13 & 1;
	u32x4 normal = (magnitude - (112u << 23) + 0xfff + odd) >> 13;
	u32x4 tiny = (u32x4)((f32x4)magnitude + 0.5f) - 0x3f000000;
	u32x4 r = choose_32(magnitude < 113u << 23, tiny, normal);

	r = choose_32(magnitude >= (127 + 16) << 23, (u32x4){} + 0x7c00, r);
	r = choose_32(magnitude > 0x7f800000, magnitude >> 13 & 0x3ff, (u32x4){}) | r;
	return r | sign;
}

PURE float single_of_half(u32 h) { return singles_of_halves((u32x4){h})[0]; }
PURE u32 half_of_single(float f) { return halves_of_singles((f32x4){f})[0]; }

/*
 * Double to single by truncation, with the last bit set if anything was lost;
 * of a number.
 */
SHARED float odd_single(double a)
{
	u64 magnitude = bits_64(a) & ~((u64)1 << 63);
	float nearest = (float)any_of_64(magnitude);
	double back = (double)nearest;
	/* toward zero: one step down where nearest went up (also from infinity) */
	u32 r = bits_32(nearest) - (back > any_of_64(magnitude));

	r |= (double)any_of_32(r) != any_of_64(magnitude);
	return any_of_32(r | (u32)(bits_64(a) >> 63) << 31);
}

PURE float single_rounded_to_odd(struct cpu *cpu, double a)
{
	float nan = nan_narrow(cpu, (float)a, a), r = odd_single(a);

	return is_nan(a) ? nan : r;
}

SEM fcvt_h_to_s(struct cpu *cpu, reg rd, reg rn)
{
	u32 h = get_u32v(cpu, rn);
	float a = single_of_half(h);
	v128 r = (v128)(f32x4){NAN1(a, a)};

	r = fp_convert(cpu, CONVERT_SPEC(FP_H, FP_S, 0, 1), r, (v128)(u32x4){h});
	set_s(cpu, rd, ((f32x4)r)[0]);
}

SEM fcvt_h_to_d(struct cpu *cpu, reg rd, reg rn)
{
	u32 h = get_u32v(cpu, rn);
	float a = single_of_half(h);
	v128 r = (v128)(f64x2){nan_widen(cpu, (double)a, a)};

	r = fp_convert(cpu, CONVERT_SPEC(FP_H, FP_D, 0, 1), r, (v128)(u32x4){h});
	set_d(cpu, rd, ((f64x2)r)[0]);
}

SEM fcvt_s_to_h(struct cpu *cpu, reg rd, reg rn)
{
	float a = get_s(cpu, rn);

	v128 r = (v128)(u32x4){half_of_single(NAN1(a, a))};
	r = fp_convert(cpu, CONVERT_SPEC(FP_S, FP_H, 0, 1), r, (v128)(f32x4){a});
	set_u32v(cpu, rd, ((u32x4)r)[0]);
}

/* The detour by an odd single is exact: it has bits to spare for a half. */
SEM fcvt_d_to_h(struct cpu *cpu, reg rd, reg rn)
{
	double a = get_d(cpu, rn);
	v128 r = (v128)(u32x4){half_of_single(single_rounded_to_odd(cpu, a))};

	r = fp_convert(cpu, CONVERT_SPEC(FP_D, FP_H, 0, 1), r, (v128)(f64x2){a});
	set_u32v(cpu, rd, ((u32x4)r)[0]);
}

/* FCVTL: from the low half of rn, or with q from its high half. */
SEM simd_fcvtl(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn)
{
	v128 v = get_v(cpu, rn), low = q ? high_to_low(v) : v;
	f32x4 a = (f32x4)low;

	if (sz) {
		f64x2 wide = {nan_widen(cpu, (double)a[0], a[0]),
			      nan_widen(cpu, (double)a[1], a[1])};
		set_v(cpu, rd, fp_convert(cpu, CONVERT_SPEC(FP_S, FP_D, 0, 2), (v128)wide, low));
	} else {
		f32x4 wide = singles_of_halves((u32x4)widen_u(q, 1, v));
		set_v(cpu, rd, fp_convert(cpu, CONVERT_SPEC(FP_H, FP_S, 0, 4), (v128)NAN1(wide, wide), low));
	}
}

/* FCVTN: 64 bits of result in the low half, or with q in the high half. */
SEM simd_fcvtn(struct cpu *cpu, u32 q, u32 sz, reg rd, reg rn)
{
	v128 v = get_v(cpu, rn);
	f64x2 d = (f64x2)v;
	f32x4 s = (f32x4)v;

	v128 r = sz ? (v128)(f32x4){nan_narrow(cpu, (float)d[0], d[0]), nan_narrow(cpu, (float)d[1], d[1])} :
		      narrow_low(1, (v128)halves_of_singles(NAN1(s, s)));
	u32 spec = sz ? CONVERT_SPEC(FP_D, FP_S, 0, 2) : CONVERT_SPEC(FP_S, FP_H, 0, 4);
	put_half(cpu, q, rd, fp_convert(cpu, spec, r, v));
}

SEM fcvtxn(struct cpu *cpu, reg rd, reg rn)
{
	double a = get_d(cpu, rn);
	v128 r = (v128)(f32x4){single_rounded_to_odd(cpu, a)};

	r = fp_convert(cpu, CONVERT_SPEC(FP_D, FP_S, 1, 1), r, (v128)(f64x2){a});
	set_s(cpu, rd, ((f32x4)r)[0]);
}

SEM simd_fcvtxn(struct cpu *cpu, u32 q, reg rd, reg rn)
{
	f64x2 a = (f64x2)get_v(cpu, rn);
	f32x4 r = {single_rounded_to_odd(cpu, a[0]), single_rounded_to_odd(cpu, a[1]), 0, 0};

	put_half(cpu, q, rd, fp_convert(cpu, CONVERT_SPEC(FP_D, FP_S, 1, 2), (v128)r, (v128)a));
}

#endif
