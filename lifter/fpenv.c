/* SPDX-License-Identifier: MIT */
/*
 * Floating point in programs that look at its environment (FPCR, FPSR): the
 * host's result stands where that can be seen from it, else cpu.wasm does the
 * operation again to the letter.  The questions, and why they suffice, are
 * those of runtime/cpu/fpenv.h.
 */
#include <stdio.h>
#include <string.h>

#include "lifter/fpenv.h"
#include "runtime/cpu/fpenv.h"

static value_t both(struct builder *b, value_t x, value_t y) { return LLVMBuildAnd(b->ir, x, y, ""); }

static value_t fpcr_lacks(struct builder *b, u32 bits)
{
	value_t fpcr = cpu_load(b, b->t.i32, offsetof(struct cpu, fpcr));

	return LLVMBuildICmp(b->ir, LLVMIntEQ, LLVMBuildAnd(b->ir, fpcr, const_i32(b, bits), ""), const_i32(b, 0), "");
}

/* fpenv_is_usual() */
static value_t is_usual(struct builder *b)
{
	value_t fpsr = LLVMBuildNot(b->ir, cpu_load(b, b->t.i32, offsetof(struct cpu, fpsr)), "");
	value_t quiet = LLVMBuildAnd(b->ir, fpsr, const_i32(b, FPSR_IXC), "");
	value_t fpcr = LLVMBuildAnd(b->ir, cpu_load(b, b->t.i32, offsetof(struct cpu, fpcr)), const_i32(b, FPCR_UNUSUAL), "");

	return LLVMBuildICmp(b->ir, LLVMIntEQ, LLVMBuildOr(b->ir, quiet, fpcr, ""), const_i32(b, 0), "");
}

static value_t all_of(struct builder *b, LLVMTypeRef type, u64 k)
{
	value_t lane[8];

	if (LLVMGetTypeKind(type) != LLVMVectorTypeKind)
		return LLVMConstInt(type, k, false);
	for (u32 i = 0; i < LLVMGetVectorSize(type); i++)
		lane[i] = LLVMConstInt(LLVMGetElementType(type), k, false);
	(void)b;
	return LLVMConstVector(lane, LLVMGetVectorSize(type));
}

/* An i1 of masks: all lanes. */
static value_t in_all_lanes(struct builder *b, value_t mask, LLVMTypeRef lanes)
{
	u32 id = LLVMLookupIntrinsicID("llvm.wasm.alltrue", strlen("llvm.wasm.alltrue"));
	value_t f = LLVMGetIntrinsicDeclaration(b->module, id, &lanes, 1), wide = LLVMBuildSExt(b->ir, mask, lanes, "");
	LLVMTypeRef ft = LLVMIntrinsicGetType(b->context, id, &lanes, 1);

	return LLVMBuildICmp(b->ir, LLVMIntNE, LLVMBuildCall2(b->ir, ft, f, &wide, 1, ""), const_i32(b, 0), "");
}

static LLVMTypeRef bits_of(struct builder *b, enum fp_format f, bool is_vector)
{
	LLVMTypeRef lane = f == FP_D ? b->t.i64 : f == FP_S ? b->t.i32 : b->t.i16;

	return is_vector ? LLVMVectorType(lane, 128 / fp_format_bits(f)) : lane;
}

/* The lanes that count in all lanes: of half of them, or one. */
static value_t repeated(struct builder *b, value_t v, u32 total, u32 count)
{
	value_t pick[8];

	if (count >= total)
		return v;
	for (u32 i = 0; i < total; i++)
		pick[i] = const_i32(b, i % count);
	return LLVMBuildShuffleVector(b->ir, v, LLVMGetUndef(LLVMTypeOf(v)), LLVMConstVector(pick, total), "");
}

/* plain_64() and the like, of a scalar or of `lanes` lanes of a vector. */
static value_t is_plain(struct builder *b, value_t r, enum fp_format f, u32 op, u32 lanes)
{
	bool is_vector = LLVMGetTypeKind(LLVMTypeOf(r)) == LLVMVectorTypeKind;
	LLVMTypeRef type = bits_of(b, f, is_vector);
	u64 least = f == FP_D ? PLAIN_LEAST_D : f == FP_S ? PLAIN_LEAST_S : PLAIN_LEAST_H;
	u64 span = f == FP_D ? PLAIN_SPAN_D : f == FP_S ? PLAIN_SPAN_S : PLAIN_SPAN_H;
	value_t bits = LLVMBuildBitCast(b->ir, r, type, "");

	if (is_vector)
		bits = repeated(b, bits, 128 / fp_format_bits(f), lanes);
	value_t twice = LLVMBuildShl(b->ir, bits, all_of(b, type, 1), "");
	value_t plain = LLVMBuildICmp(b->ir, LLVMIntULT, LLVMBuildSub(b->ir, twice, all_of(b, type, least), ""), all_of(b, type, span), "");
	if (fpenv_zero_is_plain(op))
		plain = LLVMBuildOr(b->ir, plain, LLVMBuildICmp(b->ir, LLVMIntEQ, twice, all_of(b, type, 0), ""), "");
	return is_vector ? in_all_lanes(b, plain, type) : plain;
}

static value_t are_ordered(struct builder *b, value_t x, value_t y, enum fp_format f, u32 lanes)
{
	value_t ordered = LLVMBuildFCmp(b->ir, LLVMRealORD, x, y, "");

	if (LLVMGetTypeKind(LLVMTypeOf(x)) != LLVMVectorTypeKind)
		return ordered;
	ordered = repeated(b, ordered, 128 / fp_format_bits(f), lanes);
	return in_all_lanes(b, ordered, bits_of(b, f, true));
}

/* int_holds() */
static value_t int_holds(struct builder *b, u32 spec, value_t a, value_t fbits)
{
	enum fp_format f = SPEC_FORMAT(spec);
	u32 fraction = f == FP_H ? 10 : f == FP_S ? 23 : 52, top = f == FP_H ? 0x1f : f == FP_S ? 0xff : 0x7ff;
	u32 limit = (top >> 1) + SPEC_BITS(spec) - 2;
	value_t exponent = LLVMBuildAnd(b->ir, LLVMBuildLShr(b->ir, a, const_i64(b, fraction), ""), const_i64(b, top), "");
	value_t is_finite = LLVMBuildICmp(b->ir, LLVMIntULT, exponent, const_i64(b, top), "");
	value_t is_small = LLVMBuildICmp(b->ir, LLVMIntULT, LLVMBuildAdd(b->ir, exponent, fbits, ""), const_i64(b, limit), "");

	if (SPEC_UNSIGNED(spec)) {
		value_t sign = LLVMBuildLShr(b->ir, a, const_i64(b, fp_format_bits(f) - 1), "");
		is_small = both(b, is_small, LLVMBuildICmp(b->ir, LLVMIntEQ, sign, const_i64(b, 0), ""));
	}
	return both(b, is_finite, is_small);
}

static bool compares(u32 op) { return op >= FP_CMEQ && op <= FP_ACGT; }

static value_t convert_stands(struct builder *b, u32 spec, value_t r)
{
	enum fp_format to = SPEC_TO(spec);

	if (SPEC_ODD(spec) || to == FP_H || to == FP_BF)
		return NULL;
	return both(b, is_usual(b), is_plain(b, r, to, FP_MUL, SPEC_LANES(spec)));
}

static enum fp_format format_of(struct builder *b, LLVMTypeRef type)
{
	if (LLVMGetTypeKind(type) == LLVMVectorTypeKind)
		type = LLVMGetElementType(type);
	return type == b->t.f64 ? FP_D : FP_S;
}

value_t fpenv_stands(struct builder *b, enum hole hole, u32 spec, const value_t *args)
{
	u32 op = SPEC_OP(spec), lanes = SPEC_LANES(spec);
	value_t r = args[1];

	switch (hole) {
	case HOLE_fp1_64: case HOLE_fp1_32: case HOLE_fp1_v64: case HOLE_fp1_v32:
	case HOLE_fp2_64: case HOLE_fp2_32: case HOLE_fp2_v64: case HOLE_fp2_v32:
	case HOLE_fma64: case HOLE_fma32: case HOLE_fma_v64: case HOLE_fma_v32:
		return both(b, is_usual(b), is_plain(b, r, format_of(b, LLVMTypeOf(r)), op, lanes));
	case HOLE_fp_env_64: case HOLE_fp_env_32: case HOLE_fp_env_v64: case HOLE_fp_env_v32:
		if (compares(op))
			return both(b, fpcr_lacks(b, FPCR_FZ | FPCR_FZ16), are_ordered(b, args[2], args[3], format_of(b, LLVMTypeOf(r)), lanes));
		return fpenv_shows(op) ? both(b, is_usual(b), is_plain(b, r, format_of(b, LLVMTypeOf(r)), op, lanes)) : NULL;
	case HOLE_env_half:
		return compares(op) ? NULL : both(b, is_usual(b), is_plain(b, r, FP_H, FP_MUL, lanes));
	case HOLE_fp_cmp_64: case HOLE_fp_cmp_32: {
		value_t usual = both(b, fpcr_lacks(b, FPCR_FZ | FPCR_FZ16), LLVMBuildFCmp(b->ir, LLVMRealORD, args[2], args[3], ""));
		value_t active = LLVMBuildTrunc(b->ir, args[1], b->t.i1, "");
		return LLVMBuildOr(b->ir, usual, LLVMBuildNot(b->ir, active, ""), "");
	}
	case HOLE_fp_int:
		return both(b, is_usual(b), int_holds(b, spec, args[2], args[3]));
	case HOLE_fp_from: case HOLE_fp_from_v:
		return SPEC_FORMAT(spec) == FP_H ? NULL : is_usual(b);
	case HOLE_fp_convert:
		return convert_stands(b, spec, r);
	default:                                        /* HOLE_fp_int_v */
		return NULL;
	}
}
