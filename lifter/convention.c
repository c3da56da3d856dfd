/* SPDX-License-Identifier: MIT */
#include "lifter/convention.h"

#define X(mask) ((mask) | (u64)(mask) << 32)

static const struct convention aapcs64 = {
	.arguments = { .x = X(0x1ff), .v = X(0xff) },
	.results = { .x = X(3), .v = X(15) },
	.changed = { .x = X(0x4007ffff), .v = 0xffff00ff | 0xffffffffull << 32, .f = (1u << FLAG_COUNT) - 1 },
	.saved = { .x = X(CALLEE_SAVED_X), .v = CALLEE_SAVED_V },
};

/* ABIInternal of src/cmd/compile/abi-internal.md: x0..x15, d0..d15 both ways, x26 the closure, x28 the goroutine. */
static const struct convention go = {
	.arguments = { .x = X(0xffff | 1u << 26 | 1u << 28), .v = 0xffff },
	.results = { .x = X(0xffff), .v = 0xffff },
	.rare_results = { .x = X(0x0bfffff0), .v = ~1ull },
	.changed = { .x = X(0x4fffffff), .v = ~0ull, .f = (1u << FLAG_COUNT) - 1 },
	.saved = { .x = X(1u << 28) },
	.saves_flags = true,
};

const struct convention *convention_of(const struct image *img, u64 va)
{
	return va >= img->go_lo && va < img->go_hi ? &go : &aapcs64;
}
