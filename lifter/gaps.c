/* SPDX-License-Identifier: MIT */
/*
 * Code that was not lifted runs in the interpreter, and what it calls has
 * callers that discovery did not see: such a function returns what its convention
 * says, as one does that is called through a pointer.  Data among the code may
 * look like a call: then a function returns more than anybody wants.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/discover.h"

/* The page that each register holds by the last adrp, 0 unknown; the way control took is not looked at. */
struct pages { u64 at[32]; };

/* The code address that an instruction calls, jumps to or computes; 0 none. */
static u64 address_in(struct pages *pages, u32 word, u64 va)
{
	u32 rd = word & 31, rn = word >> 5 & 31;

	if ((word & 0x7c000000) == 0x14000000)          /* b, bl */
		return va + ((s64)((u64)word << 38) >> 36);
	if ((word & 0x1f000000) == 0x10000000) {        /* adr, adrp */
		s64 offset = (s64)((u64)word << 40) >> 45;
		offset = offset * 4 + (word >> 29 & 3);
		pages->at[rd] = word >> 31 ? (va & ~0xfffull) + ((u64)offset << 12) : 0;
		return word >> 31 ? 0 : va + offset;
	}
	if ((word & 0xffc00000) == 0x91000000 && pages->at[rn])         /* add xd, xn, #imm */
		return pages->at[rn] + (word >> 10 & 0xfff);
	return 0;
}

void gaps_take(struct program *p)
{
	struct bitset lifted = program_code(p, true);

	for (u32 s = 0; s < p->image->code.count; s++) {
		struct pages pages = { 0 };
		for (u64 va = p->image->code.at[s].va; va + 4 <= p->image->code.at[s].end; va += 4) {
			const u8 *bytes = image_at(p->image, va, 4);
			u32 word;
			if (!bytes || bitset_has(&lifted, insn_index(p, va)))
				continue;
			memcpy(&word, bytes, 4);
			u64 to = address_in(&pages, word, va);
			if (to && image_is_code(p->image, to) && p->function_at[insn_index(p, to)] != NONE)
				p->functions.at[p->function_at[insn_index(p, to)]].is_address_taken = true;
		}
	}
	free(lifted.words);
}
