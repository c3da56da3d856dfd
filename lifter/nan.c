/* SPDX-License-Identifier: MIT */
/*
 * NaN results as Arm has them (Arm ARM, FPProcessNaNs()): the first signalling
 * operand, else the first quiet one, made quiet; the default NaN where no
 * operand is one.  The engine's own choice differs in the default's sign and
 * between two operands.
 *
 * What is rare stands in a block of its own and calls nothing: a call would
 * make the engine spill every vector register of the loop around it.
 */
#include "lifter/build.h"

#include "runtime/cpu/cpu.h"

enum { FPCR_DN = 1 << 25 };                     /* every NaN is the default one */

struct shape {
	LLVMTypeRef real, bits;                 /* one lane or all */
	u32 lanes, width;                       /* lanes: 0 for a scalar */
};

static struct shape shape_of(struct builder *b, LLVMTypeRef real)
{
	bool is_vector = LLVMGetTypeKind(real) == LLVMVectorTypeKind;
	LLVMTypeRef lane = is_vector ? LLVMGetElementType(real) : real;
	struct shape s = { .real = real, .lanes = is_vector ? LLVMGetVectorSize(real) : 0, .width = lane == b->t.f32 ? 32 : 64 };

	s.bits = s.width == 32 ? b->t.i32 : b->t.i64;
	if (is_vector)
		s.bits = LLVMVectorType(s.bits, s.lanes);
	return s;
}

static value_t constant(const struct shape *s, u64 k)
{
	value_t lane[4];

	if (!s->lanes)
		return LLVMConstInt(s->bits, k, false);
	for (u32 i = 0; i < s->lanes; i++)
		lane[i] = LLVMConstInt(LLVMGetElementType(s->bits), k, false);
	return LLVMConstVector(lane, s->lanes);
}

struct operand { value_t quiet, is_nan, is_signalling; };

static struct operand operand_of(struct builder *b, const struct shape *s, value_t v)
{
	value_t quiet_bit = constant(s, 1ull << (s->width == 32 ? 22 : 51));
	value_t bits = LLVMBuildBitCast(b->ir, v, s->bits, "");
	value_t is_nan = LLVMBuildFCmp(b->ir, LLVMRealUNO, v, v, "");
	value_t is_quiet = LLVMBuildAnd(b->ir, bits, quiet_bit, "");
	value_t lacks_bit = LLVMBuildICmp(b->ir, LLVMIntEQ, is_quiet, constant(s, 0), "");

	return (struct operand){ LLVMBuildOr(b->ir, bits, quiet_bit, ""), is_nan, LLVMBuildAnd(b->ir, is_nan, lacks_bit, "") };
}

static value_t choose(struct builder *b, const struct shape *s, value_t x, value_t y)
{
	value_t first = constant(s, s->width == 32 ? 0x7fc00000 : 0x7ff8000000000000), nan = first;
	struct operand p = operand_of(b, s, x), q = operand_of(b, s, y);
	value_t fpcr = cpu_load(b, b->t.i32, offsetof(struct cpu, fpcr));
	value_t dn = LLVMBuildICmp(b->ir, LLVMIntNE, LLVMBuildAnd(b->ir, fpcr, const_i32(b, FPCR_DN), ""), const_i32(b, 0), "");
	value_t not_p = LLVMBuildNot(b->ir, p.is_signalling, "");

	nan = LLVMBuildSelect(b->ir, q.is_nan, q.quiet, nan, "");
	nan = LLVMBuildSelect(b->ir, p.is_nan, p.quiet, nan, "");
	nan = LLVMBuildSelect(b->ir, LLVMBuildAnd(b->ir, q.is_signalling, not_p, ""), q.quiet, nan, "");
	return LLVMBuildBitCast(b->ir, LLVMBuildSelect(b->ir, dn, first, nan, ""), s->real, "");
}

value_t nan_result(struct builder *b, value_t r, value_t x, value_t y)
{
	struct shape s = shape_of(b, LLVMTypeOf(r));
	value_t lanes = LLVMBuildFCmp(b->ir, LLVMRealUNO, r, r, ""), any = lanes;

	if (s.lanes) {
		LLVMTypeRef mask = LLVMIntTypeInContext(b->context, s.lanes);
		any = LLVMBuildICmp(b->ir, LLVMIntNE, LLVMBuildBitCast(b->ir, lanes, mask, ""), LLVMConstNull(mask), "");
	}
	LLVMBasicBlockRef from = LLVMGetInsertBlock(b->ir);
	LLVMBasicBlockRef rare = LLVMAppendBasicBlockInContext(b->context, b->llvm, "nan");
	LLVMBasicBlockRef next = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
	LLVMBuildCondBr(b->ir, any, rare, next);
	LLVMPositionBuilderAtEnd(b->ir, rare);
	value_t fixed = choose(b, &s, x, y);
	if (s.lanes)
		fixed = LLVMBuildSelect(b->ir, lanes, fixed, r, "");
	LLVMBuildBr(b->ir, next);
	LLVMPositionBuilderAtEnd(b->ir, next);
	value_t phi = LLVMBuildPhi(b->ir, s.real, "");
	LLVMAddIncoming(phi, &r, &from, 1);
	LLVMAddIncoming(phi, &fixed, &rare, 1);
	return phi;
}
