/* SPDX-License-Identifier: MIT */
/* From a path to the place it names, by the rules of path_resolution(7). */
#ifndef WEB_PATH_H
#define WEB_PATH_H

#include "inode.h"

/*
 * The last step of a path: `name` in `dir`.  inode is NULL if there is nothing
 * of that name yet.  name is NULL if the path ends in no name of its own ("/",
 * ".", ".."): then inode is that directory.  A name from a symbolic link lies
 * in the link's data.
 */
struct place {
	struct inode *dir, *inode;
	const char *name;
	u32 len;
	bool wants_dir;      /* the path ended in a slash */
};

/* `from`: where a relative path starts.  follow: also through a link as the last step. */
s32 path_walk(struct inode *from, const char *path, u32 len, bool follow, struct place *out);
/* The same where it must exist; -ENOENT otherwise. */
s32 path_find(struct inode *from, const char *path, u32 len, bool follow, struct inode **out);
/* Where something new may be made: -EEXIST if it is there. */
s32 path_new(struct inode *from, const char *path, u32 len, struct place *out);

extern struct inode *root;

#endif
