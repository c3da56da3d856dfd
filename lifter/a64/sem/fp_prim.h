/* SPDX-License-Identifier: MIT */
/*
 * Floating-point primitives, one name for four types: double, float and the
 * vectors of both.
 *
 * _Generic picks the function, so that an instruction's meaning is written
 * once for scalar and vector.  Clang has the lane-wise operations as builtins
 * (one wasm instruction each); elsewhere they are loops over the lanes.
 */
#ifndef A64_FP_PRIM_H
#define A64_FP_PRIM_H

#include "holes.h"

#define ANY_TYPE(x, name) _Generic((x), double: name##_64, float: name##_32, \
	f64x2: name##_v64, f32x4: name##_v32)

/* name_64, name_32, name_v64, name_v32 of one and two operands. */
#ifdef __clang__
#define ANY1(name, builtin, fallback) \
	PURE double name##_64(double a) { return builtin(a); } \
	PURE float name##_32(float a) { return builtin(a); } \
	PURE f64x2 name##_v64(f64x2 a) { return builtin(a); } \
	PURE f32x4 name##_v32(f32x4 a) { return builtin(a); }
#define ANY2(name, builtin, fallback) \
	PURE double name##_64(double a, double b) { return builtin(a, b); } \
	PURE float name##_32(float a, float b) { return builtin(a, b); } \
	PURE f64x2 name##_v64(f64x2 a, f64x2 b) { return builtin(a, b); } \
	PURE f32x4 name##_v32(f32x4 a, f32x4 b) { return builtin(a, b); }
#else
#define ANY1(name, builtin, fallback) \
	PURE double name##_64(double a) { return fallback(a); } \
	PURE float name##_32(float a) { return (float)fallback((double)a); } \
	PURE f64x2 name##_v64(f64x2 a) \
	{ \
		return (f64x2){name##_64(a[0]), name##_64(a[1])}; \
	} \
	PURE f32x4 name##_v32(f32x4 a) \
	{ \
		return (f32x4){name##_32(a[0]), name##_32(a[1]), \
			       name##_32(a[2]), name##_32(a[3])}; \
	}
#define ANY2(name, builtin, fallback) \
	PURE double name##_64(double a, double b) { return fallback(a, b); } \
	PURE float name##_32(float a, float b) \
	{ \
		return (float)fallback((double)a, (double)b); \
	} \
	PURE f64x2 name##_v64(f64x2 a, f64x2 b) \
	{ \
		return (f64x2){name##_64(a[0], b[0]), name##_64(a[1], b[1])}; \
	} \
	PURE f32x4 name##_v32(f32x4 a, f32x4 b) \
	{ \
		return (f32x4){name##_32(a[0], b[0]), name##_32(a[1], b[1]), \
			       name##_32(a[2], b[2]), name##_32(a[3], b[3])}; \
	}
/* IEEE 754-2019 minimum and maximum: -0 below +0, a NaN wins. */
#define FP_MIN(a, b) ((a) != (a) || (b) != (b) ? (a) + (b) : (a) < (b) ? (a) : \
	(b) < (a) ? (b) : __builtin_signbit(a) ? (a) : (b))
#define FP_MAX(a, b) ((a) != (a) || (b) != (b) ? (a) + (b) : (a) > (b) ? (a) : \
	(b) > (a) ? (b) : __builtin_signbit(a) ? (b) : (a))
#endif

/* Rounding once in double and once in float gives the float's square root. */
ANY1(any_abs, __builtin_elementwise_abs, __builtin_fabs)
ANY1(any_sqrt, __builtin_elementwise_sqrt, __builtin_sqrt)
ANY1(any_floor, __builtin_elementwise_floor, __builtin_floor)
ANY1(any_ceil, __builtin_elementwise_ceil, __builtin_ceil)
ANY1(any_trunc, __builtin_elementwise_trunc, __builtin_trunc)
ANY1(any_even, __builtin_elementwise_roundeven, __builtin_roundeven)
ANY2(any_min, __builtin_elementwise_minimum, FP_MIN)
ANY2(any_max, __builtin_elementwise_maximum, FP_MAX)
#define any_abs(a) ANY_TYPE(a, any_abs)(a)
#define any_sqrt(a) ANY_TYPE(a, any_sqrt)(a)
#define any_floor(a) ANY_TYPE(a, any_floor)(a)
#define any_ceil(a) ANY_TYPE(a, any_ceil)(a)
#define any_trunc(a) ANY_TYPE(a, any_trunc)(a)
#define any_even(a) ANY_TYPE(a, any_even)(a)
#define any_min(a, b) ANY_TYPE(a, any_min)(a, b)
#define any_max(a, b) ANY_TYPE(a, any_max)(a, b)

/* The value's bits, and back. */
PURE u64 bits_64(double a) { union { double f; u64 u; } v = {a}; return v.u; }
PURE u32 bits_32(float a) { union { float f; u32 u; } v = {a}; return v.u; }
PURE u64x2 bits_v64(f64x2 a) { return (u64x2)a; }
PURE u32x4 bits_v32(f32x4 a) { return (u32x4)a; }
#define any_bits(a) ANY_TYPE(a, bits)(a)

PURE double any_of_64(u64 a) { union { u64 u; double f; } v = {a}; return v.f; }
PURE float any_of_32(u32 a) { union { u32 u; float f; } v = {a}; return v.f; }
PURE f64x2 any_of_v64(u64x2 a) { return (f64x2)a; }
PURE f32x4 any_of_v32(u32x4 a) { return (f32x4)a; }
#define any_of(a) _Generic((a), u64: any_of_64, u32: any_of_32, \
	u64x2: any_of_v64, u32x4: any_of_v32)(a)

/* A comparison's result (0 and 1, or masks) as masks in the bits' type. */
PURE u64 any_mask_64(double a, int m) { (void)a; return -(u64)m; }
PURE u32 any_mask_32(float a, int m) { (void)a; return -(u32)m; }
PURE u64x2 any_mask_v64(f64x2 a, s64x2 m) { (void)a; return (u64x2)m; }
PURE u32x4 any_mask_v32(f32x4 a, s32x4 m) { (void)a; return (u32x4)m; }
#define any_mask(a, m) ANY_TYPE(a, any_mask)(a, m)

/* m ? x : y, of a comparison's result. */
PURE double any_pick_64(int m, double x, double y) { return m ? x : y; }
PURE float any_pick_32(int m, float x, float y) { return m ? x : y; }
PURE f64x2 any_pick_v64(s64x2 m, f64x2 x, f64x2 y)
{
	return (f64x2)(((s64x2)x & m) | ((s64x2)y & ~m));
}
PURE f32x4 any_pick_v32(s32x4 m, f32x4 x, f32x4 y)
{
	return (f32x4)(((s32x4)x & m) | ((s32x4)y & ~m));
}
#define any_pick(m, x, y) ANY_TYPE(x, any_pick)(m, x, y)

/* The holes; they need `cpu` and `lanes`, those that count, in scope (fp_env.h). */
#define DONE1(op, r, a) ANY_TYPE(a, fp1)(cpu, FP_SPEC(op, lanes), r, a)
#define DONE2(op, r, a, b) ANY_TYPE(a, fp2)(cpu, FP_SPEC(op, lanes), r, a, b)
#define IN_ENV(op, r, a, b) ANY_TYPE(a, fp_env)(cpu, FP_SPEC(op, lanes), r, a, b)
#define fma_32 fma32
#define fma_64 fma64
#define FMA(a, b, c) ANY_TYPE(a, fma)(cpu, FP_SPEC(FP_MADD, lanes), a, b, c)
/* Only which NaN: the value is on its way to another format. */
#define NAN1(r, a) ANY_TYPE(a, fp1)(cpu, FP_SPEC(FP_ADD, 0), r, a)
#define NAN2(r, a, b) ANY_TYPE(a, fp2)(cpu, FP_SPEC(FP_ADD, 0), r, a, b)
#define NAN3(a, b, c) ANY_TYPE(a, fma)(cpu, FP_SPEC(FP_MADD, 0), a, b, c)

/* How many singles (sz 0) or doubles a result of 64 (q 0) or 128 bits has. */
#define FP_LANES(q, sz) (((q) ? 4u : 2u) >> (sz))

/* m ? x : y of integers, so written that LLVM makes no branch of it. */
PURE u64 choose(bool m, u64 x, u64 y) { return (x & -(u64)m) | (y & ((u64)m - 1)); }

/* A bit test as a comparison's result. */
PURE int any_quiet_64(double a) { return bits_64(a) >> 51 & 1; }
PURE int any_quiet_32(float a) { return bits_32(a) >> 22 & 1; }
PURE s64x2 any_quiet_v64(f64x2 a) { return (s64x2)a << 12 >> 63; }
PURE s32x4 any_quiet_v32(f32x4 a) { return (s32x4)a << 9 >> 31; }
#define is_nan(a) ((a) != (a))
#define is_quiet_nan(a) (((a) != (a)) & ANY_TYPE(a, any_quiet)(a))
#define is_number(a) ((a) == (a))

#endif
