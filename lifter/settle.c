/* SPDX-License-Identifier: MIT */
/*
 * Replaces the markers of nan.c when the registers are SSA values.  NaNs are
 * looked for once where a value can be seen: an operation makes a NaN of a NaN
 * operand, so a chain is free of them when its last result is.  What is rare
 * stands in a block of its own, behind a branch marked so.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/emit.h"
#include "lifter/fma.h"
#include "lifter/nan.h"

/* A marker met in this block and not yet replaced. */
struct pending {
	value_t marker, r;
	value_t operand[3];        /* of the operation */
	u32 operands;
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

static bool is_marker(value_t v) { return calls(v, NAN_MARKER); }

/* Its result is a NaN wherever an operand is one. */
static bool passes_nan_on(value_t v)
{
	switch (LLVMIsAInstruction(v) ? LLVMGetInstructionOpcode(v) : 0) {
	case LLVMFAdd: case LLVMFSub: case LLVMFMul: case LLVMFDiv: return true;
	default: return calls(v, "llvm.sqrt.") || calls(v, "llvm.fma.");
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
	return r != v && passes_nan_on(r) && has_operand(r, v) && has_operand(marker, v);
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
		struct pending *p = &s->pending[i];
		for (u32 k = 0; k < p->operands; k++) {
			struct pending *of = find(s, p->operand[k]);
			if (of && (p->is_covered || takes_part(p, type)))
				of->is_covered = true;
		}
	}
}

/* An i1: some lane of some last result is a NaN.  Infinities may ask in vain. */
static value_t build_question(struct settler *s, LLVMTypeRef type)
{
	struct builder *b = s->b;
	LLVMTypeRef lanes = nan_lane_bits(b, type);
	value_t sum = NULL;

	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		if (takes_part(p, type) && !p->is_covered)
			sum = sum ? LLVMBuildFAdd(b->ir, sum, p->r, "") : p->r;
	}
	value_t is_nan = LLVMBuildFCmp(b->ir, LLVMRealUNO, sum, sum, "");
	if (!lanes)
		return is_nan;
	/* Its sign bits: cheaper for the engines than any_true. */
	u32 id = LLVMLookupIntrinsicID("llvm.wasm.bitmask", strlen("llvm.wasm.bitmask"));
	value_t bitmask = LLVMGetIntrinsicDeclaration(b->module, id, &lanes, 1), wide = LLVMBuildSExt(b->ir, is_nan, lanes, "");
	LLVMTypeRef ft = LLVMIntrinsicGetType(b->context, id, &lanes, 1);
	return LLVMBuildICmp(b->ir, LLVMIntNE, LLVMBuildCall2(b->ir, ft, bitmask, &wide, 1, ""), const_i32(b, 0), "");
}

static value_t fixed(struct settler *s, const struct pending *p)
{
	value_t operand[3];

	for (u32 k = 0; k < p->operands; k++) {
		struct pending *of = find(s, p->operand[k]);
		operand[k] = of ? of->fixed : p->operand[k];
	}
	return p->operands == 3 ? fma_fixed(s->b, operand) : nan_fixed(s->b, p->r, operand[0], operand[1]);
}

/* All that the values seen depend on, in order: operands are met before their users. */
static void build_fixed(struct settler *s, LLVMTypeRef type)
{
	for (u32 i = 0; i < s->count; i++) {
		struct pending *p = &s->pending[i];
		if (!takes_part(p, type) && !p->is_covered)
			continue;
		p->fixed = fixed(s, p);
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
		for (u32 k = 0; k < p->operands; k++)
			p->operand[k] = p->operand[k] == v ? after : p->operand[k];
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
	struct pending p = { .marker = marker, .r = LLVMGetOperand(marker, 0), .operands = LLVMGetNumArgOperands(marker) - 1,
		.is_seen = is_seen(s, marker) };
	for (u32 k = 0; k < p.operands; k++)
		p.operand[k] = LLVMGetOperand(marker, 1 + k);
	s->pending[s->count++] = p;
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

void nan_settle(struct program *p, LLVMModuleRef m)
{
	struct builder b;

	builder_init(&b, p, m);
	for (value_t f = LLVMGetFirstFunction(m); f; f = LLVMGetNextFunction(f))
		for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(f), next; block; block = next) {
			next = LLVMGetNextBasicBlock(block);
			settle_block(&b, block);
		}
	LLVMDisposeBuilder(b.ir);
}
