/* SPDX-License-Identifier: MIT */
/* What was found of a program, in numbers. */
#ifndef LIFTER_REPORT_H
#define LIFTER_REPORT_H

#include "lifter/program.h"

/* The summary, with -v only. */
void report_verbose(const struct program *);
/* The same on stdout, and the code that is left to the interpreter. */
void report_print(const struct program *);

#endif
