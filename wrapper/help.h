/* SPDX-License-Identifier: MIT */
/*
 * --help, made from the tables.
 */
#ifndef WRAPPER_HELP_H
#define WRAPPER_HELP_H

/* Prints the compiler driver's help; the exit status. */
int help_print(void);

#endif
