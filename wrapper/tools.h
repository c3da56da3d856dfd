/* SPDX-License-Identifier: MIT */
/*
 * The tools beside the compiler driver.
 */
#ifndef WRAPPER_TOOLS_H
#define WRAPPER_TOOLS_H

#include "names.h"

/* Each is a main() and returns the exit status. */
int cross_main(const struct tool *tool, int argc, char **argv); /* ar, nm ...: the plain cross tool */
int edit_main(const struct tool *tool, int argc, char **argv);  /* strip, objcopy: on our outputs too */
int lift_main(int argc, char **argv);                           /* aarch64-wasm-lift */

#endif
