/* SPDX-License-Identifier: MIT */
/*
 * Sleeping, and who runs meanwhile.
 *
 * A system call that has to wait calls sleep_for(), sleep_on() or sleep_yield().
 * Where the process has one task only, that waits.  Where it has more, the answer
 * is -ESWITCH: the call then undoes what must not stay and returns that.  Another
 * task runs, and when this one's sleep is over its system call begins once more,
 * with the same arguments: it looks again at what it waited for.  What it has to
 * remember of its first beginning is in struct call_state.
 */
#ifndef KERNEL_SLEEP_H
#define KERNEL_SLEEP_H

#include "types.h"

struct file;
struct task;

/* Of the system call that is being done, zero at its first beginning. */
struct call_state {
	bool again;                   /* it has slept before */
	s64 started;                  /* CLOCK_MONOTONIC, once asked for */
	u64 done;                     /* bytes written so far, to a pipe */
	struct file *file;            /* what it sleeps with, and had as fd: whoever closes that does not take it away */
	int fd;
};

/* It sleeps on file `f`, its fd: fd_get() finds that again whatever becomes of the number. */
void call_holds(struct task *t, int fd, struct file *f);
/* It is over. */
void call_end(struct task *t);
/* When the call began first. */
s64 call_started(struct task *t);
/* A sleep between two looks at what tells nobody when it is ready: longer and longer. */
s64 call_nap(struct task *t);

struct sleep_state {
	bool asleep;
	bool woken;                   /* by sleep_wake() */
	s64 until;                    /* CLOCK_MONOTONIC; < 0: for ever */
	const void *on;               /* what sleep_wake() is told; NULL: nothing */
	u64 word;                     /* futex.c: address, and bits asked for */
	u32 bits;
	u64 order;                    /* who slept first is woken first */
};

/* At most timeout_ns (< 0: for ever), until a signal comes: 0, -EINTR, -ESWITCH. */
int sleep_for(struct task *t, s64 timeout_ns);
/* ... or until sleep_wake(what).  Alone, there is nobody who would call that. */
int sleep_on(struct task *t, const void *what, s64 timeout_ns);
/* ... or until sleep_wake() of anything. */
int sleep_on_files(struct task *t, s64 timeout_ns);
/* ... or until futex.c wakes whoever sleeps on the word at va, with one of these bits. */
int sleep_on_word(struct task *t, u64 va, u32 bits, s64 timeout_ns);
/* Whoever sleeps on it, or on files. */
void sleep_wake(struct task *t, const void *what);
/* Let the others run: 0, -ESWITCH. */
int sleep_yield(struct task *t);

/*
 * Hand over to the next task that can run, waiting for one if none can: true, and t
 * will begin its system call once more; or false if the next one is t itself.
 * struct cpu has t's registers, pc behind the system call.
 */
bool sleep_switch(struct task *t);
/* t has ended: hand over to another one, and forget t. */
void sleep_leave(struct task *t);

#endif
