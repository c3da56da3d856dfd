/* SPDX-License-Identifier: MIT */
/*
 * A task: one thread of one guest process, and what it points to.
 *
 * One process with one thread runs at a time; the parts that Linux shares
 * between threads (mm, files, fs, sighand) are structures of their own, so
 * that sharing them later is a reference count.  Fields of the task itself
 * belong to the thread that runs it.
 */
#ifndef KERNEL_TASK_H
#define KERNEL_TASK_H

#include "abi.h"
#include "lock.h"
#include "mm.h"
#include "user.h"
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

struct task {
	s32 pid, ppid, pgid, sid;
	struct creds creds;
	struct mm mm;
	struct files files;
	struct fs_context fs;
	struct sighand sighand;
	struct pending_signal pending;
	u64 sigmask;
	u64 saved_sigmask;            /* of before rt_sigsuspend, ppoll, pselect6 … */
	bool restore_sigmask;         /* saved_sigmask is to come back after delivery */
	struct abi_stack sigstack;
	struct real_timer timer;
	struct abi_rlimit rlimits[RLIM_NLIMITS];
	u64 clear_child_tid, robust_list;
	s64 start_ns;                 /* monotonic */
	char comm[16];
	char *exe;                    /* absolute path of the program's file */
	u64 personality;
	bool keep_caps, limits_known;
	s32 pdeath_signal, dumpable, no_new_privs;
	s64 timer_slack;
};

/* The task on this thread. */
extern _Thread_local struct task *current;

/* Set up the first task from what the host says; err if there is no memory. */
int task_init_first(void);
_Noreturn void task_exit(struct task *t, int status);
_Noreturn void task_exit_signal(struct task *t, int sig);

#endif
