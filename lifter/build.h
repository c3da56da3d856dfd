/* SPDX-License-Identifier: MIT */
/*
 * Building the IR of one function.  Between the files that do it: values.c
 * holds registers, flags.c conditions, memory.c loads and stores, holes.c
 * gives each accessor of the templates its meaning here, stamp.c clones
 * templates, ends.c builds how blocks end, reentry.c says where functions are
 * entered in the middle, build.c puts them together.
 *
 * Inside a block a register is an SSA value (`now`); between blocks it
 * travels through one alloca per register and view, which mem2reg turns into
 * phis.  A value is stored to its alloca only on edges where it is wanted.
 */
#ifndef LIFTER_BUILD_H
#define LIFTER_BUILD_H

#include <llvm-c/Core.h>

#include "lifter/parts.h"
#include "lifter/tmpl.h"

typedef LLVMValueRef value_t;

struct build_options {
	bool relaxed_nan;          /* NaN results as the engine makes them, not as Arm does */
	bool fpenv;                /* rounding modes and exceptions to the letter: the program looks at them */
};

struct types {
	LLVMTypeRef i1, i8, i16, i32, i64, f32, f64, v128, ptr, nothing;
	LLVMTypeRef indirect;      /* i64 (i64 sp, i64 x0, i64 x1, i64 x2, i64 x3) */
};

/* The flags' last writer in this block; conditions are made when asked for. */
struct pending_flags {
	enum { FLAGS_NONE, FLAGS_ADC, FLAGS_ADD, FLAGS_SUB, FLAGS_LOGIC, FLAGS_FCMP, FLAGS_NZCV } kind;
	value_t a, b, carry;       /* as wide as the compare */
	value_t condition;         /* ccmp: NULL, or the flags are `otherwise` where it is false */
	value_t otherwise;         /* nzcv in bits 31..28 */
};

/* The registers at the point where code is being added. */
struct values {
	value_t x[32], v[32], flag[FLAG_COUNT];           /* NULL: still in its alloca */
	u32 view_w, view_s, view_d;                       /* as in struct block */
	u32 changed_x, changed_v, changed_f;              /* differs from its alloca */
	struct pending_flags flags;
	struct regset dirty;                              /* may differ from struct cpu */
};

/* The one place in a function that jumps through a table. */
struct shared_switch {
	struct jump_table table;
	LLVMBasicBlockRef block;
	value_t selector;          /* alloca: which entry, below table.count */
};

struct builder {
	struct program *program;
	const struct build_options *options;
	LLVMContextRef context;
	LLVMModuleRef module;
	LLVMBuilderRef ir;
	struct types t;

	struct function *f;
	bool is_reentry;           /* the body entered in the middle, with all state in struct cpu */
	value_t llvm;
	LLVMBasicBlockRef prologue;
	LLVMBasicBlockRef *blocks; /* by block */
	LIST(struct shared_switch) switches;
	value_t entry_sp, entry_lr;

	/* allocas by register and view, made on first use */
	value_t slot_w[32], slot_x[32], slot_s[32], slot_d[32], slot_v[32], slot_f[FLAG_COUNT];

	/* within the block being built */
	const struct block *block;
	struct values now;
	bool in_memory;            /* stamping a template with branches: registers live in allocas */
	u32 insn_index;
	value_t selector;          /* index register of a jump table's load */
	value_t target, condition; /* of the control instruction that ends the block */
};

/* values.c */
void values_begin(struct builder *, const struct block *);
value_t value_x(struct builder *, u32 r);
value_t value_w(struct builder *, u32 r);
value_t value_d(struct builder *, u32 r);
value_t value_s(struct builder *, u32 r);
value_t value_v(struct builder *, u32 r);
void set_value_x(struct builder *, u32 r, value_t);
void set_value_w(struct builder *, u32 r, value_t);
void set_value_d(struct builder *, u32 r, value_t);
void set_value_s(struct builder *, u32 r, value_t);
void set_value_v(struct builder *, u32 r, value_t);
/* Makes the allocas of the successor hold what it wants. */
void values_to_edge(struct builder *, const struct block *to);
/* Puts all these registers into full-width allocas, and back from there. */
void values_spill(struct builder *, struct regset);
void values_unspill(struct builder *, struct regset);
value_t slot(struct builder *, value_t *at, LLVMTypeRef, const char *name, u32 r);

/* flags.c */
void flags_set(struct builder *, struct pending_flags);
value_t flag_value(struct builder *, enum flag);
value_t condition_value(struct builder *, u32 cond);
value_t nzcv_value(struct builder *);

/* memory.c */
value_t guest_pointer(struct builder *, value_t base, s64 offset);
value_t guest_load(struct builder *, LLVMTypeRef, value_t base, s64 offset);
void guest_store(struct builder *, value_t base, s64 offset, value_t);
/* nan.c: r = x op y, or the NaN that Arm gives: a marker, which settle.c makes code of. */
value_t nan_result(struct builder *, value_t r, value_t x, value_t y);
value_t cpu_load(struct builder *, LLVMTypeRef, u32 offset);
void cpu_store(struct builder *, u32 offset, value_t);
/* Registers between SSA and struct cpu. */
void flush(struct builder *, struct regset);
void reload(struct builder *, struct regset);
/* Bits 64..127 of a v register, an i64. */
value_t upper_half(struct builder *, value_t v128);
void set_upper_half(struct builder *, u32 r, value_t half);

/* declare.c */
void add_attribute(struct builder *, value_t function, const char *name);
/* A function that reads and writes nothing, declared on first use. */
value_t declare_pure(struct builder *, const char *name, LLVMTypeRef);
/* The i1 itself, for a branch that is hardly ever taken. */
value_t unlikely(struct builder *, value_t condition);
/* Is it a call of a function whose name begins so? */
bool calls(value_t, const char *prefix);
/* Result i of n of a call. */
value_t call_result(struct builder *, value_t call, u32 i, u32 n);
/* The same value, through an empty assembly statement: LLVM knows nothing of it. */
value_t in_local(struct builder *, value_t);

/* holes.c: the value of an accessor call, NULL for none. */
value_t hole_value(struct builder *, const struct tmpl *, const struct node *, const struct a64_insn *, const value_t *by_node);
/* A function of cpu.wasm, declared on first use. */
value_t runtime_call(struct builder *, const char *name, LLVMTypeRef result, u32 count, value_t *args);

/* stamp.c */
void stamp(struct builder *, const struct a64_insn *);

/* ends.c */
void build_end(struct builder *);
LLVMTypeRef function_type(struct builder *, const struct function *);
value_t call_function(struct builder *, struct function *, const value_t *params);
/* A call that could be taken for the dispatcher's, by where it returns to, or that it is no use to come back from: hides that
 * one (struct cpu) until it is back. */
value_t hide_caller(struct builder *);
/* Behind a call: whether the function did not return but told the dispatcher where it goes on.  All is in struct cpu then. */
value_t goes_on_elsewhere(struct builder *);
/* Parameters in order: SP, x0.., then v0..; `each` gets a register 0..31, or 32 + v. */
u32 function_params(const struct function *, u32 regs[64]);
u32 function_results(const struct function *, u32 regs[64]);
LLVMTypeRef register_type(struct builder *, struct regset, u32 reg);

/* reentry.c: fills reentries. */
void find_reentries(const struct program *, struct function *);
/* Adds what control reaches from the blocks in the set. */
void blocks_add_reached(const struct function *, struct bitset *);

/* build.c */
/* Enough of a builder to add code to functions that are built; its `ir` is the caller's to dispose of. */
void builder_init(struct builder *, struct program *, LLVMModuleRef);
/* One part of the program. */
void build_part(struct program *, const struct parts *, u32 part, LLVMModuleRef, const struct build_options *);

static inline value_t const_i64(struct builder *b, u64 k) { return LLVMConstInt(b->t.i64, k, false); }
static inline value_t const_i32(struct builder *b, u32 k) { return LLVMConstInt(b->t.i32, k, false); }

#endif
