/* SPDX-License-Identifier: MIT */
/*
 * Scalar floating point that only moves, selects and compares; sz 0 is single,
 * 1 double precision.  Arithmetic is in fp_arith.h, rounding in any_round.h,
 * conversions in fp_convert.h.
 */
#ifndef A64_FP_H
#define A64_FP_H

#include "fp_prim.h"

/* FMOV between register files: bits, not values. */
SEM fmov_to_general(struct cpu *cpu, u32 sf, reg rd, reg rn)
{
	if (sf)
		set_x(cpu, rd, get_u64v(cpu, rn));
	else
		set_w(cpu, rd, get_u32v(cpu, rn));
}

SEM fmov_from_general(struct cpu *cpu, u32 sf, reg rd, reg rn)
{
	if (sf)
		set_u64v(cpu, rd, get_x(cpu, rn));
	else
		set_u32v(cpu, rd, get_w(cpu, rn));
}

SEM fmov_top_to_general(struct cpu *cpu, reg rd, reg rn)
{
	set_x(cpu, rd, ((u64x2)get_v(cpu, rn))[1]);
}

SEM fmov_top_from_general(struct cpu *cpu, reg rd, reg rn)
{
	u64x2 v = (u64x2)get_v(cpu, rd);

	v[1] = get_x(cpu, rn);
	set_v(cpu, rd, (v128)v);
}

/* `imm` is the expanded constant's bits. */
SEM fmov_imm(struct cpu *cpu, u32 sz, reg rd, u64 imm)
{
	if (sz)
		set_d(cpu, rd, any_of_64(imm));
	else
		set_s(cpu, rd, any_of_32((u32)imm));
}

SEM fcsel(struct cpu *cpu, u32 sz, reg rd, reg rn, reg rm, u64 cond)
{
	bool holds = get_cond(cpu, cond);

	if (sz) {
		double a = get_d(cpu, rn), b = get_d(cpu, rm);
		set_d(cpu, rd, holds ? a : b);
	} else {
		float a = get_s(cpu, rn), b = get_s(cpu, rm);
		set_s(cpu, rd, holds ? a : b);
	}
}

/* e: FCMPE, to which quiet NaNs are invalid too. */
#define CMP_SPEC(e, format) FP_SPEC_OF((e) ? FP_CMPE : FP_CMP, 1, format)

SEM fcmp(struct cpu *cpu, u32 sz, u32 e, reg rn, reg rm)
{
	if (sz) {
		double a = get_d(cpu, rn), b = get_d(cpu, rm);
		set_flags_fcmp64(cpu, fp_cmp_64(cpu, CMP_SPEC(e, FP_D), true, a, b), b);
	} else {
		float a = get_s(cpu, rn), b = get_s(cpu, rm);
		set_flags_fcmp32(cpu, fp_cmp_32(cpu, CMP_SPEC(e, FP_S), true, a, b), b);
	}
}

SEM fcmp_zero(struct cpu *cpu, u32 sz, u32 e, reg rn)
{
	if (sz)
		set_flags_fcmp64(cpu, fp_cmp_64(cpu, CMP_SPEC(e, FP_D), true, get_d(cpu, rn), 0.0), 0.0);
	else
		set_flags_fcmp32(cpu, fp_cmp_32(cpu, CMP_SPEC(e, FP_S), true, get_s(cpu, rn), 0.0f), 0.0f);
}

/* `nzcv` stands in bits 31..28. */
SEM fccmp(struct cpu *cpu, u32 sz, u32 e, reg rn, reg rm, u64 cond, u64 nzcv)
{
	bool holds = get_cond(cpu, cond);

	if (sz) {
		double a = get_d(cpu, rn), b = get_d(cpu, rm);
		set_flags_fccmp64(cpu, holds, fp_cmp_64(cpu, CMP_SPEC(e, FP_D), holds, a, b), b, nzcv);
	} else {
		float a = get_s(cpu, rn), b = get_s(cpu, rm);
		set_flags_fccmp32(cpu, holds, fp_cmp_32(cpu, CMP_SPEC(e, FP_S), holds, a, b), b, nzcv);
	}
}

#endif
