/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-add, as templates ask for it: LLVM's own intrinsic, with a
 * marker for its NaN (nan.c).  fmalower.c makes calls of it in the end.
 */
#include "lifter/fma.h"

#include <string.h>

#include "lifter/nan.h"

/* By type: who makes NaNs, and the marker. */
static const struct kind { const char *cpu, *marker; } kinds[] = {
	{ "cpu_fma64", NAN_MARKER "fma.f64" },
	{ "cpu_fma32", NAN_MARKER "fma.f32" },
	{ "cpu_fma_v64", NAN_MARKER "fma.v2f64" },
	{ "cpu_fma_v32", NAN_MARKER "fma.v4f32" },
};

static const struct kind *kind_of(struct builder *b, LLVMTypeRef type)
{
	bool is_vector = LLVMGetTypeKind(type) == LLVMVectorTypeKind;
	LLVMTypeRef lane = is_vector ? LLVMGetElementType(type) : type;

	return &kinds[2 * is_vector + (lane == b->t.f32)];
}

value_t fma_raw(struct builder *b, const value_t operands[3])
{
	LLVMTypeRef type = LLVMTypeOf(operands[0]);
	u32 id = LLVMLookupIntrinsicID(FMA_INTRINSIC, strlen(FMA_INTRINSIC));

	return LLVMBuildCall2(b->ir, LLVMIntrinsicGetType(b->context, id, &type, 1), LLVMGetIntrinsicDeclaration(b->module, id, &type, 1),
			      (value_t *)operands, 3, "");
}

value_t fma_result(struct builder *b, const value_t operands[3])
{
	LLVMTypeRef type = LLVMTypeOf(operands[0]);
	LLVMTypeRef marker = LLVMFunctionType(type, (LLVMTypeRef[]){ type, type, type, type }, 4, false);
	value_t args[4] = { fma_raw(b, operands), operands[0], operands[1], operands[2] };

	if (b->options->relaxed_nan)
		return args[0];
	return LLVMBuildCall2(b->ir, marker, declare_pure(b, kind_of(b, type)->marker, marker), args, 4, "");
}

value_t fma_fixed(struct builder *b, const value_t operands[3])
{
	LLVMTypeRef type = LLVMTypeOf(operands[0]);

	return runtime_call(b, kind_of(b, type)->cpu, type, 4, (value_t[]){ const_i32(b, FP_SPEC(FP_MADD, 0)), operands[0], operands[1], operands[2] });
}
