/* SPDX-License-Identifier: MIT */
/*
 * The guest ELF as an output carries it: without debug sections, which nothing
 * at run time reads and which are most of a -g build.
 */
#ifndef WRAPPER_SLIM_H
#define WRAPPER_SLIM_H

#include "input.h"
#include "outfile.h"

/* How much slim_write() will write.  The ELF was found to be ELF_PROGRAM before. */
uint64_t slim_size(const struct input *elf);

/* 0, or -1 after diag_error(). */
int slim_write(struct outfile *o, const struct input *elf);

#endif
