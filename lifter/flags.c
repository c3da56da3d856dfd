/* SPDX-License-Identifier: MIT */
/*
 * Conditions instead of NZCV: a flag-setting instruction leaves its operands,
 * and a condition asked for later is one compare of them.  Across blocks a
 * condition travels as the i1 it is.
 */
#include "lifter/build.h"

void flags_set(struct builder *b, struct pending_flags flags)
{
	for (u32 k = 0; k < FLAG_COUNT; k++)
		b->now.flag[k] = NULL;
	b->now.flags = flags;
	b->now.changed_f = (1u << FLAG_COUNT) - 1;
	b->now.dirty.f = b->now.changed_f;
}

static value_t compare(struct builder *b, LLVMIntPredicate p, value_t x, value_t y)
{
	return LLVMBuildICmp(b->ir, p, x, y, "");
}

static value_t is_negative(struct builder *b, value_t v)
{
	return compare(b, LLVMIntSLT, v, LLVMConstNull(LLVMTypeOf(v)));
}

static value_t sub_flag(struct builder *b, enum flag k, value_t x, value_t y)
{
	static const LLVMIntPredicate predicate[FLAG_COUNT] = {
		[FLAG_EQ] = LLVMIntEQ, [FLAG_CS] = LLVMIntUGE, [FLAG_HI] = LLVMIntUGT, [FLAG_GE] = LLVMIntSGE, [FLAG_GT] = LLVMIntSGT };
	value_t d;

	switch (k) {
	case FLAG_MI:
		return is_negative(b, LLVMBuildSub(b->ir, x, y, ""));
	case FLAG_VS:
		d = LLVMBuildSub(b->ir, x, y, "");
		return is_negative(b, LLVMBuildAnd(b->ir, LLVMBuildXor(b->ir, x, y, ""), LLVMBuildXor(b->ir, x, d, ""), ""));
	default:
		return compare(b, predicate[k], x, y);
	}
}

static value_t not(struct builder *b, value_t v) { return LLVMBuildNot(b->ir, v, ""); }
static value_t and(struct builder *b, value_t x, value_t y) { return LLVMBuildAnd(b->ir, x, y, ""); }
static value_t xor(struct builder *b, value_t x, value_t y) { return LLVMBuildXor(b->ir, x, y, ""); }

/* Arm ARM, AddWithCarry(); no carry in when carry is NULL. */
static value_t add_flag(struct builder *b, enum flag k, value_t x, value_t y, value_t carry)
{
	value_t sum = LLVMBuildAdd(b->ir, x, y, ""), low = sum, c, v;

	if (carry)
		sum = LLVMBuildAdd(b->ir, sum, carry, "");
	switch (k) {
	case FLAG_EQ:
		return compare(b, LLVMIntEQ, sum, LLVMConstNull(LLVMTypeOf(sum)));
	case FLAG_MI:
		return is_negative(b, sum);
	case FLAG_CS:
		c = compare(b, LLVMIntULT, low, x);
		return carry ? LLVMBuildOr(b->ir, c, compare(b, LLVMIntULT, sum, low), "") : c;
	case FLAG_VS:
		return is_negative(b, and(b, xor(b, x, sum), xor(b, y, sum)));
	case FLAG_HI:
		return and(b, add_flag(b, FLAG_CS, x, y, carry), not(b, add_flag(b, FLAG_EQ, x, y, carry)));
	case FLAG_GE:
		v = add_flag(b, FLAG_VS, x, y, carry);
		return not(b, xor(b, is_negative(b, sum), v));
	default:
		return and(b, add_flag(b, FLAG_GE, x, y, carry), not(b, add_flag(b, FLAG_EQ, x, y, carry)));
	}
}

/* After a logical operation C and V are clear. */
static value_t logic_flag(struct builder *b, enum flag k, value_t v)
{
	value_t zero = LLVMConstNull(LLVMTypeOf(v));

	switch (k) {
	case FLAG_EQ: return compare(b, LLVMIntEQ, v, zero);
	case FLAG_MI: return is_negative(b, v);
	case FLAG_GE: return compare(b, LLVMIntSGE, v, zero);
	case FLAG_GT: return compare(b, LLVMIntSGT, v, zero);
	default: return LLVMConstInt(b->t.i1, 0, false);
	}
}

/* Arm ARM, FPCompare(): unordered is C and V. */
static value_t fcmp_flag(struct builder *b, enum flag k, value_t x, value_t y)
{
	static const LLVMRealPredicate predicate[FLAG_COUNT] = {
		[FLAG_EQ] = LLVMRealOEQ, [FLAG_CS] = LLVMRealUGE, [FLAG_MI] = LLVMRealOLT, [FLAG_VS] = LLVMRealUNO,
		[FLAG_HI] = LLVMRealUGT, [FLAG_GE] = LLVMRealOGE, [FLAG_GT] = LLVMRealOGT };

	return LLVMBuildFCmp(b->ir, predicate[k], x, y, "");
}

static value_t bit(struct builder *b, value_t nzcv, u32 n)
{
	value_t v = LLVMBuildLShr(b->ir, nzcv, const_i32(b, n), "");

	return LLVMBuildTrunc(b->ir, v, b->t.i1, "");
}

static value_t nzcv_flag(struct builder *b, enum flag k, value_t nzcv)
{
	switch (k) {
	case FLAG_EQ: return bit(b, nzcv, 30);
	case FLAG_CS: return bit(b, nzcv, 29);
	case FLAG_MI: return bit(b, nzcv, 31);
	case FLAG_VS: return bit(b, nzcv, 28);
	case FLAG_HI: return and(b, bit(b, nzcv, 29), not(b, bit(b, nzcv, 30)));
	case FLAG_GE: return not(b, xor(b, bit(b, nzcv, 31), bit(b, nzcv, 28)));
	default: return and(b, not(b, bit(b, nzcv, 30)), not(b, xor(b, bit(b, nzcv, 31), bit(b, nzcv, 28))));
	}
}

static value_t make(struct builder *b, enum flag k)
{
	const struct pending_flags *p = &b->now.flags;
	value_t v = NULL;

	switch (p->kind) {
	case FLAGS_NONE:
		return LLVMBuildLoad2(b->ir, b->t.i1, slot(b, &b->slot_f[k], b->t.i1, "flag", k), "");
	case FLAGS_SUB: v = sub_flag(b, k, p->a, p->b); break;
	case FLAGS_ADD: v = add_flag(b, k, p->a, p->b, NULL); break;
	case FLAGS_ADC: v = add_flag(b, k, p->a, p->b, p->carry); break;
	case FLAGS_LOGIC: v = logic_flag(b, k, p->a); break;
	case FLAGS_FCMP: v = fcmp_flag(b, k, p->a, p->b); break;
	case FLAGS_NZCV: v = nzcv_flag(b, k, p->a); break;
	}
	if (p->condition)
		v = LLVMBuildSelect(b->ir, p->condition, v, nzcv_flag(b, k, p->otherwise), "");
	return v;
}

value_t flag_value(struct builder *b, enum flag k)
{
	if (!b->now.flag[k])
		b->now.flag[k] = make(b, k);
	return b->now.flag[k];
}

value_t condition_value(struct builder *b, u32 cond)
{
	if (cond >= 14)
		return LLVMConstInt(b->t.i1, 1, false);
	value_t v = flag_value(b, cond >> 1);
	return cond & 1 ? not(b, v) : v;
}

value_t nzcv_value(struct builder *b)
{
	static const struct { enum flag flag; u32 bit; } parts[] = { { FLAG_MI, 31 }, { FLAG_EQ, 30 }, { FLAG_CS, 29 }, { FLAG_VS, 28 } };
	value_t nzcv = const_i32(b, 0);

	for (u32 i = 0; i < 4; i++) {
		value_t v = LLVMBuildZExt(b->ir, flag_value(b, parts[i].flag), b->t.i32, "");
		nzcv = LLVMBuildOr(b->ir, nzcv, LLVMBuildShl(b->ir, v, const_i32(b, parts[i].bit), ""), "");
	}
	return nzcv;
}
