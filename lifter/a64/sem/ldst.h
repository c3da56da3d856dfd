/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of general registers, and of scalars of the vector
 * registers.
 *
 * `size` is log2 of the bytes.  `wb` is the form: PLAIN and PRE access
 * base + off, POST accesses base; PRE and POST then write base + off back.
 * Where a load writes its own base, the base wins, as in qemu (the Arm ARM
 * leaves it open).
 */
#ifndef A64_SEM_LDST_H
#define A64_SEM_LDST_H

#include "dp.h"

enum wb { PLAIN, POST, PRE };
enum extend { ZERO, SIGN64, SIGN32 };

PURE u64 load(struct cpu *cpu, u32 size, u64 base, s64 off)
{
	switch (size) {
	case 0: return load8(cpu, base, off);
	case 1: return load16(cpu, base, off);
	case 2: return load32(cpu, base, off);
	}
	return load64(cpu, base, off);
}

PURE void store(struct cpu *cpu, u32 size, u64 base, s64 off, u64 v)
{
	switch (size) {
	case 0: store8(cpu, base, off, (u8)v); return;
	case 1: store16(cpu, base, off, (u16)v); return;
	case 2: store32(cpu, base, off, (u32)v); return;
	}
	store64(cpu, base, off, v);
}

PURE void put_loaded(struct cpu *cpu, u32 size, u32 extend, reg rt, u64 v)
{
	u64 s = size == 0 ? (u64)(s8)v : size == 1 ? (u64)(s16)v : (u64)(s32)v;

	if (extend == SIGN64 || size == 3)
		set_x(cpu, rt, extend == SIGN64 ? s : v);
	else
		set_w(cpu, rt, (u32)(extend == SIGN32 ? s : v));
}

SEM ldr(struct cpu *cpu, u32 size, u32 extend, u32 wb, reg rt, reg rn, s64 off)
{
	u64 base = get_x(cpu, rn);
	u64 v = load(cpu, size, base, wb == POST ? 0 : off);

	put_loaded(cpu, size, extend, rt, v);
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM str(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rn, s64 off)
{
	u64 base = get_x(cpu, rn);
	u64 v = get_x(cpu, rt);

	store(cpu, size, base, wb == POST ? 0 : off, v);
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM ldr_reg(struct cpu *cpu, u32 size, u32 extend, reg rt, reg rn, reg rm, u32 option, u64 n)
{
	u64 base = get_x(cpu, rn);
	u64 off = extended(option, get_x(cpu, rm), n);

	put_loaded(cpu, size, extend, rt, load(cpu, size, base + off, 0));
}

SEM str_reg(struct cpu *cpu, u32 size, reg rt, reg rn, reg rm, u32 option, u64 n)
{
	u64 base = get_x(cpu, rn);
	u64 off = extended(option, get_x(cpu, rm), n);

	store(cpu, size, base + off, 0, get_x(cpu, rt));
}

/* A literal's address is known: it is the base, and 0 the offset. */
SEM ldr_literal(struct cpu *cpu, u32 size, u32 extend, reg rt, u64 va)
{
	put_loaded(cpu, size, extend, rt, load(cpu, size, va, 0));
}

/* off2 is off plus the size of one. */
SEM ldp(struct cpu *cpu, u32 size, u32 extend, u32 wb, reg rt, reg rt2, reg rn, s64 off, s64 off2)
{
	u64 base = get_x(cpu, rn);
	u64 a = load(cpu, size, base, wb == POST ? 0 : off);
	u64 b = load(cpu, size, base, wb == POST ? 1 << size : off2);

	put_loaded(cpu, size, extend, rt, a);
	put_loaded(cpu, size, extend, rt2, b);
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM stp(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rt2, reg rn, s64 off, s64 off2)
{
	u64 base = get_x(cpu, rn);
	u64 a = get_x(cpu, rt);
	u64 b = get_x(cpu, rt2);

	store(cpu, size, base, wb == POST ? 0 : off, a);
	store(cpu, size, base, wb == POST ? 1 << size : off2, b);
	if (wb)
		set_x(cpu, rn, base + off);
}

/* The same for vector registers, size 0..4: B H S D Q. */
PURE v128 load_v(struct cpu *cpu, u32 size, u64 base, s64 off)
{
	if (size == 4)
		return load128(cpu, base, off);
	return (v128)(u64x2){load(cpu, size, base, off), 0};
}

PURE void put_v(struct cpu *cpu, u32 size, reg rt, v128 v)
{
	if (size == 4)
		set_v(cpu, rt, v);
	else if (size == 3)
		set_u64v(cpu, rt, ((u64x2)v)[0]);
	else
		set_u32v(cpu, rt, ((u32x4)v)[0]);
}

PURE v128 get_vs(struct cpu *cpu, u32 size, reg rt)
{
	if (size == 4)
		return get_v(cpu, rt);
	return (v128)(u64x2){size == 3 ? get_u64v(cpu, rt) : get_u32v(cpu, rt), 0};
}

PURE void store_v(struct cpu *cpu, u32 size, u64 base, s64 off, v128 v)
{
	if (size == 4)
		store128(cpu, base, off, v);
	else
		store(cpu, size, base, off, ((u64x2)v)[0]);
}

SEM ldr_v(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rn, s64 off)
{
	u64 base = get_x(cpu, rn);

	put_v(cpu, size, rt, load_v(cpu, size, base, wb == POST ? 0 : off));
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM str_v(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rn, s64 off)
{
	u64 base = get_x(cpu, rn);

	store_v(cpu, size, base, wb == POST ? 0 : off, get_vs(cpu, size, rt));
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM ldr_v_reg(struct cpu *cpu, u32 size, reg rt, reg rn, reg rm, u32 option, u64 n)
{
	u64 base = get_x(cpu, rn);
	u64 off = extended(option, get_x(cpu, rm), n);

	put_v(cpu, size, rt, load_v(cpu, size, base + off, 0));
}

SEM str_v_reg(struct cpu *cpu, u32 size, reg rt, reg rn, reg rm, u32 option, u64 n)
{
	u64 base = get_x(cpu, rn);
	u64 off = extended(option, get_x(cpu, rm), n);

	store_v(cpu, size, base + off, 0, get_vs(cpu, size, rt));
}

SEM ldr_v_literal(struct cpu *cpu, u32 size, reg rt, u64 va)
{
	put_v(cpu, size, rt, load_v(cpu, size, va, 0));
}

SEM ldp_v(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rt2, reg rn, s64 off, s64 off2)
{
	u64 base = get_x(cpu, rn);
	v128 a = load_v(cpu, size, base, wb == POST ? 0 : off);
	v128 b = load_v(cpu, size, base, wb == POST ? 1 << size : off2);

	put_v(cpu, size, rt, a);
	put_v(cpu, size, rt2, b);
	if (wb)
		set_x(cpu, rn, base + off);
}

SEM stp_v(struct cpu *cpu, u32 size, u32 wb, reg rt, reg rt2, reg rn, s64 off, s64 off2)
{
	u64 base = get_x(cpu, rn);
	v128 a = get_vs(cpu, size, rt);
	v128 b = get_vs(cpu, size, rt2);

	store_v(cpu, size, base, wb == POST ? 0 : off, a);
	store_v(cpu, size, base, wb == POST ? 1 << size : off2, b);
	if (wb)
		set_x(cpu, rn, base + off);
}

/* Acquire and release, of any kind. */
SEM load_ordered(struct cpu *cpu, u32 size, u32 extend, reg rt, reg rn, s64 off)
{
	u64 v = load(cpu, size, get_x(cpu, rn), off);

	barrier(cpu);
	put_loaded(cpu, size, extend, rt, v);
}

SEM store_ordered(struct cpu *cpu, u32 size, reg rt, reg rn, s64 off)
{
	u64 base = get_x(cpu, rn);
	u64 v = get_x(cpu, rt);

	barrier(cpu);
	store(cpu, size, base, off, v);
	barrier(cpu);
}

#endif
