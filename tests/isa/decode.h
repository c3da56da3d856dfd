/* SPDX-License-Identifier: MIT */
/*
 * decode.list as isa-decode uses it: which mnemonics a row of the table may
 * have, and why table and disassembler may differ (decode.list says how it is
 * written).
 */
#ifndef ISA_DECODE_H
#define ISA_DECODE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct decode_line;

void decode_read(const char *path);
bool decode_allows(const char *row, const char *mnemonic);
/* Why only one of the two knows the word: a row of ours, or a mnemonic of LLVM's. */
const struct decode_line *decode_explanation(const char *row, const char *mnemonic, uint32_t word);
void decode_used(const struct decode_line *line);
/* Prints the lines that explained nothing; how many. */
uint32_t decode_unused(FILE *out);

#endif
