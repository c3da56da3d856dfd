/* SPDX-License-Identifier: MIT */
/*
 * The container that an output carries: named pieces behind one another.
 *
 * Little-endian.  A header, a table of entries, then the pieces, each at a
 * multiple of 16 bytes from the bundle's start.  Written by pack.c, found in
 * memory by stub.c, read by start.js and the glue.
 */
#ifndef WRAPPER_BUNDLE_H
#define WRAPPER_BUNDLE_H

#include <stdint.h>

#define BUNDLE_MAGIC "AWBUNDL1"

struct bundle_entry {
	char name[24];   /* NUL-padded */
	uint64_t offset; /* from the bundle's start */
	uint64_t size;
} __attribute__((packed));

struct bundle_header {
	char magic[8];
	uint32_t count;
	struct bundle_entry entry[];
} __attribute__((packed));

enum {
	BUNDLE_ALIGN = 16,
	/* Where the stub's program header puts the bundle; also how pack.c knows that header. */
	BUNDLE_VA = 0x10000000,
};

#endif
