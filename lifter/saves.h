/* SPDX-License-Identifier: MIT */
/* The stack slots that a function saves registers in, noted while absint.c walks over it. */
#ifndef LIFTER_SAVES_H
#define LIFTER_SAVES_H

#include "lifter/absint.h"
#include "lifter/discover.h"

struct slot { s64 offset; u32 reg, insn; };
struct look { s64 offset; u32 size; };
struct save_notes { LIST(struct slot) saves, restores; LIST(struct look) looks; };

/* For one walk over each of the function's blocks. */
struct absint_events saves_events(struct save_notes *);
/* Fills function.saves and frees the notes.  The registers that it returns are saved for others to look at and to
 * change: what comes back in them is not what the function found. */
struct regset saves_find(struct program *, struct function *, struct save_notes *);

#endif
