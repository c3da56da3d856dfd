/* SPDX-License-Identifier: MIT */
/* What files.c and names.c share: handles, and the attributes of inodes. */
#ifndef WEB_HANDLE_H
#define WEB_HANDLE_H

#include "path.h"

/* struct host_stat of imports.tab. */
struct host_stat {
	u64 dev, ino, mode, nlink, uid, gid, rdev, size, blksize, blocks;
	s64 atime, mtime, ctime, btime;
};

s32 handle_inode(s32 file, struct inode **out);
/* Where a relative path starts; a page's own directory is "/". */
s32 base_inode(s32 base, struct inode **out);

void stat_fill(const struct inode *i, struct host_stat *st);
s32 inode_chmod(struct inode *i, u32 mode);
s32 inode_chown(struct inode *i, s32 uid, s32 gid);
s32 inode_utimes(struct inode *i, s64 atime, s64 mtime);

#endif
