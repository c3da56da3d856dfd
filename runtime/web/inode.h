/* SPDX-License-Identifier: MIT */
/*
 * The page's files: inodes, their bytes, and names in directories.
 *
 * All of it lives in the memory of page.wasm, in the worker of one program, and
 * is gone with it.  Nobody else runs there, so nothing is locked.  There is one
 * user, root, so modes are kept but not enforced.
 */
#ifndef WEB_INODE_H
#define WEB_INODE_H

#include "runtime/kernel/abi.h"
#include "runtime/kernel/lib.h"

struct inode {
	u64 ino;
	u32 mode;            /* file type and permissions, as st_mode */
	u32 nlink;           /* names; a directory's own "." counts */
	u32 opens;           /* handles, and directories whose parent it is */
	u32 uid, gid;
	u32 size, cap;       /* of data */
	u8 *data;            /* a file's bytes, a link's target, a directory's struct entry */
	struct inode *parent; /* of a directory; counted in its opens */
	s64 atime, mtime, ctime, btime;   /* ns since 1970 */
};

struct entry {
	struct inode *inode; /* NULL: free */
	u8 len;
	char name[255];
};

/* A new inode without a name; NULL without memory. */
struct inode *inode_new(u32 mode);
/* Frees the inode if neither a name nor a handle is left. */
void inode_put(struct inode *i);

static inline bool inode_is(const struct inode *i, u32 type) { return (i->mode & S_IFMT) == type; }

/* Bytes done, or -EFBIG, -ENOSPC.  Reading behind the end gives 0; writing there fills with zeros. */
s32 inode_read(struct inode *i, void *to, u32 len, u64 pos);
s32 inode_write(struct inode *i, const void *from, u32 len, u64 pos);
s32 inode_resize(struct inode *i, u64 size);

/* Names.  dir_add takes the name as given; it must not be there yet. */
struct inode *dir_find(struct inode *dir, const char *name, u32 len);
s32 dir_add(struct inode *dir, const char *name, u32 len, struct inode *i);
void dir_remove(struct inode *dir, const char *name, u32 len);
bool dir_is_empty(const struct inode *dir);
/* The n-th name in use, NULL behind the last. */
struct entry *dir_nth(struct inode *dir, u32 n);

/* Imported from the page: nanoseconds since 1970. */
__attribute__((import_module("env"), import_name("page_now"))) s64 page_now(void);

#endif
