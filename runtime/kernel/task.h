/* SPDX-License-Identifier: MIT */
/*
 * A task is one thread of a guest process; struct process is what its threads
 * share.
 *
 * The threads of a process take turns on the host's one thread: a task goes on
 * until a system call of its would sleep (sleep.h), so there is no lock on any of
 * this.  Fields of the task itself belong to the thread that runs it.
 */
#ifndef KERNEL_TASK_H
#define KERNEL_TASK_H

#include "abi.h"
#include "lock.h"
#include "mm.h"
#include "sleep.h"
#include "user.h"
#include "../cpu/cpu.h"
#include "../fs/fd.h"

/* Where relative paths start, and what new files may not have. */
struct fs_context {
	struct lock lock;
	struct file *cwd;             /* NULL: the directory the host process was started in */
	u32 umask;
};

struct sighand {
	struct lock lock;
	struct abi_sigaction action[SIG_COUNT + 1];   /* by number; [0] unused */
};

struct pending_signal {
	u64 set;                                      /* bit sig-1 */
	struct abi_siginfo info[SIG_COUNT + 1];       /* of those in `set` */
};

struct creds { u32 uid, euid, suid, gid, egid, sgid; };

/* setitimer(ITIMER_REAL): looked at in syscalls. */
struct real_timer {
	s64 expires;                  /* monotonic ns; 0: off */
	s64 interval;
};

struct process {
	s32 pid, ppid, pgid, sid;
	struct creds creds;
	struct mm mm;
	struct files files;
	struct fs_context fs;
	struct sighand sighand;
	struct pending_signal pending;                /* for whichever task takes them first */
	struct real_timer timer;
	struct abi_rlimit rlimits[RLIM_NLIMITS];
	s64 start_ns;                 /* monotonic */
	char *exe;                    /* absolute path of the program's file */
	u64 personality;
	bool keep_caps, limits_known;
	s32 dumpable;
	u32 task_count;
	bool leader_is_gone;          /* the first task has ended ... */
	s32 leader_status;            /* ... with this; the process ends so when the last task does */
};

/* Of struct cpu; what lies behind the vector registers belongs to the cpu side. */
enum { REGS_SIZE = offsetof(struct cpu, v) + sizeof(((struct cpu *)0)->v) };

struct task {
	struct process *process;
	struct task *next, *previous; /* a ring of the process's tasks, by age */
	s32 tid;
	struct pending_signal pending;
	u64 sigmask;
	u64 saved_sigmask;            /* of before rt_sigsuspend, ppoll, pselect6 … */
	bool restore_sigmask;         /* saved_sigmask is to come back after delivery */
	u64 awaited;                  /* signals that rt_sigtimedwait waits for */
	struct abi_stack sigstack;
	u64 clear_child_tid, robust_list;
	char comm[16];
	s32 pdeath_signal, no_new_privs;
	s64 timer_slack;
	struct call_state call;
	u32 call_count;               /* turn_is_over() of syscall.c */
	struct sleep_state sleep;
	u8 regs[REGS_SIZE] __attribute__((aligned(16)));   /* while another task runs */
};

/* The task on this thread. */
extern _Thread_local struct task *current;

/* Set up the first task from what the host says; err if there is no memory. */
int task_init_first(void);
/* The end of the whole process. */
_Noreturn void task_exit(struct task *t, int status);
_Noreturn void task_exit_signal(struct task *t, int sig);

/* thread.c: the task of this process with that id (0: t itself), or NULL. */
struct task *task_find(struct task *t, s32 tid);
static inline bool task_is_alone(const struct task *t) { return t->next == t; }

#endif
