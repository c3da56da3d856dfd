/* SPDX-License-Identifier: MIT */
/*
 * The guest program as the lifter sees it: segments at their own addresses,
 * function symbols, and what of it is code.  Every field of the file is
 * checked here; the rest of the lifter trusts an image.
 */
#ifndef LIFTER_IMAGE_H
#define LIFTER_IMAGE_H

#include "lifter/ehframe.h"

struct segment {
	u64 va, filesz, memsz;
	const u8 *data;            /* filesz bytes, into a copy of the file */
	u32 flags;                 /* PF_R | PF_W | PF_X */
};

struct symbol {
	u64 va, size;              /* size 0: unknown */
	const char *name;          /* NULL: known by an unwind table alone */
	bool is_part;              /* moved out of a function (name.cold): jumped to, not called */
};

/* A run of words that may be code, as sections say; without section headers
 * an executable segment. */
struct code_range { u64 va, end; };

struct relocation { u64 va, value; };

struct image {
	const u8 *bytes;
	size_t size;
	const char *name;          /* for messages */
	u64 bias;                  /* added to the file's addresses: static-pie */
	u64 entry;
	u32 area;                  /* where the runtime's is: cpu_area() */
	u64 relro_lo, relro_hi;    /* written at start-up only */
	u64 text_lo, text_hi;      /* hull of the code ranges, multiples of 4 */
	u64 go_lo, go_hi;          /* Go's code, empty in most programs */
	LIST(struct segment) segments;
	LIST(struct symbol) functions;      /* of .symtab and unwind tables, by address, aliases removed */
	u32 nsymbols, nunwound;    /* of these, known by the one and the other */
	LIST(struct landing_pad) pads;      /* by address of the calls */
	LIST(struct code_range) code;       /* by address */
	LIST(u64) pointers;        /* values of RELATIVE relocations (static-pie), who resolves IRELATIVE ones, and personalities */
	LIST(struct relocation) relocations;    /* words that start-up code sets; in the data, and gone, once it is open */
};

/* Reads and checks the file; ends with an error on anything that is not a
 * static little-endian AArch64 executable we can place.  Messages call it
 * `name`, or `path` where that is NULL.  Both, and the mapping, live as long
 * as the image. */
void image_open(struct image *, const char *path, const char *name);

/* The bytes at a guest address, NULL where fewer than `size` are in the file. */
const u8 *image_at(const struct image *, u64 va, u64 size);
/* Does nothing ever write there, start-up code included? */
bool image_is_read_only(const struct image *, u64 va);
/* Does nothing write there while the program runs? */
bool image_is_constant(const struct image *, u64 va);
static inline bool image_is_code(const struct image *img, u64 va)
{
	for (u32 i = 0; i < img->code.count; i++)
		if (va >= img->code.at[i].va && va < img->code.at[i].end)
			return !(va & 3);
	return false;
}
/* Where the call at va goes on if an exception comes out of it, 0 nowhere in its function. */
u64 image_landing_pad(const struct image *, u64 va);
/* The last function symbol that starts at or before va, or NULL. */
const struct symbol *image_symbol_before(const struct image *, u64 va);
/* The one whose extent holds va, or NULL. */
const struct symbol *image_symbol(const struct image *, u64 va);

#endif
