/* SPDX-License-Identifier: MIT */
/* Taking templates apart: see tmpl.h. */
#include "lifter/tmpl.h"

#include <assert.h>
#include <llvm-c/BitReader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLE_NAME(result, name, params) #name,
const char *const hole_names[HOLE_COUNT] = { A64_HOLES(HOLE_NAME) };
#undef HOLE_NAME

static LLVMModuleRef module;
static struct tmpl **templates;
static u32 ntemplates;

LLVMModuleRef tmpl_load(LLVMContextRef context, const char *path)
{
	LLVMMemoryBufferRef buffer;
	char *message;

	if (LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &message))
		diag_fatal("%s: %s; the installation is incomplete", path, message);
	if (LLVMParseBitcodeInContext2(context, buffer, &module))
		diag_fatal("%s: not bitcode of this LLVM; the installation is incomplete", path);
	LLVMDisposeMemoryBuffer(buffer);
	ntemplates = a64_count;
	templates = xcalloc(ntemplates, sizeof *templates);
	return module;
}

void tmpl_drop(LLVMModuleRef m)
{
	char name[16];

	for (u32 id = 0; id < ntemplates; id++) {
		snprintf(name, sizeof name, "t_%u", id);
		LLVMValueRef f = LLVMGetNamedFunction(m, name);
		if (f)
			LLVMDeleteFunction(f);
	}
	for (int h = 0; h < HOLE_COUNT; h++) {
		LLVMValueRef f = LLVMGetNamedFunction(m, hole_names[h]);
		if (f && !LLVMGetFirstUse(f))
			LLVMDeleteFunction(f);
	}
}

static u32 hole_of(LLVMValueRef callee)
{
	static struct { LLVMValueRef f; u32 hole; } cache[256];
	size_t length;

	u32 slot = ((uintptr_t)callee >> 5) % 256;
	if (cache[slot].f == callee)
		return cache[slot].hole;
	const char *name = LLVMGetValueName2(callee, &length);
	u32 h = 0;
	while (h < HOLE_COUNT && strcmp(hole_names[h], name))
		h++;
	cache[slot].f = callee;
	cache[slot].hole = h;
	return h;
}

static u32 int_bits(LLVMValueRef v)
{
	LLVMTypeRef type = LLVMTypeOf(v);

	return LLVMGetTypeKind(type) == LLVMIntegerTypeKind ? LLVMGetIntTypeWidth(type) : 0;
}

static u8 kind_of(LLVMOpcode op)
{
	switch (op) {
	case LLVMAdd: return NODE_ADD;
	case LLVMSub: return NODE_SUB;
	case LLVMShl: return NODE_SHL;
	case LLVMLShr: return NODE_LSHR;
	case LLVMAShr: return NODE_ASHR;
	case LLVMAnd: return NODE_AND;
	case LLVMOr: return NODE_OR;
	case LLVMXor: return NODE_XOR;
	case LLVMTrunc: return NODE_TRUNC;
	case LLVMZExt: return NODE_ZEXT;
	case LLVMSExt: return NODE_SEXT;
	default: return NODE_OTHER;
	}
}

/* The node of a value used by an instruction: constants get theirs here. */
static u16 node_of(struct tmpl *t, LLVMValueRef v)
{
	for (u32 i = t->nodes.count; i-- > 0;)
		if (t->nodes.at[i].value == v)
			return i;
	struct node n = { .kind = NODE_VALUE, .value = v, .bits = int_bits(v) };
	if (LLVMIsAConstantInt(v) && n.bits <= 64) {
		n.kind = NODE_CONST;
		n.imm = LLVMConstIntGetZExtValue(v);
	}
	list_push(&t->nodes, n);
	return t->nodes.count - 1;
}

static void add_instruction(struct tmpl *t, LLVMValueRef inst, u32 block)
{
	LLVMOpcode op = LLVMGetInstructionOpcode(inst);
	u16 args[64];
	struct node n = { .kind = kind_of(op), .bits = int_bits(inst), .value = inst, .block = block, .conditional = block != 0 };
	u32 count = LLVMGetNumOperands(inst), first = 0;

	if (op == LLVMCall) {
		u32 h = hole_of(LLVMGetCalledValue(inst));
		if (h < HOLE_COUNT) {
			n.kind = NODE_HOLE;
			n.hole = h;
			first = 1;
		}
		count = LLVMGetNumArgOperands(inst);
	} else if (op == LLVMBr || op == LLVMSwitch || op == LLVMRet || op == LLVMPHI) {
		count = 0;         /* the stamper looks at these itself */
	}
	assert(count < 64);
	for (u32 i = first; i < count; i++)
		args[n.nargs++] = node_of(t, LLVMGetOperand(inst, i));
	n.args = t->args.count;
	for (u32 i = 0; i < n.nargs; i++)
		list_push(&t->args, args[i]);
	list_push(&t->nodes, n);
}

/* Are the upper 32 bits of this value never looked at? */
static bool only_low_word_used(LLVMValueRef v)
{
	LLVMUseRef use = LLVMGetFirstUse(v);

	if (!use)
		return false;
	for (; use; use = LLVMGetNextUse(use)) {
		LLVMValueRef user = LLVMGetUser(use);
		LLVMOpcode op = LLVMGetInstructionOpcode(user);
		if (op == LLVMTrunc && LLVMGetIntTypeWidth(LLVMTypeOf(user)) <= 32)
			continue;
		LLVMValueRef mask = op == LLVMAnd ? LLVMGetOperand(user, 1) : NULL;
		if (mask && LLVMIsAConstantInt(mask) && LLVMConstIntGetZExtValue(mask) <= 0xffffffff)
			continue;
		return false;
	}
	return true;
}

static void mark_narrow(struct tmpl *t)
{
	for (u32 i = 0; i < t->nodes.count; i++) {
		struct node *n = &t->nodes.at[i];
		if (n->kind != NODE_HOLE)
			continue;
		if (n->hole == HOLE_get_x)
			n->narrow = only_low_word_used(n->value);
		if (n->hole == HOLE_set_x) {
			const struct node *v = tmpl_arg(t, n, 1);
			n->narrow = (v->kind == NODE_ZEXT && tmpl_arg(t, v, 0)->bits <= 32) || (v->kind == NODE_CONST && v->imm <= 0xffffffff);
		}
	}
}

static struct tmpl *make(u32 id)
{
	struct tmpl *t = xcalloc(1, sizeof *t);
	char name[16];

	snprintf(name, sizeof name, "t_%u", id);
	t->function = LLVMGetNamedFunction(module, name);
	if (!t->function)
		diag_fatal("the templates lack %s (%s); the installation is incomplete", name, a64_descs[id].name);
	u32 nparams = LLVMCountParams(t->function);
	for (u32 i = 0; i < nparams; i++) {
		LLVMValueRef p = LLVMGetParam(t->function, i);
		list_push(&t->nodes, (struct node){ .kind = i ? NODE_OPERAND : NODE_CPU, .imm = i - 1, .value = p, .bits = i ? 64 : 0 });
	}
	for (LLVMBasicBlockRef bb = LLVMGetFirstBasicBlock(t->function); bb; bb = LLVMGetNextBasicBlock(bb), t->nblocks++)
		for (LLVMValueRef inst = LLVMGetFirstInstruction(bb); inst; inst = LLVMGetNextInstruction(inst))
			add_instruction(t, inst, t->nblocks);
	if (t->nodes.count > TMPL_MAX_NODES)
		diag_fatal("the template of %s is too large", a64_descs[id].name);
	mark_narrow(t);
	return t;
}

const struct tmpl *tmpl_get(u32 id)
{
	if (!templates[id])
		templates[id] = make(id);
	return templates[id];
}

u64 tmpl_number(const struct tmpl *t, const struct node *n, const struct a64_insn *insn)
{
	while (n->kind == NODE_TRUNC || n->kind == NODE_ZEXT)
		n = tmpl_arg(t, n, 0);
	if (n->kind == NODE_CONST)
		return n->imm;
	if (n->kind != NODE_OPERAND)
		diag_fatal("template %s computes a register number or a constant; the table is wrong", a64_descs[insn->id].name);
	return insn->op[n->imm];
}

static struct regset x_part(u64 r, bool low_only)
{
	if (r > REG_SP)
		return RS_EMPTY;
	return (struct regset){ .x = low_only ? 1ull << r : 1ull << r | 1ull << (r + 32) };
}

static struct regset v_part(u64 r, bool low_only)
{
	return (struct regset){ .v = low_only ? 1ull << r : 1ull << r | 1ull << (r + 32) };
}

static u32 cond_flags(u32 cond)
{
	return cond >> 1 < FLAG_COUNT ? 1u << (cond >> 1) : 0;
}

static void hole_effects(const struct tmpl *t, const struct node *n, const struct a64_insn *insn, struct effects *e)
{
	const u32 all_flags = (1u << FLAG_COUNT) - 1;
	const u32 nzcv = 1 << FLAG_MI | 1 << FLAG_EQ | 1 << FLAG_CS | 1 << FLAG_VS;
	struct effects one = { 0 };

	switch ((enum hole)n->hole) {
	case HOLE_get_x: case HOLE_get_w:
		one.read = x_part(tmpl_number(t, tmpl_arg(t, n, 0), insn), n->hole == HOLE_get_w || n->narrow);
		break;
	case HOLE_set_x: case HOLE_set_w:
		one.write = x_part(tmpl_number(t, tmpl_arg(t, n, 0), insn), false);
		break;
	case HOLE_get_v:
		one.read = v_part(tmpl_number(t, tmpl_arg(t, n, 0), insn), false);
		break;
	case HOLE_get_d: case HOLE_get_s: case HOLE_get_u64v: case HOLE_get_u32v:
		one.read = v_part(tmpl_number(t, tmpl_arg(t, n, 0), insn), true);
		break;
	case HOLE_set_v: case HOLE_set_d: case HOLE_set_s: case HOLE_set_u64v: case HOLE_set_u32v:
		one.write = v_part(tmpl_number(t, tmpl_arg(t, n, 0), insn), false);
		break;
	case HOLE_get_cond:
		one.read.f = cond_flags(tmpl_number(t, tmpl_arg(t, n, 0), insn));
		break;
	case HOLE_get_carry:
		one.read.f = 1 << FLAG_CS;
		break;
	case HOLE_get_nzcv:
		one.read.f = nzcv;
		break;
	case HOLE_set_nzcv: case HOLE_set_flags_add: case HOLE_set_flags_sub: case HOLE_set_flags_adc: case HOLE_set_flags_logic:
	case HOLE_set_flags_ccmp: case HOLE_set_flags_ccmn: case HOLE_set_flags_fcmp64: case HOLE_set_flags_fcmp32:
	case HOLE_set_flags_fccmp64: case HOLE_set_flags_fccmp32:
		one.write.f = all_flags;
		break;
	case HOLE_supervisor_call:
		one.read = rs_xs(0x13f);                /* x0..x5, x8 */
		one.write = rs_x(0);
		break;
	default:
		break;
	}
	if (n->conditional)
		one.read = rs_or(one.read, one.write);
	e->read = rs_or(e->read, rs_minus(one.read, e->write));
	e->write = rs_or(e->write, one.write);
}

struct effects tmpl_effects(const struct a64_insn *insn)
{
	const struct tmpl *t = tmpl_get(insn->id);
	struct effects e = { 0 };

	for (u32 i = 0; i < t->nodes.count; i++)
		if (t->nodes.at[i].kind == NODE_HOLE)
			hole_effects(t, &t->nodes.at[i], insn, &e);
	return e;
}

struct tmpl_writes tmpl_writes(const struct a64_insn *insn)
{
	const struct tmpl *t = tmpl_get(insn->id);
	struct tmpl_writes w = { 0 };

	for (u32 i = 0; i < t->nodes.count; i++) {
		const struct node *n = &t->nodes.at[i];
		if (n->kind != NODE_HOLE)
			continue;
		if (n->hole == HOLE_supervisor_call)
			w.x |= 1;
		if (n->hole < HOLE_set_x || n->hole > HOLE_set_u32v)
			continue;
		u64 r = tmpl_number(t, tmpl_arg(t, n, 0), insn);
		u32 bit = r < 32 ? 1u << r : 0;
		bool scalar = !n->conditional;
		switch (n->hole) {
		case HOLE_set_x: case HOLE_set_w:
			w.x |= bit;
			w.w = (w.w & ~bit) | (scalar && (n->narrow || n->hole == HOLE_set_w) ? bit : 0);
			break;
		case HOLE_set_v: case HOLE_set_d: case HOLE_set_u64v: case HOLE_set_s: case HOLE_set_u32v:
			w.v |= bit;
			w.s = (w.s & ~bit) | (scalar && (n->hole == HOLE_set_s || n->hole == HOLE_set_u32v) ? bit : 0);
			w.d = (w.d & ~bit) | (scalar && (n->hole == HOLE_set_d || n->hole == HOLE_set_u64v) ? bit : 0);
			break;
		}
	}
	return w;
}

bool tmpl_constant(const struct tmpl *t, const struct node *n, const struct a64_insn *insn, u64 *value)
{
	u64 a, b;

	switch (n->kind) {
	case NODE_CONST:
		*value = n->imm;
		return true;
	case NODE_OPERAND:
		*value = insn->op[n->imm];
		return true;
	case NODE_ADD: case NODE_SUB: case NODE_TRUNC: case NODE_ZEXT:
		if (!tmpl_constant(t, tmpl_arg(t, n, 0), insn, &a))
			return false;
		if (n->kind == NODE_TRUNC || n->kind == NODE_ZEXT) {
			*value = n->bits >= 64 ? a : a & ((1ull << n->bits) - 1);
			return true;
		}
		if (!tmpl_constant(t, tmpl_arg(t, n, 1), insn, &b))
			return false;
		*value = n->kind == NODE_ADD ? a + b : a - b;
		if (n->bits < 64)
			*value &= (1ull << n->bits) - 1;
		return true;
	}
	return false;
}
