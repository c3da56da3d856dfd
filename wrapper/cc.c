/* SPDX-License-Identifier: MIT */
/*
 * The compiler driver: what does not link an executable is the real compiler's
 * from here on; a link becomes a plan.
 */
#include "cc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "argfile.h"
#include "diag.h"
#include "elf_check.h"
#include "guest.h"
#include "help.h"
#include "outfile.h"
#include "output.h"
#include "pack.h"
#include "paths.h"
#include "policy.h"
#include "tmp.h"

/* The real compiler takes over this process. */
static int pass_through(const struct tool *tool, const struct request *rq, char **argv, int argc)
{
	struct args cmd = { 0 };

	if (guest_command(&cmd, tool->cross, rq))
		return 1;
	if (rq->has_own)
		args_push_all(&cmd, rq->words.v, rq->words.n);
	else
		args_push_all(&cmd, argv + 1, argc - 1);
	const char *path = cmd.v[0];
	cmd.v[0] = (char *)path_argv0(path);
	execv(path, cmd.v);
	diag_error("cannot run %s: %m", path);
	return 1;
}

/* The output's name without its suffix, where -save-temps puts files. */
static const char *stem_for_temps(const struct request *rq)
{
	const char *out = rq->output ? rq->output : "a.out";

	if (rq->save_temps && !strcmp(rq->save_temps, "cwd"))
		out = path_base(out);
	return str_printf("%.*s", (int)(strlen(out) - strlen(path_suffix(out))), out);
}

/*
 * gcc names auxiliary outputs after -o.  It is told another -o than the user
 * gave, so it is told these names as well.
 */
static void name_auxiliaries(struct args *cmd, const struct request *rq)
{
	const char *out = rq->output;
	int stem = strlen(out) - strlen(path_suffix(out));

	if (!rq->names_dumps)
		args_push_all(cmd, (char *[]){ "-dumpdir", str_printf("%s%s-", stem_for_temps(rq),
			ends_with(out, ".exe") ? "" : path_suffix(out)) }, 2);
	if (rq->deps && !rq->deps_file)
		args_push_all(cmd, (char *[]){ "-MF", str_printf("%.*s.d", stem, out) }, 2);
	if (rq->deps && !rq->deps_target)
		args_push_all(cmd, (char *[]){ "-MQ", (char *)out }, 2);
}

/* The user's words; in a file if they are more than a command line may hold. */
static int push_words(struct args *cmd, const struct request *rq, const char *dir)
{
	enum { MANY = 100000 };
	size_t size = 0;

	for (size_t i = 0; i < rq->link.n; i++)
		size += strlen(rq->link.v[i]) + 1 + sizeof(char *);
	if (size < MANY || rq->dry_run) {
		args_push_all(cmd, rq->link.v, rq->link.n);
		return 0;
	}
	const char *file = str_printf("%s/args", dir);
	tmp_add(file);
	args_push(cmd, str_printf("@%s", file));
	return argfile_write(file, rq->link.v, rq->link.n) ? diag_error("cannot write %s: %m", file) : 0;
}

/*
 * What the linker left in `elf`: 1 a program, 0 something else (then it was put
 * in place), -1 after diag_error().  `before` is what was there when it started.
 */
static int settle(const struct request *rq, const char *elf, const char *out, const struct stat *before)
{
	struct input in;
	struct stat st;
	char why[512];

	if (stat(elf, &st) || !memcmp(&st.st_ctim, &before->st_ctim, sizeof st.st_ctim))
		return 0; /* a precompiled header, or -fsyntax-only by another name: it wrote no program */
	tmp_add(elf);
	if (input_open(&in, elf))
		return -1;
	switch (elf_check(in.data, in.size, why, sizeof why)) {
	case ELF_PROGRAM:
		return 1;
	case ELF_BAD:
		return diag_error("%s: %s", out, why);
	case ELF_OTHER:
		break;
	}
	if (!rq->output)
		tmp_keep(elf); /* it is where it should be */
	else if (out_copy_file(elf, out, st.st_mode & 0777))
		return -1;
	return 0;
}

static int link_program(const struct tool *tool, const struct request *rq)
{
	const char *dir = rq->dry_run ? "/tmp/awXXXXXX" : tmp_dir();
	const char *out = rq->output ? rq->output : "a.out";
	struct plan link = { 0 }, rest = { 0 };
	struct args *cmd = plan_step(&link, NULL);

	if (!dir || guest_command(cmd, tool->cross, rq))
		return 1;
	/* Without -o gcc names its other files after the sources: leave all names to it. */
	const char *elf = rq->output ? str_printf("%s/%s", dir, path_base(out)) : "a.out";
	if (rq->save_temps)
		args_push(cmd, str_printf("-save-temps=%s", rq->save_temps));
	if (rq->output) {
		name_auxiliaries(cmd, rq);
		args_push_all(cmd, (char *[]){ "-o", (char *)elf }, 2);
	}
	if (push_words(cmd, rq, dir))
		return 1;

	output_plan(&rest, &(struct output){
		.path = out,
		.lift = policy_lift(rq->lift, out, &rq->inputs),
		.relaxed_nan = rq->relaxed_nan,
		.fenv = rq->fenv,
		.verbose = rq->verbose,
		.keep = rq->save_temps ? stem_for_temps(rq) : NULL,
	}, elf, dir);

	if (rq->dry_run) {
		int status = plan_run(&link, false); /* gcc prints its own part */
		plan_print(&rest);
		return status;
	}
	struct stat before = { 0 };
	stat(elf, &before);
	if (rq->output)
		tmp_add(elf); /* an a.out is the linker's own to remove */
	int status = plan_run(&link, rq->verbose);
	if (status)
		return status;
	int is_program = settle(rq, elf, out, &before);
	return is_program > 0 ? plan_run(&rest, rq->verbose) : is_program ? 1 : 0;
}

int cc_main(const struct tool *tool, int argc, char **argv)
{
	struct request rq = { .libc = tool->libc };

	if (policy_mode(&rq.lift) || options_read(&rq, argv + 1, argc - 1))
		return 1;
	if (tool->run == TOOL_PREPROCESS)
		rq.links = false;
	if (rq.help)
		return help_print();
	if (rq.machine && rq.libc == LIBC_MUSL)
		return puts("aarch64-unknown-linux-musl") < 0;
	if (!rq.links)
		return pass_through(tool, &rq, argv, argc);

	tmp_on_signals();
	return tmp_end(link_program(tool, &rq));
}
