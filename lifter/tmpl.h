/* SPDX-License-Identifier: MIT */
/*
 * Instruction templates: the bitcode of lifter/a64, taken apart once per
 * instruction form into a list of nodes that everything else walks: effects
 * and abstract interpretation read it, the builder stamps it.
 */
#ifndef LIFTER_TMPL_H
#define LIFTER_TMPL_H

#include <llvm-c/Core.h>

#include "lifter/a64/a64.h"
#define A64_TEMPLATE 1
#include "lifter/a64/sem/holes.h"
#include "lifter/regset.h"

#define HOLE_ENUM(result, name, params) HOLE_##name,
enum hole { A64_HOLES(HOLE_ENUM) HOLE_COUNT };
#undef HOLE_ENUM
extern const char *const hole_names[HOLE_COUNT];

enum node_kind {
	NODE_CPU,                  /* the struct cpu * parameter */
	NODE_OPERAND,              /* imm: which of the instruction's op[] */
	NODE_CONST,                /* an integer: imm */
	NODE_VALUE,                /* any other constant: value */
	NODE_HOLE,                 /* a call of a hole; args without the cpu */
	NODE_ADD, NODE_SUB, NODE_SHL, NODE_LSHR, NODE_ASHR, NODE_AND, NODE_OR, NODE_XOR, NODE_TRUNC, NODE_ZEXT, NODE_SEXT,
	NODE_OTHER,                /* any other instruction: value */
};

struct node {
	u8 kind;
	u8 hole;                   /* enum hole */
	u8 bits;                   /* width of an integer result, else 0 */
	u8 nargs;
	bool narrow;               /* get_x: only the low 32 bits are used; set_x: the value is zero-extended from 32 */
	bool conditional;          /* not in the template's entry block */
	u16 block;
	u32 args;                  /* first of nargs indices in tmpl.args */
	u64 imm;
	LLVMValueRef value;        /* of the template */
};

enum { TMPL_MAX_NODES = 1024 };

struct tmpl {
	LLVMValueRef function;
	LIST(struct node) nodes;   /* parameters and constants, then instructions in order; a node's args come before it, but for phis */
	LIST(u16) args;
	u32 nblocks;
};

/* Loads the bitcode file; the module is where lifted functions are built. */
LLVMModuleRef tmpl_load(LLVMContextRef, const char *path);
/* The template of an instruction form; made on first use, never NULL. */
const struct tmpl *tmpl_get(u32 id);
/* Deletes the templates from the module. */
void tmpl_drop(LLVMModuleRef);

static inline const struct node *tmpl_arg(const struct tmpl *t, const struct node *n, u32 k)
{
	return &t->nodes.at[t->args.at[n->args + k]];
}
/* The number a register or immediate argument is for this instruction. */
u64 tmpl_number(const struct tmpl *, const struct node *, const struct a64_insn *);

/* What an instruction reads and writes.  A conditional write also reads. */
struct effects { struct regset read, write; };
struct effects tmpl_effects(const struct a64_insn *);
/* How the registers an instruction writes are held afterwards: of x those in w
 * as an i32, of v those in s and d as f32 and f64 with zeroes above. */
struct tmpl_writes { u32 x, w, v, s, d; };
struct tmpl_writes tmpl_writes(const struct a64_insn *);
/* The argument is a number known at lift time: operands, constants and
 * sums of them. */
bool tmpl_constant(const struct tmpl *, const struct node *, const struct a64_insn *, u64 *value);

#endif
