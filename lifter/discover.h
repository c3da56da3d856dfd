/* SPDX-License-Identifier: MIT */
/* Between discover.c, which owns the list of functions, and what else looks for functions and judges them. */
#ifndef LIFTER_DISCOVER_H
#define LIFTER_DISCOVER_H

#include "lifter/program.h"

struct state;                      /* absint.h */

/* Is va where a function starts?  Known functions and function symbols, but
 * for the parts a compiler moved out of one (name.cold). */
bool program_is_entry(struct program *, u64 va);
/* The function that starts there, made if new.  Moves program.functions. */
u32 program_function(struct program *, u64 va);
/* By instruction index: what is in the blocks of functions, of all or of the lifted ones. */
struct bitset program_code(const struct program *, bool only_lifted);
/* Padding. */
bool program_is_nop(struct program *, u32 index);
/* cfg.c: a new block for where no call comes back, as far as the program's compiler knew: an instruction's index.  Moves the
 * function's blocks. */
u32 function_dead_end(const struct program *, struct function *, u32 index);
/* depth.c: lets calls end there that would come back to code at another depth of the stack.  True if there are any. */
bool depth_cut(struct program *, struct function *, const struct state *states);
/* Control ends there, as far as the program's compiler knew: a trap, or behind the last call of a function. */
bool block_traps(const struct program *, const struct block *);
/* noreturn.c: fills never_returns and cuts the code behind calls of such functions ... */
void find_never_returning(struct program *);
/* ... and provides for those that only seem to be. */
void expect_comebacks(struct program *);
/* gaps.c: functions that code outside of the lifted one refers to are as good as address-taken. */
void gaps_take(struct program *);
/* operations.c: functions whose addresses are made of an interpreter's table of offsets, by instruction index in order.
 * True if there are any; */
struct operations { u32 *at, count, room; };
bool operations_take(struct program *, struct operations *);
/* ... then those beside them that only jump to others. */
void operations_take_beside(struct program *, const struct operations *);
/* The function that a block calls or jumps to, NONE. */
u32 block_callee(const struct program *, const struct block *);
/* judge.c: what the exits of functions give back.  Their blocks are final. */
void judge_functions(struct program *);
/* ... then: jumps between functions, one of which jumps through the table, are true ones: operations that jump to each
 * other so must not nest. */
void spread_indirect_tails(struct program *);

#endif
