/* SPDX-License-Identifier: MIT */
/* The floating-point environment: who looks at it (fpuse.c), and arithmetic for those (fpenv.c). */
#ifndef LIFTER_FPENV_H
#define LIFTER_FPENV_H

#include "lifter/build.h"

/* Does the program set rounding modes or flushing, or read the exceptions noted? */
bool fpenv_is_used(struct program *);

/* An i1: the host's result stands, for an accessor of floating point with these
 * arguments: `spec`, that result where there is one, operands (fma's need not be there).  NULL: nothing shows that it does. */
value_t fpenv_stands(struct builder *, enum hole, u32 spec, const value_t *args);

#endif
