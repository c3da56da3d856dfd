/* SPDX-License-Identifier: MIT */
/* Which functions deserve an engine's optimizing compiler at once. */
#ifndef LIFTER_TIERS_H
#define LIFTER_TIERS_H

#include "lifter/program.h"

/* Sets function.runs_long. */
void tiers_choose(struct program *);

#endif
