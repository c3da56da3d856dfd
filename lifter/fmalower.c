/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-adds become calls of aw_fma_* (toolchains/fused.c), all on
 * v128: an engine with relaxed SIMD gets its instruction in their place
 * (wasmcode.c).  A number goes there in all lanes and comes back in lane 0; from
 * one to the next, and around loops, it stays in its vector.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/emit.h"
#include "lifter/fma.h"

/* A phi of numbers that some fused multiply-add uses as they come. */
struct number_phi {
	value_t phi, wide;         /* the vectors' phi, NULL: it stays as it is */
	bool has_fused;            /* some of what comes in is the result of one */
};

enum { MAX_PHIS = 64 };

/* Of the function at hand. */
struct lowering {
	struct builder *b;
	LIST(value_t) splats;      /* made of operands that are numbers */
	struct number_phi phis[MAX_PHIS];
	u32 count;
};

static bool is_vector(LLVMTypeRef type) { return LLVMGetTypeKind(type) == LLVMVectorTypeKind; }

static LLVMTypeRef vector_of(struct builder *b, LLVMTypeRef type)
{
	return LLVMVectorType(type, type == b->t.f32 ? 4 : 2);
}

/* Where the builder stands. */
static value_t splat(struct builder *b, value_t v)
{
	LLVMTypeRef vector = vector_of(b, LLVMTypeOf(v));
	value_t one = LLVMBuildInsertElement(b->ir, LLVMGetPoison(vector), v, const_i32(b, 0), "");
	LLVMTypeRef mask = LLVMVectorType(b->t.i32, LLVMGetVectorSize(vector));

	return LLVMBuildShuffleVector(b->ir, one, LLVMGetPoison(vector), LLVMConstNull(mask), "");
}

static void lower(struct lowering *l, value_t fma)
{
	struct builder *b = l->b;
	LLVMTypeRef type = LLVMTypeOf(fma), vector = is_vector(type) ? type : vector_of(b, type);
	LLVMTypeRef f = LLVMFunctionType(vector, (LLVMTypeRef[]){ vector, vector, vector }, 3, false);
	bool is_double = LLVMGetElementType(vector) == b->t.f64;
	const char *name = is_double ? FUSED "v64" : is_vector(type) ? FUSED "v32" : FUSED "32";
	value_t args[3];

	LLVMPositionBuilderBefore(b->ir, fma);
	for (u32 i = 0; i < 3; i++) {
		args[i] = LLVMGetOperand(fma, i);
		if (!is_vector(type)) {
			args[i] = splat(b, args[i]);
			if (LLVMIsAInstruction(args[i]))
				list_push(&l->splats, args[i]);
		}
	}
	value_t v = LLVMBuildCall2(b->ir, f, declare_pure(b, name, f), args, 3, "");
	if (!is_vector(type))
		v = LLVMBuildExtractElement(b->ir, v, const_i32(b, 0), "");
	LLVMReplaceAllUsesWith(fma, v);
	LLVMInstructionEraseFromParent(fma);
}

static value_t splatted(value_t splat) { return LLVMGetOperand(LLVMGetOperand(splat, 0), 1); }

/* The vector whose lane 0 is v, if that is the result of a fused multiply-add. */
static value_t fused_vector(value_t v)
{
	if (!LLVMIsAExtractElementInst(v))
		return NULL;
	value_t vector = LLVMGetOperand(v, 0), lane = LLVMGetOperand(v, 1);
	return calls(vector, FUSED) && LLVMIsAConstantInt(lane) && !LLVMConstIntGetZExtValue(lane) ? vector : NULL;
}

static struct number_phi *find(struct lowering *l, value_t v)
{
	for (u32 i = 0; i < l->count; i++)
		if (l->phis[i].phi == v)
			return &l->phis[i];
	return NULL;
}

static void collect(struct lowering *l, value_t v)
{
	if (!LLVMIsAPHINode(v) || find(l, v) || l->count == MAX_PHIS)
		return;
	l->phis[l->count++] = (struct number_phi){ .phi = v };
	for (u32 i = 0; i < LLVMCountIncoming(v); i++)
		collect(l, LLVMGetIncomingValue(v, i));
}

static bool comes_from_fused(struct lowering *l, value_t phi)
{
	for (u32 i = 0; i < LLVMCountIncoming(phi); i++) {
		value_t in = LLVMGetIncomingValue(phi, i);
		struct number_phi *p = find(l, in);
		if (fused_vector(in) || (p && p->has_fused))
			return true;
	}
	return false;
}

static void mark_phis(struct lowering *l)
{
	for (bool again = true; again;) {
		again = false;
		for (u32 i = 0; i < l->count; i++) {
			struct number_phi *p = &l->phis[i];
			if (!p->has_fused && comes_from_fused(l, p->phi))
				again = p->has_fused = true;
		}
	}
}

static value_t as_vector(struct lowering *l, value_t v)
{
	struct number_phi *p = find(l, v);

	return p && p->wide ? p->wide : fused_vector(v);
}

/* A block may come in twice, then with the same value. */
static void fill_phi(struct lowering *l, struct number_phi *p)
{
	for (u32 i = 0; i < LLVMCountIncoming(p->phi); i++) {
		LLVMBasicBlockRef from = LLVMGetIncomingBlock(p->phi, i);
		value_t in = LLVMGetIncomingValue(p->phi, i), vector = as_vector(l, in);
		for (u32 k = 0; k < i && !vector; k++)
			if (LLVMGetIncomingBlock(p->phi, k) == from)
				vector = LLVMGetIncomingValue(p->wide, k);
		if (!vector) {
			LLVMPositionBuilderBefore(l->b->ir, LLVMGetBasicBlockTerminator(from));
			vector = splat(l->b, in);
		}
		LLVMAddIncoming(p->wide, &vector, &from, 1);
	}
}

/* Lane 0 of the vectors' phi, for whoever else uses the number. */
static void replace_phi(struct lowering *l, value_t phi, value_t wide)
{
	value_t at = phi;

	while (LLVMIsAPHINode(at))
		at = LLVMGetNextInstruction(at);
	LLVMPositionBuilderBefore(l->b->ir, at);
	LLVMReplaceAllUsesWith(phi, LLVMBuildExtractElement(l->b->ir, wide, const_i32(l->b, 0), ""));
	LLVMInstructionEraseFromParent(phi);
}

static void keep_in_vectors(struct lowering *l)
{
	struct builder *b = l->b;

	l->count = 0;
	for (u32 i = 0; i < l->splats.count; i++)
		collect(l, splatted(l->splats.at[i]));
	mark_phis(l);
	for (u32 i = 0; i < l->count; i++)
		if (l->phis[i].has_fused) {
			LLVMPositionBuilderBefore(b->ir, l->phis[i].phi);
			l->phis[i].wide = LLVMBuildPhi(b->ir, vector_of(b, LLVMTypeOf(l->phis[i].phi)), "");
		}
	for (u32 i = 0; i < l->count; i++)
		if (l->phis[i].wide)
			fill_phi(l, &l->phis[i]);
	for (u32 i = 0; i < l->splats.count; i++) {
		value_t vector = as_vector(l, splatted(l->splats.at[i]));
		if (vector)
			LLVMReplaceAllUsesWith(l->splats.at[i], vector);
	}
	for (u32 i = 0; i < l->count; i++)
		if (l->phis[i].wide)
			replace_phi(l, l->phis[i].phi, l->phis[i].wide);
	l->splats.count = 0;
}

static bool has_any(LLVMModuleRef m)
{
	size_t n;

	for (value_t f = LLVMGetFirstFunction(m); f; f = LLVMGetNextFunction(f))
		if (!strncmp(LLVMGetValueName2(f, &n), FMA_INTRINSIC, strlen(FMA_INTRINSIC)))
			return true;
	return false;
}

void fma_lower(struct program *p, LLVMModuleRef m)
{
	struct builder b;
	struct lowering l = { .b = &b };

	if (!has_any(m))
		return;
	builder_init(&b, p, m);
	for (value_t f = LLVMGetFirstFunction(m); f; f = LLVMGetNextFunction(f)) {
		for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(f); block; block = LLVMGetNextBasicBlock(block))
			for (value_t i = LLVMGetFirstInstruction(block), next; i; i = next) {
				next = LLVMGetNextInstruction(i);
				if (calls(i, FMA_INTRINSIC))
					lower(&l, i);
			}
		keep_in_vectors(&l);
	}
	list_free(&l.splats);
	LLVMDisposeBuilder(b.ir);
}
