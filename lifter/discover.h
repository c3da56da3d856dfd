/* SPDX-License-Identifier: MIT */
/* Between discover.c, which owns the list of functions, cfg.c and judge.c. */
#ifndef LIFTER_DISCOVER_H
#define LIFTER_DISCOVER_H

#include "lifter/program.h"

/* Is va where a function starts?  Known functions and function symbols, but
 * for the parts a compiler moved out of one (name.cold). */
bool program_is_entry(struct program *, u64 va);
/* The function that starts there, made if new.  Moves program.functions. */
u32 program_function(struct program *, u64 va);
/* Control ends there, as far as the program's compiler knew: a trap, or behind the last call of a function. */
bool block_traps(const struct program *, const struct block *);
/* noreturn.c: fills never_returns and cuts the code behind calls of such functions ... */
void find_never_returning(struct program *);
/* ... and provides for those that only seem to be. */
void expect_comebacks(struct program *);
/* gaps.c: functions that code outside of the lifted one refers to are as good as address-taken. */
void gaps_take(struct program *);
/* judge.c: what the function's exits give back.  Its blocks are final. */
void judge(struct program *, struct function *);

#endif
