/* SPDX-License-Identifier: MIT */
/*
 * The accessors ("holes") that instruction semantics are written with.
 *
 * The list stands once, as an X-macro: HOLE(result, name, parameters).  In a
 * template build (A64_TEMPLATE) they stay external calls, which the lifter
 * replaces when it stamps a template; in an interpreter build they are the
 * static inline functions of runtime/cpu/holes.h, on struct cpu and memory.
 *
 * A register-number argument (`reg`) must be a plain operand or a constant:
 * compute Rt+1 in the table's row, not in the semantics.  All reads and loads
 * come before any write or store.
 */
#ifndef A64_HOLES_H
#define A64_HOLES_H

#include "fp_env.h"
#include "types.h"

#define A64_HOLES(HOLE) \
	/* general registers */ \
	HOLE(u64, get_x, (struct cpu *, reg r)) \
	HOLE(u32, get_w, (struct cpu *, reg r)) \
	HOLE(void, set_x, (struct cpu *, reg r, u64 v)) \
	HOLE(void, set_w, (struct cpu *, reg r, u32 v)) /* zero-extends */ \
	/* vector registers; everything but set_v zeroes the bits above */ \
	HOLE(v128, get_v, (struct cpu *, reg r)) \
	HOLE(void, set_v, (struct cpu *, reg r, v128 v)) \
	HOLE(double, get_d, (struct cpu *, reg r)) \
	HOLE(float, get_s, (struct cpu *, reg r)) \
	HOLE(void, set_d, (struct cpu *, reg r, double v)) \
	HOLE(void, set_s, (struct cpu *, reg r, float v)) \
	HOLE(u64, get_u64v, (struct cpu *, reg r)) \
	HOLE(u32, get_u32v, (struct cpu *, reg r)) \
	HOLE(void, set_u64v, (struct cpu *, reg r, u64 v)) \
	HOLE(void, set_u32v, (struct cpu *, reg r, u32 v)) \
	/* flags: carry the operands, so a later condition is one compare */ \
	HOLE(bool, get_cond, (struct cpu *, u64 cond)) \
	HOLE(u32, get_carry, (struct cpu *)) \
	HOLE(u32, get_nzcv, (struct cpu *)) \
	HOLE(void, set_nzcv, (struct cpu *, u32 bits31_28)) \
	HOLE(void, set_flags_add, (struct cpu *, u32 sf, u64 a, u64 b)) \
	HOLE(void, set_flags_sub, (struct cpu *, u32 sf, u64 a, u64 b)) \
	HOLE(void, set_flags_adc, (struct cpu *, u32 sf, u64 a, u64 b, u32 c)) \
	HOLE(void, set_flags_logic, (struct cpu *, u32 sf, u64 res)) \
	HOLE(void, set_flags_ccmp, (struct cpu *, u32 sf, bool cond, u64 a, u64 b, u64 nzcv)) \
	HOLE(void, set_flags_ccmn, (struct cpu *, u32 sf, bool cond, u64 a, u64 b, u64 nzcv)) \
	HOLE(void, set_flags_fcmp64, (struct cpu *, double a, double b)) \
	HOLE(void, set_flags_fcmp32, (struct cpu *, float a, float b)) \
	HOLE(void, set_flags_fccmp64, (struct cpu *, bool cond, double a, double b, u64 nzcv)) \
	HOLE(void, set_flags_fccmp32, (struct cpu *, bool cond, float a, float b, u64 nzcv)) \
	/* memory at base + off; off is a plain operand or a constant */ \
	HOLE(u8, load8, (struct cpu *, u64 base, s64 off)) \
	HOLE(u16, load16, (struct cpu *, u64 base, s64 off)) \
	HOLE(u32, load32, (struct cpu *, u64 base, s64 off)) \
	HOLE(u64, load64, (struct cpu *, u64 base, s64 off)) \
	HOLE(v128, load128, (struct cpu *, u64 base, s64 off)) \
	HOLE(void, store8, (struct cpu *, u64 base, s64 off, u8 v)) \
	HOLE(void, store16, (struct cpu *, u64 base, s64 off, u16 v)) \
	HOLE(void, store32, (struct cpu *, u64 base, s64 off, u32 v)) \
	HOLE(void, store64, (struct cpu *, u64 base, s64 off, u64 v)) \
	HOLE(void, store128, (struct cpu *, u64 base, s64 off, v128 v)) \
	/* exclusives and atomics; size in bytes, 1 2 4 8, of one element; \
	 * values zero-extended; a pair is {first, second} in u64 lanes */ \
	HOLE(u64, load_excl, (struct cpu *, u32 size, u64 va)) \
	HOLE(u32, store_excl, (struct cpu *, u32 size, u64 va, u64 v)) /* 0: done */ \
	HOLE(u64x2, load_excl_pair, (struct cpu *, u32 size, u64 va)) \
	HOLE(u32, store_excl_pair, (struct cpu *, u32 size, u64 va, u64x2 v)) \
	HOLE(void, clrex, (struct cpu *)) \
	HOLE(u64, atomic_rmw, (struct cpu *, u32 kind, u32 size, u64 va, u64 v)) \
	HOLE(u64, atomic_cas, (struct cpu *, u32 size, u64 va, u64 expect, u64 v)) \
	HOLE(u64x2, atomic_cas_pair, (struct cpu *, u32 size, u64 va, u64x2 expect, u64x2 v)) \
	HOLE(void, barrier, (struct cpu *)) \
	HOLE(void, dc_zva, (struct cpu *, u64 va)) \
	HOLE(void, icache_flush, (struct cpu *, u64 va)) \
	/* control: a branch not taken goes on at pc + 4 */ \
	HOLE(void, set_pc, (struct cpu *, u64 target)) \
	HOLE(void, branch_if, (struct cpu *, bool taken, u64 target)) \
	HOLE(void, supervisor_call, (struct cpu *, u64 imm)) \
	HOLE(void, raise_trap, (struct cpu *, u32 kind, u64 imm)) \
	/* system registers */ \
	HOLE(u64, sysreg_read, (struct cpu *, u64 id)) \
	HOLE(u64, get_tpidr, (struct cpu *)) \
	HOLE(void, set_tpidr, (struct cpu *, u64 v)) \
	HOLE(u64, get_fpcr, (struct cpu *)) \
	HOLE(void, set_fpcr, (struct cpu *, u64 v)) \
	HOLE(u64, get_fpsr, (struct cpu *)) \
	HOLE(void, set_fpsr, (struct cpu *, u64 v)) \
	/* floating point; spec: fp_env.h.  r is the host's result for the operands \
	 * after it, rounded to nearest.  Where it is a NaN, the answer is the one \
	 * FPProcessNaNs() gives; in an environment that is not the usual one, it is \
	 * what the operation gives there, and FPSR has been told. */ \
	HOLE(double, fp1_64, (struct cpu *, u32 spec, double r, double a)) \
	HOLE(float, fp1_32, (struct cpu *, u32 spec, float r, float a)) \
	HOLE(f64x2, fp1_v64, (struct cpu *, u32 spec, f64x2 r, f64x2 a)) \
	HOLE(f32x4, fp1_v32, (struct cpu *, u32 spec, f32x4 r, f32x4 a)) \
	HOLE(double, fp2_64, (struct cpu *, u32 spec, double r, double a, double b)) \
	HOLE(float, fp2_32, (struct cpu *, u32 spec, float r, float a, float b)) \
	HOLE(f64x2, fp2_v64, (struct cpu *, u32 spec, f64x2 r, f64x2 a, f64x2 b)) \
	HOLE(f32x4, fp2_v32, (struct cpu *, u32 spec, f32x4 r, f32x4 a, f32x4 b)) \
	/* the same, where NaNs are right already (masks are none) */ \
	HOLE(double, fp_env_64, (struct cpu *, u32 spec, double r, double a, double b)) \
	HOLE(float, fp_env_32, (struct cpu *, u32 spec, float r, float a, float b)) \
	HOLE(f64x2, fp_env_v64, (struct cpu *, u32 spec, f64x2 r, f64x2 a, f64x2 b)) \
	HOLE(f32x4, fp_env_v32, (struct cpu *, u32 spec, f32x4 r, f32x4 a, f32x4 b)) \
	HOLE(v128, env_half, (struct cpu *, u32 spec, v128 r, v128 a, v128 b, v128 c)) \
	/* a * b + c rounded once, NaNs by FPMulAdd() (c is its addend) */ \
	HOLE(double, fma64, (struct cpu *, u32 spec, double a, double b, double c)) \
	HOLE(float, fma32, (struct cpu *, u32 spec, float a, float b, float c)) \
	HOLE(f64x2, fma_v64, (struct cpu *, u32 spec, f64x2 a, f64x2 b, f64x2 c)) \
	HOLE(f32x4, fma_v32, (struct cpu *, u32 spec, f32x4 a, f32x4 b, f32x4 c)) \
	/* a number that compares with b as a does; `active`: the comparison happens */ \
	HOLE(double, fp_cmp_64, (struct cpu *, u32 spec, bool active, double a, double b)) \
	HOLE(float, fp_cmp_32, (struct cpu *, u32 spec, bool active, float a, float b)) \
	/* conversions, all as bits: to integers, from integers */ \
	HOLE(u64, fp_int, (struct cpu *, u32 spec, u64 r, u64 a, u64 fbits)) \
	HOLE(v128, fp_int_v, (struct cpu *, u32 spec, v128 r, v128 a, u64 fbits)) \
	HOLE(u64, fp_from, (struct cpu *, u32 spec, u64 r, u64 v, u64 fbits)) \
	HOLE(v128, fp_from_v, (struct cpu *, u32 spec, v128 r, v128 v, u64 fbits)) \
	/* of precision: NaNs by FPConvertNaN(), and FPConvert() of lanes */ \
	HOLE(double, nan_widen, (struct cpu *, double r, float a)) \
	HOLE(float, nan_narrow, (struct cpu *, float r, double a)) \
	HOLE(v128, fp_convert, (struct cpu *, u32 spec, v128 r, v128 a)) \
	/* saturation happened where any bit is set: FPSR.QC becomes 1 */ \
	HOLE(void, set_qc, (struct cpu *, v128 lost))

#ifdef A64_TEMPLATE
#define A64_DECLARE(result, name, params) extern result name params;
A64_HOLES(A64_DECLARE)
#undef A64_DECLARE
#else
#include "../../../runtime/cpu/holes.h"
#endif

/* A vector result of 64 (q = 0) or 128 bits. */
PURE void set_vq(struct cpu *cpu, u32 q, reg r, v128 v)
{
	if (q)
		set_v(cpu, r, v);
	else
		set_u64v(cpu, r, ((u64x2)v)[0]);
}

#endif
