/* SPDX-License-Identifier: MIT */
/*
 * Data processing on general registers: arithmetic, logic, moves, bit fields,
 * conditional select, multiply, divide, CRC.
 *
 * `sf` is the instruction's width bit and always a constant; W forms work on
 * the low halves and write zero-extended results.
 */
#ifndef A64_SEM_DP_H
#define A64_SEM_DP_H

#include "holes.h"

PURE u64 get_r(struct cpu *cpu, u32 sf, reg r)
{
	return sf ? get_x(cpu, r) : get_w(cpu, r);
}

PURE void put_r(struct cpu *cpu, u32 sf, reg r, u64 v)
{
	if (sf)
		set_x(cpu, r, v);
	else
		set_w(cpu, r, (u32)v);
}

enum shift { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR };

/* n is below the width. */
PURE u64 shifted(u32 sf, u64 v, u32 kind, u64 n)
{
	u32 w = (u32)v;

	switch (kind) {
	case SHIFT_LSL: return sf ? v << n : w << n;
	case SHIFT_LSR: return sf ? v >> n : w >> n;
	case SHIFT_ASR: return sf ? (u64)((s64)v >> n) : (u32)((s32)w >> n);
	}
	return sf ? v >> n | v << (-n & 63) : w >> n | w << (-n & 31);
}

/* Arm ARM, ExtendReg(): option is 0..7 = UXTB UXTH UXTW UXTX SXTB SXTH SXTW SXTX. */
PURE u64 extended(u32 option, u64 v, u64 shift)
{
	switch (option) {
	case 0: v = (u8)v; break;
	case 1: v = (u16)v; break;
	case 2: v = (u32)v; break;
	case 4: v = (u64)(s8)v; break;
	case 5: v = (u64)(s16)v; break;
	case 6: v = (u64)(s32)v; break;
	}
	return v << shift;
}

enum arith { ADD, ADDS, SUB, SUBS };

PURE void arith(struct cpu *cpu, u32 sf, u32 op, reg rd, u64 a, u64 b)
{
	if (op == ADDS)
		set_flags_add(cpu, sf, a, b);
	if (op == SUBS)
		set_flags_sub(cpu, sf, a, b);
	put_r(cpu, sf, rd, op == ADD || op == ADDS ? a + b : a - b);
}

SEM arith_imm(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, u64 imm)
{
	arith(cpu, sf, op, rd, get_r(cpu, sf, rn), imm);
}

SEM arith_shift(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, reg rm, u32 kind, u64 n)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);

	arith(cpu, sf, op, rd, a, shifted(sf, b, kind, n));
}

SEM arith_ext(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, reg rm, u32 option, u64 n)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);

	arith(cpu, sf, op, rd, a, extended(option, b, n));
}

/* Addition with carry; subtraction adds the complement. */
SEM arith_carry(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, reg rm)
{
	u64 a = get_r(cpu, sf, rn);
	u64 m = get_r(cpu, sf, rm);
	u32 c = get_carry(cpu);
	u64 b = op == SUB || op == SUBS ? ~m : m;

	if (op == ADDS || op == SUBS)
		set_flags_adc(cpu, sf, a, b, c);
	put_r(cpu, sf, rd, a + b + c);
}

enum logic { AND, ORR, EOR, ANDS };

PURE void logic(struct cpu *cpu, u32 sf, u32 op, reg rd, u64 a, u64 b)
{
	u64 r = op == ORR ? a | b : op == EOR ? a ^ b : a & b;

	if (op == ANDS)
		set_flags_logic(cpu, sf, r);
	put_r(cpu, sf, rd, r);
}

SEM logic_imm(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, u64 imm)
{
	logic(cpu, sf, op, rd, get_r(cpu, sf, rn), imm);
}

SEM logic_shift(struct cpu *cpu, u32 sf, u32 op, u32 invert, reg rd, reg rn, reg rm, u32 kind,
                u64 n)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = shifted(sf, get_r(cpu, sf, rm), kind, n);

	logic(cpu, sf, op, rd, a, invert ? ~b : b);
}

SEM move_imm(struct cpu *cpu, u32 sf, reg rd, u64 imm)
{
	put_r(cpu, sf, rd, imm);
}

SEM move_keep(struct cpu *cpu, u32 sf, reg rd, reg old, u64 imm, u64 keep)
{
	put_r(cpu, sf, rd, (get_r(cpu, sf, old) & keep) | imm);
}

/* Bit fields: `mask` is the field's width in ones, `lsb` where it starts. */
SEM ubfx(struct cpu *cpu, u32 sf, reg rd, reg rn, u64 lsb, u64 mask)
{
	put_r(cpu, sf, rd, get_r(cpu, sf, rn) >> lsb & mask);
}

SEM ubfiz(struct cpu *cpu, u32 sf, reg rd, reg rn, u64 lsb, u64 mask)
{
	put_r(cpu, sf, rd, (get_r(cpu, sf, rn) & mask) << lsb);
}

/* `left` brings the field's top bit to bit 63 or 31. */
PURE u64 field_signed(u32 sf, u64 v, u64 left, u64 right)
{
	return sf ? (u64)((s64)(v << left) >> right) : (u32)((s32)((u32)v << left) >> right);
}

SEM sbfx(struct cpu *cpu, u32 sf, reg rd, reg rn, u64 left, u64 right)
{
	put_r(cpu, sf, rd, field_signed(sf, get_r(cpu, sf, rn), left, right));
}

SEM sbfiz(struct cpu *cpu, u32 sf, reg rd, reg rn, u64 left, u64 lsb)
{
	put_r(cpu, sf, rd, field_signed(sf, get_r(cpu, sf, rn), left, left) << lsb);
}

SEM bfxil(struct cpu *cpu, u32 sf, reg rd, reg old, reg rn, u64 lsb, u64 mask)
{
	u64 keep = get_r(cpu, sf, old) & ~mask;

	put_r(cpu, sf, rd, keep | (get_r(cpu, sf, rn) >> lsb & mask));
}

SEM bfi(struct cpu *cpu, u32 sf, reg rd, reg old, reg rn, u64 lsb, u64 mask)
{
	u64 keep = get_r(cpu, sf, old) & ~(mask << lsb);

	put_r(cpu, sf, rd, keep | (get_r(cpu, sf, rn) & mask) << lsb);
}

SEM extr(struct cpu *cpu, u32 sf, reg rd, reg rn, reg rm, u64 lsb)
{
	u64 hi = get_r(cpu, sf, rn);
	u64 lo = get_r(cpu, sf, rm);

	/* two shifts, because lsb may be 0 */
	put_r(cpu, sf, rd, lo >> lsb | hi << 1 << ((sf ? 63 : 31) - lsb));
}

SEM cond_compare(struct cpu *cpu, u32 sf, u32 op, reg rn, reg rm, u64 cond, u64 nzcv)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);
	bool c = get_cond(cpu, cond);

	if (op == ADD)
		set_flags_ccmn(cpu, sf, c, a, b, nzcv);
	else
		set_flags_ccmp(cpu, sf, c, a, b, nzcv);
}

SEM cond_compare_imm(struct cpu *cpu, u32 sf, u32 op, reg rn, u64 b, u64 cond, u64 nzcv)
{
	u64 a = get_r(cpu, sf, rn);
	bool c = get_cond(cpu, cond);

	if (op == ADD)
		set_flags_ccmn(cpu, sf, c, a, b, nzcv);
	else
		set_flags_ccmp(cpu, sf, c, a, b, nzcv);
}

SEM cond_select(struct cpu *cpu, u32 sf, u32 invert, u32 increment, reg rd, reg rn, reg rm,
                u64 cond)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);
	bool c = get_cond(cpu, cond);

	put_r(cpu, sf, rd, c ? a : (invert ? ~b : b) + increment);
}

PURE u64 rev16(u64 v)
{
	return (v & 0x00ff00ff00ff00ff) << 8 | (v >> 8 & 0x00ff00ff00ff00ff);
}

/* Bits of every byte reversed: with a byte swap, RBIT. */
PURE u64 rbit_bytes(u64 v)
{
	v = (v & 0x5555555555555555) << 1 | (v >> 1 & 0x5555555555555555);
	v = (v & 0x3333333333333333) << 2 | (v >> 2 & 0x3333333333333333);
	return (v & 0x0f0f0f0f0f0f0f0f) << 4 | (v >> 4 & 0x0f0f0f0f0f0f0f0f);
}

PURE u64 clz(u32 sf, u64 v)
{
	u32 w = (u32)v;

	return sf ? (v ? (u64)__builtin_clzll(v) : 64) : (w ? (u64)__builtin_clz(w) : 32);
}

enum unary { RBIT, REV16, REV32, REV64, CLZ, CLS };

SEM unary(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn)
{
	u64 v = get_r(cpu, sf, rn);

	switch (op) {
	case RBIT:
		v = rbit_bytes(v);
		v = sf ? __builtin_bswap64(v) : __builtin_bswap32((u32)v);
		break;
	case REV16:
		v = rev16(v);
		break;
	case REV32:
		v = sf ? (u64)__builtin_bswap32((u32)(v >> 32)) << 32 | __builtin_bswap32((u32)v)
		       : __builtin_bswap32((u32)v);
		break;
	case REV64:
		v = __builtin_bswap64(v);
		break;
	case CLZ:
		v = clz(sf, v);
		break;
	case CLS:
		/* bit i is set where it differs from bit i + 1; the top one never counts */
		v = sf ? clz(1, (v ^ (u64)((s64)v >> 1)) << 1 | 1)
		       : clz(0, (u32)(v ^ (u64)((s32)(u32)v >> 1)) << 1 | 1);
		break;
	}
	put_r(cpu, sf, rd, v);
}

SEM udiv(struct cpu *cpu, u32 sf, reg rd, reg rn, reg rm)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);
	u64 q = sf ? a / (b ? b : 1) : (u32)a / (b ? (u32)b : 1);

	put_r(cpu, sf, rd, b ? q : 0);
}

/* x / 0 is 0; the most negative / -1 is itself, as if by 1. */
SEM sdiv(struct cpu *cpu, u32 sf, reg rd, reg rn, reg rm)
{
	u64 x = get_r(cpu, sf, rn);
	u64 y = get_r(cpu, sf, rm);
	s64 a = sf ? (s64)x : (s32)x;
	s64 b = sf ? (s64)y : (s32)y;
	s64 min = sf ? INT64_MIN : INT32_MIN;
	bool odd = (b == 0) | ((b == -1) & (a == min));
	s64 by = odd ? 1 : b;
	s64 q = sf ? a / by : (s32)a / (s32)by;

	put_r(cpu, sf, rd, b ? (u64)q : 0);
}

SEM shift_reg(struct cpu *cpu, u32 sf, u32 kind, reg rd, reg rn, reg rm)
{
	u64 a = get_r(cpu, sf, rn);
	u64 n = get_r(cpu, sf, rm) & (sf ? 63 : 31);

	put_r(cpu, sf, rd, shifted(sf, a, kind, n));
}

SEM madd(struct cpu *cpu, u32 sf, u32 op, reg rd, reg rn, reg rm, reg ra)
{
	u64 a = get_r(cpu, sf, rn);
	u64 b = get_r(cpu, sf, rm);
	u64 c = get_r(cpu, sf, ra);

	put_r(cpu, sf, rd, op == ADD ? c + a * b : c - a * b);
}

/* 32 x 32 -> 64. */
SEM madd_long(struct cpu *cpu, u32 is_signed, u32 op, reg rd, reg rn, reg rm, reg ra)
{
	u32 a = get_w(cpu, rn);
	u32 b = get_w(cpu, rm);
	u64 c = get_x(cpu, ra);
	u64 p = is_signed ? (u64)((s64)(s32)a * (s32)b) : (u64)a * b;

	set_x(cpu, rd, op == ADD ? c + p : c - p);
}

/*
 * The high half of 64 x 64, by halves: wasm has no such instruction.  The carry
 * of the low half is read off the whole product, a form that LLVM does not
 * turn back into a multiplication of 128 bits (a library call in wasm).
 */
SEM mul_high(struct cpu *cpu, u32 is_signed, reg rd, reg rn, reg rm)
{
	u64 a = get_x(cpu, rn);
	u64 b = get_x(cpu, rm);
	u64 al = (u32)a, ah = a >> 32, bl = (u32)b, bh = b >> 32;
	u64 cross = ah * bl, mid = cross + al * bh;
	u64 hi = ah * bh + (mid >> 32) + ((u64)(mid < cross) << 32) + (a * b < mid << 32);

	if (is_signed)
		hi -= (a & (u64)((s64)b >> 63)) + (b & (u64)((s64)a >> 63));
	set_x(cpu, rd, hi);
}

enum { CRC32_POLY = 0xedb88320, CRC32C_POLY = 0x82f63b78 };

/* Arm ARM, CRC32*: reflected, no inversion; `bytes` of rm. */
SEM crc32(struct cpu *cpu, u32 poly, u32 bytes, reg rd, reg rn, reg rm)
{
	u32 acc = get_w(cpu, rn);
	u64 v = get_x(cpu, rm);

#pragma GCC unroll 8
	for (u32 i = 0; i < bytes; i++) {
		acc ^= (u8)(v >> 8 * i);
#pragma GCC unroll 8
		for (u32 k = 0; k < 8; k++)
			acc = acc >> 1 ^ (poly & -(acc & 1));
	}
	set_w(cpu, rd, acc);
}

SEM no_operation(struct cpu *cpu)
{
	(void)cpu;
}

/* Flags, FEAT_FlagM and FEAT_FlagM2; nzcv as in NZCV, bits 31 to 28. */
SEM rotate_into_flags(struct cpu *cpu, reg rn, u64 by, u64 mask)
{
	u64 v = get_x(cpu, rn);
	u32 bits = (u32)(by ? v >> by | v << (64 - by) : v) << 28;
	u32 flags = get_nzcv(cpu);

	set_nzcv(cpu, (flags & ~(u32)mask) | (bits & (u32)mask));
}

SEM set_flags_narrow(struct cpu *cpu, u32 bits, reg rn)
{
	u32 v = get_w(cpu, rn) << (32 - bits - 1);   /* the bit above at 31, the sign at 30 */
	u32 n = v >> 30 & 1, z = v << 1 == 0, c = get_carry(cpu), o = (v >> 31) ^ n;

	set_nzcv(cpu, n << 31 | z << 30 | c << 29 | o << 28);
}

SEM invert_carry(struct cpu *cpu)
{
	set_nzcv(cpu, get_nzcv(cpu) ^ 1u << 29);
}

/* AXFLAG: a comparison's flags as x86 has them, C or Z for unordered. */
SEM flags_to_x86(struct cpu *cpu)
{
	u32 flags = get_nzcv(cpu);
	u32 z = (flags >> 30 | flags >> 28) & 1, c = (flags >> 29 & ~(flags >> 28)) & 1;

	set_nzcv(cpu, z << 30 | c << 29);
}

/* XAFLAG, the way back. */
SEM flags_from_x86(struct cpu *cpu)
{
	u32 flags = get_nzcv(cpu);
	u32 z = flags >> 30 & 1, c = flags >> 29 & 1;

	set_nzcv(cpu, (~(z | c) & 1) << 31 | (z & c) << 30 | (c | z) << 29 | (z & ~c) << 28);
}

/* Arm ARM, Strip(): addresses of 48 bits, below a byte that is ignored in the lower half. */
SEM strip_pac(struct cpu *cpu, reg rd, reg rn)
{
	u64 v = get_x(cpu, rn);

	set_x(cpu, rd, v >> 55 & 1 ? v | (u64)0xffff << 48 : v & ~((u64)0x7f << 48));
}

/* Arm ARM, AddPACGA(): no enable bit turns it off.  The algorithm is implementation
 * defined, the key 0. */
SEM pacga(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64 v = get_x(cpu, rn);
	u64 m = get_x(cpu, rm);
	u64 h = (v ^ (m << 32 | m >> 32)) * 0x9e3779b97f4a7c15u;

	h = (h ^ h >> 29 ^ m) * 0xbf58476d1ce4e5b9u;
	set_x(cpu, rd, h & ~(u64)0xffffffff);
}

#endif
