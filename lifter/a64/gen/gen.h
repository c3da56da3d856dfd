/* SPDX-License-Identifier: MIT */
/*
 * The generator of the instruction set: reads the *.tab files, checks them,
 * writes C for the decoder, the interpreter and the templates.
 *
 * A row (columns separated by `|`, comments from `#`):
 *   name | pattern | constraint | variants | flow | feature | semantics call
 * Pattern: 32 bits, most significant first: 0, 1, x (do not care), field:width
 * (`field` alone is one bit).  Constraint: a C expression over fields.
 * Variants: fields that become constants, one id for each value.  Call: a
 * semantic function; arguments over variants stay constants, any other is an
 * operand computed at decode from fields, `pc` and the helpers of operands.h.
 * A line `%include sem/x.h` names the semantics of the rows of that file, and
 * `%memory` says that they may access memory and so need to know where they are.
 * The first row that matches wins; a row may only stand before another that
 * overlaps it if its pattern is the more specific one.
 */
#ifndef GEN_H
#define GEN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef uint32_t u32;
typedef uint64_t u64;

enum { MAX_FIELDS = 16, MAX_ARGS = 16, MAX_OPS = 8, MAX_ROWS = 4096, MAX_TABS = 32 };

/* What an operand is to the interpreter, as enum a64_kind (a64.h) says. */
enum kind { KIND_WIDE, KIND_SMALL, KIND_X, KIND_V, KIND_LINK };

struct field {
	char name[24];
	u32 lo, width;
};

struct arg {
	char *text;
	int op;                    /* operand number, or -1: a constant */
	enum kind kind;
};

struct row {
	const struct tab *tab;
	u32 line;
	char *name, *constraint, *feature, *function;
	const char *flow;          /* enum a64_flow's name */
	u32 mask, value;
	struct field fields[MAX_FIELDS];
	u32 nfields;
	u32 variants[MAX_FIELDS];  /* indices of fields */
	u32 nvariants;
	struct arg args[MAX_ARGS];
	u32 nargs, nops;
	int target_op;
	u32 ncombos;               /* product of the variants' ranges */
	int *ids;                  /* by combination; -1: the constraint excludes it */
	bool *hot;                 /* by combination: the interpreter's loop has it inline */
	u32 first_id;
};

struct tab {
	char *path, *stem;
	char *includes[4];
	u32 nincludes;
	bool memory;               /* %memory: rows may fault */
};

struct table {
	struct tab tabs[MAX_TABS];
	u32 ntabs;
	struct row *rows;
	u32 nrows, nids;
};

/* expr.c: three-valued evaluation; a field that `lookup` does not know, and
 * any function call, makes the result unknown unless it does not matter. */
struct value {
	bool known;
	int64_t v;
};
struct scope {
	bool (*lookup)(const struct scope *s, const char *name, size_t len, int64_t *out);
	const struct row *row;
	u64 bits;                  /* the word, or the combination number */
};
/* False and *error set if the text is no expression. */
bool expr_eval(const char *text, const struct scope *scope, struct value *out, const char **error);
struct scope scope_of_word(const struct row *r, u32 word);
struct scope scope_of_combo(const struct row *r, u32 combo);
u32 combo_value(const struct row *r, u32 combo, u32 variant);

/* parse.c */
bool table_read(struct table *t, const char *path);
/* check.c: assigns ids; false after printing every problem */
bool table_check(struct table *t);
/* tree.c, emit_decode.c, emit_code.c, emit_list.c, emit_docs.c */
void emit_tree(const struct table *t, FILE *f);
void emit_decode(const struct table *t, FILE *f);
void emit_codes(const struct table *t, FILE *f);
void emit_descs(const struct table *t, FILE *f);
/* hot.c: reads *.hot; after table_check() */
bool hot_read(struct table *t, const char *path);
void emit_hot(const struct table *t, FILE *f);
/* emit_code.c: the function of an id for the interpreter */
void emit_exec_function(const struct row *r, u32 combo, const char *storage, FILE *f);
/* kinds.c */
enum kind kind_of_arg(const struct row *r, const char *text);
const char *kind_name(enum kind k);
u32 kind_words(enum kind k);
void emit_exec(const struct table *t, const struct tab *tab, FILE *f);
void emit_templates(const struct table *t, const struct tab *tab, FILE *f);
void emit_list(const struct table *t, FILE *f);
bool emit_docs(const struct table *t, FILE *f);
void emit_combo_text(const struct row *r, u32 combo, const char *between, FILE *f);

void row_error(const struct row *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool is_field(const struct row *r, const char *name, size_t len, u32 *index);
bool is_variant(const struct row *r, u32 field);

#endif
