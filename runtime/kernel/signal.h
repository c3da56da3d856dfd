/* SPDX-License-Identifier: MIT */
/*
 * Signals: who may ask for one (signal.c), what the guest sees of them
 * (sigframe.c), and how a wait learns of one.
 */
#ifndef KERNEL_SIGNAL_H
#define KERNEL_SIGNAL_H

#include "task.h"

/* Its place in a signal set. */
#define SIG_BIT(sig) (1ull << ((sig) - 1))

/* Queue; ignored signals vanish here.  A second one of the same number is merged. */
void signal_send(struct task *t, int sig, const struct abi_siginfo *info);
/* ... to whichever task of t's process takes it: signal(7). */
void signal_send_process(struct task *t, int sig, const struct abi_siginfo *info);
/* Queued for t, blocked or not: a set. */
u64 signal_pending(const struct task *t);
/* A fault: cannot be blocked or ignored. */
void signal_force(struct task *t, int sig, const struct abi_siginfo *info);
/* By default nothing happens: SIGCHLD and its like. */
bool signal_does_nothing(int sig);
/* SIGPIPE and the like, from the kernel itself. */
void signal_raise(struct task *t, int sig);

/* Something would be delivered now, or is what rt_sigtimedwait waits for: also looks at the timers. */
bool signal_waiting(struct task *t);
/* Which one of `set` comes next; 0: none. */
int signal_next(const struct task *t, u64 set);
/* Take the lowest pending signal in `set`, the task's own first; 0: none. */
int signal_take(struct task *t, u64 set, struct abi_siginfo *info);

/* Use `mask` until a signal has been delivered (sigsuspend, ppoll …). */
void signal_mask_for_now(struct task *t, u64 mask);
void signal_mask_back(struct task *t);

/* Build the frame for `sig` on the guest stack; false: the stack is not writable. */
bool sigframe_push(struct task *t, int sig, const struct abi_siginfo *info,
                   const struct abi_sigaction *action);

#endif
