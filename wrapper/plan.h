/* SPDX-License-Identifier: MIT */
/*
 * A plan: the commands that make an output, first as data, then printed, then
 * run.
 *
 * A step is a command line.  Where the program is one of our own tools the
 * step is a call of that tool's function with the same arguments, so that what
 * -v prints can be typed into a shell.
 */
#ifndef WRAPPER_PLAN_H
#define WRAPPER_PLAN_H

#include "args.h"

struct step {
	struct args cmd;
	int (*tool)(int argc, char **argv); /* ours, returns an exit status; NULL: spawn cmd.v[0] */
};

struct plan {
	struct step step[16];
	size_t n;
};

/* A new step at the end; push its words to the result. */
struct args *plan_step(struct plan *p, int (*tool)(int, char **));

/* As gcc prints its -###: each word quoted. */
void plan_print(const struct plan *p);

/* Runs the steps; `verbose` prints each first.  The exit status of the first that fails, or 0. */
int plan_run(const struct plan *p, bool verbose);

/* Spawns argv[0] and waits.  Its exit status; 1 after diag_error() if it cannot start or was killed. */
int plan_spawn(char **argv);

#endif
