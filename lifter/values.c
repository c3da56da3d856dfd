/* SPDX-License-Identifier: MIT */
/* Registers as SSA values in views: see build.h. */
#include "lifter/build.h"

#include <stdio.h>

value_t slot(struct builder *b, value_t *at, LLVMTypeRef type, const char *name, u32 r)
{
	if (!*at) {
		LLVMBuilderRef ir = LLVMCreateBuilderInContext(b->context);
		value_t first = LLVMGetFirstInstruction(b->prologue);
		char text[16];
		snprintf(text, sizeof text, "%s%u", name, r);
		if (first)
			LLVMPositionBuilderBefore(ir, first);
		else
			LLVMPositionBuilderAtEnd(ir, b->prologue);
		*at = LLVMBuildAlloca(ir, type, text);
		LLVMDisposeBuilder(ir);
	}
	return *at;
}

static bool is_w(const struct builder *b, u32 r) { return b->now.view_w >> r & 1; }
static bool is_s(const struct builder *b, u32 r) { return b->now.view_s >> r & 1; }
static bool is_d(const struct builder *b, u32 r) { return b->now.view_d >> r & 1; }

static value_t slot_x_of(struct builder *b, u32 r, bool w)
{
	return w ? slot(b, &b->slot_w[r], b->t.i32, "w", r) : slot(b, &b->slot_x[r], b->t.i64, "x", r);
}

static value_t slot_v_of(struct builder *b, u32 r, bool s, bool d)
{
	return s ? slot(b, &b->slot_s[r], b->t.f32, "s", r) : d ? slot(b, &b->slot_d[r], b->t.f64, "d", r)
		 : slot(b, &b->slot_v[r], b->t.v128, "v", r);
}

void values_begin(struct builder *b, const struct block *block)
{
	b->block = block;
	b->now = (struct values){ .view_w = block->view_w, .view_s = block->view_s, .view_d = block->view_d, .dirty = block->dirty_in };
	if (b->is_reentry)
		b->now.dirty = rs_and(b->now.dirty, b->f->written);
	b->selector = b->target = b->condition = NULL;
}

static value_t raw_x(struct builder *b, u32 r)
{
	if (b->now.x[r] && !b->in_memory)
		return b->now.x[r];
	value_t v = LLVMBuildLoad2(b->ir, is_w(b, r) ? b->t.i32 : b->t.i64, slot_x_of(b, r, is_w(b, r)), "");
	if (!b->in_memory)
		b->now.x[r] = v;
	return v;
}

static value_t raw_v(struct builder *b, u32 r)
{
	if (b->now.v[r] && !b->in_memory)
		return b->now.v[r];
	LLVMTypeRef type = is_s(b, r) ? b->t.f32 : is_d(b, r) ? b->t.f64 : b->t.v128;
	value_t v = LLVMBuildLoad2(b->ir, type, slot_v_of(b, r, is_s(b, r), is_d(b, r)), "");
	if (!b->in_memory)
		b->now.v[r] = v;
	return v;
}

value_t value_x(struct builder *b, u32 r)
{
	value_t v = raw_x(b, r);

	return is_w(b, r) ? LLVMBuildZExt(b->ir, v, b->t.i64, "") : v;
}

value_t value_w(struct builder *b, u32 r)
{
	value_t v = raw_x(b, r);

	return is_w(b, r) ? v : LLVMBuildTrunc(b->ir, v, b->t.i32, "");
}

static value_t lane0(struct builder *b, value_t v, LLVMTypeRef scalar, u32 lanes)
{
	v = LLVMBuildBitCast(b->ir, v, LLVMVectorType(scalar, lanes), "");
	return LLVMBuildExtractElement(b->ir, v, const_i32(b, 0), "");
}

static value_t in_zeroes(struct builder *b, value_t v, u32 lanes)
{
	LLVMTypeRef type = LLVMVectorType(LLVMTypeOf(v), lanes);

	v = LLVMBuildInsertElement(b->ir, LLVMConstNull(type), v, const_i32(b, 0), "");
	return LLVMBuildBitCast(b->ir, v, b->t.v128, "");
}

value_t value_d(struct builder *b, u32 r)
{
	value_t v = raw_v(b, r);

	if (is_d(b, r))
		return v;
	if (!is_s(b, r))
		return lane0(b, v, b->t.f64, 2);
	v = LLVMBuildZExt(b->ir, LLVMBuildBitCast(b->ir, v, b->t.i32, ""), b->t.i64, "");
	return LLVMBuildBitCast(b->ir, v, b->t.f64, "");
}

value_t value_s(struct builder *b, u32 r)
{
	value_t v = raw_v(b, r);

	if (is_s(b, r))
		return v;
	if (!is_d(b, r))
		return lane0(b, v, b->t.f32, 4);
	v = LLVMBuildTrunc(b->ir, LLVMBuildBitCast(b->ir, v, b->t.i64, ""), b->t.i32, "");
	return LLVMBuildBitCast(b->ir, v, b->t.f32, "");
}

value_t value_v(struct builder *b, u32 r)
{
	value_t v = raw_v(b, r);

	return is_s(b, r) ? in_zeroes(b, v, 4) : is_d(b, r) ? in_zeroes(b, v, 2) : v;
}

static void set_raw_x(struct builder *b, u32 r, value_t v, bool w)
{
	u32 bit = 1u << r;

	b->now.dirty = rs_or(b->now.dirty, rs_x(r));
	if (b->in_memory) {
		LLVMBuildStore(b->ir, w ? LLVMBuildZExt(b->ir, v, b->t.i64, "") : v, slot_x_of(b, r, false));
		return;
	}
	b->now.x[r] = v;
	b->now.changed_x |= bit;
	b->now.view_w = w ? b->now.view_w | bit : b->now.view_w & ~bit;
}

static void set_raw_v(struct builder *b, u32 r, value_t v, bool s, bool d)
{
	u32 bit = 1u << r;

	b->now.dirty = rs_or(b->now.dirty, (struct regset){ .v = (u64)bit | (u64)bit << 32 });
	if (b->in_memory) {
		LLVMBuildStore(b->ir, s ? in_zeroes(b, v, 4) : d ? in_zeroes(b, v, 2) : v, slot_v_of(b, r, false, false));
		return;
	}
	b->now.v[r] = v;
	b->now.changed_v |= bit;
	b->now.view_s = s ? b->now.view_s | bit : b->now.view_s & ~bit;
	b->now.view_d = d ? b->now.view_d | bit : b->now.view_d & ~bit;
}

void set_value_x(struct builder *b, u32 r, value_t v) { set_raw_x(b, r, v, false); }
void set_value_w(struct builder *b, u32 r, value_t v) { set_raw_x(b, r, v, true); }
void set_value_d(struct builder *b, u32 r, value_t v) { set_raw_v(b, r, v, false, true); }
void set_value_s(struct builder *b, u32 r, value_t v) { set_raw_v(b, r, v, true, false); }
void set_value_v(struct builder *b, u32 r, value_t v) { set_raw_v(b, r, v, false, false); }

void values_to_edge(struct builder *b, const struct block *to)
{
	struct regset carry = block_carry(b->f, to);
	u32 xs = (u32)carry.x | (u32)(carry.x >> 32), vs = (u32)carry.v | (u32)(carry.v >> 32);
	const struct block *from = b->block;
	u32 moved_x = b->now.changed_x | (from->view_w ^ to->view_w);
	u32 moved_v = b->now.changed_v | (from->view_s ^ to->view_s) | (from->view_d ^ to->view_d);

	for (u32 m = xs & moved_x; m; m &= m - 1) {
		u32 r = __builtin_ctz(m);
		bool w = to->view_w >> r & 1;
		LLVMBuildStore(b->ir, w ? value_w(b, r) : value_x(b, r), slot_x_of(b, r, w));
	}
	for (u32 m = vs & moved_v; m; m &= m - 1) {
		u32 r = __builtin_ctz(m);
		bool s = to->view_s >> r & 1, d = to->view_d >> r & 1;
		LLVMBuildStore(b->ir, s ? value_s(b, r) : d ? value_d(b, r) : value_v(b, r), slot_v_of(b, r, s, d));
	}
	for (u32 k = 0; k < FLAG_COUNT; k++)
		if (carry.f >> k & 1 && b->now.changed_f >> k & 1)
			LLVMBuildStore(b->ir, flag_value(b, k), slot(b, &b->slot_f[k], b->t.i1, "flag", k));
}

void values_spill(struct builder *b, struct regset set)
{
	for (u32 r = 0; r < 32; r++) {
		u32 bit = 1u << r;
		if (rs_has_x(set, r)) {
			if (b->now.x[r] || is_w(b, r))
				LLVMBuildStore(b->ir, value_x(b, r), slot_x_of(b, r, false));
			b->now.view_w &= ~bit;
		}
		if (rs_has_v(set, r)) {
			if (b->now.v[r] || is_s(b, r) || is_d(b, r))
				LLVMBuildStore(b->ir, value_v(b, r), slot_v_of(b, r, false, false));
			b->now.view_s &= ~bit;
			b->now.view_d &= ~bit;
		}
	}
}

void values_unspill(struct builder *b, struct regset set)
{
	for (u32 r = 0; r < 32; r++) {
		if (rs_has_x(set, r)) {
			b->now.x[r] = LLVMBuildLoad2(b->ir, b->t.i64, slot_x_of(b, r, false), "");
			b->now.changed_x |= 1u << r;
		}
		if (rs_has_v(set, r)) {
			b->now.v[r] = LLVMBuildLoad2(b->ir, b->t.v128, slot_v_of(b, r, false, false), "");
			b->now.changed_v |= 1u << r;
		}
	}
}
