/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-add.  LLVM's own intrinsic while there is something to
 * optimise, then calls of aw_fma_* (toolchains/fused.c), all on v128: an engine
 * with relaxed SIMD gets its instruction in their place (wasmcode.c).
 */
#include "lifter/fma.h"

#include <stdio.h>
#include <string.h>

#include "lifter/emit.h"
#include "lifter/nan.h"

static const char intrinsic[] = "llvm.fma";

/* By type: the end of cpu_*, the marker's, and who is called. */
static const struct kind { const char *cpu, *marker, *call; } kinds[] = {
	{ "cpu_fma64", NAN_MARKER "fma.f64", FUSED "v64" },
	{ "cpu_fma32", NAN_MARKER "fma.f32", FUSED "32" },
	{ "cpu_fma_v64", NAN_MARKER "fma.v2f64", FUSED "v64" },
	{ "cpu_fma_v32", NAN_MARKER "fma.v4f32", FUSED "v32" },
};

static bool is_vector(LLVMTypeRef type) { return LLVMGetTypeKind(type) == LLVMVectorTypeKind; }

static const struct kind *kind_of(struct builder *b, LLVMTypeRef type)
{
	LLVMTypeRef lane = is_vector(type) ? LLVMGetElementType(type) : type;

	return &kinds[2 * is_vector(type) + (lane == b->t.f32)];
}

value_t fma_result(struct builder *b, const value_t operands[3])
{
	LLVMTypeRef type = LLVMTypeOf(operands[0]);
	LLVMTypeRef marker = LLVMFunctionType(type, (LLVMTypeRef[]){ type, type, type, type }, 4, false);
	u32 id = LLVMLookupIntrinsicID(intrinsic, strlen(intrinsic));
	value_t args[4] = { NULL, operands[0], operands[1], operands[2] };

	args[0] = LLVMBuildCall2(b->ir, LLVMIntrinsicGetType(b->context, id, &type, 1), LLVMGetIntrinsicDeclaration(b->module, id, &type, 1),
				 args + 1, 3, "");
	if (b->options->relaxed_nan)
		return args[0];
	return LLVMBuildCall2(b->ir, marker, declare_pure(b, kind_of(b, type)->marker, marker), args, 4, "");
}

value_t fma_fixed(struct builder *b, const value_t operands[3])
{
	LLVMTypeRef type = LLVMTypeOf(operands[0]);

	return runtime_call(b, kind_of(b, type)->cpu, type, 4, (value_t[]){ const_i32(b, FP_SPEC(FP_MADD, 0)), operands[0], operands[1], operands[2] });
}

static value_t splat(struct builder *b, LLVMTypeRef vector, value_t v)
{
	value_t one = LLVMBuildInsertElement(b->ir, LLVMGetPoison(vector), v, const_i32(b, 0), "");
	LLVMTypeRef mask = LLVMVectorType(b->t.i32, LLVMGetVectorSize(vector));

	return LLVMBuildShuffleVector(b->ir, one, LLVMGetPoison(vector), LLVMConstNull(mask), "");
}

static void lower(struct builder *b, value_t fma)
{
	LLVMTypeRef type = LLVMTypeOf(fma), vector = is_vector(type) ? type : LLVMVectorType(type, type == b->t.f32 ? 4 : 2);
	LLVMTypeRef f = LLVMFunctionType(vector, (LLVMTypeRef[]){ vector, vector, vector }, 3, false);
	value_t args[3];

	LLVMPositionBuilderBefore(b->ir, fma);
	for (u32 i = 0; i < 3; i++)
		args[i] = is_vector(type) ? LLVMGetOperand(fma, i) : splat(b, vector, LLVMGetOperand(fma, i));
	value_t v = LLVMBuildCall2(b->ir, f, declare_pure(b, kind_of(b, type)->call, f), args, 3, "");
	if (!is_vector(type))
		v = LLVMBuildExtractElement(b->ir, v, const_i32(b, 0), "");
	LLVMReplaceAllUsesWith(fma, v);
	LLVMInstructionEraseFromParent(fma);
}

void fma_lower(LLVMModuleRef m)
{
	struct builder b;
	size_t n;

	builder_init(&b, m);
	for (value_t f = LLVMGetFirstFunction(m), next; f; f = next) {
		next = LLVMGetNextFunction(f);
		if (strncmp(LLVMGetValueName2(f, &n), intrinsic, strlen(intrinsic)))
			continue;
		for (LLVMUseRef use; use = LLVMGetFirstUse(f), use;)
			lower(&b, LLVMGetUser(use));
	}
	LLVMDisposeBuilder(b.ir);
}
