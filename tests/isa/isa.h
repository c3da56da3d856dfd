/* SPDX-License-Identifier: MIT */
/*
 * Parts of the host tool `isa`: generate cases, run them, compare, and the
 * lines of text that stand for a case.
 */
#ifndef ISA_H
#define ISA_H

#include <stdbool.h>
#include <stdio.h>

#include "case.h"

/* generate.c: `count` random cases over the table's rows whose name matches the
 * shell pattern; none if there is no such row.  LIST is a64_list.tsv. */
int isa_generate(const char *list, const char *pattern, uint32_t seed, uint32_t count, FILE *out);

/* native.c */
void isa_native_start(void);
void isa_run_native(const struct isa_case *cases, struct isa_result *results, uint32_t count);

/* text.c: "x1=7fffffff v3=... nzcv=9"; only what differs from the defaults.
 * The parser returns what it did not understand, or NULL. */
void isa_case_print(const struct isa_case *c, FILE *out);
const char *isa_state_parse(char *text, struct isa_case *c);
void isa_difference_print(const struct isa_result *want, const struct isa_result *got, FILE *out);
bool isa_same(const struct isa_result *want, const struct isa_result *got);
/* The same, but for what the Arm ARM leaves open. */
bool isa_agree(const struct isa_case *c, const struct isa_result *want, const struct isa_result *got);

/* shrink.c.  isa_without: 1 if there is no such part. */
int isa_without(const struct isa_case *cases, uint32_t count, int part, FILE *out);
void isa_smaller(const struct isa_case *cases, const struct isa_case *without, const struct isa_result *want,
                 const struct isa_result *got, uint32_t count, FILE *out);
void isa_failing(const struct isa_case *cases, const struct isa_result *want, const struct isa_result *got,
                 uint32_t count, FILE *out);

/* fixed.c: lines "asm; asm | state | state afterwards" against results. */
int isa_fixed_assemble(const char *file, const char *as, FILE *out);
int isa_fixed_check(const char *file, const struct isa_result *results, uint32_t count);

/* lifted.c: writes DIR/lifted.s and DIR/kept */
int isa_lifted(const struct isa_case *cases, const struct isa_result *results, uint32_t count,
               const char *dir);

/* features.c */
int isa_features(const char *list);

void *isa_read_file(const char *path, size_t item, uint32_t *count);

#endif
