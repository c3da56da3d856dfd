/* SPDX-License-Identifier: MIT */
/*
 * File descriptors: small numbers that name open files of one process.
 */
#ifndef FS_FD_H
#define FS_FD_H

#include "../kernel/lock.h"
#include "../kernel/types.h"

struct file;
struct task;

struct fd_slot {
	struct file *file;           /* NULL: free; holds a reference */
	bool cloexec;
};

struct files {
	struct lock lock;            /* the table; the files have their own */
	struct fd_slot *slots;
	u32 count;
};

/* The open file with a new reference, or NULL: file_put it. */
struct file *fd_get(struct task *t, int fd);
/* Give `file` the lowest free number from `from` up; takes over the caller's reference, also on error. */
int fd_install(struct task *t, struct file *file, u32 from, bool cloexec);
/* Give it exactly `fd`, closing what was there; takes over the reference. */
int fd_install_at(struct task *t, int fd, struct file *file, bool cloexec);
int fd_close(struct task *t, int fd);
/* All open descriptors are below this; it grows in steps and never shrinks. */
u32 fd_table_size(struct task *t);
/* Close on exec: 0, 1 or -EBADF. */
int fd_get_cloexec(struct task *t, int fd);
int fd_set_cloexec(struct task *t, int fd, bool cloexec);
void fd_close_all(struct task *t);
void fd_close_on_exec(struct task *t);

#endif
