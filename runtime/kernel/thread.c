/* SPDX-License-Identifier: MIT */
/*
 * Threads: how one begins, what others find of it, how it ends.
 */
#include "entry.h"
#include "futex.h"
#include "lib.h"
#include "regs.h"
#include "sys.h"

enum {
	CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_THREAD = 0x10000,
	CLONE_SYSVSEM = 0x40000, CLONE_SETTLS = 0x80000, CLONE_PARENT_SETTID = 0x100000, CLONE_CHILD_CLEARTID = 0x200000,
	CLONE_DETACHED = 0x400000, CLONE_CHILD_SETTID = 0x1000000, CLONE_IO = 0x80000000u,
	EXIT_SIGNAL = 0xff,

	/* What a thread of ours shares with the others. */
	SHARED = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD,
	/* Numbers of threads: above those that Linux gives to processes (PID_MAX_LIMIT). */
	TID_FIRST = 4194304 + 1,
};

struct task *task_find(struct task *t, s32 tid)
{
	struct task *s = t;

	if (!tid)
		return t;
	do {
		if (s->tid == tid)
			return s;
		s = s->next;
	} while (s != t);
	return NULL;
}

static s32 new_tid(void)
{
	static s32 last = TID_FIRST - 1;

	return ++last;
}

static struct task *task_new(const struct task *parent)
{
	struct task *t = kalloc(sizeof(*t));

	if (!t)
		return NULL;
	t->process = parent->process;
	t->tid = new_tid();
	t->sigmask = parent->sigmask;
	t->sigstack.flags = SS_DISABLE;
	t->no_new_privs = parent->no_new_privs;
	t->timer_slack = parent->timer_slack;
	memcpy(t->comm, parent->comm, sizeof(t->comm));
	return t;
}

/* The child goes on where the parent does, with its own stack and another result. */
static void set_regs(struct task *child, u64 stack, u64 flags, u64 tls)
{
	struct cpu regs;

	regs_get(&regs);
	regs.x[0] = 0;
	if (stack)
		regs.x[X_SP] = stack;
	if (flags & CLONE_SETTLS)
		regs.tpidr = tls;
	memcpy(child->regs, &regs, sizeof(child->regs));
}

/* clone(2).  A process of its own, or a thread that does not share everything, is not to be had. */
static int check_flags(u64 flags)
{
	const u64 known = SHARED | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_DETACHED |
	                  CLONE_CHILD_SETTID | CLONE_IO | EXIT_SIGNAL;

	if ((flags & CLONE_THREAD && !(flags & CLONE_SIGHAND)) || (flags & CLONE_SIGHAND && !(flags & CLONE_VM)))
		return -EINVAL;
	return (flags & SHARED) == SHARED && !(flags & ~known) ? 0 : -ENOSYS;
}

SYSCALL(clone, u64, flags, u64, stack, u64, parent_tid, u64, tls, u64, child_tid)
{
	int err = check_flags(flags);

	if (err)
		return err;
	struct task *child = task_new(t);
	if (!child)
		return -ENOMEM;
	set_regs(child, stack, flags, tls);
	if (flags & CLONE_CHILD_CLEARTID)
		child->clear_child_tid = child_tid;
	/* What cannot be written is nobody's error: kernel/fork.c of Linux. */
	if (flags & CLONE_PARENT_SETTID)
		copy_out(t, parent_tid, &child->tid, sizeof(child->tid));
	if (flags & CLONE_CHILD_SETTID)
		copy_out(t, child_tid, &child->tid, sizeof(child->tid));
	child->next = t;
	child->previous = t->previous;
	child->previous->next = child;
	t->previous = child;
	t->process->task_count++;
	return child->tid;
}

SYSCALL(gettid) { return t->tid; }

SYSCALL(set_tid_address, u64, va)
{
	t->clear_child_tid = va;
	return t->tid;
}

/* Waiters learn of the thread's end by the word that CLONE_CHILD_CLEARTID names, and by its robust mutexes. */
static void tell_end(struct task *t)
{
	const s32 zero = 0;

	futex_release_robust(t);
	if (t->clear_child_tid && !copy_out(t, t->clear_child_tid, &zero, sizeof(zero)))
		futex_wake(t, t->clear_child_tid, 1, FUTEX_ANY);
}

SYSCALL(exit, int, status)
{
	struct process *p = t->process;

	if (task_is_alone(t))
		task_exit(t, p->leader_is_gone ? p->leader_status : status);
	tell_end(t);
	if (t->tid == p->pid) {
		p->leader_is_gone = true;
		p->leader_status = status;
	}
	p->task_count--;
	sleep_leave(t);
	return 0;
}
