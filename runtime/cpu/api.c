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

API2(double, nan_fix1_64, double, double)
API2(float, nan_fix1_32, float, float)
API3(double, nan_fix2_64, double, double, double)
API3(float, nan_fix2_32, float, float, float)
API2(f64x2, nan_fix1_v64, f64x2, f64x2)
API2(f32x4, nan_fix1_v32, f32x4, f32x4)
API3(f64x2, nan_fix2_v64, f64x2, f64x2, f64x2)
API3(f32x4, nan_fix2_v32, f32x4, f32x4, f32x4)
API2(double, nan_widen, double, float)
API2(float, nan_narrow, float, double)
API3(double, fma64, double, double, double)
API3(float, fma32, float, float, float)
API3(f64x2, fma_v64, f64x2, f64x2, f64x2)
API3(f32x4, fma_v32, f32x4, f32x4, f32x4)

CPU_EXPORT(cpu_unwind) void cpu_unwind(void)
{
	leave_frames(the_cpu());
}
