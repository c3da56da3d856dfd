/* SPDX-License-Identifier: MIT */
/*
 * Functions by .eh_frame, for programs without a symbol table: compilers
 * write an entry for each function, and strip leaves them.  Of what it points
 * to: landing pads, where calls go on that an exception comes out of.
 */
#ifndef LIFTER_EHFRAME_H
#define LIFTER_EHFRAME_H

#include "lifter/util.h"

struct fde {
	u64 va, size;              /* as the file says: check them */
	u64 personality;           /* its language's function, 0 none or called through a pointer in the data */
	u64 lsda;                  /* ... and data for that one (.gcc_except_table), 0 none */
	bool is_part;              /* a function's frame is up at its start: what was moved out of one (.cold) */
};

/* Calls `found` for each entry of the section's `size` bytes at address va.
 * What is damaged or of a kind we do not know is passed over. */
void ehframe_read(const u8 *bytes, u64 size, u64 va, void (*found)(void *context, const struct fde *), void *context);

/* A call at [va, end) that throws goes on at pad. */
struct landing_pad { u64 va, end, pad; };

/* Calls `found` for each landing pad that the language's data at f->lsda names;
 * `bytes` are there, `size` at most.  Landing pads may be anywhere: check them. */
void lsda_read(const u8 *bytes, u64 size, const struct fde *f, void (*found)(void *context, const struct landing_pad *), void *context);

/* .eh_frame's address by .eh_frame_hdr, 0 if it does not say. */
u64 ehframe_by_header(const u8 *bytes, u64 size, u64 va);

#endif
