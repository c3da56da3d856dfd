/* SPDX-License-Identifier: MIT */
/*
 * Reads a compiler command line into a struct request.
 *
 * The table says which words are options' arguments; what is left and does not
 * start with '-' is an input.  The last one wins, as in gcc.
 */
#include "options.h"

#include <string.h>

#include "argfile.h"
#include "diag.h"
#include "standin.h"

const struct option options[] = {
#define OPT(name, take, effect, help) { name, take, effect, help },
#include "options.tab"
#undef OPT
};
const size_t option_count = sizeof options / sizeof *options;

static bool matches(const struct option *o, const char *arg, const char **value)
{
	size_t n = strlen(o->name);

	if (strncmp(arg, o->name, n))
		return false;
	*value = arg[n] ? arg + n : NULL;
	switch (o->take) {
	case TAKE_NONE:
	case TAKE_NEXT:
		return !arg[n];
	case TAKE_JOINED:
		*value = arg + n;
		return true;
	case TAKE_EITHER:
		return true;
	}
	return false;
}

const struct option *option_find(const char *arg, const char **value)
{
	const struct option *best = NULL;

	for (const struct option *o = options; o < options + option_count; o++) {
		const char *v;

		if (matches(o, arg, &v) && (!best || strlen(o->name) > strlen(best->name))) {
			best = o;
			*value = v;
		}
	}
	return best;
}

int lift_mode_read(enum lift_mode *mode, const char *word, const char *from)
{
	static const char *const names[] = { [LIFT_AUTO] = "auto", [LIFT_ALWAYS] = "always", [LIFT_NEVER] = "never" };

	for (int i = 0; i < 3; i++)
		if (!strcmp(word, names[i])) {
			*mode = i;
			return 0;
		}
	return diag_error("%s: '%s' is none of auto, always, never", from, word);
}

int fenv_read(const char **mode, const char *word)
{
	if (strcmp(word, "auto") && strcmp(word, "full") && strcmp(word, "none"))
		return diag_error("-mfenv=: '%s' is none of auto, full, none", word);
	*mode = word;
	return 0;
}

static int libc_read(enum libc *libc, const char *word)
{
	if (!strcmp(word, "musl"))
		*libc = LIBC_MUSL;
	else if (!strcmp(word, "glibc"))
		*libc = LIBC_GLIBC;
	else
		return diag_error("-mlibc=: '%s' is neither musl nor glibc", word);
	return 0;
}

/* Notes what one option means.  Returns whether the word stays in `words` and in `link`, by bits; -1 after diag_error(). */
enum { STAYS = 1, STAYS_IN_LINK = 2, BOTH = 3 };

static int note(struct request *rq, const struct option *o, const char *value, bool *nolink)
{
	switch (o->effect) {
	case FX_PASS:
	case FX_INPUT:
		break;
	case FX_ARCH:
		rq->names_arch = true;
		break;
	case FX_DEPS:
		rq->deps = true;
		break;
	case FX_DEPS_FILE:
		rq->deps_file = true;
		break;
	case FX_DEPS_TARGET:
		rq->deps_target = true;
		break;
	case FX_DROP:
		return STAYS;
	case FX_DRY_RUN:
		rq->dry_run = true;
		break;
	case FX_DUMP_NAMES:
		rq->names_dumps = true;
		break;
	case FX_HELP:
		rq->help = true;
		*nolink = true;
		break;
	case FX_MACHINE:
		rq->machine = true;
		*nolink = true;
		break;
	case FX_NOLINK:
		*nolink = true;
		break;
	case FX_OUTPUT:
		*nolink |= !value;              /* gcc says what is missing */
		rq->output = value;
		return STAYS;
	case FX_SAVE_TEMPS:
		rq->save_temps = value ? value : "obj";
		return STAYS; /* before our -dumpdir, which it would undo */
	case FX_VERBOSE:
		rq->verbose = true;
		break;
	case FX_LIBC:
		rq->has_own = true;
		return libc_read(&rq->libc, value);
	case FX_FENV:
		rq->has_own = true;
		return fenv_read(&rq->fenv, value);
	case FX_LIFT:
		rq->has_own = true;
		return lift_mode_read(&rq->lift, value, "-mlift=");
	case FX_RELAXED_NAN:
		rq->has_own = true;
		rq->relaxed_nan = true;
		return 0;
	}
	return BOTH;
}

int options_read(struct request *rq, char *const *argv, size_t n)
{
	struct args all = { 0 };
	bool nolink = false, has_input = false;

	argfile_expand(argv, n, &all);
	for (size_t i = 0; i < all.n; i++) {
		const char *arg = all.v[i], *value = NULL;
		size_t used = 1;
		int stays = BOTH;

		if (arg[0] != '-' || !arg[1]) {
			has_input = true;
			stays = STAYS;
			args_push(&rq->inputs, arg);
			args_push(&rq->link, standin_for(arg));
		} else {
			const struct option *o = option_find(arg, &value);

			if (o && (o->take == TAKE_NEXT || (o->take == TAKE_EITHER && !value)) && i + 1 < all.n) {
				value = all.v[i + 1];
				used = 2;
			}
			if (o && o->effect == FX_INPUT)
				has_input = true;
			if (o && (stays = note(rq, o, value, &nolink)) < 0)
				return -1;
		}
		if (stays & STAYS)
			args_push_all(&rq->words, all.v + i, used);
		if (stays & STAYS_IN_LINK)
			args_push_all(&rq->link, all.v + i, used);
		i += used - 1;
	}
	rq->links = has_input && !nolink;
	return 0;
}
