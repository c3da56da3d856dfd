/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of guest memory, which is wasm memory at the same
 * address, and of struct cpu.
 */
#include "lifter/build.h"

#include "runtime/cpu/cpu.h"

value_t guest_pointer(struct builder *b, value_t base, s64 offset)
{
	value_t p = LLVMBuildTrunc(b->ir, base, b->t.i32, "");

	if (offset < 0)
		p = LLVMBuildAdd(b->ir, p, const_i32(b, (u32)offset), "");
	p = LLVMBuildIntToPtr(b->ir, p, b->t.ptr, "");
	if (offset <= 0)
		return p;
	/* A guest that does not fault does not wrap here. */
	value_t index = const_i32(b, (u32)offset);
	return LLVMBuildGEPWithNoWrapFlags(b->ir, b->t.i8, p, &index, 1, "", LLVMGEPFlagInBounds | LLVMGEPFlagNUW);
}

value_t guest_load(struct builder *b, LLVMTypeRef type, value_t base, s64 offset)
{
	value_t v = LLVMBuildLoad2(b->ir, type, guest_pointer(b, base, offset), "");

	LLVMSetAlignment(v, 1);
	return v;
}

void guest_store(struct builder *b, value_t base, s64 offset, value_t v)
{
	LLVMSetAlignment(LLVMBuildStore(b->ir, v, guest_pointer(b, base, offset)), 1);
}

static value_t cpu_pointer(struct builder *b, u32 offset)
{
	return LLVMConstIntToPtr(const_i32(b, b->program->image->area + CPU_BASE + offset), b->t.ptr);
}

value_t cpu_load(struct builder *b, LLVMTypeRef type, u32 offset)
{
	return LLVMBuildLoad2(b->ir, type, cpu_pointer(b, offset), "");
}

void cpu_store(struct builder *b, u32 offset, value_t v)
{
	LLVMBuildStore(b->ir, v, cpu_pointer(b, offset));
}

static u32 offset_x(u32 r) { return offsetof(struct cpu, x) + 8 * r; }
static u32 offset_v(u32 r) { return offsetof(struct cpu, v) + 16 * r; }

value_t upper_half(struct builder *b, value_t v)
{
	value_t two = LLVMBuildBitCast(b->ir, v, LLVMVectorType(b->t.i64, 2), "");

	return LLVMBuildExtractElement(b->ir, two, const_i32(b, 1), "");
}

void set_upper_half(struct builder *b, u32 r, value_t half)
{
	value_t two = LLVMBuildBitCast(b->ir, value_v(b, r), LLVMVectorType(b->t.i64, 2), "");

	two = LLVMBuildInsertElement(b->ir, two, half, const_i32(b, 1), "");
	set_value_v(b, r, LLVMBuildBitCast(b->ir, two, b->t.v128, ""));
}

static void flush_v(struct builder *b, u32 r, bool low, bool high)
{
	if (low && high)
		cpu_store(b, offset_v(r), value_v(b, r));
	else if (low)
		cpu_store(b, offset_v(r), value_d(b, r));
	else if (high)
		cpu_store(b, offset_v(r) + 8, upper_half(b, value_v(b, r)));
}

/* Both widths in one: of `set`, what differs from struct cpu and is known here. */
void flush(struct builder *b, struct regset set)
{
	struct regset moved = rs_moved(set), all = rs_and(moved, rs_and(b->now.dirty, b->f->held));

	for (u32 r = 0; r < 32; r++) {
		if (rs_has_x(all, r))
			cpu_store(b, offset_x(r), value_x(b, r));
		flush_v(b, r, all.v >> r & 1, rs_high_v(all, r));
	}
	if (set.f & b->now.dirty.f)
		cpu_store(b, offsetof(struct cpu, nzcv), nzcv_value(b));
	b->now.dirty = rs_minus(b->now.dirty, moved);
}

void reload(struct builder *b, struct regset set)
{
	struct regset dirty = rs_minus(b->now.dirty, rs_moved(set));
	u32 upper = rs_upper_only(set);

	for (u32 r = 0; r < 32; r++) {
		if (rs_has_x(set, r))
			set_value_x(b, r, cpu_load(b, b->t.i64, offset_x(r)));
		if (upper >> r & 1)
			set_upper_half(b, r, cpu_load(b, b->t.i64, offset_v(r) + 8));
		else if (rs_has_v(set, r))
			set_value_v(b, r, cpu_load(b, b->t.v128, offset_v(r)));
	}
	if (set.f)
		flags_set(b, (struct pending_flags){ .kind = FLAGS_NZCV, .a = cpu_load(b, b->t.i32, offsetof(struct cpu, nzcv)) });
	b->now.dirty = dirty;
}
