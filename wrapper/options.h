/* SPDX-License-Identifier: MIT */
/*
 * What a compiler command line asks for, read with the table options.tab.
 */
#ifndef WRAPPER_OPTIONS_H
#define WRAPPER_OPTIONS_H

#include "args.h"

enum take {
	TAKE_NONE,   /* the spelling alone */
	TAKE_JOINED, /* the spelling is a prefix; its argument follows in the same word */
	TAKE_NEXT,   /* the argument is the next word */
	TAKE_EITHER, /* in the same word, or else the next */
};

enum effect {
	FX_PASS,        /* nothing of ours: the row is there for its argument */
	FX_ARCH,        /* the user names the architecture: ours is not given */
	FX_DEPS,        /* writes a .d file beside the output */
	FX_DEPS_FILE,   /* ... and this is its name */
	FX_DEPS_TARGET, /* ... and this is the target in it */
	FX_DROP,        /* not given to a link */
	FX_DRY_RUN,     /* print the plan only */
	FX_DUMP_NAMES,  /* the user names the auxiliary outputs */
	FX_FENV,        /* ours: goes to the lifter */
	FX_HELP,        /* our --help */
	FX_INPUT,       /* an input, as a file name is */
	FX_LIBC,        /* ours: which libc */
	FX_LIFT,        /* ours: lift policy */
	FX_MACHINE,     /* -dumpmachine */
	FX_NOLINK,      /* no executable is linked: everything goes to the real compiler */
	FX_OUTPUT,      /* the output's name */
	FX_RELAXED_NAN, /* ours: goes to the lifter */
	FX_SAVE_TEMPS,  /* keep intermediate files */
	FX_VERBOSE,     /* print the plan too */
};

struct option {
	const char *name;
	enum take take;
	enum effect effect;
	const char *help;
};

extern const struct option options[];
extern const size_t option_count;

enum lift_mode { LIFT_AUTO, LIFT_ALWAYS, LIFT_NEVER };
enum libc { LIBC_MUSL, LIBC_GLIBC };

struct request {
	bool links;          /* an executable is to be linked */
	bool verbose, dry_run, help, machine;
	bool names_arch, names_dumps;
	bool deps, deps_file, deps_target;
	bool relaxed_nan;
	const char *fenv;       /* NULL: auto */
	const char *output;     /* NULL: a.out */
	const char *save_temps; /* NULL, "cwd" or "obj", which is the default */
	enum lift_mode lift;
	enum libc libc;
	struct args words;   /* response files expanded, options of our own left out */
	struct args link;    /* words without -o and what a link of ours drops, archives for shared libraries */
	struct args inputs;  /* source, object and library file names */
	bool has_own;        /* options of our own were among the arguments */
};

/* Reads argv[0..n).  `rq->libc` and `rq->lift` hold the defaults on entry.  0, or -1 after diag_error(). */
int options_read(struct request *rq, char *const *argv, size_t n);

/* The row that an argument matches, the longest spelling first, or NULL; *value: its argument in the same word or NULL. */
const struct option *option_find(const char *arg, const char **value);

/* Reads "auto", "always" or "never"; `from` names where the word came from. */
int lift_mode_read(enum lift_mode *mode, const char *word, const char *from);

/* Reads -mfenv='s "auto", "full" or "none". */
int fenv_read(const char **mode, const char *word);

#endif
