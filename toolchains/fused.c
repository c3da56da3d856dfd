/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-add as lifted code calls it.  Where the engine has an
 * instruction that is fused, the calls become that before the module is
 * compiled (lifter/wasmcode.c, runtime/host/js/fuse.js), and nothing here runs.
 * NaNs are looked at by who calls.
 */
#include "lifter/a64/sem/fp_env.h"
#include "runtime/cpu/fma_quick.h"

#define IMPORT(name) __attribute__((import_module("cpu"), import_name(#name))) name
/* No lane that counts: nothing about FPCR and FPSR. */
enum { SPEC = FP_SPEC(FP_MADD, 0) };
f64x2 IMPORT(cpu_fma_v64)(u32 spec, f64x2 a, f64x2 b, f64x2 c);
f32x4 IMPORT(cpu_fma_v32)(u32 spec, f32x4 a, f32x4 b, f32x4 c);
float IMPORT(cpu_fma32)(u32 spec, float a, float b, float c);

f64x2 aw_fma_v64(f64x2 a, f64x2 b, f64x2 c)
{
	f64x2 r;

	return fma_quick_v64(a, b, c, &r) ? r : cpu_fma_v64(SPEC, a, b, c);
}

f32x4 aw_fma_v32(f32x4 a, f32x4 b, f32x4 c)
{
	f32x4 r;

	return fma_quick_v32(a, b, c, &r) ? r : cpu_fma_v32(SPEC, a, b, c);
}

/* One number, in lane 0. */
f32x4 aw_fma_32(f32x4 a, f32x4 b, f32x4 c)
{
	float r;

	return (f32x4){fma_quick_32(a[0], b[0], c[0], &r) ? r : cpu_fma32(SPEC, a[0], b[0], c[0])};
}
