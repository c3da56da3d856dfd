/* SPDX-License-Identifier: MIT */
/*
 * Functions: each guest function becomes one with its own convention, one
 * with the uniform convention of the table, and, where control may come back
 * by another way than a return (reentry.c), a body entered in the middle.
 */
#include "lifter/build.h"

#include <stdlib.h>
#include <string.h>

#include "lifter/unwind.h"
#include "runtime/cpu/cpu.h"

static void build_block(struct builder *b, const struct block *block)
{
	values_begin(b, block);
	for (u32 i = block->first; i < block->end; i++) {
		const struct a64_insn *in = program_insn(b->program, i);
		if (!in || (i == block->end - 1 && in->flow != A64_NEXT && !block_stamps_end(b->f, block)))
			break;
		b->insn_index = i;
		stamp(b, in);
	}
	build_end(b);
}

/* A body of what control reaches from these blocks. */
static void begin_function(struct builder *b, struct function *f, value_t llvm, bool is_reentry, struct bitset *entries)
{
	blocks_add_reached(f, entries);
	b->f = f;
	b->is_reentry = is_reentry;
	b->llvm = llvm;
	b->entry_sp = b->entry_lr = NULL;
	b->switches.count = 0;
	memset(b->slot_w, 0, sizeof b->slot_w);
	memset(b->slot_x, 0, sizeof b->slot_x);
	memset(b->slot_s, 0, sizeof b->slot_s);
	memset(b->slot_d, 0, sizeof b->slot_d);
	memset(b->slot_v, 0, sizeof b->slot_v);
	memset(b->slot_f, 0, sizeof b->slot_f);
	b->prologue = LLVMAppendBasicBlockInContext(b->context, llvm, "entry");
	b->blocks = xcalloc(f->blocks.count, sizeof *b->blocks);
	for (u32 i = 0; i < f->blocks.count; i++)
		b->blocks[i] = bitset_has(entries, i) ? LLVMAppendBasicBlockInContext(b->context, llvm, "") : NULL;
	LLVMPositionBuilderAtEnd(b->ir, b->prologue);
}

static void build_blocks(struct builder *b)
{
	for (u32 i = 0; i < b->f->blocks.count; i++) {
		if (!b->blocks[i])
			continue;
		LLVMPositionBuilderAtEnd(b->ir, b->blocks[i]);
		build_block(b, &b->f->blocks.at[i]);
	}
	free(b->blocks);
}

static void set_param(struct builder *b, u32 reg, value_t v)
{
	struct regset p = b->f->params;

	if (reg == REG_SP)
		b->entry_sp = v;
	if (reg == REG_LR)
		b->entry_lr = v;
	if (reg < 32) {
		if (rs_high_x(p, reg))
			set_value_x(b, reg, v);
		else
			set_value_w(b, reg, v);
	} else if (rs_high_v(p, reg - 32)) {
		set_value_v(b, reg - 32, v);
	} else {
		set_value_d(b, reg - 32, v);
	}
}

static void build_body(struct builder *b, struct function *f)
{
	static const struct block nowhere;
	struct bitset entry = bitset_new(f->blocks.count);
	u32 regs[64], n = function_params(f, regs);

	bitset_add(&entry, 0);
	begin_function(b, f, f->llvm, false, &entry);
	free(entry.words);
	values_begin(b, &nowhere);
	for (u32 i = 0; i < n; i++)
		set_param(b, regs[i], LLVMGetParam(f->llvm, i));
	if (!b->entry_lr && f->needs_return_address)
		b->entry_lr = cpu_load(b, b->t.i64, offsetof(struct cpu, x) + 8 * REG_LR);
	reload(b, rs_and(rs_whole(f->memory_params), block_carry(f, &f->blocks.at[0])));
	values_to_edge(b, &f->blocks.at[0]);
	LLVMBuildBr(b->ir, b->blocks[0]);
	build_blocks(b);
}

/* --- the table's convention --- */

static value_t table_param(value_t llvm, u32 reg)
{
	return reg == REG_SP ? LLVMGetParam(llvm, 0) : reg < 4 ? LLVMGetParam(llvm, 1 + reg) : NULL;
}

static value_t from_cpu(struct builder *b, struct regset set, u32 reg)
{
	u32 offset = reg < 32 ? offsetof(struct cpu, x) + 8 * reg : offsetof(struct cpu, v) + 16 * (reg - 32);

	return cpu_load(b, register_type(b, set, reg), offset);
}

/* Half a register stays half a one: whoever wants the other half knows that the function
 * leaves it alone, and it may be struct cpu that has it, from the interpreter. */
static void to_cpu(struct builder *b, struct regset set, u32 reg, value_t v)
{
	u32 offset = reg < 32 ? offsetof(struct cpu, x) + 8 * reg : offsetof(struct cpu, v) + 16 * (reg - 32);

	if (reg >= 32 && rs_upper_only(set) >> (reg - 32) & 1)
		cpu_store(b, offset + 8, upper_half(b, v));
	else
		cpu_store(b, offset, v);
}

/* Whoever calls through the table takes SP to be kept (runtime/cpu/lifted.c): what changes
 * it is interpreted there. */
static bool is_in_table(const struct function *f) { return f->never_returns || f->sp_is_kept; }

/* SP as it came; or as struct cpu has it, as all else then. */
static void leave_sp(struct builder *b, value_t llvm)
{
	u32 at = offsetof(struct cpu, x) + 8 * REG_SP;
	value_t elsewhere = goes_on_elsewhere(b), sp = cpu_load(b, b->t.i64, at);

	cpu_store(b, at, LLVMBuildSelect(b->ir, elsewhere, sp, LLVMGetParam(llvm, 0), ""));
}

static void build_indirect(struct builder *b, struct function *f)
{
	value_t llvm = f->llvm_indirect, params[64], x0 = LLVMGetParam(llvm, 1);
	u32 regs[64], n = function_params(f, regs);

	LLVMPositionBuilderAtEnd(b->ir, LLVMAppendBasicBlockInContext(b->context, llvm, "entry"));
	for (u32 i = 0; i < n; i++) {
		value_t v = table_param(llvm, regs[i]);
		if (v && LLVMTypeOf(v) != register_type(b, f->params, regs[i]))
			v = LLVMBuildTrunc(b->ir, v, b->t.i32, "");
		params[i] = v ? v : from_cpu(b, f->params, regs[i]);
	}
	if (f->never_returns)
		hide_caller(b);
	value_t r = call_function(b, f, params);
	if (f->never_returns) {
		LLVMBuildUnreachable(b->ir);
		return;
	}
	n = function_results(f, regs);
	for (u32 i = 0; i < n; i++) {
		value_t v = call_result(b, r, i, n);
		if (regs[i] == 0)
			x0 = LLVMBuildIntCast2(b->ir, v, b->t.i64, false, "");
		else
			to_cpu(b, f->results, regs[i], v);
	}
	if (b->program->table_leaves_sp)
		leave_sp(b, llvm);
	LLVMBuildRet(b->ir, x0);
}

/* --- re-entry --- */

/* All that the block wants, from struct cpu. */
static void enter_block(struct builder *b, u32 index)
{
	static const struct block nowhere;
	const struct block *to = &b->f->blocks.at[index];

	values_begin(b, &nowhere);
	reload(b, rs_whole(block_carry(b->f, to)));
	values_to_edge(b, to);
	LLVMBuildBr(b->ir, b->blocks[index]);
}

/* Lifted code that jumps to an address in the middle of a function has it from the table as well: what is there does
 * not return as a function does, so the dispatcher does it. */
static void leave_to_dispatcher(struct builder *b, value_t pc)
{
	u32 at = offsetof(struct cpu, entered);
	LLVMBasicBlockRef jumped = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
	LLVMBasicBlockRef entered = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
	value_t args[5];

	LLVMBuildCondBr(b->ir, LLVMBuildICmp(b->ir, LLVMIntEQ, cpu_load(b, b->t.i64, at), pc, ""), entered, jumped);
	LLVMPositionBuilderAtEnd(b->ir, jumped);
	for (u32 i = 0; i < 5; i++)
		args[i] = LLVMGetParam(b->llvm, i);
	LLVMBuildRet(b->ir, runtime_call(b, "cpu_miss", b->t.i64, 5, args));
	LLVMPositionBuilderAtEnd(b->ir, entered);
	cpu_store(b, at, const_i64(b, 0));
}

static void build_reentry(struct builder *b, struct function *f)
{
	struct bitset entries = bitset_new(f->blocks.count);

	for (u32 i = 0; i < f->reentries.count; i++)
		bitset_add(&entries, f->reentries.at[i]);
	begin_function(b, f, f->llvm_reentry, true, &entries);
	free(entries.words);
	LLVMBasicBlockRef nowhere = LLVMAppendBasicBlockInContext(b->context, f->llvm_reentry, "");
	value_t pc = cpu_load(b, b->t.i64, offsetof(struct cpu, pc));
	leave_to_dispatcher(b, pc);
	value_t sw = LLVMBuildSwitch(b->ir, LLVMBuildTrunc(b->ir, pc, b->t.i32, ""), nowhere, f->reentries.count);
	LLVMPositionBuilderAtEnd(b->ir, nowhere);
	LLVMBuildUnreachable(b->ir);
	for (u32 i = 0; i < f->reentries.count; i++) {
		u32 block = f->reentries.at[i], first = f->blocks.at[block].first;
		LLVMBasicBlockRef bb = LLVMAppendBasicBlockInContext(b->context, f->llvm_reentry, "");
		LLVMAddCase(sw, const_i32(b, insn_va(b->program, first)), bb);
		LLVMPositionBuilderAtEnd(b->ir, bb);
		enter_block(b, block);
	}
	build_blocks(b);
}

/* --- the program --- */

static value_t declare(struct builder *b, const char *prefix, u64 va, LLVMTypeRef type, LLVMLinkage linkage)
{
	char *name = xasprintf("%s_%llx", prefix, (unsigned long long)va);
	value_t f = LLVMAddFunction(b->module, name, type);

	LLVMSetLinkage(f, linkage);
	add_attribute(b, f, "nounwind");
	/* A guest that stores to address 0 must not lose what follows to undefined behaviour. */
	add_attribute(b, f, "null_pointer_is_valid");
	free(name);
	return f;
}

static void set_types(struct builder *b)
{
	LLVMContextRef c = b->context;
	struct types *t = &b->t;

	*t = (struct types){ LLVMInt1TypeInContext(c), LLVMInt8TypeInContext(c), LLVMInt16TypeInContext(c), LLVMInt32TypeInContext(c),
		LLVMInt64TypeInContext(c), LLVMFloatTypeInContext(c), LLVMDoubleTypeInContext(c), NULL, LLVMPointerTypeInContext(c, 0),
		LLVMVoidTypeInContext(c), NULL };
	t->v128 = LLVMVectorType(t->i8, 16);
	LLVMTypeRef five[] = { t->i64, t->i64, t->i64, t->i64, t->i64 };
	t->indirect = LLVMFunctionType(t->i64, five, 5, false);
}

void builder_init(struct builder *b, struct program *p, LLVMModuleRef module)
{
	LLVMContextRef context = LLVMGetModuleContext(module);

	*b = (struct builder){ .program = p, .context = context, .module = module, .ir = LLVMCreateBuilderInContext(context) };
	set_types(b);
}

static bool is_here(enum role role) { return role >= ROLE_COPIED; }
static bool is_own(enum role role) { return role >= ROLE_OWN; }

static LLVMLinkage linkage(enum role role) { return role == ROLE_COPIED ? LLVMAvailableExternallyLinkage : LLVMExternalLinkage; }

static void declare_in_own_convention(struct builder *b, struct function *f, enum role role)
{
	f->llvm = declare(b, "f", f->va, function_type(b, f), role == ROLE_OWN ? LLVMInternalLinkage : linkage(role));
	if (role != ROLE_OWN)                   /* the linker knows it, and nobody else */
		LLVMSetVisibility(f->llvm, LLVMHiddenVisibility);
	if (!is_inlined(f))
		add_attribute(b, f->llvm, "noinline");
	if (is_own(role) && is_in_table(f))
		f->llvm_indirect = declare(b, "i", f->va, b->t.indirect, LLVMExternalLinkage);
}

static void declare_function(struct builder *b, struct function *f, enum role role)
{
	if (is_own(role) && f->reentries.count)
		f->llvm_reentry = declare(b, "r", f->va, b->t.indirect, LLVMExternalLinkage);
	if (f->has_indirect_tail)               /* its own convention is that of the table */
		f->llvm = declare(b, "i", f->va, b->t.indirect, linkage(role));
	else
		declare_in_own_convention(b, f, role);
	if (!is_here(role))
		unwind_note(f->llvm);
}

static void build_function(struct builder *b, struct function *f)
{
	build_body(b, f);
	if (f->llvm_indirect)
		build_indirect(b, f);
	if (f->llvm_reentry)
		build_reentry(b, f);
}

void build_part(struct program *p, const struct parts *parts, u32 part, LLVMModuleRef module, const struct build_options *options)
{
	struct builder *b = xcalloc(1, sizeof *b);

	builder_init(b, p, module);
	b->options = options;
	for (u32 i = 0; i < p->functions.count; i++)
		if (parts_role(parts, part, i) != ROLE_ABSENT)
			declare_function(b, &p->functions.at[i], parts_role(parts, part, i));
	for (u32 i = 0; i < p->functions.count; i++)
		if (is_here(parts_role(parts, part, i)))
			build_function(b, &p->functions.at[i]);
	LLVMDisposeBuilder(b->ir);
	list_free(&b->switches);
	free(b);
}
