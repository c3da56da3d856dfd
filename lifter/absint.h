/* SPDX-License-Identifier: MIT */
/*
 * Abstract interpretation of one function: for each register, what is known
 * of its value at each block's start.  It walks the templates, so it knows no
 * instruction by name.
 *
 * From it come: constants (addresses taken, syscall numbers), jump tables,
 * and the proof that a function returns to its caller with SP and
 * callee-saved registers as they were.
 */
#ifndef LIFTER_ABSINT_H
#define LIFTER_ABSINT_H

#include "lifter/program.h"

enum value_kind {
	VAL_UNKNOWN,
	VAL_CONST,                 /* k */
	VAL_SP,                    /* the SP at entry plus (s64)k */
	VAL_ENTRY,                 /* what register k held at entry: 0..31 x, 32..63 low half of v */
	VAL_RANGE,                 /* unknown, but below k */
	VAL_INDEXED,               /* k + (unknown << scale), index below count */
	VAL_TABLE,                 /* loaded from table k at such an index, extended, shifted, based */
	VAL_MEMORY,                /* loaded from an address that is not on the stack, xored with anything */
	VAL_FRAME,                 /* of some frame on the stack, by following x29 from one to the next */
	VAL_STACKED,               /* loaded from the stack, where nothing is known of it: perhaps saved there */
	VAL_BEHIND,                /* x30, on some way: an address behind a call of the function's own */
	VAL_HINT,                  /* k when it was spilled to the stack; others may have stored there since */
};

struct value {
	u8 kind;
	u8 size, shift, scale;     /* VAL_TABLE; scale also VAL_INDEXED */
	u8 is_signed, has_base;
	u8 is_hint;                /* VAL_INDEXED, VAL_TABLE: k or base is only a hint */
	u8 unused;                 /* values are compared as bytes */
	u32 count;                 /* entries, 0 unknown */
	u32 load;                  /* VAL_TABLE: instruction index */
	u64 k, base;
};

/* A table of addresses may begin before its first entry, as clang has it where the smallest index is not 0. */
enum { MAX_FIRST_INDEX = 256 };

enum { MAX_SLOTS = 24, MAX_SPILLS = 16 };

struct state {
	bool is_reached;
	struct value reg[64];      /* x0..x30, SP, then v0..v31 */
	struct { s64 offset; u8 reg; } slot[MAX_SLOTS];   /* stack slots that hold entry values */
	struct { s64 offset; u64 k; } spill[MAX_SPILLS];          /* ... that hold addresses */
	u32 nslots, nspills;
	struct { bool valid; u8 reg; u64 k; } compare;    /* flags come from cmp reg, #k */
	u8 copy_of[31];            /* 1 + the register of whose low half this one was made, both as then; 0 none */
};

/* What the walk tells about single instructions. */
struct absint_events {
	void *context;
	/* an address that is code was computed */
	void (*code_address)(void *context, u64 va, u32 index);
	/* entry value of a register stored to the stack, at this offset from the SP at entry */
	void (*save)(void *context, u32 reg, s64 offset, u32 index);
	/* ... loaded from there into the register it came from */
	void (*restore)(void *context, u32 reg, s64 offset, u32 index);
	/* the stack is read at this offset, by whomever */
	void (*look)(void *context, s64 offset, u32 size);
	/* the return address is stored to where the function has no frame */
	void (*keep_return)(void *context);
	/* a caller's frame is read, by way of x29, or a frame's address stored to the stack */
	void (*follow_frame)(void *context);
};

/* Entry states of all blocks, by block; free() it. */
struct state *absint_run(struct program *, const struct function *);
/* The state before the last instruction of a block, from its entry state,
 * reporting events on the way. */
struct state absint_block(struct program *, const struct block *, const struct state *entry, const struct absint_events *);
/* The value of the operand register of an indirect branch. */
struct value absint_branch_target(struct program *, const struct state *, const struct a64_insn *);

/* The address of a frame: a caller's, or the function's own, where it saved x29.  __builtin_frame_address() gives it. */
bool is_frame_record(const struct state *, struct value);

/* As longjmp and gcc's non-local goto do.  SP that is merely unknown is no
 * sign of them: a loaded return address may lie in the function's own frame. */
static inline bool sp_is_loaded(const struct state *s) { return s->reg[REG_SP].kind == VAL_MEMORY; }

#endif
