/* SPDX-License-Identifier: MIT */
/*
 * The accessors of lifter/a64/sem/holes.h on struct cpu and checked memory:
 * what makes the instruction semantics an interpreter.
 *
 * cpu->pc is the instruction's own address while it may fault, and already the
 * next one's when an instruction that changes control runs (interp.c).
 */
#ifndef RUNTIME_CPU_HOLES_H
#define RUNTIME_CPU_HOLES_H

#include "cpu.h"
#include "fma.h"
#include "fpenv.h"
#include "fma.h"
#include "mem.h"

#define HOLE(result) static inline __attribute__((always_inline, unused)) result

/* Registers */
HOLE(u64) get_x(struct cpu *cpu, reg r) { return cpu->x[r]; }
HOLE(u32) get_w(struct cpu *cpu, reg r) { return (u32)cpu->x[r]; }
HOLE(void) set_x(struct cpu *cpu, reg r, u64 v) { cpu->x[r] = v; }
HOLE(void) set_w(struct cpu *cpu, reg r, u32 v) { cpu->x[r] = v; }

HOLE(v128) get_v(struct cpu *cpu, reg r) { return cpu->v[r]; }
HOLE(void) set_v(struct cpu *cpu, reg r, v128 v) { cpu->v[r] = v; }
HOLE(u64) get_u64v(struct cpu *cpu, reg r) { return ((u64x2)cpu->v[r])[0]; }
HOLE(u32) get_u32v(struct cpu *cpu, reg r) { return ((u32x4)cpu->v[r])[0]; }
HOLE(double) get_d(struct cpu *cpu, reg r) { return ((f64x2)cpu->v[r])[0]; }
HOLE(float) get_s(struct cpu *cpu, reg r) { return ((f32x4)cpu->v[r])[0]; }

HOLE(void) set_u64v(struct cpu *cpu, reg r, u64 v)
{
	cpu->v[r] = (v128)(u64x2){v, 0};
}

HOLE(void) set_u32v(struct cpu *cpu, reg r, u32 v) { set_u64v(cpu, r, v); }

HOLE(void) set_d(struct cpu *cpu, reg r, double v)
{
	cpu->v[r] = (v128)(f64x2){v, 0};
}

HOLE(void) set_s(struct cpu *cpu, reg r, float v)
{
	cpu->v[r] = (v128)(f32x4){v, 0, 0, 0};
}

/* Flags */
enum { FLAG_N = 1u << 31, FLAG_Z = 1 << 30, FLAG_C = 1 << 29, FLAG_V = 1 << 28 };

HOLE(u32) get_nzcv(struct cpu *cpu) { return cpu->nzcv; }
HOLE(void) set_nzcv(struct cpu *cpu, u32 v) { cpu->nzcv = v & 0xf0000000; }
HOLE(u32) get_carry(struct cpu *cpu) { return cpu->nzcv >> 29 & 1; }

/* Bit `flags` of word `cond`: does the condition hold?  Arm ARM, ConditionHolds(). */
extern const u16 cond_holds[16];

HOLE(bool) get_cond(struct cpu *cpu, u64 cond)
{
	return cond_holds[cond] >> (cpu->nzcv >> 28) & 1;
}

/* Arm ARM, AddWithCarry(). */
PURE u32 flags_adc(u32 sf, u64 a, u64 b, u32 c)
{
	u32 top = sf ? 63 : 31;
	u64 mask = sf ? ~(u64)0 : 0xffffffff;
	u64 x = a & mask, y = b & mask, r = (x + y + c) & mask;
	u64 carry = ((x & y) | ((x | y) & ~r)) >> top & 1;
	u64 over = ((x ^ r) & (y ^ r)) >> top & 1;

	return (u32)(r >> top << 31 | (u64)(r == 0) << 30 | carry << 29 | over << 28);
}

HOLE(void) set_flags_adc(struct cpu *cpu, u32 sf, u64 a, u64 b, u32 c)
{
	cpu->nzcv = flags_adc(sf, a, b, c);
}

HOLE(void) set_flags_add(struct cpu *cpu, u32 sf, u64 a, u64 b)
{
	cpu->nzcv = flags_adc(sf, a, b, 0);
}

/* The same for subtraction, AddWithCarry(a, NOT(b), '1'), in fewer steps. */
PURE u32 flags_sub64(u64 a, u64 b)
{
	u64 r = a - b, over = (a ^ b) & (a ^ r);

	return ((u32)(r >> 32) & FLAG_N) | (a == b) * FLAG_Z | (a >= b) * FLAG_C | (u32)(over >> 63) * FLAG_V;
}

PURE u32 flags_sub32(u32 a, u32 b)
{
	u32 r = a - b, over = (a ^ b) & (a ^ r);

	return (r & FLAG_N) | (a == b) * FLAG_Z | (a >= b) * FLAG_C | (over >> 31) * FLAG_V;
}

PURE u32 flags_sub(u32 sf, u64 a, u64 b)
{
	return sf ? flags_sub64(a, b) : flags_sub32((u32)a, (u32)b);
}

HOLE(void) set_flags_sub(struct cpu *cpu, u32 sf, u64 a, u64 b)
{
	cpu->nzcv = flags_sub(sf, a, b);
}

HOLE(void) set_flags_logic(struct cpu *cpu, u32 sf, u64 res)
{
	u64 r = sf ? res : (u32)res;

	cpu->nzcv = (u32)(r >> (sf ? 63 : 31)) << 31 | (u32)(r == 0) << 30;
}

HOLE(void) set_flags_ccmp(struct cpu *cpu, u32 sf, bool cond, u64 a, u64 b, u64 nzcv)
{
	cpu->nzcv = cond ? flags_sub(sf, a, b) : (u32)nzcv;
}

HOLE(void) set_flags_ccmn(struct cpu *cpu, u32 sf, bool cond, u64 a, u64 b, u64 nzcv)
{
	cpu->nzcv = cond ? flags_adc(sf, a, b, 0) : (u32)nzcv;
}

/* Arm ARM, FPCompare(). */
PURE u32 flags_fcmp(double a, double b)
{
	return a == b ? FLAG_Z | FLAG_C : a < b ? FLAG_N : a > b ? FLAG_C : FLAG_C | FLAG_V;
}

HOLE(void) set_flags_fcmp64(struct cpu *cpu, double a, double b)
{
	cpu->nzcv = flags_fcmp(a, b);
}

HOLE(void) set_flags_fcmp32(struct cpu *cpu, float a, float b)
{
	cpu->nzcv = flags_fcmp(a, b);
}

HOLE(void) set_flags_fccmp64(struct cpu *cpu, bool cond, double a, double b, u64 nzcv)
{
	cpu->nzcv = cond ? flags_fcmp(a, b) : (u32)nzcv;
}

HOLE(void) set_flags_fccmp32(struct cpu *cpu, bool cond, float a, float b, u64 nzcv)
{
	cpu->nzcv = cond ? flags_fcmp(a, b) : (u32)nzcv;
}

/* Memory */
#define MEM_HOLES(type, bits) \
	HOLE(type) load##bits(struct cpu *cpu, u64 base, s64 off) \
	{ \
		type v; \
		__builtin_memcpy(&v, mem_access(cpu, base + off, sizeof v, PAGE_READ), sizeof v); \
		return v; \
	} \
	HOLE(void) store##bits(struct cpu *cpu, u64 base, s64 off, type v) \
	{ \
		__builtin_memcpy(mem_access(cpu, base + off, sizeof v, PAGE_WRITE), &v, sizeof v); \
	}
MEM_HOLES(u8, 8)
MEM_HOLES(u16, 16)
MEM_HOLES(u32, 32)
MEM_HOLES(u64, 64)
MEM_HOLES(v128, 128)
#undef MEM_HOLES

/* Exclusives, atomics, caches, control, system: exclusive.c, system.c */
u64 load_excl(struct cpu *cpu, u32 size, u64 va);
u32 store_excl(struct cpu *cpu, u32 size, u64 va, u64 v);
u64x2 load_excl_pair(struct cpu *cpu, u32 size, u64 va);
u32 store_excl_pair(struct cpu *cpu, u32 size, u64 va, u64x2 v);
HOLE(void) clrex(struct cpu *cpu) { cpu->excl.size = 0; }
u64 atomic_rmw(struct cpu *cpu, u32 kind, u32 size, u64 va, u64 v);
u64 atomic_cas(struct cpu *cpu, u32 size, u64 va, u64 expect, u64 v);
u64x2 atomic_cas_pair(struct cpu *cpu, u32 size, u64 va, u64x2 expect, u64x2 v);
HOLE(void) barrier(struct cpu *cpu) { (void)cpu; __sync_synchronize(); }
void dc_zva(struct cpu *cpu, u64 va);
void icache_flush(struct cpu *cpu, u64 va);

HOLE(void) set_pc(struct cpu *cpu, u64 target) { cpu->pc = target; }

HOLE(void) branch_if(struct cpu *cpu, bool taken, u64 target)
{
	cpu->pc = taken ? target : cpu->pc;
}

void supervisor_call(struct cpu *cpu, u64 imm);
void raise_trap(struct cpu *cpu, u32 kind, u64 imm);
u64 sysreg_read(struct cpu *cpu, u64 id);
HOLE(u64) get_tpidr(struct cpu *cpu) { return cpu->tpidr; }
HOLE(void) set_tpidr(struct cpu *cpu, u64 v) { cpu->tpidr = v; }
HOLE(u64) get_fpcr(struct cpu *cpu) { return cpu->fpcr; }
HOLE(void) set_fpcr(struct cpu *cpu, u64 v) { cpu->fpcr = (u32)v & FPCR_WRITABLE; }
HOLE(u64) get_fpsr(struct cpu *cpu) { return cpu->fpsr; }
HOLE(void) set_fpsr(struct cpu *cpu, u64 v) { cpu->fpsr = (u32)v & FPSR_WRITABLE; }

/* Floating point: what is not the host's own answer is in fpenv.c */
#define FP_BITS_64(x) ((union { double f; u64 u; }){x}.u)
#define FP_BITS_32(x) ((union { float f; u32 u; }){x}.u)
#define FP_OF_64(x) ((union { u64 u; double f; }){x}.f)
#define FP_OF_32(x) ((union { u32 u; float f; }){(u32)(x)}.f)
#define LIKELY(x) __builtin_expect(!!(x), 1)

/* Does the host's result r stand?  With no lane that counts all but a NaN does. */
#define STANDS(spec, r, is_plain) \
	LIKELY(SPEC_LANES(spec) ? fpenv_is_usual(cpu) && (is_plain) : (r) == (r))

#define FP_HOLES(type, size, format) \
	HOLE(type) fp2_##size(struct cpu *cpu, u32 spec, type r, type a, type b) \
	{ \
		if (STANDS(spec, r, plain_##size(SPEC_OP(spec), r))) \
			return r; \
		return FP_OF_##size(fpenv_fp(cpu, spec, format, FP_BITS_##size(r), FP_BITS_##size(a), \
					     FP_BITS_##size(b), 0)); \
	} \
	HOLE(type) fp1_##size(struct cpu *cpu, u32 spec, type r, type a) \
	{ \
		return fp2_##size(cpu, spec, r, a, a); \
	} \
	HOLE(type) fp_env_##size(struct cpu *cpu, u32 spec, type r, type a, type b) \
	{ \
		u32 op = SPEC_OP(spec); \
		bool compares = op >= FP_CMEQ && op <= FP_ACGT; \
		if (!SPEC_LANES(spec) || LIKELY(compares ? fpenv_compares(cpu) && a == a && b == b : \
						fpenv_shows(op) && fpenv_is_usual(cpu) && plain_##size(op, r))) \
			return r; \
		return FP_OF_##size(fpenv_fp(cpu, spec, format, FP_BITS_##size(r), FP_BITS_##size(a), \
					     FP_BITS_##size(b), 0)); \
	} \
	HOLE(type) fma##size(struct cpu *cpu, u32 spec, type a, type b, type c) \
	{ \
		type r = fp_fma##size(a, b, c, cpu->fpcr & FPCR_DN); \
		if (!SPEC_LANES(spec) || (fpenv_is_usual(cpu) && plain_##size(SPEC_OP(spec), r))) \
			return r; \
		return FP_OF_##size(fpenv_fp(cpu, spec, format, 0, FP_BITS_##size(a), FP_BITS_##size(b), \
					     FP_BITS_##size(c))); \
	} \
	HOLE(type) fp_cmp_##size(struct cpu *cpu, u32 spec, bool active, type a, type b) \
	{ \
		if (!active || LIKELY(fpenv_compares(cpu) && a == a && b == b)) \
			return a; \
		return fpenv_cmp_##size(cpu, spec, a, b); \
	}
FP_HOLES(double, 64, FP_D)
FP_HOLES(float, 32, FP_S)

/* Vectors: one test for all lanes, and the rest out of line. */
PURE bool all_lanes(v128 mask)
{
	u64x2 m = (u64x2)mask;

	return (m[0] & m[1]) == ~(u64)0;
}

#define FP_VECTOR_HOLES(type, suffix, size, format, count) \
	HOLE(type) fp2_##suffix(struct cpu *cpu, u32 spec, type r, type a, type b) \
	{ \
		if (LIKELY(SPEC_LANES(spec) ? fpenv_is_usual(cpu) && plain_##suffix(r) : all_lanes((v128)(r == r)))) \
			return r; \
		return (type)fpenv_fp_v(cpu, spec, format, (v128)r, (v128)a, (v128)b, (v128)b); \
	} \
	HOLE(type) fp1_##suffix(struct cpu *cpu, u32 spec, type r, type a) \
	{ \
		return fp2_##suffix(cpu, spec, r, a, a); \
	} \
	HOLE(type) fp_env_##suffix(struct cpu *cpu, u32 spec, type r, type a, type b) \
	{ \
		u32 op = SPEC_OP(spec); \
		bool compares = op >= FP_CMEQ && op <= FP_ACGT; \
		if (!SPEC_LANES(spec) || \
		    LIKELY(compares ? fpenv_compares(cpu) && all_lanes((v128)((a == a) & (b == b))) : \
				      fpenv_shows(op) && fpenv_is_usual(cpu) && plain_##suffix(r))) \
			return r; \
		return (type)fpenv_fp_v(cpu, spec, format, (v128)r, (v128)a, (v128)b, (v128)b); \
	} \
	static __attribute__((noinline, unused)) type \
	fma_##suffix(struct cpu *cpu, u32 spec, type a, type b, type c) \
	{ \
		type r; \
		for (int i = 0; i < count; i++) \
			r[i] = fp_fma##size(a[i], b[i], c[i], cpu->fpcr & FPCR_DN); \
		if (!SPEC_LANES(spec) || (fpenv_is_usual(cpu) && plain_##suffix(r))) \
			return r; \
		return (type)fpenv_fp_v(cpu, spec, format, (v128)r, (v128)a, (v128)b, (v128)c); \
	}
FP_VECTOR_HOLES(f64x2, v64, 64, FP_D, 2)
FP_VECTOR_HOLES(f32x4, v32, 32, FP_S, 4)

PURE bool plain_halves(v128 r)
{
	return all_lanes((v128)((u16x8)r * 2 - PLAIN_LEAST_H < (u16x8){} + PLAIN_SPAN_H));
}

HOLE(v128) env_half(struct cpu *cpu, u32 spec, v128 r, v128 a, v128 b, v128 c)
{
	u32 op = SPEC_OP(spec);
	bool compares = op >= FP_CMEQ && op <= FP_ACGT;

	if (!compares && LIKELY(fpenv_is_usual(cpu) && plain_halves(r)))
		return r;
	return fpenv_fp_v(cpu, spec, FP_H, r, a, b, c);
}

/* |a| * 2^fbits is far enough below what the integer holds, and not below zero if it has no sign. */
PURE bool int_holds(u32 spec, u64 a, u64 fbits)
{
	enum fp_format f = SPEC_FORMAT(spec);
	u32 fraction = f == FP_H ? 10 : f == FP_S ? 23 : 52, top = f == FP_H ? 0x1f : f == FP_S ? 0xff : 0x7ff;
	u32 exponent = (u32)(a >> fraction) & top, limit = (top >> 1) + SPEC_BITS(spec) - 2;
	bool negative = a >> (f == FP_H ? 15 : f == FP_S ? 31 : 63) & 1;

	return exponent < top && exponent + fbits < limit && !(SPEC_UNSIGNED(spec) && negative);
}

HOLE(u64) fp_int(struct cpu *cpu, u32 spec, u64 r, u64 a, u64 fbits)
{
	return LIKELY(fpenv_is_usual(cpu) && int_holds(spec, a, fbits)) ? r : fpenv_int(cpu, spec, a, fbits);
}

/* Vectors of integers are rarer: each lane to the letter. */
HOLE(v128) fp_int_v(struct cpu *cpu, u32 spec, v128 r, v128 a, u64 fbits)
{
	return fpenv_int_v(cpu, spec, r, a, fbits);
}

/* Only a half can overflow. */
HOLE(u64) fp_from(struct cpu *cpu, u32 spec, u64 r, u64 v, u64 fbits)
{
	return LIKELY(fpenv_is_usual(cpu) && SPEC_FORMAT(spec) != FP_H) ? r : fpenv_from(cpu, spec, v, fbits);
}

HOLE(v128) fp_from_v(struct cpu *cpu, u32 spec, v128 r, v128 v, u64 fbits)
{
	return LIKELY(fpenv_is_usual(cpu) && SPEC_FORMAT(spec) != FP_H) ? r : fpenv_from_v(cpu, spec, r, v, fbits);
}

HOLE(v128) fp_convert(struct cpu *cpu, u32 spec, v128 r, v128 a)
{
	bool is_plain = SPEC_TO(spec) == FP_D ? plain_64(FP_MUL, ((f64x2)r)[0]) :
			SPEC_TO(spec) == FP_S && plain_32(FP_MUL, ((f32x4)r)[0]);

	/* rounded to odd, the largest number may stand for an overflow */
	return LIKELY(SPEC_LANES(spec) == 1 && !SPEC_ODD(spec) && fpenv_is_usual(cpu) && is_plain) ? r :
		fpenv_convert(cpu, spec, r, a);
}

/* Arm ARM, FPConvertNaN(): sign and the top of the payload stay, quieted. */
HOLE(double) nan_widen(struct cpu *cpu, double r, float a)
{
	union { float f; u32 u; } in = {a};
	union { u64 u; double f; } out;

	if (__builtin_expect(r == r, 1))
		return r;
	out.u = (u64)0x7ff8 << 48;
	if (!(cpu->fpcr & FPCR_DN))
		out.u |= (u64)(in.u >> 31) << 63 | (u64)(in.u & 0x3fffff) << 29;
	return out.f;
}

HOLE(float) nan_narrow(struct cpu *cpu, float r, double a)
{
	union { double f; u64 u; } in = {a};
	union { u32 u; float f; } out;

	if (__builtin_expect(r == r, 1))
		return r;
	out.u = 0x7fc00000;
	if (!(cpu->fpcr & FPCR_DN))
		out.u |= (u32)(in.u >> 63) << 31 | (u32)(in.u >> 29 & 0x3fffff);
	return out.f;
}

HOLE(void) set_qc(struct cpu *cpu, v128 lost)
{
	u64x2 any = (u64x2)lost;

	cpu->fpsr |= (u32)((any[0] | any[1]) != 0) << 27;
}

#undef LIKELY
#undef HOLE
#endif
