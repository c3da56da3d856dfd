/* SPDX-License-Identifier: MIT */
/*
 * Part by part through LLVM.  Each part has a process of its own, which begins
 * with all that is known of the program and the templates in the module, and
 * ends with an object; its memory goes with it.
 */
#include "lifter/translate.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A part takes 0.4 to 0.9 GB.  What is written does not depend on MAX_JOBS. */
enum { PART_INSNS = 75000, WHOLE_INSNS = 150000, MAX_JOBS = 4 };

struct work {
	struct program *program;
	LLVMModuleRef module;
	const struct translate_options *options;
	struct parts parts;
	char **objects;            /* by part */
	pid_t *worker;             /* by part; 0: not begun, or done */
};

static char *object_name(const struct emit_options *o, const char *temps, u32 part)
{
	return temps ? xasprintf("%s.o", temps) : xasprintf("%s.%d.%u.o", o->out, (int)getpid(), part);
}

/* What --save-temps keeps of a part begins so. */
static char *temps_name(const struct work *w, u32 part)
{
	const char *base = w->options->emit.save_temps;

	return !base ? NULL : w->parts.count == 1 ? xasprintf("%s", base) : xasprintf("%s.%u", base, part);
}

static void name_objects(struct work *w)
{
	w->objects = xcalloc(w->parts.count, sizeof *w->objects);
	for (u32 i = 0; i < w->parts.count; i++) {
		char *temps = temps_name(w, i);
		w->objects[i] = object_name(&w->options->emit, temps, i);
		if (!temps)
			diag_remove(w->objects[i]);
		free(temps);
	}
}

static void translate_part(const struct work *w, u32 part)
{
	if (part < w->parts.giants)
		emit_giants();
	build_part(w->program, &w->parts, part, w->module, &w->options->build);
	tmpl_drop(w->module);
	emit_object(w->program, w->module, w->objects[part], temps_name(w, part), &w->options->emit);
}

static void begin(struct work *w, u32 part)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		diag_fatal("cannot start a process: %s", strerror(errno));
	if (pid) {
		w->worker[part] = pid;
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	translate_part(w, part);
	_exit(0);
}

static void stop_all(const struct work *w)
{
	for (u32 i = 0; i < w->parts.count; i++)
		if (w->worker[i]) {
			kill(w->worker[i], SIGKILL);
			waitpid(w->worker[i], NULL, 0);
		}
}

/* Waits for one of the workers.  What one has to say it has said. */
static void end_one(struct work *w)
{
	int status;
	pid_t pid = wait(&status);
	u32 part = 0;

	if (pid < 0)
		return;
	while (part < w->parts.count && w->worker[part] != pid)
		part++;
	if (part == w->parts.count)
		return;
	w->worker[part] = 0;
	if (!status) {
		diag_verbose("part %u of %u: %u instructions", part + 1, w->parts.count, w->parts.insns[part]);
		return;
	}
	stop_all(w);
	if (WIFSIGNALED(status))
		diag_fatal("part %u of %u was ended by signal %d; is there too little memory?", part + 1, w->parts.count, WTERMSIG(status));
	diag_abandon();
}

static u32 jobs(void)
{
	cpu_set_t set;
	u32 n = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);

	return n > MAX_JOBS ? MAX_JOBS : n;
}

static void translate_parts(struct work *w)
{
	u32 room = jobs(), running = 0;

	w->worker = xcalloc(w->parts.count, sizeof *w->worker);
	for (u32 i = 0; i < w->parts.count; i++) {
		if (running == room)
			end_one(w);
		else
			running++;
		begin(w, i);
	}
	while (running--)
		end_one(w);
	free(w->worker);
}

void translate(struct program *p, LLVMModuleRef templates, const struct translate_options *o)
{
	struct work w = { .program = p, .module = templates, .options = o };

	for (u32 i = 0; i < p->functions.count; i++)
		if (p->functions.at[i].is_lifted)
			find_reentries(p, &p->functions.at[i]);
	w.parts = o->part_insns ? parts_divide(p, o->part_insns, o->part_insns) : parts_divide(p, PART_INSNS, WHOLE_INSNS);
	name_objects(&w);
	if (w.parts.count == 1)
		translate_part(&w, 0);
	else
		translate_parts(&w);
	emit_linked(p, w.objects, w.parts.count, &o->emit);
	for (u32 i = 0; i < w.parts.count && !o->emit.save_temps; i++)
		unlink(w.objects[i]);
}
