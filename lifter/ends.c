/* SPDX-License-Identifier: MIT */
/*
 * How blocks end: jumps, calls, returns, system calls, and leaving for the
 * interpreter.  The convention between functions is in summary.c, that of
 * the table (uniform signature, rest in struct cpu) in runtime/cpu/dispatch.c.
 */
#include "lifter/build.h"

#include <stdlib.h>

#include "runtime/cpu/cpu.h"

LLVMTypeRef register_type(struct builder *b, struct regset set, u32 reg)
{
	if (reg < 32)
		return rs_high_x(set, reg) ? b->t.i64 : b->t.i32;
	return rs_high_v(set, reg - 32) ? b->t.v128 : b->t.f64;
}

static u32 registers_in(struct regset set, u32 regs[64])
{
	u32 n = 0;

	if (rs_has_x(set, REG_SP))
		regs[n++] = REG_SP;
	for (u32 r = 0; r < REG_SP; r++)
		if (rs_has_x(set, r))
			regs[n++] = r;
	for (u32 r = 0; r < 32; r++)
		if (rs_has_v(set, r))
			regs[n++] = 32 + r;
	return n;
}

u32 function_params(const struct function *f, u32 regs[64]) { return registers_in(f->params, regs); }
u32 function_results(const struct function *f, u32 regs[64]) { return registers_in(f->results, regs); }

static LLVMTypeRef result_type(struct builder *b, const struct function *f)
{
	LLVMTypeRef types[64];
	u32 regs[64], n = function_results(f, regs);

	for (u32 i = 0; i < n; i++)
		types[i] = register_type(b, f->results, regs[i]);
	return n == 0 ? b->t.nothing : n == 1 ? types[0] : LLVMStructTypeInContext(b->context, types, n, false);
}

LLVMTypeRef function_type(struct builder *b, const struct function *f)
{
	LLVMTypeRef types[64];
	u32 regs[64], n = function_params(f, regs);

	for (u32 i = 0; i < n; i++)
		types[i] = register_type(b, f->params, regs[i]);
	return LLVMFunctionType(result_type(b, f), types, n, false);
}

/* The value of a register in the type it has in `set`. */
static value_t typed_value(struct builder *b, struct regset set, u32 reg)
{
	if (reg < 32)
		return rs_high_x(set, reg) ? value_x(b, reg) : value_w(b, reg);
	return rs_high_v(set, reg - 32) ? value_v(b, reg - 32) : value_d(b, reg - 32);
}

static void set_typed(struct builder *b, struct regset set, u32 reg, value_t v)
{
	if (reg < 32) {
		if (rs_high_x(set, reg))
			set_value_x(b, reg, v);
		else
			set_value_w(b, reg, v);
	} else if (rs_upper_only(set) >> (reg - 32) & 1) {
		set_upper_half(b, reg - 32, upper_half(b, v));
	} else if (rs_high_v(set, reg - 32)) {
		set_value_v(b, reg - 32, v);
	} else {
		set_value_d(b, reg - 32, v);
	}
}

static void edge(struct builder *b, u32 to)
{
	values_to_edge(b, &b->f->blocks.at[to]);
}

/* What the block's end needs to find in struct cpu. */
static void flush_for(struct builder *b, const struct end_effects *e)
{
	struct regset set = e->weak;

	if (e->captures)
		set = rs_or(set, rs_minus(b->block->live_out, e->clobbers));
	flush(b, set);
}

static void after_call(struct builder *b, const struct end_effects *e)
{
	if (e->clobbers.f) {
		for (u32 k = 0; k < FLAG_COUNT; k++)
			b->now.flag[k] = NULL;
		b->now.flags = (struct pending_flags){ 0 };
	}
	reload(b, rs_and(e->reloads, rs_or(b->block->live_out, b->block->weak_out)));
	b->now.dirty = rs_minus(b->now.dirty, rs_moved(rs_minus(e->clobbers, e->results)));
	b->now.dirty = rs_or(b->now.dirty, rs_x(REG_SP));
}

static void continue_at(struct builder *b, u32 to)
{
	if (to == NONE) {
		LLVMBuildUnreachable(b->ir);
		return;
	}
	edge(b, to);
	LLVMBuildBr(b->ir, b->blocks[to]);
}

/* --- returning --- */

/* From a body entered at a return address: everything to struct cpu. */
static void return_from_reentry(struct builder *b, value_t pc)
{
	flush(b, RS_ALL);
	cpu_store(b, offsetof(struct cpu, resume_pc), pc);
	LLVMBuildRet(b->ir, cpu_load(b, b->t.i64, 0));
}

static void return_values(struct builder *b)
{
	u32 regs[64], n = function_results(b->f, regs);
	value_t values[64];

	for (u32 i = 0; i < n; i++)
		values[i] = typed_value(b, b->f->results, regs[i]);
	if (n == 0)
		LLVMBuildRetVoid(b->ir);
	else if (n == 1)
		LLVMBuildRet(b->ir, values[0]);
	else
		LLVMBuildAggregateRet(b->ir, values, n);
}

/* The wasm stack no longer says where we are: drop it and go on at pc. */
static void unwind_to(struct builder *b, value_t pc)
{
	flush(b, RS_ALL);
	cpu_store(b, offsetof(struct cpu, pc), pc);
	runtime_call(b, "cpu_unwind", b->t.nothing, 0, NULL);
	LLVMBuildUnreachable(b->ir);
}

/* struct cpu has what this function returns. */
static void return_what_cpu_has(struct builder *b)
{
	reload(b, rs_moved(rs_minus(b->f->results, b->f->memory_results)));
	return_values(b);
}

/* The runtime goes on at struct cpu's pc until this function has returned. */
static void finish_elsewhere(struct builder *b, const char *by)
{
	value_t args[] = { b->entry_lr, b->entry_sp };

	runtime_call(b, by, b->t.nothing, 2, args);
	return_what_cpu_has(b);
}

/* Goes on in the interpreter until this function has returned. */
static void leave(struct builder *b, value_t pc)
{
	flush(b, RS_ALL);
	cpu_store(b, offsetof(struct cpu, pc), pc);
	if (b->is_reentry) {                    /* one step: pc may be where this body is entered */
		runtime_call(b, "cpu_step", b->t.nothing, 0, NULL);
		return_from_reentry(b, cpu_load(b, b->t.i64, offsetof(struct cpu, pc)));
		return;
	}
	finish_elsewhere(b, "cpu_leave");
}

/* Jumped to an address that is no label of this function: perhaps another one's entry. */
static void jump_away(struct builder *b, value_t pc)
{
	if (b->is_reentry) {
		return_from_reentry(b, pc);
		return;
	}
	flush(b, RS_ALL);
	cpu_store(b, offsetof(struct cpu, pc), pc);
	finish_elsewhere(b, "cpu_jump");
}

static void end_leave(struct builder *b)
{
	value_t pc = const_i64(b, b->block->target);

	if (b->block->is_open_tail)
		jump_away(b, pc);
	else
		leave(b, pc);
}

/* To a frame further up, perhaps that of who waits in the dispatcher. */
static void return_further_up(struct builder *b)
{
	flush(b, RS_ALL);
	cpu_store(b, offsetof(struct cpu, pc), b->target);
	runtime_call(b, "cpu_return", b->t.nothing, 1, &b->entry_sp);
	return_what_cpu_has(b);
}

static LLVMBasicBlockRef new_block(struct builder *b)
{
	return LLVMAppendBasicBlockInContext(b->context, b->llvm, "");
}

static void end_return(struct builder *b)
{
	struct end_effects e = block_end_effects(b->program, b->f, b->block);

	if (b->is_reentry) {
		return_from_reentry(b, b->target);
		return;
	}
	if (b->block->is_nonlocal) {
		unwind_to(b, b->target);
		return;
	}
	if (!b->block->is_verified_return) {
		value_t here = LLVMBuildICmp(b->ir, LLVMIntEQ, b->target, b->entry_lr, "");
		value_t sp = LLVMBuildICmp(b->ir, LLVMIntEQ, value_x(b, REG_SP), b->entry_sp, "");
		LLVMBasicBlockRef normal = new_block(b), elsewhere = new_block(b);
		LLVMBuildCondBr(b->ir, LLVMBuildAnd(b->ir, here, sp, ""), normal, elsewhere);
		LLVMPositionBuilderAtEnd(b->ir, elsewhere);
		struct values saved = b->now;
		return_further_up(b);
		b->now = saved;
		LLVMPositionBuilderAtEnd(b->ir, normal);
		e.weak = rs_or(b->f->memory_results, function_leaves(b->f));
	}
	flush(b, e.weak);
	return_values(b);
}

/* --- calls --- */

static void set_results(struct builder *b, const struct function *g, value_t r)
{
	u32 regs[64], n = function_results(g, regs);

	for (u32 i = 0; i < n; i++)
		set_typed(b, g->results, regs[i], call_result(b, r, i, n));
}

value_t call_function(struct builder *b, struct function *g, const value_t *params)
{
	u32 regs[64], n = function_params(g, regs);

	return LLVMBuildCall2(b->ir, function_type(b, g), g->llvm, (value_t *)params, n, "");
}

static value_t call_known(struct builder *b, struct function *g, bool is_tail)
{
	value_t params[64];
	u32 regs[64], n = function_params(g, regs);

	for (u32 i = 0; i < n; i++)
		params[i] = is_tail && regs[i] == REG_LR && b->block->lr_is_entry && b->entry_lr ? b->entry_lr : typed_value(b, g->params, regs[i]);
	return call_function(b, g, params);
}

/* (target - text) / 4 + 1 in the table, 0 (cpu_miss) for what is outside. */
static value_t table_index(struct builder *b, value_t target)
{
	const struct image *img = b->program->image;
	LLVMTypeRef i32 = b->t.i32;
	value_t offset = LLVMBuildSub(b->ir, LLVMBuildTrunc(b->ir, target, i32, ""), const_i32(b, img->text_lo), "");
	value_t args[] = { offset, offset, const_i32(b, 30) };
	u32 id = LLVMLookupIntrinsicID("llvm.fshl", 9);
	value_t fshl = LLVMGetIntrinsicDeclaration(b->module, id, &i32, 1);
	value_t word = LLVMBuildCall2(b->ir, LLVMIntrinsicGetType(b->context, id, &i32, 1), fshl, args, 3, "");
	value_t inside = LLVMBuildICmp(b->ir, LLVMIntULT, word, const_i32(b, b->program->ninsns), "");

	/* a call of what LLVM sees to be NULL has no result for it */
	return LLVMBuildSelect(b->ir, inside, LLVMBuildAdd(b->ir, word, const_i32(b, 1), ""), in_local(b, const_i32(b, 0)), "");
}

/* What no function reads that is called through the table may be read by code that is not lifted: cpu_miss() takes it for
 * the register's value, which struct cpu has. */
static value_t argument(struct builder *b, u32 r)
{
	if (rs_has_x(b->program->indirect_reads, r))
		return value_x(b, r);
	return cpu_load(b, b->t.i64, offsetof(struct cpu, x) + 8 * r);
}

static value_t call_through_table(struct builder *b, value_t target)
{
	value_t args[5] = { value_x(b, REG_SP) };

	for (u32 r = 0; r < 4; r++)
		args[r + 1] = argument(b, r);
	cpu_store(b, offsetof(struct cpu, pc), target);
	value_t f = LLVMBuildIntToPtr(b->ir, table_index(b, target), b->t.ptr, "");
	return LLVMBuildCall2(b->ir, b->t.indirect, f, args, 5, "");
}

value_t hide_caller(struct builder *b)
{
	u32 at = offsetof(struct cpu, caller_sp);
	value_t sp = cpu_load(b, b->t.i64, at);

	cpu_store(b, at, const_i64(b, ~0ull));
	return sp;
}

/* With SP above what came, nobody returns to who called us, whatever he looks like to the dispatcher. */
static void hide_caller_below(struct builder *b)
{
	u32 at = offsetof(struct cpu, caller_sp);
	value_t is_above = LLVMBuildICmp(b->ir, LLVMIntUGT, value_x(b, REG_SP), b->entry_sp, "");

	cpu_store(b, at, LLVMBuildSelect(b->ir, is_above, const_i64(b, ~0ull), cpu_load(b, b->t.i64, at), ""));
}

static void show_caller(struct builder *b, value_t sp)
{
	if (sp)
		cpu_store(b, offsetof(struct cpu, caller_sp), sp);
}

static void end_call(struct builder *b)
{
	struct end_effects e = block_end_effects(b->program, b->f, b->block);

	flush_for(b, &e);
	value_t hidden = b->is_reentry || !b->block->has_frame ? hide_caller(b) : NULL;
	if (b->block->kind == END_CALL && b->block->callee != NONE) {
		struct function *g = &b->program->functions.at[b->block->callee];
		value_t r = call_known(b, g, false);
		if (b->block->is_noreturn) {
			LLVMBuildUnreachable(b->ir);
			return;
		}
		show_caller(b, hidden);
		after_call(b, &e);
		set_results(b, g, r);
	} else {
		value_t target = b->block->kind == END_CALL ? const_i64(b, b->block->target) : b->target;
		cpu_store(b, offsetof(struct cpu, x) + 8 * REG_LR, value_x(b, REG_LR));
		value_t r = call_through_table(b, target);
		show_caller(b, hidden);
		after_call(b, &e);
		set_value_x(b, 0, r);
	}
	continue_at(b, b->block->succ[0]);
}

value_t goes_on_elsewhere(struct builder *b)
{
	return LLVMBuildICmp(b->ir, LLVMIntNE, cpu_load(b, b->t.i64, offsetof(struct cpu, resume_pc)), const_i64(b, ~0ull), "");
}

/* g's results as our own, unless it goes on elsewhere. */
static void return_results(struct builder *b, struct function *g, value_t call)
{
	LLVMBasicBlockRef elsewhere = new_block(b), here = new_block(b);

	LLVMBuildCondBr(b->ir, unlikely(b, goes_on_elsewhere(b)), elsewhere, here);
	LLVMPositionBuilderAtEnd(b->ir, elsewhere);
	struct values saved = b->now;
	return_what_cpu_has(b);
	b->now = saved;
	LLVMPositionBuilderAtEnd(b->ir, here);
	set_results(b, g, call);
	reload(b, rs_and(g->memory_results, rs_or(b->f->results, b->f->memory_results)));
	flush(b, b->f->memory_results);
	return_values(b);
}

static bool is_true_jump(const struct function *f, const struct function *g) { return f->has_indirect_tail && g->has_indirect_tail; }

static void return_tail(struct builder *b, struct function *g, value_t call)
{
	bool is_jump = is_true_jump(b->f, g);

	if (!is_jump && (!rs_equal(b->f->results, g->results) || !rs_equal(b->f->memory_results, g->memory_results))) {
		return_results(b, g, call);
		return;
	}
	LLVMSetTailCallKind(call, is_jump ? LLVMTailCallKindMustTail : LLVMTailCallKindTail);
	if (rs_any(rs_and(g->results, (struct regset){ ~0ull, ~0ull, 0 })))
		LLVMBuildRet(b->ir, call);
	else
		LLVMBuildRetVoid(b->ir);
}

/* A jump to a function that shall return elsewhere is the dispatcher's. */
static void jump_unless_ours(struct builder *b)
{
	LLVMBasicBlockRef ours = new_block(b), elsewhere = new_block(b);

	LLVMBuildCondBr(b->ir, LLVMBuildICmp(b->ir, LLVMIntEQ, value_x(b, REG_LR), b->entry_lr, ""), ours, elsewhere);
	LLVMPositionBuilderAtEnd(b->ir, elsewhere);
	struct values saved = b->now;
	jump_away(b, const_i64(b, b->block->target));
	b->now = saved;
	LLVMPositionBuilderAtEnd(b->ir, ours);
}

static void end_tail(struct builder *b)
{
	struct end_effects e = block_end_effects(b->program, b->f, b->block);
	struct function *g = &b->program->functions.at[b->block->callee];

	if (b->is_reentry) {
		return_from_reentry(b, const_i64(b, b->block->target));
		return;
	}
	if (b->block->returns_perhaps)
		jump_unless_ours(b);
	if (b->block->lr_is_entry && b->entry_lr && rs_has_x(e.weak, REG_LR)) {         /* where it was saved there may be nothing */
		cpu_store(b, offsetof(struct cpu, x) + 8 * REG_LR, b->entry_lr);
		e.weak = rs_minus(e.weak, rs_x(REG_LR));
	}
	flush(b, e.weak);
	if (is_true_jump(b->f, g))
		flush(b, rs_minus(b->f->memory_results, g->modifies));
	if (g->never_returns)
		hide_caller(b);
	else if (!b->block->sp_is_entry)
		hide_caller_below(b);
	value_t call = call_known(b, g, true);
	if (g->never_returns) {
		LLVMBuildUnreachable(b->ir);
		return;
	}
	return_tail(b, g, call);
}

static void end_tail_indirect(struct builder *b)
{
	struct end_effects e = block_end_effects(b->program, b->f, b->block);

	if (b->is_reentry) {
		return_from_reentry(b, b->target);
		return;
	}
	value_t lr = b->block->lr_is_entry ? b->entry_lr : value_x(b, REG_LR);
	flush(b, rs_minus(e.weak, rs_x(REG_LR)));
	cpu_store(b, offsetof(struct cpu, x) + 8 * REG_LR, lr);
	value_t r = call_through_table(b, b->target);
	LLVMSetTailCallKind(r, LLVMTailCallKindMustTail);
	LLVMBuildRet(b->ir, r);
}

/* --- the rest --- */

static void end_svc(struct builder *b)
{
	struct end_effects e = block_end_effects(b->program, b->f, b->block);
	value_t args[7] = { value_x(b, 8) };
	u64 next = insn_va(b->program, b->block->end);
	u32 count = syscall_arguments(b->block->svc_number);

	for (u32 r = 0; r < count; r++)
		args[r + 1] = value_x(b, r);
	flush(b, e.weak);
	for (u32 r = count; r < 6; r++)         /* cpu_syscall() stores what it is passed */
		args[r + 1] = cpu_load(b, b->t.i64, offsetof(struct cpu, x) + 8 * r);
	cpu_store(b, offsetof(struct cpu, pc), const_i64(b, next));
	cpu_store(b, offsetof(struct cpu, x) + 8 * REG_SP, value_x(b, REG_SP));
	value_t r = runtime_call(b, "cpu_syscall", b->t.i64, 7, args);
	set_value_x(b, 0, r);
	continue_at(b, b->block->succ[0]);
}

/*
 * One switch for all jumps through the same table.  The loop of an interpreter
 * has one at the end of each operation, and each would be an edge to each
 * operation, with its own moves of registers.
 */
static struct shared_switch *shared_switch(struct builder *b, const struct block *block)
{
	const struct jump_table *t = &block->switch_table;

	for (u32 i = 0; i < b->switches.count; i++) {
		struct shared_switch *s = &b->switches.at[i];
		if (s->table.table == t->table && s->table.base == t->base && s->table.count == t->count)
			return s;
	}
	struct shared_switch s = { .table = *t, .block = new_block(b) };
	LLVMBasicBlockRef here = LLVMGetInsertBlock(b->ir), nowhere = new_block(b);
	LLVMPositionBuilderAtEnd(b->ir, nowhere);
	LLVMBuildUnreachable(b->ir);
	LLVMPositionBuilderAtEnd(b->ir, s.block);
	slot(b, &s.selector, b->t.i32, "selector", b->switches.count);
	value_t sw = LLVMBuildSwitch(b->ir, LLVMBuildLoad2(b->ir, b->t.i32, s.selector, ""), nowhere, t->count);
	for (u32 i = 0; i < t->count; i++)
		LLVMAddCase(sw, const_i32(b, i), b->blocks[block->switch_targets[i]]);
	LLVMPositionBuilderAtEnd(b->ir, here);
	list_push(&b->switches, s);
	return &b->switches.at[b->switches.count - 1];
}

static void switch_by_address(struct builder *b)
{
	const struct jump_table *t = &b->block->switch_table;
	struct bitset seen = bitset_new(b->f->blocks.count);
	LLVMBasicBlockRef other = new_block(b);
	value_t sw = LLVMBuildSwitch(b->ir, LLVMBuildTrunc(b->ir, b->target, b->t.i32, ""), other, t->count);

	for (u32 i = 0; i < t->count; i++) {
		u32 to = b->block->switch_targets[i];
		if (bitset_add(&seen, to))
			LLVMAddCase(sw, const_i32(b, insn_va(b->program, b->f->blocks.at[to].first)), b->blocks[to]);
	}
	free(seen.words);
	LLVMPositionBuilderAtEnd(b->ir, other);
	jump_away(b, b->target);
}

static void end_switch(struct builder *b)
{
	const struct jump_table *t = &b->block->switch_table;

	if (!t->count) {
		jump_away(b, b->block->target ? const_i64(b, b->block->target) : b->target);
		return;
	}
	for (u32 i = 0; i < t->count; i++) {
		bool seen = false;
		for (u32 j = 0; j < i && !seen; j++)
			seen = b->block->switch_targets[j] == b->block->switch_targets[i];
		if (!seen)
			edge(b, b->block->switch_targets[i]);
	}
	if (t->by_address) {
		switch_by_address(b);
		return;
	}
	struct shared_switch *s = shared_switch(b, b->block);
	LLVMBuildStore(b->ir, b->selector, s->selector);
	if (t->is_bounded) {
		LLVMBuildBr(b->ir, s->block);
		return;
	}
	LLVMBasicBlockRef other = new_block(b);
	value_t beyond = LLVMBuildICmp(b->ir, LLVMIntUGE, b->selector, const_i32(b, t->count), "");
	LLVMBuildCondBr(b->ir, unlikely(b, beyond), other, s->block);
	LLVMPositionBuilderAtEnd(b->ir, other);
	jump_away(b, b->target);
}

void build_end(struct builder *b)
{
	const struct block *block = b->block;

	switch ((enum block_end)block->kind) {
	case END_FALL: case END_JUMP:
		continue_at(b, block->succ[0]);
		break;
	case END_COND:
		if (!b->condition)
			diag_fatal("the template of a conditional branch in %s has no condition", b->f->name);
		edge(b, block->succ[0]);
		if (block->succ[1] != block->succ[0])
			edge(b, block->succ[1]);
		LLVMBuildCondBr(b->ir, b->condition, b->blocks[block->succ[0]], b->blocks[block->succ[1]]);
		break;
	case END_SWITCH: end_switch(b); break;
	case END_CALL: case END_CALL_INDIRECT: end_call(b); break;
	case END_SVC: end_svc(b); break;
	case END_RETURN: end_return(b); break;
	case END_TAIL: end_tail(b); break;
	case END_TAIL_INDIRECT: end_tail_indirect(b); break;
	case END_LEAVE: end_leave(b); break;
	}
}
