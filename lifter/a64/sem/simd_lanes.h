/* SPDX-License-Identifier: MIT */
/*
 * Lanes: how the AdvSIMD semantics name element sizes and result widths.
 *
 * An operation is one expression over vectors a, b (c, d): LANES2() turns it
 * into a function that picks the element type by `size`, and SIMD2() into an
 * instruction.  `size` and `q` are constants in every table row, so only one
 * arm is left.  Inside an expression V is the vector type, E its element, S
 * the signed vector, W the element's bits.
 *
 * `q` says what of the result is kept: 0 the low 64 bits, 1 all 128, SCALAR
 * one element; the rest of the register becomes zero.
 */
#ifndef A64_SIMD_LANES_H
#define A64_SIMD_LANES_H

#include "holes.h"

enum { SCALAR = 2 };

/* Templates are straight lines; the interpreter had better be small. */
#ifdef A64_TEMPLATE
#define LANES_UNROLL _Pragma("GCC unroll 16")
#elif defined(__clang__)
#define LANES_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define LANES_UNROLL
#endif

/* A helper too long for a copy in each of the interpreter's functions. */
#ifdef A64_TEMPLATE
#define SHARED PURE
#else
#define SHARED static __attribute__((noinline, unused))
#endif
#define LANES_LOCAL __attribute__((unused))

/* One arm of a switch over element types. */
#define LANES_CASE(key, type, vector, signed_vector, bits, ...) \
	case key: { \
		typedef vector V LANES_LOCAL; \
		typedef type E LANES_LOCAL; \
		typedef signed_vector S LANES_LOCAL; \
		enum { W = bits, N = 128 / bits }; \
		__VA_ARGS__ \
		break; \
	}

/* t is u or s. */
#define LANES_BY_SIZE(size, t, ...) \
	switch (size) { \
	LANES_CASE(0, t##8, t##8x16, s8x16, 8, __VA_ARGS__) \
	LANES_CASE(1, t##16, t##16x8, s16x8, 16, __VA_ARGS__) \
	LANES_CASE(2, t##32, t##32x4, s32x4, 32, __VA_ARGS__) \
	LANES_CASE(3, t##64, t##64x2, s64x2, 64, __VA_ARGS__) \
	}

#define LANES1(name, t, expr) \
	PURE v128 name(u32 size, v128 va) \
	{ \
		LANES_BY_SIZE(size, t, V a = (V)va; return (v128)(expr);) \
		__builtin_unreachable(); \
	}
#define LANES2(name, t, expr) \
	PURE v128 name(u32 size, v128 va, v128 vb) \
	{ \
		LANES_BY_SIZE(size, t, V a = (V)va; V b = (V)vb; \
			return (v128)(expr);) \
		__builtin_unreachable(); \
	}
/* d is the destination's old value. */
#define LANES3(name, t, expr) \
	PURE v128 name(u32 size, v128 vd, v128 va, v128 vb) \
	{ \
		LANES_BY_SIZE(size, t, \
			V d = (V)vd; V a = (V)va; V b = (V)vb; \
			return (v128)(expr);) \
		__builtin_unreachable(); \
	}

/* Lane-wise m ? x : y, where m is all ones or zeros in a lane. */
#define PICK(m, x, y) (((V)(m) & (x)) | (~(V)(m) & (y)))
/* Constants of the element type. */
#define ZERO ((V){})
#define SPLAT(x) ((V){} + (E)(x))
#define LANE_MIN SPLAT((u64)1 << (W - 1))
#define LANE_MAX SPLAT(((u64)1 << (W - 1)) - 1)
#define LANE_ONES SPLAT(~(u64)0)

PURE v128 zero_v(void) { return (v128){}; }

PURE v128 from_u64(u64 v) { return (v128)(u64x2){v, 0}; }

/* What `q` keeps of a vector of elements 8 << size bits wide. */
PURE v128 kept(u32 q, u32 size, v128 v)
{
	u64 element = ~(u64)0 >> (64 - (8u << size));

	if (q == 1)
		return v;
	return v & (v128)(u64x2){q == SCALAR ? element : ~(u64)0, 0};
}

PURE void put_lanes(struct cpu *cpu, u32 q, u32 size, reg r, v128 v)
{
	if (q != SCALAR)
		set_vq(cpu, q, r, v);
	else if (size == 3)
		set_u64v(cpu, r, ((u64x2)v)[0]);
	else
		set_u32v(cpu, r, (u32)((u64x2)kept(SCALAR, size, v))[0]);
}

/* Two 64-bit vectors as one. */
PURE v128 joined(v128 low, v128 high)
{
	return (v128)__builtin_shufflevector((u64x2)low, (u64x2)high, 0, 2);
}

/* A narrowed result, 64 bits: alone, or with q above the low half of rd. */
PURE void put_half(struct cpu *cpu, u32 q, reg rd, v128 v)
{
	if (q)
		set_v(cpu, rd, joined(get_v(cpu, rd), v));
	else
		set_vq(cpu, 0, rd, v);
}

/* Element `i` in every lane. */
PURE v128 splat_lane(u32 size, v128 v, u64 i)
{
	LANES_BY_SIZE(size, u, return (v128)SPLAT(((V)v)[i & (N - 1)]);)
	__builtin_unreachable();
}

/* Instructions made of one lane function. */
#define SIMD1(name, t, expr) \
	LANES1(lanes_##name, t, expr) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn) \
	{ \
		put_lanes(cpu, q, size, rd, lanes_##name(size, get_v(cpu, rn))); \
	}
#define SIMD2(name, t, expr) \
	LANES2(lanes_##name, t, expr) \
	SIMD2_OF(name)
#define SIMD2_OF(name) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_lanes(cpu, q, size, rd, lanes_##name(size, a, b)); \
	}
#define SIMD3(name, t, expr) \
	LANES3(lanes_##name, t, expr) \
	SEM simd_##name(struct cpu *cpu, u32 q, u32 size, reg rd, reg rn, reg rm) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn), b = get_v(cpu, rm); \
		put_lanes(cpu, q, size, rd, lanes_##name(size, d, a, b)); \
	}

/* The same, by element: the second operand is one lane of rm. */
#define SIMD2_ELEMENT(name) \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, u32 size, \
				  reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 a = get_v(cpu, rn); \
		v128 b = splat_lane(size, get_v(cpu, rm), i); \
		put_lanes(cpu, q, size, rd, lanes_##name(size, a, b)); \
	}
#define SIMD3_ELEMENT(name) \
	SEM simd_##name##_element(struct cpu *cpu, u32 q, u32 size, \
				  reg rd, reg rn, reg rm, u64 i) \
	{ \
		v128 d = get_v(cpu, rd), a = get_v(cpu, rn); \
		v128 b = splat_lane(size, get_v(cpu, rm), i); \
		put_lanes(cpu, q, size, rd, lanes_##name(size, d, a, b)); \
	}

#endif
