/* SPDX-License-Identifier: MIT */
/*
 * What each accessor of the templates becomes in lifted code: a value of the
 * register file, a compare kept for later, a load, or a call of cpu.wasm for
 * what is rare (cpu_<accessor>, with the accessor's own arguments).
 */
#include "lifter/build.h"

#include <stdio.h>
#include <string.h>

#include "lifter/fma.h"
#include "lifter/fpenv.h"
#include "runtime/cpu/cpu.h"

struct call {
	struct builder *b;
	const struct tmpl *t;
	const struct node *n;
	const struct a64_insn *insn;
	const value_t *by_node;
};

static value_t arg(const struct call *c, u32 k)
{
	return c->by_node[c->t->args.at[c->n->args + k]];
}

static u32 number(const struct call *c, u32 k)
{
	return tmpl_number(c->t, tmpl_arg(c->t, c->n, k), c->insn);
}

static value_t bits_to(struct builder *b, value_t v, LLVMTypeRef type)
{
	return LLVMBuildBitCast(b->ir, v, type, "");
}

/* --- registers --- */

static value_t emit_get_x(const struct call *c)
{
	u32 r = number(c, 0);

	if (r > REG_SP)
		return const_i64(c->b, 0);
	return c->n->narrow ? LLVMBuildZExt(c->b->ir, value_w(c->b, r), c->b->t.i64, "") : value_x(c->b, r);
}

static value_t emit_set_x(const struct call *c)
{
	u32 r = number(c, 0);

	if (r <= REG_SP && c->n->narrow)
		set_value_w(c->b, r, LLVMBuildTrunc(c->b->ir, arg(c, 1), c->b->t.i32, ""));
	else if (r <= REG_SP)
		set_value_x(c->b, r, arg(c, 1));
	return NULL;
}

static value_t emit_get_w(const struct call *c)
{
	u32 r = number(c, 0);

	return r > REG_SP ? const_i32(c->b, 0) : value_w(c->b, r);
}

static value_t emit_set_w(const struct call *c)
{
	if (number(c, 0) <= REG_SP)
		set_value_w(c->b, number(c, 0), arg(c, 1));
	return NULL;
}

static value_t vector_register(const struct call *c, value_t *result)
{
	struct builder *b = c->b;
	u32 r = number(c, 0);

	switch ((enum hole)c->n->hole) {
	case HOLE_get_v: return *result = value_v(b, r);
	case HOLE_get_d: return *result = value_d(b, r);
	case HOLE_get_s: return *result = value_s(b, r);
	case HOLE_get_u64v: return *result = bits_to(b, value_d(b, r), b->t.i64);
	case HOLE_get_u32v: return *result = bits_to(b, value_s(b, r), b->t.i32);
	case HOLE_set_v: set_value_v(b, r, bits_to(b, arg(c, 1), b->t.v128)); break;
	case HOLE_set_d: set_value_d(b, r, arg(c, 1)); break;
	case HOLE_set_s: set_value_s(b, r, arg(c, 1)); break;
	case HOLE_set_u64v: set_value_d(b, r, bits_to(b, arg(c, 1), b->t.f64)); break;
	default: set_value_s(b, r, bits_to(b, arg(c, 1), b->t.f32)); break;
	}
	return *result = NULL;
}

/* --- flags --- */

/* An operand of a flag-setting instruction, as wide as sf says. */
static value_t operand(const struct call *c, u32 sf, u32 k)
{
	return sf ? arg(c, k) : LLVMBuildTrunc(c->b->ir, arg(c, k), c->b->t.i32, "");
}

static value_t set_flags(const struct call *c)
{
	struct builder *b = c->b;
	struct pending_flags f = { 0 };
	u32 sf;

	switch ((enum hole)c->n->hole) {
	case HOLE_set_flags_add: case HOLE_set_flags_sub: case HOLE_set_flags_adc:
		sf = number(c, 0);
		f.kind = c->n->hole == HOLE_set_flags_add ? FLAGS_ADD : c->n->hole == HOLE_set_flags_sub ? FLAGS_SUB : FLAGS_ADC;
		f.a = operand(c, sf, 1);
		f.b = operand(c, sf, 2);
		if (f.kind == FLAGS_ADC)
			f.carry = LLVMBuildIntCast2(b->ir, arg(c, 3), sf ? b->t.i64 : b->t.i32, false, "");
		break;
	case HOLE_set_flags_logic:
		f.kind = FLAGS_LOGIC;
		f.a = operand(c, number(c, 0), 1);
		break;
	case HOLE_set_flags_ccmp: case HOLE_set_flags_ccmn:
		sf = number(c, 0);
		f.kind = c->n->hole == HOLE_set_flags_ccmp ? FLAGS_SUB : FLAGS_ADD;
		f.condition = arg(c, 1);
		f.a = operand(c, sf, 2);
		f.b = operand(c, sf, 3);
		f.otherwise = LLVMBuildTrunc(b->ir, arg(c, 4), b->t.i32, "");
		break;
	case HOLE_set_flags_fcmp64: case HOLE_set_flags_fcmp32:
		f = (struct pending_flags){ .kind = FLAGS_FCMP, .a = arg(c, 0), .b = arg(c, 1) };
		break;
	case HOLE_set_flags_fccmp64: case HOLE_set_flags_fccmp32:
		f = (struct pending_flags){ .kind = FLAGS_FCMP, .condition = arg(c, 0), .a = arg(c, 1), .b = arg(c, 2),
			.otherwise = LLVMBuildTrunc(b->ir, arg(c, 3), b->t.i32, "") };
		break;
	default:
		f = (struct pending_flags){ .kind = FLAGS_NZCV, .a = arg(c, 0) };
		break;
	}
	flags_set(b, f);
	return NULL;
}

/* --- memory --- */

/* base and offset: a constant one is kept apart for the addressing mode. */
static value_t address(const struct call *c, s64 *offset)
{
	u64 k;

	*offset = 0;
	if (!tmpl_constant(c->t, tmpl_arg(c->t, c->n, 1), c->insn, &k))
		return LLVMBuildAdd(c->b->ir, arg(c, 0), arg(c, 1), "");
	*offset = (s32)k;
	return arg(c, 0);
}

/* The load of a jump table's entry: its index is what the switch selects by. */
static void keep_selector(const struct call *c, value_t base, s64 offset)
{
	struct builder *b = c->b;
	const struct jump_table *t = &b->block->switch_table;
	value_t at = LLVMBuildSub(b->ir, base, const_i64(b, t->table - offset), "");

	b->selector = LLVMBuildTrunc(b->ir, LLVMBuildLShr(b->ir, at, const_i64(b, t->scale), ""), b->t.i32, "");
}

static value_t load(const struct call *c, LLVMTypeRef type)
{
	s64 offset;
	value_t base = address(c, &offset);

	if (c->b->block->kind == END_SWITCH && c->b->insn_index == c->b->block->switch_table.load)
		keep_selector(c, base, offset);
	return guest_load(c->b, type, base, offset);
}

static value_t store(const struct call *c)
{
	s64 offset;
	value_t base = address(c, &offset);

	guest_store(c->b, base, offset, arg(c, 2));
	return NULL;
}

static LLVMTypeRef int_of_size(struct builder *b, u32 size)
{
	return size == 1 ? b->t.i8 : size == 2 ? b->t.i16 : size == 4 ? b->t.i32 : b->t.i64;
}

/* The exclusive monitor is in struct cpu: address and value seen. */
static value_t emit_load_excl(const struct call *c)
{
	struct builder *b = c->b;
	u32 size = number(c, 0);
	value_t v = LLVMBuildZExt(b->ir, guest_load(b, int_of_size(b, size), arg(c, 1), 0), b->t.i64, "");

	cpu_store(b, offsetof(struct cpu, excl.va), arg(c, 1));
	cpu_store(b, offsetof(struct cpu, excl.lo), v);
	cpu_store(b, offsetof(struct cpu, excl.size), const_i64(b, size));
	return v;
}

static value_t emit_store_excl(const struct call *c)
{
	struct builder *b = c->b;
	u32 size = number(c, 0);
	value_t old = guest_load(b, int_of_size(b, size), arg(c, 1), 0), fresh = arg(c, 2);
	value_t ok = LLVMBuildICmp(b->ir, LLVMIntEQ, cpu_load(b, b->t.i64, offsetof(struct cpu, excl.size)), const_i64(b, size), "");
	value_t same = LLVMBuildICmp(b->ir, LLVMIntEQ, cpu_load(b, b->t.i64, offsetof(struct cpu, excl.va)), arg(c, 1), "");
	value_t seen = LLVMBuildICmp(b->ir, LLVMIntEQ, cpu_load(b, b->t.i64, offsetof(struct cpu, excl.lo)),
				     LLVMBuildZExt(b->ir, old, b->t.i64, ""), "");

	ok = LLVMBuildAnd(b->ir, LLVMBuildAnd(b->ir, ok, same, ""), seen, "");
	if (size < 8)
		fresh = LLVMBuildTrunc(b->ir, fresh, int_of_size(b, size), "");
	guest_store(b, arg(c, 1), 0, LLVMBuildSelect(b->ir, ok, fresh, old, ""));
	cpu_store(b, offsetof(struct cpu, excl.size), const_i64(b, 0));
	return LLVMBuildZExt(b->ir, LLVMBuildNot(b->ir, ok, ""), b->t.i32, "");
}

/* A process has one thread and its memory is its own: a read-modify-write
 * cannot be seen half done. */
static value_t emit_atomic_rmw(const struct call *c)
{
	struct builder *b = c->b;
	u32 kind = number(c, 0), size = number(c, 1);
	LLVMTypeRef type = int_of_size(b, size);
	value_t old = guest_load(b, type, arg(c, 2), 0), v = LLVMBuildIntCast2(b->ir, arg(c, 3), type, false, ""), fresh = v;
	LLVMIntPredicate keep = LLVMIntEQ;

	switch ((enum rmw)kind) {
	case RMW_ADD: fresh = LLVMBuildAdd(b->ir, old, v, ""); break;
	case RMW_CLR: fresh = LLVMBuildAnd(b->ir, old, LLVMBuildNot(b->ir, v, ""), ""); break;
	case RMW_EOR: fresh = LLVMBuildXor(b->ir, old, v, ""); break;
	case RMW_SET: fresh = LLVMBuildOr(b->ir, old, v, ""); break;
	case RMW_SMAX: keep = LLVMIntSGT; break;
	case RMW_SMIN: keep = LLVMIntSLT; break;
	case RMW_UMAX: keep = LLVMIntUGT; break;
	case RMW_UMIN: keep = LLVMIntULT; break;
	case RMW_SWP: break;
	}
	if (keep != LLVMIntEQ)
		fresh = LLVMBuildSelect(b->ir, LLVMBuildICmp(b->ir, keep, old, v, ""), old, v, "");
	guest_store(b, arg(c, 2), 0, fresh);
	return LLVMBuildIntCast2(b->ir, old, b->t.i64, false, "");
}

static value_t emit_atomic_cas(const struct call *c)
{
	struct builder *b = c->b;
	LLVMTypeRef type = int_of_size(b, number(c, 0));
	value_t old = guest_load(b, type, arg(c, 1), 0);
	value_t same = LLVMBuildICmp(b->ir, LLVMIntEQ, old, LLVMBuildIntCast2(b->ir, arg(c, 2), type, false, ""), "");

	guest_store(b, arg(c, 1), 0, LLVMBuildSelect(b->ir, same, LLVMBuildIntCast2(b->ir, arg(c, 3), type, false, ""), old, ""));
	return LLVMBuildIntCast2(b->ir, old, b->t.i64, false, "");
}

/* --- calls of cpu.wasm --- */

value_t runtime_call(struct builder *b, const char *name, LLVMTypeRef result, u32 count, value_t *args)
{
	LLVMTypeRef types[8];

	for (u32 i = 0; i < count; i++)
		types[i] = LLVMTypeOf(args[i]);
	LLVMTypeRef type = LLVMFunctionType(result, types, count, false);
	value_t f = LLVMGetNamedFunction(b->module, name);
	if (!f) {
		f = LLVMAddFunction(b->module, name, type);
		LLVMAddTargetDependentFunctionAttr(f, "wasm-import-module", "cpu");
		LLVMAddTargetDependentFunctionAttr(f, "wasm-import-name", name);
	}
	return LLVMBuildCall2(b->ir, type, f, args, count, "");
}

static value_t generic(const struct call *c)
{
	value_t args[8];
	char name[40];

	for (u32 k = 0; k < c->n->nargs; k++)
		args[k] = arg(c, k);
	snprintf(name, sizeof name, "cpu_%s", hole_names[c->n->hole]);
	return runtime_call(c->b, name, LLVMTypeOf(c->n->value), c->n->nargs, args);
}

/* --- floating point --- */

static bool is_nan_fixer(u32 hole)
{
	return hole >= HOLE_fp1_64 && hole <= HOLE_fp2_v32;
}

static value_t nan_fix(const struct call *c)
{
	value_t r = arg(c, 1), x = arg(c, 2);

	return c->b->options->relaxed_nan ? r : nan_result(c->b, r, x, c->n->nargs > 3 ? arg(c, 3) : x);
}

/* Where control comes to `next` from here with r, and from `rare` with what cpu.wasm says. */
static value_t unless(const struct call *c, value_t is_rare, value_t r)
{
	struct builder *b = c->b;
	LLVMBasicBlockRef from = LLVMGetInsertBlock(b->ir);
	LLVMBasicBlockRef rare = LLVMAppendBasicBlockInContext(b->context, b->llvm, "rare");
	LLVMBasicBlockRef next = LLVMAppendBasicBlockInContext(b->context, b->llvm, "");

	LLVMBuildCondBr(b->ir, unlikely(b, is_rare), rare, next);
	LLVMPositionBuilderAtEnd(b->ir, rare);
	value_t other = generic(c);
	LLVMBuildBr(b->ir, next);
	LLVMPositionBuilderAtEnd(b->ir, next);
	value_t phi = LLVMBuildPhi(b->ir, LLVMTypeOf(r), "");
	LLVMAddIncoming(phi, &r, &from, 1);
	LLVMAddIncoming(phi, &other, &rare, 1);
	return phi;
}

/* r in the environment; where none counts, as in programs that never look, only its NaNs are Arm's. */
static value_t in_environment(const struct call *c, u32 result)
{
	u32 spec = number(c, 0);
	value_t args[5];

	if (!c->b->options->fpenv || !SPEC_LANES(spec))
		return is_nan_fixer(c->n->hole) ? nan_fix(c) : arg(c, result);
	for (u32 k = 0; k < c->n->nargs; k++)
		args[k] = arg(c, k);
	value_t stands = fpenv_stands(c->b, c->n->hole, spec, args);
	return stands ? unless(c, LLVMBuildNot(c->b->ir, stands, ""), args[result]) : generic(c);
}

static value_t fused(const struct call *c)
{
	value_t operands[] = { arg(c, 1), arg(c, 2), arg(c, 3) };

	if (!c->b->options->fpenv || !SPEC_LANES(number(c, 0)))
		return fma_result(c->b, operands);
	value_t r = fma_raw(c->b, operands), stands = fpenv_stands(c->b, c->n->hole, number(c, 0), (value_t[]){ NULL, r });
	return unless(c, LLVMBuildNot(c->b->ir, stands, ""), r);
}

/* Conversions between precisions, where the engine's NaN is not Arm's: cpu.wasm makes it. */
static value_t nan_convert(const struct call *c)
{
	struct builder *b = c->b;
	value_t r = arg(c, 0);

	return b->options->relaxed_nan ? r : unless(c, LLVMBuildFCmp(b->ir, LLVMRealUNO, r, r, ""), r);
}

value_t hole_value(struct builder *b, const struct tmpl *t, const struct node *n, const struct a64_insn *insn, const value_t *by_node)
{
	struct call c = { b, t, n, insn, by_node };
	value_t v;

	switch ((enum hole)n->hole) {
	case HOLE_get_x: return emit_get_x(&c);
	case HOLE_get_w: return emit_get_w(&c);
	case HOLE_set_x: return emit_set_x(&c);
	case HOLE_set_w: return emit_set_w(&c);
	case HOLE_get_v: case HOLE_get_d: case HOLE_get_s: case HOLE_get_u64v: case HOLE_get_u32v:
	case HOLE_set_v: case HOLE_set_d: case HOLE_set_s: case HOLE_set_u64v: case HOLE_set_u32v:
		return vector_register(&c, &v);
	case HOLE_get_cond: return condition_value(b, number(&c, 0));
	case HOLE_get_carry: return LLVMBuildZExt(b->ir, flag_value(b, FLAG_CS), b->t.i32, "");
	case HOLE_get_nzcv: return nzcv_value(b);
	case HOLE_set_nzcv: case HOLE_set_flags_add: case HOLE_set_flags_sub: case HOLE_set_flags_adc: case HOLE_set_flags_logic:
	case HOLE_set_flags_ccmp: case HOLE_set_flags_ccmn: case HOLE_set_flags_fcmp64: case HOLE_set_flags_fcmp32:
	case HOLE_set_flags_fccmp64: case HOLE_set_flags_fccmp32:
		return set_flags(&c);
	case HOLE_load8: return load(&c, b->t.i8);
	case HOLE_load16: return load(&c, b->t.i16);
	case HOLE_load32: return load(&c, b->t.i32);
	case HOLE_load64: return load(&c, b->t.i64);
	case HOLE_load128: return load(&c, b->t.v128);
	case HOLE_store8: case HOLE_store16: case HOLE_store32: case HOLE_store64: case HOLE_store128:
		return store(&c);
	case HOLE_load_excl: return emit_load_excl(&c);
	case HOLE_store_excl: return emit_store_excl(&c);
	case HOLE_atomic_rmw: return emit_atomic_rmw(&c);
	case HOLE_atomic_cas: return emit_atomic_cas(&c);
	case HOLE_clrex: cpu_store(b, offsetof(struct cpu, excl.size), const_i64(b, 0)); return NULL;
	case HOLE_barrier: return NULL;
	case HOLE_get_tpidr: return cpu_load(b, b->t.i64, offsetof(struct cpu, tpidr));
	case HOLE_set_tpidr: cpu_store(b, offsetof(struct cpu, tpidr), arg(&c, 0)); return NULL;
	case HOLE_set_pc: b->target = arg(&c, 0); return NULL;
	case HOLE_branch_if: b->condition = arg(&c, 0); return NULL;
	case HOLE_supervisor_call: return NULL;         /* build_end() */
	case HOLE_fp1_64: case HOLE_fp1_32: case HOLE_fp1_v64: case HOLE_fp1_v32:
	case HOLE_fp2_64: case HOLE_fp2_32: case HOLE_fp2_v64: case HOLE_fp2_v32:
	case HOLE_fp_env_64: case HOLE_fp_env_32: case HOLE_fp_env_v64: case HOLE_fp_env_v32: case HOLE_env_half:
	case HOLE_fp_int: case HOLE_fp_int_v: case HOLE_fp_from: case HOLE_fp_from_v: case HOLE_fp_convert:
		return in_environment(&c, 1);
	case HOLE_fp_cmp_64: case HOLE_fp_cmp_32:
		return in_environment(&c, 2);
	case HOLE_fma64: case HOLE_fma32: case HOLE_fma_v64: case HOLE_fma_v32:
		return fused(&c);
	case HOLE_nan_widen: case HOLE_nan_narrow:
		return nan_convert(&c);
	default: return generic(&c);
	}
}
