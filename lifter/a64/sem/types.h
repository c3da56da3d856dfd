/* SPDX-License-Identifier: MIT */
/*
 * Value types of the instruction semantics: fixed-width integers, the four
 * views of a vector register, and `reg`, a register number as the table's
 * operand helpers make it (0..30, 31 = SP, 32 = ZR read, 33 = ZR written).
 *
 * Only GNU vector types: the same text compiles with gcc and clang, for
 * x86-64 and for wasm32 with SIMD.
 */
#ifndef A64_TYPES_H
#define A64_TYPES_H

#include <stdbool.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

/* 64 bits wide on purpose: a template's operand reaches its hole untouched. */
typedef u64 reg;

#define A64_VECTOR(type, lanes) \
	__attribute__((vector_size(sizeof(type) * (lanes)))) type

typedef A64_VECTOR(u8, 16) u8x16;
typedef A64_VECTOR(u16, 8) u16x8;
typedef A64_VECTOR(u32, 4) u32x4;
typedef A64_VECTOR(u64, 2) u64x2;
typedef A64_VECTOR(s8, 16) s8x16;
typedef A64_VECTOR(s16, 8) s16x8;
typedef A64_VECTOR(s32, 4) s32x4;
typedef A64_VECTOR(s64, 2) s64x2;
typedef A64_VECTOR(float, 4) f32x4;
typedef A64_VECTOR(double, 2) f64x2;

/* Halves, for widening and narrowing. */
typedef A64_VECTOR(u8, 8) u8x8;
typedef A64_VECTOR(u16, 4) u16x4;
typedef A64_VECTOR(u32, 2) u32x2;
typedef A64_VECTOR(s8, 8) s8x8;
typedef A64_VECTOR(s16, 4) s16x4;
typedef A64_VECTOR(s32, 2) s32x2;
typedef A64_VECTOR(float, 2) f32x2;

typedef u8x16 v128;

struct cpu;

/* An instruction's meaning: always inlined, so that constant arguments fold. */
#define SEM static inline __attribute__((always_inline, unused)) void
/* A pure helper of such functions. */
#define PURE static inline __attribute__((always_inline, unused))

/* Kinds of atomic_rmw(), in the order of the LSE opcode field; SWP last. */
enum rmw {
	RMW_ADD, RMW_CLR, RMW_EOR, RMW_SET,
	RMW_SMAX, RMW_SMIN, RMW_UMAX, RMW_UMIN, RMW_SWP,
};

/* Kinds of raise_trap(). */
enum trap { TRAP_UDF, TRAP_BRK, TRAP_HLT };

/* System register numbers as sysreg_read() takes them. */
#define SYSREG(op0, op1, crn, crm, op2) \
	((op0) << 14 | (op1) << 11 | (crn) << 7 | (crm) << 3 | (op2))
enum sysreg {
	SYS_MIDR_EL1 = SYSREG(3, 0, 0, 0, 0),
	SYS_MPIDR_EL1 = SYSREG(3, 0, 0, 0, 5),
	SYS_REVIDR_EL1 = SYSREG(3, 0, 0, 0, 6),
	SYS_ID_AA64PFR0_EL1 = SYSREG(3, 0, 0, 4, 0),
	SYS_ID_AA64DFR0_EL1 = SYSREG(3, 0, 0, 5, 0),
	SYS_ID_AA64ISAR0_EL1 = SYSREG(3, 0, 0, 6, 0),
	SYS_ID_AA64ISAR1_EL1 = SYSREG(3, 0, 0, 6, 1),
	SYS_ID_AA64MMFR0_EL1 = SYSREG(3, 0, 0, 7, 0),
	SYS_ID_AA64MMFR2_EL1 = SYSREG(3, 0, 0, 7, 2),
	SYS_CTR_EL0 = SYSREG(3, 3, 0, 0, 1),
	SYS_DCZID_EL0 = SYSREG(3, 3, 0, 0, 7),
	SYS_NZCV = SYSREG(3, 3, 4, 2, 0),
	SYS_FPCR = SYSREG(3, 3, 4, 4, 0),
	SYS_FPSR = SYSREG(3, 3, 4, 4, 1),
	SYS_TPIDR_EL0 = SYSREG(3, 3, 13, 0, 2),
	SYS_TPIDRRO_EL0 = SYSREG(3, 3, 13, 0, 3),
	SYS_CNTFRQ_EL0 = SYSREG(3, 3, 14, 0, 0),
	SYS_CNTVCT_EL0 = SYSREG(3, 3, 14, 0, 2),
};

#endif
