/* SPDX-License-Identifier: MIT */
/*
 * What lifted code calls instead of having it inline: rare accessors of the
 * instruction semantics, by the name cpu_<accessor> and without the struct
 * cpu argument (lifter/holes.c), and leaving the wasm stack.
 */
#include "dispatch.h"
#include "lifter/a64/sem/holes.h"

#define API1(result, name, type) \
	CPU_EXPORT(cpu_##name) result cpu_##name(type a) { return name(the_cpu(), a); }
#define API2(result, name, type1, type2) \
	CPU_EXPORT(cpu_##name) result cpu_##name(type1 a, type2 b) { return name(the_cpu(), a, b); }
#define API3(result, name, type1, type2, type3) \
	CPU_EXPORT(cpu_##name) result cpu_##name(type1 a, type2 b, type3 c) { return name(the_cpu(), a, b, c); }
#define API4(result, name, type1, type2, type3, type4) \
	CPU_EXPORT(cpu_##name) result cpu_##name(type1 a, type2 b, type3 c, type4 d) \
	{ \
		return name(the_cpu(), a, b, c, d); \
	}
#define API5(result, name, type1, type2, type3, type4, type5) \
	CPU_EXPORT(cpu_##name) result cpu_##name(type1 a, type2 b, type3 c, type4 d, type5 e) \
	{ \
		return name(the_cpu(), a, b, c, d, e); \
	}

API2(u64x2, load_excl_pair, u32, u64)
API3(u32, store_excl_pair, u32, u64, u64x2)
CPU_EXPORT(cpu_atomic_cas_pair) u64x2 cpu_atomic_cas_pair(u32 size, u64 va, u64x2 expect, u64x2 v)
{
	return atomic_cas_pair(the_cpu(), size, va, expect, v);
}

API1(void, dc_zva, u64)
API1(void, icache_flush, u64)
API1(u64, sysreg_read, u64)
CPU_EXPORT(cpu_get_fpcr) u64 cpu_get_fpcr(void) { return get_fpcr(the_cpu()); }
CPU_EXPORT(cpu_get_fpsr) u64 cpu_get_fpsr(void) { return get_fpsr(the_cpu()); }
API1(void, set_fpcr, u64)
API1(void, set_fpsr, u64)
API1(void, set_qc, v128)

API3(double, fp1_64, u32, double, double)
API3(float, fp1_32, u32, float, float)
API3(f64x2, fp1_v64, u32, f64x2, f64x2)
API3(f32x4, fp1_v32, u32, f32x4, f32x4)
API4(double, fp2_64, u32, double, double, double)
API4(float, fp2_32, u32, float, float, float)
API4(f64x2, fp2_v64, u32, f64x2, f64x2, f64x2)
API4(f32x4, fp2_v32, u32, f32x4, f32x4, f32x4)
API4(double, fp_env_64, u32, double, double, double)
API4(float, fp_env_32, u32, float, float, float)
API4(f64x2, fp_env_v64, u32, f64x2, f64x2, f64x2)
API4(f32x4, fp_env_v32, u32, f32x4, f32x4, f32x4)
API5(v128, env_half, u32, v128, v128, v128, v128)
API4(double, fma64, u32, double, double, double)
API4(float, fma32, u32, float, float, float)
API4(f64x2, fma_v64, u32, f64x2, f64x2, f64x2)
API4(f32x4, fma_v32, u32, f32x4, f32x4, f32x4)
API4(double, fp_cmp_64, u32, bool, double, double)
API4(float, fp_cmp_32, u32, bool, float, float)
API4(u64, fp_int, u32, u64, u64, u64)
API4(v128, fp_int_v, u32, v128, v128, u64)
API4(u64, fp_from, u32, u64, u64, u64)
API4(v128, fp_from_v, u32, v128, v128, u64)
API2(double, nan_widen, double, float)
API2(float, nan_narrow, float, double)
API3(v128, fp_convert, u32, v128, v128)

CPU_EXPORT(cpu_unwind) void cpu_unwind(void)
{
	leave_frames(the_cpu());
}
