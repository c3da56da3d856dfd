/* SPDX-License-Identifier: MIT */
/*
 * Functions by .eh_frame, for programs without a symbol table: compilers
 * write an entry for each function, and strip leaves them.
 */
#ifndef LIFTER_EHFRAME_H
#define LIFTER_EHFRAME_H

#include "lifter/util.h"

struct fde {
	u64 va, size;              /* as the file says: check them */
	bool is_part;              /* a function's frame is up at its start: what was moved out of one (.cold) */
};

/* Calls `found` for each entry of the section's `size` bytes at address va.
 * What is damaged or of a kind we do not know is passed over. */
void ehframe_read(const u8 *bytes, u64 size, u64 va, void (*found)(void *context, const struct fde *), void *context);

/* .eh_frame's address by .eh_frame_hdr, 0 if it does not say. */
u64 ehframe_by_header(const u8 *bytes, u64 size, u64 va);

#endif
