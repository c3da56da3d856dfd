/* SPDX-License-Identifier: MIT */
/* Dividing the program: see parts.h. */
#include "lifter/parts.h"

#include <stdlib.h>

/* glibc's vfscanf has 2000 blocks, the largest functions of most programs 500. */
static bool is_giant(const struct function *f)
{
	enum { MANY_BLOCKS = 1200 };

	return f->is_lifted && f->blocks.count > MANY_BLOCKS;
}

/* Instructions, those of its second body, too. */
static u32 size_of(const struct function *f) { return f->reentries.count ? 2 * f->nblock_insns : f->nblock_insns; }

static u64 size_of_all(const struct program *p)
{
	u64 n = 0;

	for (u32 i = 0; i < p->functions.count; i++)
		if (p->functions.at[i].is_lifted && !is_giant(&p->functions.at[i]))
			n += size_of(&p->functions.at[i]);
	return n;
}

static u32 count_giants(const struct program *p)
{
	u32 n = 0;

	for (u32 i = 0; i < p->functions.count; i++)
		n += is_giant(&p->functions.at[i]);
	return n;
}

static void set_role(struct parts *parts, u32 part, u32 function, enum role role)
{
	parts->role[part * parts->functions + function] = role;
}

/* The giants, then parts of equal size, by address. */
static void own_functions(struct parts *parts, const struct program *p, u64 total)
{
	u32 giants = 0;
	u64 before = 0;

	for (u32 i = 0; i < p->ninsns; i++) {
		u32 f = p->function_at[i];
		if (f == NONE || !p->functions.at[f].is_lifted)
			continue;
		u32 part = parts->giants + before * (parts->count - parts->giants) / (total + 1);
		if (is_giant(&p->functions.at[f]))
			part = giants++;
		else
			before += size_of(&p->functions.at[f]);
		parts->insns[part] += size_of(&p->functions.at[f]);
		set_role(parts, part, f, ROLE_OWN);
	}
}

struct queue { LIST(u32) list; };

/* A part calls the function: one that is inlined brings along what it calls itself. */
static void meet(struct parts *parts, const struct program *p, u32 part, u32 function, struct queue *todo)
{
	if (parts_role(parts, part, function) != ROLE_ABSENT)
		return;
	bool is_copied = is_inlined(&p->functions.at[function]);
	set_role(parts, part, function, is_copied ? ROLE_COPIED : ROLE_CALLED);
	if (is_copied)
		list_push(&todo->list, function);
}

static void meet_callees(struct parts *parts, const struct program *p, u32 part)
{
	struct queue todo = { 0 };

	for (u32 i = 0; i < parts->functions; i++)
		if (parts_role(parts, part, i) == ROLE_OWN)
			list_push(&todo.list, i);
	while (todo.list.count) {
		const struct function *f = &p->functions.at[todo.list.at[--todo.list.count]];
		for (u32 b = 0; b < f->blocks.count; b++)
			if (f->blocks.at[b].callee != NONE)
				meet(parts, p, part, f->blocks.at[b].callee, &todo);
	}
	list_free(&todo.list);
}

static void share(struct parts *parts)
{
	for (u32 i = 0; i < parts->functions; i++) {
		u32 owner = 0;
		bool is_met = false;
		for (u32 part = 0; part < parts->count; part++)
			if (parts_role(parts, part, i) == ROLE_OWN)
				owner = part;
			else
				is_met |= parts_role(parts, part, i) != ROLE_ABSENT;
		if (is_met)
			set_role(parts, owner, i, ROLE_SHARED);
	}
}

struct parts parts_divide(const struct program *p, u32 insns, u32 whole)
{
	u64 total = size_of_all(p);
	struct parts parts = { .giants = count_giants(p), .functions = p->functions.count };

	parts.count = parts.giants + (total > whole ? (total + insns - 1) / insns : total || !parts.giants);
	parts.role = xcalloc(parts.count, parts.functions);
	parts.insns = xcalloc(parts.count, sizeof *parts.insns);
	own_functions(&parts, p, total);
	for (u32 part = 0; part < parts.count; part++)
		meet_callees(&parts, p, part);
	share(&parts);
	return parts;
}
