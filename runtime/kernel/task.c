/* SPDX-License-Identifier: MIT */
/*
 * The first task, and the end of a task.
 */
#include "task.h"

#include "../fs/file.h"
#include "clock.h"
#include "info.h"
#include "lib.h"
#include "stats.h"
#include "sys.h"
#include "syscall.h"

_Thread_local struct task *current;

enum { ID_UID, ID_EUID, ID_GID, ID_EGID, ID_PID, ID_PPID, ID_PGID, ID_SID, ID_UMASK };

static u32 id_or(int what, u32 otherwise)
{
	s32 id = host_id(what);

	/* Ids above 2^31 are numbers too; only ENOSYS says "unknown". */
	return id == -ENOSYS ? otherwise : (u32)id;
}

int task_init_first(void)
{
	struct task *t = kalloc(sizeof(*t));

	if (!t)
		return -ENOMEM;
	t->pid = id_or(ID_PID, 1);
	t->ppid = id_or(ID_PPID, 0);
	t->pgid = id_or(ID_PGID, t->pid);
	t->sid = id_or(ID_SID, t->ppid);
	t->creds.uid = id_or(ID_UID, 0);
	t->creds.euid = t->creds.suid = id_or(ID_EUID, t->creds.uid);
	t->creds.gid = id_or(ID_GID, 0);
	t->creds.egid = t->creds.sgid = id_or(ID_EGID, t->creds.gid);
	t->fs.umask = id_or(ID_UMASK, 022);
	t->sigstack.flags = SS_DISABLE;
	t->dumpable = 1;
	t->timer_slack = 50000;
	t->start_ns = clock_now(CLOCK_MONOTONIC);
	/* Below the image lie the parts of the runtime: there from the start, never the guest's. */
	t->mm.grown = t->mm.used = MM_IMAGE_MIN;
	limits_init(t);
	current = t;
	return 0;
}

static void task_release(struct task *t)
{
	stats_end();
	mm_write_back(&t->mm, 0, MM_TOP);
	fd_close_all(t);
}

_Noreturn void task_exit(struct task *t, int status)
{
	if (strace_on)
		strace_end("exited with", status & 0xff, false);
	task_release(t);
	host_exit(status & 0xff);
	__builtin_unreachable();
}

_Noreturn void task_exit_signal(struct task *t, int sig)
{
	if (strace_on)
		strace_end("killed by", sig, true);
	task_release(t);
	host_exit_signal(sig);
	__builtin_unreachable();
}

SYSCALL(exit, int, status) { task_exit(t, status); }
SYSCALL(exit_group, int, status) { task_exit(t, status); }
