/* SPDX-License-Identifier: MIT */
/*
 * Is a link worth lifting now?
 */
#ifndef WRAPPER_POLICY_H
#define WRAPPER_POLICY_H

#include <stdbool.h>

#include "options.h"

/* `output` is the program's name, `inputs` what it is linked from. */
bool policy_lift(enum lift_mode mode, const char *output, const struct args *inputs);

/* The mode that $AARCH64_WASM_LIFT asks for, by default auto.  0, or -1 after diag_error(). */
int policy_mode(enum lift_mode *mode);

#endif
