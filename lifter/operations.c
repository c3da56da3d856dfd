/* SPDX-License-Identifier: MIT */
/*
 * The operations of an interpreter written in assembly: many functions that
 * nobody refers to and that jump from one to the next through a register, at
 * addresses made of a table of offsets (LuaJIT's).  A compiler's jump through a
 * register, a switch, has its base from an adr just before.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/discover.h"

/* A compiler leaves a few of the kind: unused functions that end in a call through a pointer. */
enum { FEW = 16 };
enum { BR = 0xd61f0000, BR_MASK = 0xfffffc1f, ADR = 0x10000000, ADR_MASK = 0x9f000000, NEAR = 4 };

static bool jumps_through_register(const struct image *img, const struct symbol *s)
{
	u32 since_adr = NEAR;

	for (u64 va = s->va; va + 4 <= s->va + s->size; va += 4) {
		const u8 *bytes = image_at(img, va, 4);
		u32 word;
		if (!bytes)
			break;
		memcpy(&word, bytes, 4);
		if ((word & BR_MASK) == BR && since_adr >= NEAR)
			return true;
		since_adr = (word & ADR_MASK) == ADR ? 0 : since_adr + 1;
	}
	return false;
}

static bool is_unknown(const struct program *p, const struct symbol *s)
{
	return image_is_code(p->image, s->va) && p->function_at[insn_index(p, s->va)] == NONE;
}

static void take(struct program *p, const struct symbol *s)
{
	u32 f = program_function(p, s->va);

	p->functions.at[f].is_address_taken = true;
}

bool operations_take(struct program *p)
{
	const struct image *img = p->image;
	LIST(const struct symbol *) found = { 0 };
	bool are_many;

	for (u32 i = 0; i < img->functions.count; i++) {
		const struct symbol *s = &img->functions.at[i];
		if (is_unknown(p, s) && jumps_through_register(img, s))
			list_push(&found, s);
	}
	are_many = found.count > FEW;
	for (u32 i = 0; i < found.count && are_many; i++)
		take(p, found.at[i]);
	list_free(&found);
	return are_many;
}

/* Takes s if it touches an operation. */
static bool take_beside(struct program *p, const struct symbol *s, const struct symbol *operation)
{
	const struct symbol *a = s < operation ? s : operation, *b = a + 1;

	if (!is_unknown(p, s) || (a->size && a->va + a->size != b->va))
		return false;
	take(p, s);
	return true;
}

void operations_take_beside(struct program *p)
{
	const struct symbol *at = p->image->functions.at;
	u32 n = p->image->functions.count;
	bool is_operation = false;

	for (u32 i = 0; i < n; i++)
		is_operation = (is_operation && take_beside(p, &at[i], &at[i - 1])) || jumps_through_register(p->image, &at[i]);
	is_operation = false;
	for (u32 i = n; i-- > 0;)
		is_operation = (is_operation && take_beside(p, &at[i], &at[i + 1])) || jumps_through_register(p->image, &at[i]);
}
