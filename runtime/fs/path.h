/* SPDX-License-Identifier: MIT */
/*
 * From a path argument to what it names: a place in the machine's file system
 * (a base handle and a path for the host) or one of the kernel's own nodes
 * under /dev and /proc, where the machine's would speak of the host process.
 */
#ifndef FS_PATH_H
#define FS_PATH_H

#include "../kernel/task.h"
#include "file.h"

struct node;

struct place {
	s32 base;                    /* for the host: handle or HOST_CWD */
	u32 len;
	char *name;                  /* for the host; in buf */
	const struct node *node;     /* a file of ours, or NULL */
	s32 arg;                     /* the number in its name: /proc/self/fd/N */
	struct file *file;           /* the base, or with is_self the thing itself; holds a reference */
	bool is_self;                /* empty path: the open file `file`, or the cwd if that is NULL */
	char buf[PATH_MAX];
};

enum { PLACE_EMPTY_OK = 1 };     /* an empty path means the base itself */

/* On success end with place_done(). */
int place_find(struct task *t, struct place *p, int dirfd, u64 path_va, int flags);
void place_done(struct place *p);
/* The same for a path the kernel already has. */
int place_find_text(struct task *t, struct place *p, int dirfd, const char *path);

/* Absolute, with "." ".." and "//" taken out as text; false if unknown or too long. */
bool place_absolute(struct task *t, const struct place *p, char *out, u32 cap);

/* "/proc/self/" and the like -> what follows; NULL for anything else. */
const char *path_in_proc_self(struct task *t, const char *path);

/* The directory a task stands in, as text. */
int cwd_text(struct task *t, char *out, u32 cap);
void cwd_set_first(const char *path);

/* A file of the kernel's own: /dev/null, /proc/self/maps … */
struct node {
	const char *path;            /* '#' at the end: a number */
	u32 mode;
	/* Open it (links: what they lead to).  NULL and *err on failure. */
	struct file *(*open)(struct task *t, s32 arg, u32 flags, int *err);
	/* Links: the target's text; its length. */
	s32 (*link)(struct task *t, s32 arg, char *out, u32 cap);
	u32 dev_major, dev_minor;
};

/* The node of an absolute path, or NULL; *arg its number. */
const struct node *node_find(struct task *t, const char *path, s32 *arg);
/* Attributes; links are followed if `follow`. */
int node_attr(struct task *t, const struct node *n, s32 arg, bool follow, struct attr *out);

/* open(2) as far as a struct file. */
struct file *open_place(struct task *t, struct place *p, u32 flags, u32 mode, int *err);

extern const struct node dev_nodes[], proc_nodes[];

#endif
