/* SPDX-License-Identifier: MIT */
/*
 * Finding the kernel's own nodes by path, and what stat says of them.
 */
#include "../kernel/lib.h"
#include "hostfile.h"
#include "path.h"

/* "…/fd/#" matches a number. */
static bool matches(const char *pattern, const char *path, s32 *arg)
{
	u32 fixed = strlen(pattern);
	u64 n;

	if (pattern[fixed - 1] != '#')
		return !strcmp(pattern, path);
	if (strncmp(pattern, path, fixed - 1))
		return false;
	path += fixed - 1;
	if (!scan_u64(&path, &n) || *path || n > INT32_MAX)
		return false;
	*arg = n;
	return true;
}

static const struct node *find_in(const struct node *nodes, const char *path, s32 *arg)
{
	for (; nodes->path; nodes++)
		if (matches(nodes->path, path, arg))
			return nodes;
	return NULL;
}

const struct node *node_find(struct task *t, const char *path, s32 *arg)
{
	char canonical[64];
	const char *rest = path_in_proc_self(t, path);

	*arg = -1;
	if (rest) {
		struct text out;
		text_init(&out, canonical, sizeof(canonical));
		text_printf(&out, "/proc/self/%s", rest);
		if (out.full)
			return NULL;
		path = canonical;
	}
	const struct node *n = find_in(dev_nodes, path, arg);
	if (!n)
		n = find_in(proc_nodes, path, arg);
	/* A link to a descriptor that is not open is not there. */
	if (n && *arg >= 0) {
		struct file *f = fd_get(t, *arg);
		file_put(f);
		if (!f)
			return NULL;
	}
	return n;
}

static int link_attr(struct task *t, const struct node *n, s32 arg, struct attr *out)
{
	int err = 0;
	struct file *f = n->open(t, arg, O_PATH, &err);

	if (!f)
		return err;
	err = file_attr(f, out);
	file_put(f);
	return err;
}

int node_attr(struct task *t, const struct node *n, s32 arg, bool follow, struct attr *out)
{
	bool is_link = (n->mode & S_IFMT) == S_IFLNK, is_device = (n->mode & S_IFMT) == S_IFCHR;

	if (is_link && follow)
		return link_attr(t, n, arg, out);
	/* The host's own node says more (owner, times), if it has one of the same kind. */
	if (is_device && !host_stat(HOST_CWD, n->path, strlen(n->path), 0, out) &&
	    (out->mode & S_IFMT) == S_IFCHR)
		return 0;
	s64 now = host_clock(CLOCK_REALTIME);
	*out = (struct attr){
		/* A row's address is as good a number as any. */
		.dev = is_device ? 5 : 21, .ino = (u64)(uintptr_t)n * 64 + arg,
		.mode = n->mode, .nlink = 1, .size = is_link ? 64 : 0,
		.uid = is_device ? 0 : t->process->creds.uid, .gid = is_device ? 0 : t->process->creds.gid,
		.rdev = n->dev_major << 8 | n->dev_minor, .blksize = is_device ? 4096 : 1024,
		.atime = now, .mtime = now, .ctime = now,
	};
	return 0;
}
