/* SPDX-License-Identifier: MIT */
/*
 * The code section, once more: numbers that wasm-ld left room in for
 * relocation get their shortest form, and calls of the identity UNLIKELY,
 * with which lifted code says that what it answers is hardly ever true, become
 * hints on the branch that follows (the branch-hinting proposal).  Engines
 * keep what is unlikely out of the way, and its calls from costing registers.
 *
 * Calls of fused multiply-adds are listed, and as long as the instruction of
 * relaxed SIMD which may replace them.
 */
#include <stdlib.h>

#include "lifter/wasm.h"

/* What follows an opcode. */
enum immediate {
	EMPTY, LEB, LEB2, SLEB, MEMARG, MEMARG_LANE, LANE, BYTES4, BYTES8, BYTES16, BR_TABLE, TYPES, PREFIX_FC, PREFIX_FD, PREFIX_FE, UNKNOWN
};

struct range { u16 first, last; u8 immediate; };

/* Everything LLVM emits with the features of emit.c.  Rows in order. */
static const struct range plain[] = {
	{ 0x00, 0x01, EMPTY }, { 0x02, 0x04, SLEB }, { 0x05, 0x05, EMPTY }, { 0x0b, 0x0b, EMPTY }, { 0x0c, 0x0d, LEB }, { 0x0e, 0x0e, BR_TABLE },
	{ 0x0f, 0x0f, EMPTY }, { 0x10, 0x10, LEB }, { 0x11, 0x11, LEB2 }, { 0x12, 0x12, LEB }, { 0x13, 0x13, LEB2 }, { 0x1a, 0x1b, EMPTY },
	{ 0x1c, 0x1c, TYPES }, { 0x20, 0x26, LEB }, { 0x28, 0x3e, MEMARG }, { 0x3f, 0x40, LEB }, { 0x41, 0x42, SLEB }, { 0x43, 0x43, BYTES4 },
	{ 0x44, 0x44, BYTES8 }, { 0x45, 0xc4, EMPTY }, { 0xd0, 0xd0, SLEB }, { 0xd1, 0xd1, EMPTY }, { 0xd2, 0xd2, LEB }, { 0xfc, 0xfc, PREFIX_FC },
	{ 0xfd, 0xfd, PREFIX_FD }, { 0xfe, 0xfe, PREFIX_FE }, { 0xffff, 0xffff, UNKNOWN },
};
static const struct range bulk[] = {
	{ 0, 7, EMPTY }, { 8, 8, LEB2 }, { 9, 9, LEB }, { 10, 10, LEB2 }, { 11, 11, LEB }, { 12, 12, LEB2 }, { 13, 13, LEB }, { 14, 14, LEB2 },
	{ 15, 17, LEB }, { 0xffff, 0xffff, UNKNOWN },
};
static const struct range simd[] = {
	{ 0, 11, MEMARG }, { 12, 13, BYTES16 }, { 14, 20, EMPTY }, { 21, 34, LANE }, { 35, 83, EMPTY }, { 84, 91, MEMARG_LANE }, { 92, 93, MEMARG },
	{ 94, 0x113, EMPTY }, { 0xffff, 0xffff, UNKNOWN },
};
static const struct range atomic[] = {
	{ 0, 2, MEMARG }, { 3, 3, LANE }, { 0x10, 0x4e, MEMARG }, { 0xffff, 0xffff, UNKNOWN },
};

static enum immediate immediate_of(const struct range *r, u32 opcode)
{
	while (opcode > r->last)
		r++;
	return opcode < r->first ? UNKNOWN : r->immediate;
}

static void copy_leb(struct reader *r, struct bytes *out) { put_leb(out, get_leb(r)); }

static void copy_exactly(struct reader *r, struct bytes *out, size_t n)
{
	bytes_put(out, get_exactly(r, n).at, n);
}

static void copy_immediate(struct reader *r, struct bytes *out, enum immediate kind)
{
	switch (kind) {
	case EMPTY: break;
	case LEB: copy_leb(r, out); break;
	case MEMARG:
	case LEB2: copy_leb(r, out); copy_leb(r, out); break;
	case SLEB: put_sleb(out, get_sleb(r)); break;
	case MEMARG_LANE: copy_leb(r, out); copy_leb(r, out); copy_exactly(r, out, 1); break;
	case LANE: copy_exactly(r, out, 1); break;
	case BYTES4: copy_exactly(r, out, 4); break;
	case BYTES8: copy_exactly(r, out, 8); break;
	case BYTES16: copy_exactly(r, out, 16); break;
	case BR_TABLE: {
		u64 n = get_leb(r);
		put_leb(out, n);
		for (u64 i = 0; i <= n; i++)
			copy_leb(r, out);
		break;
	}
	case TYPES: {
		u64 n = get_leb(r);
		put_leb(out, n);
		copy_exactly(r, out, n);
		break;
	}
	case PREFIX_FC: case PREFIX_FD: case PREFIX_FE: {
		const struct range *table = kind == PREFIX_FC ? bulk : kind == PREFIX_FD ? simd : atomic;
		u32 opcode = get_leb(r);
		put_leb(out, opcode);
		copy_immediate(r, out, immediate_of(table, opcode));
		break;
	}
	case UNKNOWN: diag_fatal("the generated code has an instruction that is not known here; please report this program");
	}
}

enum { OP_IF = 0x04, OP_BR_IF = 0x0d, OP_CALL = 0x10, OP_EQZ = 0x45 };

/* Of one body; offsets count from its first byte. */
struct hints { struct bytes list; u32 count; };
struct fused_call { u32 at; bool is_double; };
struct found { struct hints hints; LIST(struct fused_call) fused; };

static bool is_fused(const struct special *s, u64 callee)
{
	return callee == s->fma_v64 || callee == s->fma_v32 || callee == s->fma_32;
}

/* The callee's number takes two bytes or more. */
static void put_fused_call(struct bytes *out, u64 callee)
{
	put_u8(out, OP_CALL);
	put_u8(out, 0x80 | (callee & 0x7f));
	put_leb(out, callee >> 7);
}

/* One function's body from `r` to `out`. */
static void copy_body(struct reader *r, struct bytes *out, const struct special *s, struct found *found)
{
	enum { NOTHING, IS_RARE, IS_USUAL } top = NOTHING;      /* what is known of the top of the stack */
	u32 start = out->count;

	for (u64 groups = get_leb(r), n = (put_leb(out, groups), groups); n--;) {
		copy_leb(r, out);                               /* so many locals */
		copy_exactly(r, out, 1);                        /* of this type */
	}
	while (r->at < r->end) {
		u32 at = out->count - start;
		u8 op = get_u8(r);
		if (op == OP_CALL) {
			u64 callee = get_leb(r);
			top = callee == s->unlikely ? IS_RARE : NOTHING;
			if (callee == s->unlikely)
				continue;
			if (is_fused(s, callee)) {
				list_push(&found->fused, (struct fused_call){ at, callee == s->fma_v64 });
				put_fused_call(out, callee);
				continue;
			}
			put_u8(out, op);
			put_leb(out, callee);
			continue;
		}
		put_u8(out, op);
		copy_immediate(r, out, immediate_of(plain, op));
		if ((op == OP_IF || op == OP_BR_IF) && top) {
			put_leb(&found->hints.list, at);
			put_u8(&found->hints.list, 1);
			put_u8(&found->hints.list, top == IS_USUAL);
			found->hints.count++;
		}
		top = op != OP_EQZ || !top ? NOTHING : top == IS_RARE ? IS_USUAL : IS_RARE;
	}
}

struct bytes code_section(struct reader section, u32 imports, const struct special *s, struct bytes *hints, struct bytes *fused)
{
	struct bytes out = { 0 }, body = { 0 }, all = { 0 };
	u32 hinted = 0, last_fused = 0;

	if (!section.at)
		return out;
	u64 count = get_leb(&section);
	put_leb(&out, count);
	for (u64 i = 0; i < count; i++) {
		struct reader r = get_bytes(&section);
		struct found found = { 0 };
		body.count = 0;
		copy_body(&r, &body, s, &found);
		put_leb(&out, body.count);
		for (u32 k = 0; k < found.fused.count; k++) {
			u32 at = out.count + found.fused.at[k].at;
			put_leb(fused, 2 * (at - last_fused) + found.fused.at[k].is_double);
			last_fused = at;
		}
		bytes_put(&out, body.at, body.count);
		if (found.hints.count) {
			put_leb(&all, imports + i);
			put_leb(&all, found.hints.count);
			bytes_put(&all, found.hints.list.at, found.hints.list.count);
			hinted++;
		}
		free(found.hints.list.at);
		list_free(&found.fused);
	}
	if (hinted) {
		put_leb(hints, hinted);
		bytes_put(hints, all.at, all.count);
	}
	free(all.at);
	free(body.at);
	return out;
}
