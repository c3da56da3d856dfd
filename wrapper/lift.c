/* SPDX-License-Identifier: MIT */
/*
 * aarch64-wasm-lift: the second half of a link, for a static ELF that is
 * already there, or for a program of ours that was not lifted when it was
 * linked.
 */
#include <stdio.h>
#include <string.h>

#include "diag.h"
#include "elf_check.h"
#include "options.h"
#include "outfile.h"
#include "output.h"
#include "pack.h"
#include "paths.h"
#include "tmp.h"
#include "tools.h"

struct lift_request {
	const char *in;
	struct output out;
	bool dry_run, save, report;
	enum lift_mode mode;
};

static const char usage[] =
	"Usage: aarch64-wasm-lift [options] PROGRAM [-o OUTPUT]\n\n"
	"Translates a static AArch64 Linux ELF to WebAssembly.  PROGRAM may also be an\n"
	"output of aarch64-wasm-cc: it is translated anew.\n\n"
	"  -o OUTPUT       what to write; the suffix says the kind, as for aarch64-wasm-cc\n"
	"                  (default: PROGRAM without .elf; an output of ours is replaced)\n"
	"  -mlift=never    pack only: the program is interpreted when it runs\n"
	"  -mfenv=MODE     rounding modes and exception flags: full, none, or auto (the default):\n"
	"                  full for programs that set or read them\n"
	"  -mrelaxed-nan   NaN results may carry another payload than on Arm\n"
	"  -save-temps     keep the lifter's IR and the wasm beside OUTPUT\n"
	"  -v, -###        print the commands of every step; -### runs none; -v also what was lifted\n"
	"  --report        only print what would be lifted, and what not; writes nothing\n"
	"  --version       which version of the toolchain this is\n"
	"  --help          this text\n";

/* 0, or -1 after diag_error(). */
static int read_words(struct lift_request *rq, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];

		if (!strncmp(arg, "-o", 2)) {
			rq->out.path = arg[2] ? arg + 2 : argv[++i];
			if (!rq->out.path)
				return diag_error("-o needs the name of a file");
		} else if (!strcmp(arg, "-v")) {
			rq->out.verbose = true;
		} else if (!strcmp(arg, "-###")) {
			rq->dry_run = true;
		} else if (!strcmp(arg, "--report")) {
			rq->report = true;
		} else if (!strcmp(arg, "-save-temps")) {
			rq->save = true;
		} else if (!strcmp(arg, "-mrelaxed-nan")) {
			rq->out.relaxed_nan = true;
		} else if (starts_with(arg, "-mfenv=")) {
			if (fenv_read(&rq->out.fenv, arg + 7))
				return -1;
		} else if (starts_with(arg, "-mlift=")) {
			if (lift_mode_read(&rq->mode, arg + 7, "-mlift="))
				return -1;
		} else if (arg[0] == '-') {
			return diag_error("unknown option %s (see --help)", arg);
		} else if (rq->in) {
			return diag_error("more than one program: %s and %s", rq->in, arg);
		} else {
			rq->in = arg;
		}
	}
	return rq->in ? 0 : diag_error("no program to lift (see --help)");
}

static const char *default_output(const char *in, bool ours)
{
	if (ours)
		return in;
	if (ends_with(in, ".elf"))
		return str_printf("%.*s", (int)strlen(in) - 4, in);
	return NULL;
}

/* The ELF to lift: `in` itself, or the guest taken out of a program of ours. NULL after diag_error(). */
static const char *find_elf(const struct input *in, struct pieces *carried, const char *dir, bool dry_run)
{
	const struct piece *guest = pack_find(carried, "guest.elf");
	struct input elf = guest ? guest->in : *in;
	struct outfile o;
	char why[512];

	if (elf_check(elf.data, elf.size, why, sizeof why) != ELF_PROGRAM) {
		diag_error("%s: %s", in->name, why);
		return NULL;
	}
	if (!guest)
		return in->name;
	const char *path = str_printf("%s/%s", dir, path_base(in->name));
	if (!dry_run && (out_open(&o, path, 0666) || out_copy(&o, elf.fd, elf.offset, elf.size, in->name) || out_commit(&o)))
		return NULL;
	tmp_add(path);
	return path;
}

static int run(struct lift_request *rq)
{
	struct plan plan = { 0 };
	struct pieces carried = { 0 };
	struct input in;

	if (input_open(&in, rq->in))
		return 1;
	bool ours = pack_read(&carried, &in);
	const char *dir = rq->dry_run ? "/tmp/awXXXXXX" : tmp_dir();
	const char *elf = dir ? find_elf(&in, &carried, dir, rq->dry_run) : NULL;
	if (!elf)
		return 1;
	if (rq->report) {
		args_push_all(plan_step(&plan, NULL), (char *[]){ (char *)path_libexec("lift"), "--report", (char *)elf, "--name",
			(char *)rq->in }, 5);
		return rq->dry_run ? plan_print(&plan), 0 : plan_run(&plan, rq->out.verbose);
	}
	if (!rq->out.path && !(rq->out.path = default_output(rq->in, ours))) {
		diag_error("%s does not end in .elf: name the output with -o", rq->in);
		return 1;
	}
	if (rq->save)
		rq->out.keep = str_printf("%.*s", (int)(strlen(rq->out.path) - strlen(path_suffix(rq->out.path))), rq->out.path);
	rq->out.lift = rq->mode != LIFT_NEVER;
	rq->out.name = rq->in;
	output_plan(&plan, &rq->out, elf, dir);
	if (rq->dry_run)
		return plan_print(&plan), 0;
	return plan_run(&plan, rq->out.verbose);
}

int lift_main(int argc, char **argv)
{
	struct lift_request rq = { .mode = LIFT_ALWAYS };

	if (argc == 2 && !strcmp(argv[1], "--help"))
		return fputs(usage, stdout) < 0;
	if (argc == 2 && !strcmp(argv[1], "--version"))
		return puts("aarch64-wasm-lift " AW_VERSION) < 0;
	if (argc >= 5 && (!strcmp(argv[1], PACK) || !strcmp(argv[1], PACK_WASI)))
		return tmp_end(tool_pack(argc, argv));
	if (read_words(&rq, argc, argv))
		return 1;
	tmp_on_signals();
	return tmp_end(run(&rq));
}
