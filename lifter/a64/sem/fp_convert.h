/* SPDX-License-Identifier: MIT */
/*
 * Conversions between floating point and integers or fixed point, scalar and
 * vector, and between single and double.  Half precision is in fp_half.h.
 *
 * To an integer is FPToFixed(): scale by 2^fbits, round by the mode, saturate;
 * a NaN gives 0.  Scaling up is exact or overflows to an infinity, which
 * saturates just as well.  From an integer rounds first and scales after,
 * which is exact.  All results go by a hole (fp_int, fp_from, fp_convert), as bits.
 */
#ifndef A64_FP_CONVERT_H
#define A64_FP_CONVERT_H

#include "fp_round.h"

/* Truncate and saturate: i32.trunc_sat_f64_s and its sisters. */
#ifdef __wasm__
#define FP_TO_INT(name, type, fp, builtin, low, high) \
	PURE type name(fp a) { return (type)builtin(a); }
#else
#define FP_TO_INT(name, type, fp, builtin, low, high) \
	PURE type name(fp a) \
	{ \
		return a != a ? 0 : a < (fp)(low) ? (type)(low) : \
		       a >= (fp)(high) ? (type)~((type)((u64)1 << (sizeof(type) * 8 - 1)) * \
						 ((type)-1 < 0)) : (type)a; \
	}
#endif
#define TWO31 2147483648.0
#define TWO63 9223372036854775808.0
FP_TO_INT(s32_of_32, s32, float, __builtin_wasm_trunc_saturate_s_i32_f32, -TWO31, TWO31)
FP_TO_INT(s64_of_32, s64, float, __builtin_wasm_trunc_saturate_s_i64_f32, -TWO63, TWO63)
FP_TO_INT(u32_of_32, u32, float, __builtin_wasm_trunc_saturate_u_i32_f32, 0, 2 * TWO31)
FP_TO_INT(u64_of_32, u64, float, __builtin_wasm_trunc_saturate_u_i64_f32, 0, 2 * TWO63)
FP_TO_INT(s32_of_64, s32, double, __builtin_wasm_trunc_saturate_s_i32_f64, -TWO31, TWO31)
FP_TO_INT(s64_of_64, s64, double, __builtin_wasm_trunc_saturate_s_i64_f64, -TWO63, TWO63)
FP_TO_INT(u32_of_64, u32, double, __builtin_wasm_trunc_saturate_u_i32_f64, 0, 2 * TWO31)
FP_TO_INT(u64_of_64, u64, double, __builtin_wasm_trunc_saturate_u_i64_f64, 0, 2 * TWO63)

PURE v128 lanes_to_int(u32 sz, u32 uns, v128 v)
{
	f64x2 d = (f64x2)v;
	f32x4 s = (f32x4)v;

	if (sz)
		return uns ? (v128)(u64x2){u64_of_64(d[0]), u64_of_64(d[1])} :
			     (v128)(s64x2){s64_of_64(d[0]), s64_of_64(d[1])};
#ifdef __wasm__
	return uns ? (v128)__builtin_wasm_trunc_saturate_u_i32x4_f32x4(s) :
		     (v128)__builtin_wasm_trunc_saturate_s_i32x4_f32x4(s);
#else
	return uns ? (v128)(u32x4){u32_of_32(s[0]), u32_of_32(s[1]),
				   u32_of_32(s[2]), u32_of_32(s[3])} :
		     (v128)(s32x4){s32_of_32(s[0]), s32_of_32(s[1]),
				   s32_of_32(s[2]), s32_of_32(s[3])};
#endif
}

/* 2^n and 2^-n for n of 0..64. */
PURE double fp_power_64(s64 n) { return any_of_64((u64)(1023 + n) << 52); }
PURE float fp_power_32(s64 n) { return any_of_32((u32)(127 + n) << 23); }

/* FCVT<mode><u> to a general register. */
SEM fp_to_general(struct cpu *cpu, u32 sf, u32 sz, u32 uns, u32 mode, reg rd, reg rn)
{
	u32 spec = INT_SPEC(mode, uns, 1 + sf, FP_S + sz, 1);
	u64 r;

	if (sz) {
		double v = get_d(cpu, rn), a = any_round(mode, v);
		r = sf ? (uns ? u64_of_64(a) : (u64)s64_of_64(a)) :
			 (uns ? u32_of_64(a) : (u32)s32_of_64(a));
		r = fp_int(cpu, spec, r, bits_64(v), 0);
	} else {
		float v = get_s(cpu, rn), a = any_round(mode, v);
		r = sf ? (uns ? u64_of_32(a) : (u64)s64_of_32(a)) :
			 (uns ? u32_of_32(a) : (u32)s32_of_32(a));
		r = fp_int(cpu, spec, r, bits_32(v), 0);
	}
	if (sf)
		set_x(cpu, rd, r);
	else
		set_w(cpu, rd, (u32)r);
}

/* FCVTZ<s,u> with fraction bits: a single is scaled as a double, exactly. */
SEM fp_to_fixed(struct cpu *cpu, u32 sf, u32 sz, u32 uns, reg rd, reg rn, u64 fbits)
{
	u32 spec = INT_SPEC(ROUND_Z, uns, 1 + sf, FP_S + sz, 1);
	u64 bits = sz ? get_u64v(cpu, rn) : get_u32v(cpu, rn);
	double a = (sz ? any_of_64(bits) : (double)any_of_32((u32)bits)) * fp_power_64(fbits);

	if (sf)
		set_x(cpu, rd, fp_int(cpu, spec, uns ? u64_of_64(a) : (u64)s64_of_64(a), bits, fbits));
	else
		set_w(cpu, rd, (u32)fp_int(cpu, spec, uns ? u32_of_64(a) : (u32)s32_of_64(a), bits, fbits));
}

/*
 * FJCVTZS: JavaScript's ToInt32(): toward zero, modulo 2^32.  Z says that
 * nothing was lost; -0 loses its sign.
 */
SEM fp_to_javascript(struct cpu *cpu, reg rd, reg rn)
{
	double v = get_d(cpu, rn), a = fp_env_64(cpu, FP_SPEC(FP_JS, 1), v, v, v), whole = any_trunc(a);
	u64 bits = bits_64(whole), significand = (bits & ~(u64)0 >> 12) | (u64)1 << 52;
	s32 shift = (s32)(bits >> 52 & 0x7ff) - 1075;
	u64 up = significand << (shift & 63), down = significand >> (-shift & 63);
	u64 magnitude = choose(shift >= 0, up, down);
	bool none = (shift >= 32) | (shift <= -53);
	u32 r = (u32)choose(none, 0, choose(bits >> 63, -magnitude, magnitude));
	bool exact = ((double)(s32)r == a) & (bits_64(a) != (u64)1 << 63);

	set_w(cpu, rd, r);
	set_nzcv(cpu, exact ? 1u << 30 : 0);
}

PURE double double_of(u32 sf, u32 uns, u64 v)
{
	return sf ? (uns ? (double)v : (double)(s64)v) :
		    (uns ? (double)(u32)v : (double)(s32)v);
}

PURE float single_of(u32 sf, u32 uns, u64 v)
{
	return sf ? (uns ? (float)v : (float)(s64)v) :
		    (uns ? (float)(u32)v : (float)(s32)v);
}

/* d or s, by sz, is v / 2^fbits to the nearest. */
PURE void set_from_int(struct cpu *cpu, u32 sf, u32 sz, u32 uns, reg rd, u64 v, u64 fbits, double d, float s)
{
	u32 spec = INT_SPEC(0, uns, 1 + sf, FP_S + sz, 1);

	if (sz)
		set_d(cpu, rd, any_of_64(fp_from(cpu, spec, bits_64(d), v, fbits)));
	else
		set_s(cpu, rd, any_of_32((u32)fp_from(cpu, spec, bits_32(s), v, fbits)));
}

/* SCVTF, UCVTF from a general register. */
SEM fp_from_general(struct cpu *cpu, u32 sf, u32 sz, u32 uns, reg rd, reg rn)
{
	u64 v = sf ? get_x(cpu, rn) : get_w(cpu, rn);

	set_from_int(cpu, sf, sz, uns, rd, v, 0, double_of(sf, uns, v), single_of(sf, uns, v));
}

SEM fp_from_fixed(struct cpu *cpu, u32 sf, u32 sz, u32 uns, reg rd, reg rn, u64 fbits)
{
	u64 v = sf ? get_x(cpu, rn) : get_w(cpu, rn);

	set_from_int(cpu, sf, sz, uns, rd, v, fbits, double_of(sf, uns, v) * fp_power_64(-(s64)fbits),
		     single_of(sf, uns, v) * fp_power_32(-(s64)fbits));
}

/* The same within the vector registers. */
SEM fp_to_int(struct cpu *cpu, u32 sz, u32 uns, u32 mode, reg rd, reg rn)
{
	u32 spec = INT_SPEC(mode, uns, 1 + sz, FP_S + sz, 1);

	if (sz) {
		double v = get_d(cpu, rn), a = any_round(mode, v);
		set_u64v(cpu, rd, fp_int(cpu, spec, uns ? u64_of_64(a) : (u64)s64_of_64(a), bits_64(v), 0));
	} else {
		float v = get_s(cpu, rn), a = any_round(mode, v);
		set_u32v(cpu, rd, (u32)fp_int(cpu, spec, uns ? u32_of_32(a) : (u32)s32_of_32(a), bits_32(v), 0));
	}
}

SEM fp_from_int(struct cpu *cpu, u32 sz, u32 uns, reg rd, reg rn)
{
	u64 v = sz ? get_u64v(cpu, rn) : get_u32v(cpu, rn);

	set_from_int(cpu, sz, sz, uns, rd, v, 0, double_of(1, uns, v), single_of(0, uns, v));
}

/* Vectors; with a fixed point q may be SCALAR. */
SEM simd_fp_to_int(struct cpu *cpu, u32 q, u32 sz, u32 uns, u32 mode, reg rd, reg rn)
{
	u32 spec = INT_SPEC(mode, uns, 1 + sz, FP_S + sz, FP_LANES(q, sz));
	v128 v = get_v(cpu, rn);
	v128 a = sz ? (v128)any_round(mode, (f64x2)v) : (v128)any_round(mode, (f32x4)v);

	set_vq(cpu, q, rd, fp_int_v(cpu, spec, lanes_to_int(sz, uns, a), v, 0));
}

SEM simd_fp_to_fixed(struct cpu *cpu, u32 q, u32 sz, u32 uns, reg rd, reg rn, u64 fbits)
{
	u32 spec = INT_SPEC(ROUND_Z, uns, 1 + sz, FP_S + sz, q == SCALAR ? 1 : FP_LANES(q, sz));
	v128 v = get_v(cpu, rn);
	v128 a = sz ? (v128)((f64x2)v * fp_power_64(fbits)) : (v128)((f32x4)v * fp_power_32(fbits));

	put_lanes(cpu, q, 2 + sz, rd, fp_int_v(cpu, spec, lanes_to_int(sz, uns, a), v, fbits));
}

PURE v128 lanes_from_int(u32 sz, u32 uns, v128 v)
{
	if (sz)
		return uns ? (v128)__builtin_convertvector((u64x2)v, f64x2) :
			     (v128)__builtin_convertvector((s64x2)v, f64x2);
	return uns ? (v128)__builtin_convertvector((u32x4)v, f32x4) :
		     (v128)__builtin_convertvector((s32x4)v, f32x4);
}

SEM simd_fp_from_int(struct cpu *cpu, u32 q, u32 sz, u32 uns, reg rd, reg rn)
{
	u32 spec = INT_SPEC(0, uns, 1 + sz, FP_S + sz, FP_LANES(q, sz));
	v128 v = get_v(cpu, rn);

	set_vq(cpu, q, rd, fp_from_v(cpu, spec, lanes_from_int(sz, uns, v), v, 0));
}

SEM simd_fp_from_fixed(struct cpu *cpu, u32 q, u32 sz, u32 uns, reg rd, reg rn, u64 fbits)
{
	u32 spec = INT_SPEC(0, uns, 1 + sz, FP_S + sz, q == SCALAR ? 1 : FP_LANES(q, sz));
	v128 v = get_v(cpu, rn), a = lanes_from_int(sz, uns, v);

	a = sz ? (v128)((f64x2)a * fp_power_64(-(s64)fbits)) :
		 (v128)((f32x4)a * fp_power_32(-(s64)fbits));
	put_lanes(cpu, q, 2 + sz, rd, fp_from_v(cpu, spec, a, v, fbits));
}

/* FCVT between single and double. */
SEM fcvt_d_to_s(struct cpu *cpu, reg rd, reg rn)
{
	double a = get_d(cpu, rn);

	v128 r = (v128)(f32x4){nan_narrow(cpu, (float)a, a)};
	r = fp_convert(cpu, CONVERT_SPEC(FP_D, FP_S, 0, 1), r, (v128)(f64x2){a});
	set_s(cpu, rd, ((f32x4)r)[0]);
}

SEM fcvt_s_to_d(struct cpu *cpu, reg rd, reg rn)
{
	float a = get_s(cpu, rn);

	v128 r = (v128)(f64x2){nan_widen(cpu, (double)a, a)};
	r = fp_convert(cpu, CONVERT_SPEC(FP_S, FP_D, 0, 1), r, (v128)(f32x4){a});
	set_d(cpu, rd, ((f64x2)r)[0]);
}

#endif
