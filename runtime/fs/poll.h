/* SPDX-License-Identifier: MIT */
/*
 * What the calls that wait for several files share.
 */
#ifndef FS_POLL_H
#define FS_POLL_H

#include "file.h"

/* Between two looks at the files of a call that waits `timeout` ns in all (< 0: for ever): 1, then look again; 0 when the time
 * is up; -EINTR, -ESWITCH. */
int poll_nap(struct task *t, s64 timeout);
/* The signal mask at va, if any, is the task's for the time of the call: 0, -EINVAL, -EFAULT. */
int poll_use_mask(struct task *t, u64 va, u64 size);
/* ... which is now over with this result: if it is to go on, or a handler runs first, the mask stays. */
void poll_mask_back(struct task *t, s64 result);

#endif
