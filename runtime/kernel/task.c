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
	struct process *p = kalloc(sizeof(*p));

	if (!t || !p)
		return -ENOMEM;
	t->process = p;
	t->next = t->previous = t;
	p->task_count = 1;
	t->tid = p->pid = id_or(ID_PID, 1);
	p->ppid = id_or(ID_PPID, 0);
	p->pgid = id_or(ID_PGID, p->pid);
	p->sid = id_or(ID_SID, p->ppid);
	p->creds.uid = id_or(ID_UID, 0);
	p->creds.euid = p->creds.suid = id_or(ID_EUID, p->creds.uid);
	p->creds.gid = id_or(ID_GID, 0);
	p->creds.egid = p->creds.sgid = id_or(ID_EGID, p->creds.gid);
	p->fs.umask = id_or(ID_UMASK, 022);
	t->sigstack.flags = SS_DISABLE;
	p->dumpable = 1;
	t->timer_slack = 50000;
	p->start_ns = clock_now(CLOCK_MONOTONIC);
	/* The runtime's area until it is known where the image lies: there from the start, never the guest's. */
	p->mm.grown = p->mm.used = p->mm.taken[0].end = CPU_AREA_SIZE;
	p->mm.taken_count = 1;
	limits_init(t);
	current = t;
	return 0;
}

static void task_release(struct task *t)
{
	stats_end();
	mm_write_back(&t->process->mm, 0, MM_TOP);
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

SYSCALL(exit_group, int, status) { task_exit(t, status); }
