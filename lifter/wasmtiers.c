/* SPDX-License-Identifier: MIT */
/*
 * Asks engines to compile some functions with their optimizing compiler when
 * they are first called.  V8 has two ways, both behind a flag that the stub
 * gives: the section "compilationHints", a byte for each function, up to Node
 * 25; then "metadata.code.compilation_priority" of the compilation-hints
 * proposal.  Each ignores the other's, and other engines both.
 */
#include <stdlib.h>

#include "lifter/wasm.h"

/* What takes the optimizing compiler longer than a start may. */
enum { MAX_BYTES = 8192 };

/* A byte of compilationHints: strategy, first tier, top tier. */
enum { STRATEGY_DEFAULT = 0, TIER_OPTIMIZED = 2, OPTIMIZED_AT_ONCE = STRATEGY_DEFAULT | TIER_OPTIMIZED << 2 | TIER_OPTIMIZED << 4 };

static void drop_large(struct bitset *chosen, struct reader code)
{
	u64 count = code.at ? get_leb(&code) : 0;

	for (u64 i = 0; i < count; i++) {
		struct reader body = get_bytes(&code);
		if (body.end - body.at > MAX_BYTES)
			chosen->words[i / 32] &= ~(1u << i % 32);
	}
}

static struct bytes tiers_section(const struct bitset *chosen)
{
	struct bytes b = { 0 };

	put_string(&b, "compilationHints");
	put_leb(&b, chosen->size);
	for (u32 i = 0; i < chosen->size; i++)
		put_u8(&b, bitset_has(chosen, i) ? OPTIMIZED_AT_ONCE : 0);
	return b;
}

static struct bytes priority_section(const struct bitset *chosen, u32 count, u32 imports)
{
	struct bytes b = { 0 };

	put_string(&b, "metadata.code.compilation_priority");
	put_leb(&b, count);
	for (u32 i = 0; i < chosen->size; i++)
		if (bitset_has(chosen, i)) {
			put_leb(&b, imports + i);
			put_leb(&b, 0);         /* of the function as a whole */
			put_leb(&b, 2);         /* bytes: */
			put_leb(&b, 0);         /* compile it first */
			put_leb(&b, 0);         /* ... and optimize it first */
		}
	return b;
}

void put_tier_hints(struct bytes *out, struct bitset *chosen, struct reader code, u32 imports)
{
	u32 count = 0;

	drop_large(chosen, code);
	for (u32 i = 0; i < chosen->size; i++)
		count += bitset_has(chosen, i);
	if (!count)
		return;
	struct bytes tiers = tiers_section(chosen), priorities = priority_section(chosen, count, imports);
	put_section(out, SEC_CUSTOM, &tiers);
	put_section(out, SEC_CUSTOM, &priorities);
	free(tiers.at);
	free(priorities.at);
}
