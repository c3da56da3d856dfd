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
#include "float.h"
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

HOLE(void) set_flags_sub(struct cpu *cpu, u32 sf, u64 a, u64 b)
{
	cpu->nzcv = flags_adc(sf, a, ~b, 1);
}

HOLE(void) set_flags_logic(struct cpu *cpu, u32 sf, u64 res)
{
	u64 r = sf ? res : (u32)res;

	cpu->nzcv = (u32)(r >> (sf ? 63 : 31)) << 31 | (u32)(r == 0) << 30;
}

HOLE(void) set_flags_ccmp(struct cpu *cpu, u32 sf, bool cond, u64 a, u64 b, u64 nzcv)
{
	cpu->nzcv = cond ? flags_adc(sf, a, ~b, 1) : (u32)nzcv;
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

/* Floating point: the slow answers are in float.c */
PURE u32 fp_default_nan(struct cpu *cpu) { return cpu->fpcr & FPCR_DN; }

HOLE(double) nan_fix1_64(struct cpu *cpu, double r, double a)
{
	return __builtin_expect(r == r, 1) ? r : fp_nan1_64(a, fp_default_nan(cpu));
}

HOLE(float) nan_fix1_32(struct cpu *cpu, float r, float a)
{
	return __builtin_expect(r == r, 1) ? r : fp_nan1_32(a, fp_default_nan(cpu));
}

HOLE(double) nan_fix2_64(struct cpu *cpu, double r, double a, double b)
{
	return __builtin_expect(r == r, 1) ? r : fp_nan2_64(a, b, fp_default_nan(cpu));
}

HOLE(float) nan_fix2_32(struct cpu *cpu, float r, float a, float b)
{
	return __builtin_expect(r == r, 1) ? r : fp_nan2_32(a, b, fp_default_nan(cpu));
}

/* Vectors: one test for all lanes, and the rest out of line. */
#define LANES_OUT_OF_LINE(type) static __attribute__((noinline, unused)) type
#define ANY_NAN(r) __builtin_expect(any_lane((v128)((r) != (r))), 0)

PURE bool any_lane(v128 mask)
{
	u64x2 m = (u64x2)mask;

	return (m[0] | m[1]) != 0;
}

LANES_OUT_OF_LINE(f64x2) nan_lanes_v64(struct cpu *cpu, f64x2 r, f64x2 a, f64x2 b)
{
	for (int i = 0; i < 2; i++)
		r[i] = nan_fix2_64(cpu, r[i], a[i], b[i]);
	return r;
}

LANES_OUT_OF_LINE(f32x4) nan_lanes_v32(struct cpu *cpu, f32x4 r, f32x4 a, f32x4 b)
{
	for (int i = 0; i < 4; i++)
		r[i] = nan_fix2_32(cpu, r[i], a[i], b[i]);
	return r;
}

HOLE(f64x2) nan_fix2_v64(struct cpu *cpu, f64x2 r, f64x2 a, f64x2 b)
{
	return ANY_NAN(r) ? nan_lanes_v64(cpu, r, a, b) : r;
}

HOLE(f32x4) nan_fix2_v32(struct cpu *cpu, f32x4 r, f32x4 a, f32x4 b)
{
	return ANY_NAN(r) ? nan_lanes_v32(cpu, r, a, b) : r;
}

/* With one operand twice the rule for two is the rule for one. */
HOLE(f64x2) nan_fix1_v64(struct cpu *cpu, f64x2 r, f64x2 a)
{
	return nan_fix2_v64(cpu, r, a, a);
}

HOLE(f32x4) nan_fix1_v32(struct cpu *cpu, f32x4 r, f32x4 a)
{
	return nan_fix2_v32(cpu, r, a, a);
}

/* Arm ARM, FPConvertNaN(): sign and the top of the payload stay, quieted. */
HOLE(double) nan_widen(struct cpu *cpu, double r, float a)
{
	union { float f; u32 u; } in = {a};
	union { u64 u; double f; } out;

	if (__builtin_expect(r == r, 1))
		return r;
	out.u = (u64)0x7ff8 << 48;
	if (!fp_default_nan(cpu))
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
	if (!fp_default_nan(cpu))
		out.u |= (u32)(in.u >> 63) << 31 | (u32)(in.u >> 29 & 0x3fffff);
	return out.f;
}

HOLE(void) set_qc(struct cpu *cpu, v128 lost)
{
	u64x2 any = (u64x2)lost;

	cpu->fpsr |= (u32)((any[0] | any[1]) != 0) << 27;
}

HOLE(double) fma64(struct cpu *cpu, double a, double b, double c)
{
	return fp_fma64(a, b, c, fp_default_nan(cpu));
}

HOLE(float) fma32(struct cpu *cpu, float a, float b, float c)
{
	return fp_fma32(a, b, c, fp_default_nan(cpu));
}

LANES_OUT_OF_LINE(f64x2) fma_v64(struct cpu *cpu, f64x2 a, f64x2 b, f64x2 c)
{
	for (int i = 0; i < 2; i++)
		a[i] = fma64(cpu, a[i], b[i], c[i]);
	return a;
}

LANES_OUT_OF_LINE(f32x4) fma_v32(struct cpu *cpu, f32x4 a, f32x4 b, f32x4 c)
{
	for (int i = 0; i < 4; i++)
		a[i] = fma32(cpu, a[i], b[i], c[i]);
	return a;
}

#undef LANES_OUT_OF_LINE
#undef ANY_NAN
#undef HOLE
#endif
