/* SPDX-License-Identifier: MIT */
/*
 * strip and objcopy: the cross tools, except that where the command line names
 * a program of ours they are given the guest it carries, and what they leave
 * is packed again.  The program still runs; x.o and x.a are as ever.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "elf_check.h"
#include "outfile.h"
#include "pack.h"
#include "paths.h"
#include "plan.h"
#include "tmp.h"
#include "tools.h"

/* Options whose argument is the next word (binutils' manual, strip and objcopy). */
static const char *const with_argument[] = {
	"-B", "-F", "-G", "-I", "-K", "-L", "-N", "-O", "-R", "-W", "-j", "-o",
	"--add-gnu-debuglink", "--add-section", "--add-symbol", "--binary-architecture", "--dump-section",
	"--globalize-symbol", "--input-target", "--keep-global-symbol", "--keep-section", "--keep-symbol",
	"--localize-symbol", "--only-section", "--output-target", "--prefix-symbols", "--redefine-sym",
	"--remove-section", "--rename-section", "--set-section-flags", "--strip-symbol", "--target",
	"--update-section", "--weaken-symbol",
};

enum { MAX_JOBS = 6 };

/* One program of ours on the command line. */
struct job {
	struct stat st;
	struct pieces carried;
	const char *guest; /* the ELF that the tool sees instead, and changes ... */
	const char *out;   /* ... and where the outcome goes */
};

static bool takes_next(const char *word)
{
	for (size_t i = 0; i < sizeof with_argument / sizeof *with_argument; i++)
		if (!strcmp(word, with_argument[i]))
			return true;
	return false;
}

static bool is_ours(const char *path, struct job *job)
{
	struct input in;

	if (stat(path, &job->st) || !S_ISREG(job->st.st_mode) || access(path, R_OK))
		return false;
	return !input_open(&in, path) && pack_read(&job->carried, &in);
}

/* Takes the guest out of the program.  0, or -1 after diag_error(). */
static int take_guest(struct job *job, const char *path, int number)
{
	const struct input *guest = &pack_find(&job->carried, "guest.elf")->in;
	struct outfile o;

	if (!tmp_dir())
		return -1;
	job->out = path;
	job->guest = str_printf("%s/%d", tmp_dir(), number);
	if (out_open(&o, job->guest, 0777) || out_copy(&o, guest->fd, guest->offset, guest->size, path) || out_commit(&o))
		return -1;
	tmp_add(job->guest);
	return 0;
}

/* Puts what the tool left of the guest in place.  0, or -1 after diag_error(). */
static int put_back(struct job *job, const char *changed, bool raw)
{
	struct input elf;
	char why[512];

	if (input_open(&elf, changed))
		return -1;
	if (raw || elf_check(elf.data, elf.size, why, sizeof why) != ELF_PROGRAM)
		return out_copy_file(changed, job->out, job->st.st_mode);
	pack_find(&job->carried, "guest.elf")->in = elf;
	if (pack_program(job->out, &job->carried))
		return -1;
	return chmod(job->out, job->st.st_mode & 07777) ? diag_error("%s: %m", job->out) : 0;
}

static int keep_dates(const struct job *job)
{
	const struct timespec times[] = { job->st.st_atim, job->st.st_mtim };

	return utimensat(AT_FDCWD, job->out, times, 0) ? diag_error("%s: %m", job->out) : 0;
}

static int edit(const struct tool *tool, int argc, char **argv, struct job *job)
{
	struct args cmd = { 0 };
	const char *changed = NULL; /* where another output than the input was named */
	const char *named = NULL;
	bool raw = false, dates = false, objcopy = !strcmp(tool->name, "objcopy");
	int n = 0;

	args_push(&cmd, path_cross(tool->cross));
	if (!cmd.v[0])
		return 1;
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		/* Debug information alone is no program, though it has a program's headers. */
		raw |= !strcmp(word, "--only-keep-debug");
		dates |= !strcmp(word, "-p") || !strcmp(word, "--preserve-dates");
		if (takes_next(word) && i + 1 < argc) {
			args_push(&cmd, word);
			word = argv[++i];
			if (!strcmp(argv[i - 1], "-o"))
				named = word;
		} else if (word[0] != '-' && n && objcopy && !named) {
			named = word;
		} else if (word[0] != '-' && n < MAX_JOBS && is_ours(word, &job[n])) {
			if (take_guest(&job[n], word, n))
				return 1;
			word = job[n++].guest;
		}
		if (word == named) {
			changed = word = str_printf("%s/out", tmp_dir() ? tmp_dir() : "");
			tmp_add(changed);
		}
		args_push(&cmd, word);
	}
	if (!n)
		return cross_main(tool, argc, argv);

	int status = plan_spawn(cmd.v);
	for (int i = 0; i < n && !status; i++) {
		if (named)
			job[i].out = named;
		status = put_back(&job[i], changed ? changed : job[i].guest, raw) || (dates && keep_dates(&job[i]));
	}
	return status;
}

int edit_main(const struct tool *tool, int argc, char **argv)
{
	static struct job jobs[MAX_JOBS];

	tmp_on_signals();
	return tmp_end(edit(tool, argc, argv, jobs));
}
