/* SPDX-License-Identifier: MIT */
/*
 * NaN results as Arm has them (Arm ARM, FPProcessNaNs()): the first signalling
 * operand, else the first quiet one, made quiet; the default NaN where no
 * operand is one.  The engine's own choice differs in the default's sign and
 * between two operands.
 *
 * The builder says with a marker, a call of a function that never exists, that
 * r = x op y wants this; settle.c makes code of it.
 */
#include <stdio.h>
#include <string.h>

#include "lifter/nan.h"
#include "runtime/cpu/cpu.h"
#include "runtime/cpu/softfp.h"

/* Of functions (r, x, y) of this type: a name for each. */
static const char *type_name(struct builder *b, LLVMTypeRef type)
{
	if (LLVMGetTypeKind(type) == LLVMVectorTypeKind)
		return LLVMGetVectorSize(type) == 2 ? "v2f64" : "v4f32";
	return type == b->t.f64 ? "f64" : "f32";
}

static LLVMTypeRef three(LLVMTypeRef type)
{
	return LLVMFunctionType(type, (LLVMTypeRef[]){ type, type, type }, 3, false);
}

value_t nan_result(struct builder *b, value_t r, value_t x, value_t y)
{
	LLVMTypeRef type = LLVMTypeOf(r);
	value_t args[] = { r, x, y };
	char name[16];

	snprintf(name, sizeof name, "%s%s", NAN_MARKER, type_name(b, type));
	return LLVMBuildCall2(b->ir, three(type), declare_pure(b, name, three(type)), args, 3, "");
}

/* --- which NaN it is --- */

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

/* The NaN of x op y. */
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

/* The function of nan_fixed(), made on first use. */
static value_t fixer(struct builder *b, LLVMTypeRef type)
{
	struct shape s = shape_of(b, type);
	LLVMBasicBlockRef from = LLVMGetInsertBlock(b->ir);
	char name[16];

	snprintf(name, sizeof name, "fix.%s", type_name(b, type));
	value_t f = LLVMGetNamedFunction(b->module, name);
	if (f)
		return f;
	f = LLVMAddFunction(b->module, name, three(type));
	LLVMSetLinkage(f, LLVMInternalLinkage);
	add_attribute(b, f, "noinline");
	add_attribute(b, f, "nounwind");
	LLVMPositionBuilderAtEnd(b->ir, LLVMAppendBasicBlockInContext(b->context, f, ""));
	value_t r = LLVMGetParam(f, 0), is_nan = LLVMBuildFCmp(b->ir, LLVMRealUNO, r, r, "");
	value_t nan = choose(b, &s, LLVMGetParam(f, 1), LLVMGetParam(f, 2));
	LLVMBuildRet(b->ir, LLVMBuildSelect(b->ir, is_nan, nan, r, ""));
	LLVMPositionBuilderAtEnd(b->ir, from);
	return f;
}

value_t nan_fixed(struct builder *b, value_t r, value_t x, value_t y)
{
	LLVMTypeRef type = LLVMTypeOf(r);

	return LLVMBuildCall2(b->ir, three(type), fixer(b, type), (value_t[]){ r, x, y }, 3, "");
}

LLVMTypeRef nan_lane_bits(struct builder *b, LLVMTypeRef type)
{
	struct shape s = shape_of(b, type);

	return s.lanes ? s.bits : NULL;
}
