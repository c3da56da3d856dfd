/* SPDX-License-Identifier: MIT */
/*
 * Prints and runs plans.
 */
#include "plan.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "diag.h"
#include "paths.h"
#include "tmp.h"

extern char **environ;

struct args *plan_step(struct plan *p, int (*tool)(int, char **))
{
	assert(p->n < sizeof p->step / sizeof *p->step);
	struct step *s = &p->step[p->n++];

	s->tool = tool;
	return &s->cmd;
}

static void print_step(const struct step *s, bool quoted)
{
	for (size_t i = 0; i < s->cmd.n; i++) {
		fputs(quoted && i ? " \"" : " ", stderr);
		for (const char *c = s->cmd.v[i]; *c; c++) {
			if (quoted && (*c == '"' || *c == '\\' || *c == '$'))
				fputc('\\', stderr);
			fputc(*c, stderr);
		}
		if (quoted && i)
			fputc('"', stderr);
	}
	fputc('\n', stderr);
	fflush(stderr);
}

void plan_print(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		print_step(&p->step[i], true);
}

int plan_spawn(char **argv)
{
	const char *path = argv[0];
	posix_spawnattr_t attr;
	sigset_t all, old;
	pid_t pid;
	int status;

	/* Blocked while the child starts: its pid must be known to the handler. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &old);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	argv[0] = (char *)path_argv0(path);
	int err = posix_spawn(&pid, path, NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	tmp_child = err ? 0 : pid;
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (err) {
		diag_error("cannot run %s: %s", path, strerror(err));
		return 1;
	}

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			break;
	tmp_child = 0;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	diag_error("%s: %s", path_base(path), strsignal(WTERMSIG(status)));
	return 1;
}

int plan_run(const struct plan *p, bool verbose)
{
	int status = 0;

	for (size_t i = 0; i < p->n && !status; i++) {
		const struct step *s = &p->step[i];

		if (verbose)
			print_step(s, false);
		status = s->tool ? s->tool(s->cmd.n, s->cmd.v) : plan_spawn(s->cmd.v);
	}
	return status;
}
