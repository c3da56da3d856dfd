/* SPDX-License-Identifier: MIT */
/*
 * Stamping: the blocks of an instruction's template cloned into the function,
 * with operands as constants and accessors replaced.
 */
#include "lifter/build.h"

#include <stdlib.h>

struct stamper {
	struct builder *b;
	const struct tmpl *t;
	const struct a64_insn *insn;
	value_t values[TMPL_MAX_NODES];     /* by node */
	LLVMBasicBlockRef blocks[64], ends[64];   /* by template block; accessors may have split it */
	LLVMBasicBlockRef done;
};

static value_t clone(struct stamper *s, const struct node *n)
{
	value_t v = LLVMInstructionClone(n->value);

	for (u32 k = 0; k < n->nargs; k++)
		LLVMSetOperand(v, k, s->values[s->t->args.at[n->args + k]]);
	LLVMInsertIntoBuilder(s->b->ir, v);
	return v;
}

static value_t constant(struct stamper *s, const struct node *n)
{
	return LLVMConstInt(LLVMIntTypeInContext(s->b->context, n->bits), n->imm, false);
}

static u32 index_of(struct stamper *s, LLVMBasicBlockRef template_block)
{
	LLVMBasicBlockRef bb = LLVMGetFirstBasicBlock(s->t->function);
	u32 i = 0;

	for (; bb != template_block; bb = LLVMGetNextBasicBlock(bb))
		i++;
	return i;
}

static LLVMBasicBlockRef successor(struct stamper *s, value_t inst, u32 k)
{
	return s->blocks[index_of(s, LLVMGetSuccessor(inst, k))];
}

static value_t node_value(struct stamper *s, value_t v)
{
	for (u32 i = 0; i < s->t->nodes.count; i++)
		if (s->t->nodes.at[i].value == v)
			return s->values[i];
	return v;                                       /* a constant */
}

static void terminator(struct stamper *s, value_t inst)
{
	LLVMBuilderRef ir = s->b->ir;

	switch (LLVMGetInstructionOpcode(inst)) {
	case LLVMRet:
		if (s->done)
			LLVMBuildBr(ir, s->done);
		break;
	case LLVMBr:
		if (LLVMIsConditional(inst))
			LLVMBuildCondBr(ir, node_value(s, LLVMGetCondition(inst)), successor(s, inst, 0),
					successor(s, inst, 1));
		else
			LLVMBuildBr(ir, successor(s, inst, 0));
		break;
	case LLVMSwitch: {
		u32 n = LLVMGetNumSuccessors(inst);
		value_t sw = LLVMBuildSwitch(ir, node_value(s, LLVMGetOperand(inst, 0)), successor(s, inst, 0), n);
		for (u32 k = 1; k < n; k++)
			LLVMAddCase(sw, LLVMGetSwitchCaseValue(inst, k), successor(s, inst, k));
		break;
	}
	default:
		LLVMBuildUnreachable(ir);
		break;
	}
}

static void stamp_node(struct stamper *s, u32 i)
{
	const struct node *n = &s->t->nodes.at[i];

	switch (n->kind) {
	case NODE_CPU: break;
	case NODE_OPERAND: s->values[i] = const_i64(s->b, s->insn->op[n->imm]); break;
	case NODE_CONST: s->values[i] = constant(s, n); break;
	case NODE_VALUE: s->values[i] = n->value; break;
	case NODE_HOLE: s->values[i] = hole_value(s->b, s->t, n, s->insn, s->values); break;
	default:
		if (LLVMIsATerminatorInst(n->value))
			terminator(s, n->value);
		else if (LLVMIsAPHINode(n->value))
			s->values[i] = LLVMBuildPhi(s->b->ir, LLVMTypeOf(n->value), "");
		else
			s->values[i] = clone(s, n);
	}
}

static void finish_phis(struct stamper *s)
{
	for (u32 i = 0; i < s->t->nodes.count; i++) {
		value_t v = s->t->nodes.at[i].value;
		if (s->t->nodes.at[i].kind != NODE_OTHER || !LLVMIsAPHINode(v))
			continue;
		for (u32 k = 0; k < LLVMCountIncoming(v); k++) {
			value_t in = node_value(s, LLVMGetIncomingValue(v, k));
			LLVMBasicBlockRef from = s->ends[index_of(s, LLVMGetIncomingBlock(v, k))];
			LLVMAddIncoming(s->values[i], &in, &from, 1);
		}
	}
}

/* A template with branches: its registers live in allocas meanwhile. */
static void stamp_branching(struct stamper *s)
{
	struct builder *b = s->b;
	struct effects e = tmpl_effects(s->insn);
	struct regset used = rs_or(e.read, e.write);
	LLVMBasicBlockRef current = LLVMGetInsertBlock(b->ir);

	used.f = 0;
	if (s->t->nblocks > 64 || e.write.f)
		diag_fatal("the template of %s is too complicated", a64_descs[s->insn->id].name);
	values_spill(b, used);
	for (u32 f = 0; f < FLAG_COUNT; f++)
		if (e.read.f >> f & 1)
			flag_value(b, f);
	b->in_memory = true;
	s->blocks[0] = current;
	for (u32 i = 1; i < s->t->nblocks; i++)
		s->blocks[i] = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
	s->done = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
	for (u32 i = 0, block = 0; i < s->t->nodes.count; i++) {
		const struct node *n = &s->t->nodes.at[i];
		if (n->kind >= NODE_HOLE && n->block != block) {
			block = n->block;
			LLVMPositionBuilderAtEnd(b->ir, s->blocks[block]);
		}
		stamp_node(s, i);
		if (n->kind >= NODE_HOLE)
			s->ends[block] = LLVMGetInsertBlock(b->ir);
	}
	finish_phis(s);
	LLVMPositionBuilderAtEnd(b->ir, s->done);
	b->in_memory = false;
	values_unspill(b, used);
}

void stamp(struct builder *b, const struct a64_insn *insn)
{
	static struct stamper s;

	s.b = b;
	s.insn = insn;
	s.t = tmpl_get(insn->id);
	s.done = NULL;
	if (s.t->nblocks > 1) {
		stamp_branching(&s);
		return;
	}
	for (u32 i = 0; i < s.t->nodes.count; i++)
		stamp_node(&s, i);
}
