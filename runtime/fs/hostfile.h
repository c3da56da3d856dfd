/* SPDX-License-Identifier: MIT */
/*
 * What the files about host handles share: plain files (hostfile.c),
 * directories (hostdir.c), terminals (tty.c).
 */
#ifndef FS_HOSTFILE_H
#define FS_HOSTFILE_H

#include "file.h"

enum {
	HOST_CWD = -100,             /* base: the host process's own directory */
	HOST_IMAGE = 2147483646,     /* handle: the guest ELF the host carries */
	HOST_NO_WAIT = 1,            /* host_read flag */
};

/* S_IFMT bits. */
u32 hostfile_type(struct file *f);
bool hostfile_is_tty(struct file *f);
s64 hostfile_ioctl(struct file *f, u32 request, u64 arg);
s64 hostdir_read(struct file *f, struct span to);
s64 hostdir_seek(struct file *f, s64 off, int whence);

#endif
