/* SPDX-License-Identifier: MIT */
/*
 * The compiler driver.
 */
#ifndef WRAPPER_CC_H
#define WRAPPER_CC_H

#include "names.h"

/* aarch64-wasm-cc and its like; the exit status. */
int cc_main(const struct tool *tool, int argc, char **argv);

#endif
