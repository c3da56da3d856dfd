/* SPDX-License-Identifier: MIT */
/*
 * The contents of our files in /proc.
 */
#ifndef FS_PROCINFO_H
#define FS_PROCINFO_H

#include "../kernel/lib.h"
#include "../kernel/task.h"

void procinfo_maps(struct task *t, struct text *out);
void procinfo_cmdline(struct task *t, struct text *out);
void procinfo_environ(struct task *t, struct text *out);
void procinfo_stat(struct task *t, struct text *out);
void procinfo_statm(struct task *t, struct text *out);
void procinfo_status(struct task *t, struct text *out);
void procinfo_comm(struct task *t, struct text *out);
void procinfo_cpuinfo(struct task *t, struct text *out);
/* dirent64 records of the open descriptors; the caller frees them. */
char *procinfo_fd_entries(struct task *t, u32 *len);

#endif
