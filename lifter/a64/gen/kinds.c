/* SPDX-License-Identifier: MIT */
/*
 * Kinds of operands: the interpreter keeps a register as its address and a
 * number in as few words as it takes (runtime/cpu/threaded.h).  What is not
 * clearly a register stays a number; that is slower, never wrong.
 */
#include <string.h>

#include "gen.h"

/* Is all of the text one call of a helper with this name? */
static bool is_call_of(const char *text, const char *name)
{
	size_t n = strlen(name);
	int depth = 0;

	if (strncmp(text, name, n) || text[n] != '(')
		return false;
	for (text += n; *text; text++) {
		depth += (*text == '(') - (*text == ')');
		if (!depth)
			return !text[1];
	}
	return false;
}

enum kind kind_of_arg(const struct row *r, const char *text)
{
	u32 field;

	if (is_call_of(text, "Xs") || is_call_of(text, "Xn") || is_call_of(text, "Xd"))
		return KIND_X;
	if (is_call_of(text, "V"))
		return KIND_V;
	return is_field(r, text, strlen(text), &field) ? KIND_SMALL : KIND_WIDE;
}

const char *kind_name(enum kind k)
{
	static const char *const names[] = {
		[KIND_WIDE] = "A64_WIDE", [KIND_SMALL] = "A64_SMALL", [KIND_X] = "A64_X",
		[KIND_V] = "A64_V", [KIND_LINK] = "A64_LINK",
	};
	return names[k];
}

/* Words of 32 bits. */
u32 kind_words(enum kind k)
{
	return k == KIND_WIDE ? 2 : 1;
}
