/* SPDX-License-Identifier: MIT */
/*
 * What the lifter knows of the whole guest program: its instructions, its
 * functions and their blocks.  discover.c fills it, summary.c adds what
 * travels between functions, build.c turns it into IR.
 */
#ifndef LIFTER_PROGRAM_H
#define LIFTER_PROGRAM_H

#include "lifter/a64/a64.h"
#include "lifter/convention.h"
#include "lifter/image.h"

#define NONE 0xffffffffu

/* System calls, arm64 numbers, that look at or replace all registers, or send signals or let them in. */
enum {
	SYS_KILL = 129, SYS_TKILL = 130, SYS_TGKILL = 131, SYS_RT_SIGSUSPEND = 133, SYS_RT_SIGPROCMASK = 135,
	SYS_RT_SIGQUEUEINFO = 138, SYS_RT_SIGRETURN = 139, SYS_CLONE = 220, SYS_RT_TGSIGQUEUEINFO = 240, SYS_CLONE3 = 435,
};

/* How a block ends. */
enum block_end {
	END_FALL,                  /* the next instruction is a leader */
	END_JUMP,
	END_COND,                  /* succ[0] taken, succ[1] not */
	END_SWITCH,                /* a resolved indirect jump: succs in switch_targets */
	END_CALL,                  /* direct call of callee, or of an address without code we know */
	END_CALL_INDIRECT,
	END_SVC,
	END_RETURN,
	END_TAIL,                  /* jump to the entry of callee */
	END_TAIL_INDIRECT,
	END_LEAVE,                 /* goes on in the dispatcher: traps, unknown instructions, open tails */
};

/* A jump table: entry i sends to base + (T[i] << shift), T of `size` bytes. */
struct jump_table {
	u64 table, base;
	u32 count;                 /* of targets */
	u32 load;                  /* instruction index of the load whose index register is the selector */
	u8 size, shift, scale;     /* scale: log2 of the index's step in bytes */
	bool is_signed, is_bounded;/* bounded: a guard before it proves index < count */
	bool is_masked;            /* the index has a limit, if one beyond the table: no working program goes there */
	bool by_address;           /* a guess, or the index is not at hand: go by the address jumped to */
};

struct block {
	u32 first, end;            /* instruction indices [first, end) */
	u8 kind;                   /* enum block_end */
	bool is_noreturn;          /* the call that ends it never comes back */
	bool is_dead_end;          /* END_LEAVE: where a call would come back that is the last of its function */
	bool is_open_tail;         /* END_LEAVE: into another function, with a frame of this one on the stack */
	bool is_verified_return;   /* END_RETURN: goes to where the function was called from, SP as it was */
	bool returns_perhaps;      /* END_TAIL: whether x30 holds that address is seen at run time */
	bool lr_is_entry;          /* x30 holds the function's own return address at its end */
	bool sp_is_entry;          /* SP is what it was at the function's entry */
	bool has_frame;            /* END_CALL...: it is below that */
	bool is_nonlocal;          /* END_RETURN / END_TAIL_INDIRECT to an address loaded as longjmp does */
	u32 succ[2];               /* blocks of the same function; NONE */
	u32 pad;                   /* END_CALL, END_CALL_INDIRECT: where an exception from it goes on; NONE */
	u32 callee;                /* function index, NONE */
	u64 target;                /* END_CALL/END_TAIL/END_LEAVE: guest address; END_SWITCH without cases: that, or 0 */
	s64 svc_number;            /* END_SVC: what x8 holds, -1 unknown */
	bool svc_starts_thread;    /* END_SVC: perhaps */
	struct jump_table switch_table;
	u32 *switch_targets;       /* END_SWITCH: switch_table.count blocks */

	struct regset gen, kill;   /* read before written, written by its instructions */
	struct regset live_in;     /* values wanted at its start in SSA */
	struct regset weak_in;     /* ... that someone may look for in struct cpu */
	struct regset live_out, weak_out;
	struct regset dirty_in;    /* struct cpu may lag behind SSA */
	u32 view_w;                /* at entry x[i] is held as an i32 */
	u32 view_s, view_d;        /* at entry v[i] is held as f32 / f64 */
};

/* An instruction that stores what a register held at function entry to the stack. */
struct save { u32 insn, reg; };

struct function {
	u64 va;
	const char *name;          /* never NULL */
	LIST(struct block) blocks; /* [0] is the entry */
	u32 nblock_insns;
	bool is_address_taken, never_returns, has_loop;
	bool may_come_back;        /* never_returns was a presumption only */
	bool has_indirect_tail;    /* returns as the table's functions do: x0, the rest in struct cpu */
	bool is_lifted;            /* not: signal handlers return to it; the dispatcher must see where it goes */
	bool captures;             /* somebody below may look at callee-saved registers: keep struct cpu's true */
	bool may_leave;            /* the interpreter may finish it: what it saved must be in memory */
	bool runs_long;            /* in one call, perhaps: tiers.c */
	bool gives_labels;         /* hands out addresses inside itself: gcc's non-local goto */
	bool keeps_return;         /* stores its return address where others find it: control comes back another way */
	bool follows_frames;       /* reads its callers' frames, by way of x29 */
	bool returns_elsewhere;    /* to an address that it puts into x30, or to any frame: unwinders */
	bool has_unverified_return, sp_is_kept;
	bool needs_return_address; /* some end compares with, or hands on, the x30 of entry */

	const struct convention *convention;
	struct regset spoils;      /* of what that has a callee keep: comes back changed, by judge.c */

	/* convention, by summary.c */
	struct regset modifies;    /* may be changed when it returns */
	struct regset preserves;   /* written, but verified to be restored */
	struct regset written;     /* by its own instructions or calls: whole */
	struct regset held;        /* parameters, memory parameters and written registers: whole */
	struct regset params;      /* passed as parameters */
	struct regset weak_params; /* passed in struct cpu */
	struct regset wanted;      /* by any caller after the call */
	struct regset results;     /* returned as results */
	struct regset memory_results;   /* returned in struct cpu */
	struct regset memory_params;    /* read at entry from struct cpu */
	struct regset shown;       /* changed in struct cpu on the way, by itself for others or by whom it calls */
	LIST(struct save) saves;   /* by instruction */

	LIST(u32) reentries;       /* blocks its re-entry body can be entered at */
	void *llvm;                /* LLVMValueRef, build.c */
	void *llvm_indirect;
	void *llvm_reentry;
};

struct program {
	const struct image *image;
	struct a64_insn *insns;    /* by (va - text_lo) / 4 */
	u8 *insn_state;            /* enum insn_state */
	u32 ninsns;
	LIST(struct function) functions;
	u32 *function_at;          /* by instruction index: NONE or function */
	bool captures_known;       /* second pass of summary.c */
	bool has_capture;          /* some function captures: indirect calls may */
	bool has_threads;          /* any system call may be where another thread goes on */
	bool table_leaves_sp;      /* functions that are called through the table leave SP in struct cpu */
	struct regset indirect_reads;   /* x0..x3 that any address-taken function reads */
	LIST(u64) candidates;      /* code addresses somebody keeps, perhaps functions */
	struct regset label_reads; /* what code whose address is kept reads, though its convention passes nothing there: labels */
	struct bitset kept;        /* by instruction index: code addresses that data or code holds */
	struct bitset labels;      /* by instruction index: a jump table's targets and base, landing pads */
	struct { u32 unknown; } stats;
};

enum insn_state { INSN_NEW, INSN_KNOWN, INSN_UNDEFINED, INSN_REPORTED };

static inline u64 insn_va(const struct program *p, u32 index)
{
	return p->image->text_lo + 4ull * index;
}
static inline u32 insn_index(const struct program *p, u64 va)
{
	return (va - p->image->text_lo) / 4;
}
/* Decodes on first use; NULL where the word is no instruction we know. */
const struct a64_insn *program_insn(struct program *, u32 index);
/* Where a direct branch goes; the instruction has flow b, bcond or bl. */
static inline u64 insn_target(const struct a64_insn *in)
{
	return in->op[a64_descs[in->id].target_op];
}

/* discover.c: finds functions and blocks, resolves jump tables. */
void discover(struct program *, const struct image *);
/* cfg.c: the blocks of one function, given the jump tables known so far. */
struct known_switch { u32 jump; struct jump_table table; };
struct switch_list { LIST(struct known_switch) list; };
void cfg_build(struct program *, struct function *, const struct switch_list *);
/* The address of entry i of a table, 0 when outside the file. */
u64 jump_table_target(const struct image *, const struct jump_table *, u32 i);
/* summary.c: liveness, conventions, capture. */
void summarize(struct program *);
/* flow.c: liveness of one function, given what is known of the others. */
void flow_local(struct program *, struct function *);
void flow_liveness(struct program *, struct function *);
/* ... and how values are held where blocks meet. */
void flow_views(struct program *, struct function *);

/* The registers a block's end looks at and changes, beyond its instructions. */
struct end_effects {
	struct regset reads;       /* in SSA */
	struct regset weak;        /* in struct cpu */
	struct regset clobbers;    /* hold something else or nothing afterwards */
	struct regset results;     /* of the clobbered, returned in SSA */
	struct regset reloads;     /* of the clobbered, found in struct cpu */
	bool captures;
};
struct end_effects block_end_effects(const struct program *, const struct function *, const struct block *);
/* What has its value in struct cpu when a function returns, beside its results. */
struct regset function_leaves(const struct function *);
/* How many arguments a system call of the kernel's table takes, 6 at most; 6 for others (syscalls.c). */
u32 syscall_arguments(s64 number);
/* Successor e of a block, NONE; e < block_nsucc(). */
static inline u32 block_nsucc(const struct block *b)
{
	return b->kind == END_SWITCH ? b->switch_table.count : 2;
}
static inline u32 block_succ(const struct block *b, u32 e)
{
	return b->kind == END_SWITCH ? b->switch_targets[e] : b->succ[e];
}
/* Its ways out: the successors, and the landing pad.  That one is entered with all registers in struct cpu, in the
 * body for re-entry, so that values do not travel there from block to block. */
static inline u32 block_nways(const struct block *b) { return block_nsucc(b) + 1; }
static inline u32 block_way(const struct block *b, u32 e) { return e < block_nsucc(b) ? block_succ(b, e) : b->pad; }
/* Is the block's last instruction part of the function's code, or only a mark
 * of how control leaves? */
bool block_stamps_end(const struct function *, const struct block *);
/* Registers whose SSA value is kept from block to block. */
static inline struct regset block_carry(const struct function *f, const struct block *b)
{
	return rs_or(b->live_in, rs_and(b->weak_in, f->held));
}

#endif
