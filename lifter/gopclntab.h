/* SPDX-License-Identifier: MIT */
/*
 * Go's table of its functions (src/internal/abi/symtab.go, debug/gosym), which
 * its runtime unwinds by: strip leaves it, and it says what code is Go's.
 */
#ifndef LIFTER_GOPCLNTAB_H
#define LIFTER_GOPCLNTAB_H

#include "lifter/util.h"

enum { GOPCLNTAB_ALIGN = 8 };

/* Is there such a table at `bytes`, `size` at most?  Then its code is [*lo, *hi), which to check is the caller's.  Of Go
 * 1.18 and later: before, no arguments were in registers, so that none gets lost. */
bool gopclntab_read(const u8 *bytes, u64 size, u64 *lo, u64 *hi);
/* Calls `found` for each function of a table that was read. */
void gopclntab_functions(const u8 *bytes, void (*found)(void *context, u64 va, u64 size), void *context);

#endif
