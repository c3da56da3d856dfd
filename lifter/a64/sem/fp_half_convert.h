/* SPDX-License-Identifier: MIT */
/*
 * Half precision (FEAT_FP16): moves, comparisons, conversions to and from
 * integers, complex numbers, and FMLAL, whose sums are singles.
 */
#ifndef A64_FP_HALF_CONVERT_H
#define A64_FP_HALF_CONVERT_H

#include "fp.h"
#include "fp_half_arith.h"

SEM half_to_general(struct cpu *cpu, u32 sf, reg rd, reg rn)
{
	u32 h = (u16)get_u32v(cpu, rn);

	if (sf)
		set_x(cpu, rd, h);
	else
		set_w(cpu, rd, h);
}

SEM half_from_general(struct cpu *cpu, reg rd, reg rn)
{
	set_u32v(cpu, rd, (u16)get_w(cpu, rn));
}

SEM half_imm(struct cpu *cpu, reg rd, u64 imm) { set_u32v(cpu, rd, (u32)imm); }

PURE float get_h(struct cpu *cpu, reg r) { return single_of_half(get_u32v(cpu, r)); }

SEM half_cmp(struct cpu *cpu, u32 e, reg rn, reg rm)
{
	float a = get_h(cpu, rn), b = get_h(cpu, rm);

	set_flags_fcmp32(cpu, fp_cmp_32(cpu, CMP_SPEC(e, FP_H), true, a, b), b);
}

SEM half_cmp_zero(struct cpu *cpu, u32 e, reg rn)
{
	set_flags_fcmp32(cpu, fp_cmp_32(cpu, CMP_SPEC(e, FP_H), true, get_h(cpu, rn), 0), 0);
}

SEM half_ccmp(struct cpu *cpu, u32 e, reg rn, reg rm, u64 cond, u64 nzcv)
{
	bool holds = get_cond(cpu, cond);
	float a = get_h(cpu, rn), b = get_h(cpu, rm);

	set_flags_fccmp32(cpu, holds, fp_cmp_32(cpu, CMP_SPEC(e, FP_H), holds, a, b), b, nzcv);
}

SEM half_csel(struct cpu *cpu, reg rd, reg rn, reg rm, u64 cond)
{
	bool holds = get_cond(cpu, cond);
	u32 a = get_u32v(cpu, rn), b = get_u32v(cpu, rm);

	set_u32v(cpu, rd, (u16)(holds ? a : b));
}

/* To a general register; a scaled half is exact in double precision. */
SEM half_to_int_general(struct cpu *cpu, u32 sf, u32 uns, u32 mode, reg rd, reg rn, u64 fbits)
{
	u32 spec = INT_SPEC(mode, uns, 1 + sf, FP_H, 1), h = get_u32v(cpu, rn);
	double a = any_round(mode, (double)single_of_half(h) * fp_power_64(fbits));

	if (sf)
		set_x(cpu, rd, fp_int(cpu, spec, uns ? u64_of_64(a) : (u64)s64_of_64(a), (u16)h, fbits));
	else
		set_w(cpu, rd, (u32)fp_int(cpu, spec, uns ? u32_of_64(a) : (u32)s32_of_64(a), (u16)h, fbits));
}

/* From one: the low bits of a large integer only have to be seen to be there. */
SEM half_from_int_general(struct cpu *cpu, u32 sf, u32 uns, reg rd, reg rn, u64 fbits)
{
	u64 v = sf ? get_x(cpu, rn) : uns ? get_w(cpu, rn) : (u64)(s64)(s32)get_w(cpu, rn);
	bool negative = !uns && v >> 63;
	u64 magnitude = negative ? -v : v;
	u64 odd = magnitude >> 11 | ((magnitude & 0x7ff) != 0);
	double large = (double)odd * 2048, small = (double)magnitude;
	double a = magnitude >> 53 ? large : small;
	u32 h = half_of_single(odd_single(a * fp_power_64(-(s64)fbits)));

	set_u32v(cpu, rd, (u32)fp_from(cpu, INT_SPEC(0, uns, 1 + sf, FP_H, 1), h | (u32)negative << 15, v, fbits));
}

/* Within the vector registers integers have 16 bits. */
PURE v128 halves_to_int(struct cpu *cpu, u32 lanes, u32 uns, u32 mode, v128 v, u64 fbits)
{
	f32x4 scale = (f32x4){} + fp_power_32((s64)fbits);
	v128 low = lanes_to_int(0, uns, (v128)any_round(mode, half_singles(0, v) * scale));
	v128 high = lanes_to_int(0, uns, (v128)any_round(mode, half_singles(1, v) * scale));

	low = uns ? clamp_u(2, low) : clamp_s(2, low);
	high = uns ? clamp_u(2, high) : clamp_s(2, high);
	return fp_int_v(cpu, INT_SPEC(mode, uns, 0, FP_H, lanes), lanes_uzp1(1, low, high), v, fbits);
}

SEM half_to_int(struct cpu *cpu, u32 q, u32 uns, u32 mode, reg rd, reg rn, u64 fbits)
{
	put_halves(cpu, q, rd, halves_to_int(cpu, HALF_LANES(q), uns, mode, get_v(cpu, rn), fbits));
}

SEM half_from_int(struct cpu *cpu, u32 q, u32 uns, reg rd, reg rn, u64 fbits)
{
	v128 v = get_v(cpu, rn);
	v128 low = uns ? widen_u(0, 1, v) : widen_s(0, 1, v);
	v128 high = uns ? widen_u(1, 1, v) : widen_s(1, 1, v);
	f32x4 scale = (f32x4){} + fp_power_32(-(s64)fbits);

	v128 r = joined_singles((f32x4)lanes_from_int(0, 0, low) * scale, (f32x4)lanes_from_int(0, 0, high) * scale);
	put_halves(cpu, q, rd, fp_from_v(cpu, INT_SPEC(0, uns, 0, FP_H, HALF_LANES(q)), r, v, fbits));
}

/* FCADD, FCMLA: see simd_complex.h. */
PURE v128 swapped_halves(v128 v) { return (v128)((u32x4)v << 16 | (u32x4)v >> 16); }

PURE v128 negated_halves(u32 even, u32 odd, v128 v)
{
	return (v128)((u32x4)v ^ ((even ? 0x8000u : 0) | (odd ? 0x80000000u : 0)));
}

SEM half_cadd(struct cpu *cpu, u32 q, u32 rot, reg rd, reg rn, reg rm)
{
	v128 a = get_v(cpu, rn), b = swapped_halves(get_v(cpu, rm));

	put_halves(cpu, q, rd, lanes_hadd(cpu, q, HALF_LANES(q), a, negated_halves(rot == 1, rot == 3, b)));
}

PURE void half_complex(struct cpu *cpu, u32 q, u32 rot, reg rd, v128 d, v128 a, v128 b)
{
	a = rot & 1 ? lanes_trn2(1, a, a) : lanes_trn1(1, a, a);
	b = rot & 1 ? swapped_halves(b) : b;
	b = negated_halves(rot == 1 || rot == 2, rot >= 2, b);
	put_halves(cpu, q, rd, lanes_hfma(cpu, q, d, a, b));
}

SEM half_cmla(struct cpu *cpu, u32 q, u32 rot, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	half_complex(cpu, q, rot, rd, d, a, b);
}

SEM half_cmla_element(struct cpu *cpu, u32 q, u32 rot, reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = splat_lane(2, get_v(cpu, rm), i);

	half_complex(cpu, q, rot, rd, d, a, b);
}

/* FMLAL, FMLSL: products of halves added to singles; `part` is 1 for FMLAL2. */
PURE void half_mlal(struct cpu *cpu, u32 q, u32 part, u32 minus, reg rd, v128 d, v128 a, v128 b)
{
	u32 shift = part ? (q ? 1 : 0) : 0;
	v128 va = part && !q ? (v128)((u64x2)a >> 32) : a;
	v128 vb = part && !q ? (v128)((u64x2)b >> 32) : b;
	f32x4 fa = half_singles(shift, minus_halves(minus, va)), fb = half_singles(shift, vb);

	set_vq(cpu, q, rd, (v128)fma_v32(cpu, FP_SPEC(FP_MADDH, FP_LANES(q, 0)), fa, fb, (f32x4)d));
}

SEM simd_fmlal(struct cpu *cpu, u32 q, u32 part, u32 minus, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm);

	half_mlal(cpu, q, part, minus, rd, d, a, b);
}

SEM simd_fmlal_element(struct cpu *cpu, u32 q, u32 part, u32 minus,
		       reg rd, reg rn, reg rm, u64 i)
{
	v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = splat_lane(1, get_v(cpu, rm), i);

	half_mlal(cpu, q, part, minus, rd, d, a, b);
}

#endif
