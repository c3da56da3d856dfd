/* SPDX-License-Identifier: MIT */
/* From a path to the place it names, by the rules of path_resolution(7). */
#ifndef WEB_PATH_H
#define WEB_PATH_H

#include "inode.h"

enum last { LAST_ROOT, LAST_DOT, LAST_DOTDOT, LAST_NAME };

/*
 * The last step of a path: `name` in `dir`.  inode is NULL if there is nothing
 * of that name yet.  Where the path ends in no name of its own ("/", ".", ".."),
 * inode is that directory.  A name from a symbolic link lies in the link's data.
 */
struct place {
	enum last last;
	struct inode *dir, *inode;
	const char *name;
	u32 len;
	bool wants_dir;      /* the path ended in a slash */
};

/* What happens to a symbolic link as the last step. */
enum walk {
	WALK_FOLLOW,
	WALK_NOFOLLOW,   /* kept, unless a slash follows it */
	WALK_PARENT,     /* kept: the path is a name to make, move or remove */
};

/* `from`: where a relative path starts. */
s32 path_walk(struct inode *from, const char *path, u32 len, enum walk how, struct place *out);
/* What is there; -ENOENT if nothing, -ENOTDIR if a slash follows what is no directory. */
s32 path_find(struct inode *from, const char *path, u32 len, enum walk how, struct inode **out);
s32 place_check(const struct place *place);

extern struct inode *root;

#endif
