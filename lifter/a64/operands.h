/* SPDX-License-Identifier: MIT */
/*
 * What the table's rows may call when the decoder computes an operand: register
 * classes and the immediates that are more than a shifted field.  The names
 * follow the Arm ARM's shared pseudo-code.
 */
#ifndef A64_OPERANDS_H
#define A64_OPERANDS_H

#include "sem/types.h"

/* Register 31: SP, the zero register as a source, or its sink as a target. */
PURE u64 Xs(u32 r) { return r; }
PURE u64 Xn(u32 r) { return r == 31 ? 32 : r; }
PURE u64 Xd(u32 r) { return r == 31 ? 33 : r; }
PURE u64 V(u32 r) { return r & 31; }

/* Unsigned, so that a row may shift it. */
PURE u64 sext(u64 v, u32 bits)
{
	return (u64)((s64)(v << (64 - bits)) >> (64 - bits));
}

PURE u64 ones(u32 n) { return n >= 64 ? ~(u64)0 : ((u64)1 << n) - 1; }

PURE u64 rotate_right(u64 v, u32 by, u32 width)
{
	v &= ones(width);
	return by ? (v >> by | v << (width - by)) & ones(width) : v;
}

/* Element size of a bitmask immediate, 0 if the fields are reserved. */
PURE u32 bitmask_size(u32 n, u32 imms)
{
	u32 v = n << 6 | (~imms & 63);

	return v < 2 ? 0 : 1u << (31 - __builtin_clz(v));
}

/* Arm ARM, DecodeBitMasks() with immediate TRUE: is it one? */
PURE bool bitmask_ok(u32 sf, u32 n, u32 imms)
{
	u32 size = bitmask_size(n, imms);

	return (sf || !n) && size >= 2 && (imms & (size - 1)) != size - 1;
}

/* ... and its value, 64 bits (a W user takes the low half). */
PURE u64 bitmask_imm(u32 n, u32 immr, u32 imms)
{
	u32 size = bitmask_size(n, imms);
	u64 v = rotate_right(ones((imms & (size - 1)) + 1), immr & (size - 1), size);

	for (; size < 64; size *= 2)
		v |= v << size;
	return v;
}

/* Arm ARM, VFPExpandImm(), as the bits of a double, a float, a half. */
PURE u64 vfp_expand_imm64(u32 imm8)
{
	u64 sign = imm8 >> 7 & 1, b = imm8 >> 6 & 1;

	return sign << 63 | (b ? (u64)0xff << 54 : (u64)1 << 62) | (u64)(imm8 & 63) << 48;
}

PURE u32 vfp_expand_imm32(u32 imm8)
{
	u32 sign = imm8 >> 7 & 1, b = imm8 >> 6 & 1;

	return sign << 31 | (b ? 0x1fu << 25 : 1u << 30) | (imm8 & 63) << 19;
}

PURE u16 vfp_expand_imm16(u32 imm8)
{
	u32 sign = imm8 >> 7 & 1, b = imm8 >> 6 & 1;

	return (u16)(sign << 15 | (b ? 3u << 12 : 1u << 14) | (imm8 & 63) << 6);
}

/* Arm ARM, AdvSIMDExpandImm(): the 64-bit pattern of MOVI, MVNI, ORR, BIC, FMOV. */
PURE u64 simd_expand_imm(u32 op, u32 cmode, u32 imm8)
{
	u64 v = imm8;

	switch (cmode >> 1) {
	case 0: case 1: case 2: case 3:
		v <<= 8 * (cmode >> 1);
		return v << 32 | v;
	case 4: case 5:
		v <<= 8 * (cmode >> 1 & 1);
		return v * 0x0001000100010001;
	case 6:
		v = cmode & 1 ? v << 16 | 0xffff : v << 8 | 0xff;
		return v << 32 | v;
	}
	if (!(cmode & 1)) {
		if (!op)
			return v * 0x0101010101010101;
		u64 mask = 0;
		for (int i = 0; i < 8; i++)
			mask |= imm8 >> i & 1 ? (u64)0xff << 8 * i : 0;
		return mask;
	}
	if (op)
		return vfp_expand_imm64(imm8);
	return (u64)vfp_expand_imm32(imm8) << 32 | vfp_expand_imm32(imm8);
}

#endif
