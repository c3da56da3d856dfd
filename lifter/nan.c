/* SPDX-License-Identifier: MIT */
/*
 * NaN results as Arm has them (Arm ARM, FPProcessNaNs()): the first signalling
 * operand, else the first quiet one, made quiet; the default NaN where no
 * operand is one.  The engine's own choice differs in the default's sign and
 * between two operands.
 *
 * The builder says with a marker, a call of a function that never exists, that
 * r = x op y wants this.  nan_settle() replaces the markers when the registers
 * are SSA values.  It looks once where a value can be seen: an operation makes
 * a NaN of a NaN operand, so a chain is free of them when its last result is.
 * What is rare stands in a block of its own, behind a branch marked so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lifter/build.h"
#include "lifter/emit.h"
#include "runtime/cpu/cpu.h"

enum { FPCR_DN = 1 << 25 };                     /* every NaN is the default one */

static const char marker_prefix[] = "nan.";

static void add_attribute(struct builder *b, value_t f, const char *name)
{
	u32 kind = LLVMGetEnumAttributeKindForName(name, strlen(name));

	LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex, LLVMCreateEnumAttribute(b->context, kind, 0));
}

/* A function that reads and writes nothing, declared on first use. */
static value_t declare_pure(struct builder *b, const char *name, LLVMTypeRef type)
{
	value_t f = LLVMGetNamedFunction(b->module, name);

	if (!f) {
		static const char *const pure[] = { "nounwind", "willreturn", "nosync", "nofree", "memory" };
		f = LLVMAddFunction(b->module, name, type);
		for (u32 i = 0; i < sizeof pure / sizeof *pure; i++)
			add_attribute(b, f, pure[i]);
	}
	return f;
}

value_t unlikely(struct builder *b, value_t condition)
{
	LLVMTypeRef type = LLVMFunctionType(b->t.i32, &b->t.i32, 1, false);
	value_t arg = LLVMBuildZExt(b->ir, condition, b->t.i32, "");
	value_t same = LLVMBuildCall2(b->ir, type, declare_pure(b, UNLIKELY, type), &arg, 1, "");

	return LLVMBuildICmp(b->ir, LLVMIntNE, same, const_i32(b, 0), "");
}

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

	snprintf(name, sizeof name, "%s%s", marker_prefix, type_name(b, type));
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

/* (r, x, y): r, or the NaN of x op y if it is one.  Made on first use. */
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

/* --- where it is looked for --- */

/* A marker met in this block and not yet replaced. */
struct pending {
	value_t marker, r, x, y;
	bool is_seen;              /* its bits are; else it only goes into operations that pass a NaN on */
	bool is_covered;           /* an operation that will be looked at has it as operand */
	value_t fixed;             /* its value in the rare block being built */
};

enum { MAX_PENDING = 16 };

struct settler {
	struct builder *b;
	LLVMBasicBlockRef block;   /* what is left of it: its end, which keeps its name in phis */
	LLVMBasicBlockRef *heads;  /* what came before each split, in order */
	u32 head_count;
	struct pending pending[MAX_PENDING];
	u32 count;
};

static bool calls(value_t v, const char *prefix)
{
	size_t n;

	if (!LLVMIsACallInst(v))
		return false;
	value_t f = LLVMGetCalledValue(v);
	return LLVMIsAFunction(f) && !strncmp(LLVMGetValueName2(f, &n), prefix, strlen(prefix));
}

static bool is_marker(value_t v) { return calls(v, marker_prefix); }

/* Its result is a NaN wherever an operand is one. */
static bool passes_nan_on(value_t v)
{
	switch (LLVMIsAInstruction(v) ? LLVMGetInstructionOpcode(v) : 0) {
	case LLVMFAdd: case LLVMFSub: case LLVMFMul: case LLVMFDiv: return true;
	default: return calls(v, "llvm.sqrt.");
	}
}

/* Its result is the same for all NaNs. */
static bool is_blind_to_payload(value_t v)
{
	return LLVMIsAFCmpInst(v) || calls(v, "llvm.fptosi.sat.") || calls(v, "llvm.fptoui.sat.");
}

static bool has_operand(value_t user, value_t v)
{
	for (int i = 0, n = LLVMGetNumOperands(user); i < n; i++)
		if (LLVMGetOperand(user, i) == v)
			return true;
	return false;
}

/* marker(op(v, ...), v, ...): the operation's own NaN is looked at, in this block. */
static bool is_marker_of_operation_on(const struct settler *s, value_t marker, value_t v)
{
	if (!is_marker(marker) || LLVMGetInstructionParent(marker) != s->block)
		return false;
	value_t r = LLVMGetOperand(marker, 0);
	return r != v && passes_nan_on(r) && has_operand(r, v) && (LLVMGetOperand(marker, 1) == v || LLVMGetOperand(marker, 2) == v);
}

/* Does this use of `v` leave its NaN for another marker to find, or not care? */
static bool use_can_wait(const struct settler *s, value_t user, value_t v)
{
	if (is_blind_to_payload(user) || is_marker_of_operation_on(s, user, v))
		return true;
	if (!passes_nan_on(user))
		return false;
	for (LLVMUseRef use = LLVMGetFirstUse(user); use; use = LLVMGetNextUse(use)) {
		value_t marker = LLVMGetUser(use);
		if (!is_marker_of_operation_on(s, marker, v) || LLVMGetOperand(marker, 0) != user)
			return false;
	}
	return true;
}

static bool is_seen(const struct settler *s, value_t v)
{
	for (LLVMUseRef use = LLVMGetFirstUse(v); use; use = LLVMGetNextUse(use))
		if (!use_can_wait(s, LLVMGetUser(use), v))
			return true;
	return false;
}

static struct pending *find(struct settler *s, value_t v)
{
	for (u32 i = 0; i < s->count; i++)
		if (s->pending[i].marker == v)
			return &s->pending[i];
	return NULL;
}

static bool takes_part(const struct pending *p, LLVMTypeRef type)
{
	return p->is_seen && LLVMTypeOf(p->r) == type;
}

/* The chains that lead to a value of `type` that is seen. */
static void mark_covered(struct settler *s, LLVMTypeRef type)
{
	for (u32 i = 0; i < s->count; i++)
		s->pending[i].is_covered = false;
	for (u32 i = s->count; i-- > 0;) {
		struct pending *p = &s->pending[i], *of[2] = { find(s, p->x), find(s, p->y) };
		for (u32 k = 0; k < 2; k++)
			if (of[k] && (p->is_covered || takes_part(p, type)))
				of[k]->is_covered = true;
	}
}

/* An i1: some lane of some last result is a NaN.  Infinities may ask in vain. */
static value_t build_question(struct settler *s, LLVMTypeRef type)
{
	struct builder *b = s->b;
	struct shape shape = shape_of(b, type);
	value_t sum = NULL;

	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		if (takes_part(p, type) && !p->is_covered)
			sum = sum ? LLVMBuildFAdd(b->ir, sum, p->r, "") : p->r;
	}
	value_t is_nan = LLVMBuildFCmp(b->ir, LLVMRealUNO, sum, sum, "");
	if (!shape.lanes)
		return is_nan;
	/* Its sign bits: cheaper for the engines than any_true. */
	u32 id = LLVMLookupIntrinsicID("llvm.wasm.bitmask", strlen("llvm.wasm.bitmask"));
	value_t bitmask = LLVMGetIntrinsicDeclaration(b->module, id, &shape.bits, 1), wide = LLVMBuildSExt(b->ir, is_nan, shape.bits, "");
	LLVMTypeRef ft = LLVMIntrinsicGetType(b->context, id, &shape.bits, 1);
	return LLVMBuildICmp(b->ir, LLVMIntNE, LLVMBuildCall2(b->ir, ft, bitmask, &wide, 1, ""), const_i32(b, 0), "");
}

static value_t fixed_operand(struct settler *s, value_t v)
{
	struct pending *p = find(s, v);

	return p ? p->fixed : v;
}

/* All that the values seen depend on, in order: operands are met before their users. */
static void build_fixed(struct settler *s, LLVMTypeRef type)
{
	struct builder *b = s->b;
	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		if (!takes_part(p, type) && !p->is_covered)
			continue;
		value_t args[] = { p->r, fixed_operand(s, p->x), fixed_operand(s, p->y) };
		p->fixed = LLVMBuildCall2(b->ir, three(type), fixer(b, type), args, 3, "");
	}
}

/* Everything before `at` moves to a block of its own, which takes over the predecessors. */
static LLVMBasicBlockRef split_before(struct settler *s, value_t at)
{
	LLVMBuilderRef ir = s->b->ir;
	LLVMBasicBlockRef head = LLVMInsertBasicBlockInContext(s->b->context, s->block, "");
	value_t end = LLVMGetBasicBlockTerminator(s->block), i;

	/* Without its end, for else the phis of its successors would be told of the head. */
	LLVMInstructionRemoveFromParent(end);
	LLVMReplaceAllUsesWith(LLVMBasicBlockAsValue(s->block), LLVMBasicBlockAsValue(head));
	LLVMPositionBuilderAtEnd(ir, s->block);
	LLVMInsertIntoBuilder(ir, end);
	LLVMPositionBuilderAtEnd(ir, head);
	while (i = LLVMGetFirstInstruction(s->block), i != at) {
		LLVMInstructionRemoveFromParent(i);
		LLVMInsertIntoBuilder(ir, i);
	}
	s->heads = xrealloc(s->heads, (s->head_count + 1) * sizeof *s->heads);
	return s->heads[s->head_count++] = head;
}

static bool is_head(const struct settler *s, LLVMBasicBlockRef block)
{
	for (u32 i = s->head_count; i-- > 0;)
		if (s->heads[i] == block)
			return true;
	return false;
}

/* Before the split only what can wait used it, and goes on with the raw value. */
static void replace_uses(struct settler *s, value_t v, value_t raw, value_t after)
{
	LLVMUseRef use;

	while (use = LLVMGetFirstUse(v), use) {
		value_t user = LLVMGetUser(use);
		bool was_before = !LLVMIsAPHINode(user) && is_head(s, LLVMGetInstructionParent(user));
		for (int i = 0, n = LLVMGetNumOperands(user); i < n; i++)
			if (LLVMGetOperand(user, i) == v)
				LLVMSetOperand(user, i, was_before ? raw : after);
	}
	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		p->x = p->x == v ? after : p->x;
		p->y = p->y == v ? after : p->y;
	}
	LLVMInstructionEraseFromParent(v);
}

static value_t phi_of(struct settler *s, value_t raw, LLVMBasicBlockRef head, value_t fixed, LLVMBasicBlockRef rare)
{
	value_t phi = LLVMBuildPhi(s->b->ir, LLVMTypeOf(raw), "");

	LLVMAddIncoming(phi, &raw, &head, 1);
	LLVMAddIncoming(phi, &fixed, &rare, 1);
	return phi;
}

/* Looks at the values of `type` that are seen, before `at` sees them. */
static void look(struct settler *s, LLVMTypeRef type, value_t at)
{
	struct builder *b = s->b;
	u32 kept = 0;

	mark_covered(s, type);
	LLVMBasicBlockRef head = split_before(s, at), rare = LLVMInsertBasicBlockInContext(b->context, s->block, "nan");
	LLVMPositionBuilderAtEnd(b->ir, head);
	LLVMBuildCondBr(b->ir, unlikely(b, build_question(s, type)), rare, s->block);
	LLVMPositionBuilderAtEnd(b->ir, rare);
	build_fixed(s, type);
	LLVMBuildBr(b->ir, s->block);
	LLVMPositionBuilderBefore(b->ir, LLVMGetFirstInstruction(s->block));
	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		if (takes_part(p, type))
			replace_uses(s, p->marker, p->r, phi_of(s, p->r, head, p->fixed, rare));
	}
	for (u32 i = 0; i < s->count; i++)
		if (!takes_part(&s->pending[i], type))
			s->pending[kept++] = s->pending[i];
	s->count = kept;
}

static void look_at_all(struct settler *s, value_t at)
{
	for (u32 i = 0; i < s->count;) {
		if (s->pending[i].is_seen) {
			look(s, LLVMTypeOf(s->pending[i].r), at);
			i = 0;
		} else {
			i++;
		}
	}
}

static void look_before_use(struct settler *s, value_t user)
{
	for (int i = 0, n = LLVMGetNumOperands(user); i < n; i++) {
		struct pending *p = find(s, LLVMGetOperand(user, i));
		if (p && p->is_seen && !use_can_wait(s, user, p->marker))
			look(s, LLVMTypeOf(p->r), user);
	}
}

static void meet(struct settler *s, value_t marker)
{
	if (s->count == MAX_PENDING) {
		for (u32 i = 0; i < s->count; i++)
			s->pending[i].is_seen = true;
		look_at_all(s, marker);
	}
	s->pending[s->count++] = (struct pending){ .marker = marker, .r = LLVMGetOperand(marker, 0), .x = LLVMGetOperand(marker, 1),
		.y = LLVMGetOperand(marker, 2), .is_seen = is_seen(s, marker) };
}

static void settle_block(struct builder *b, LLVMBasicBlockRef block)
{
	struct settler s = { .b = b, .block = block };
	value_t i = LLVMGetFirstInstruction(block);

	for (; i != LLVMGetBasicBlockTerminator(block); i = LLVMGetNextInstruction(i)) {
		look_before_use(&s, i);
		if (is_marker(i))
			meet(&s, i);
	}
	look_at_all(&s, i);
	while (s.count) {                               /* nothing sees these */
		struct pending *p = &s.pending[--s.count];
		replace_uses(&s, p->marker, p->r, p->r);
	}
	free(s.heads);
}

void nan_settle(LLVMModuleRef m)
{
	struct builder b;

	builder_init(&b, m);
	for (value_t f = LLVMGetFirstFunction(m); f; f = LLVMGetNextFunction(f))
		for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(f), next; block; block = next) {
			next = LLVMGetNextBasicBlock(block);
			settle_block(&b, block);
		}
	LLVMDisposeBuilder(b.ir);
}
