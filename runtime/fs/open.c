/* SPDX-License-Identifier: MIT */
/*
 * openat, and the current directory.
 */
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "hostfile.h"
#include "path.h"

/* The same flags have other bits on arm64 than on the host (imports.tab: x86-64's). */
static const struct { u32 guest, host; } moved_flags[] = {
	{ O_DIRECTORY, 0200000 },
	{ O_NOFOLLOW, 0400000 },
	{ O_DIRECT, 040000 },
	{ O_LARGEFILE, 0100000 },
};

static u32 host_flags(u32 flags)
{
	const u32 moved = O_DIRECTORY | O_NOFOLLOW | O_DIRECT | O_LARGEFILE;
	u32 out = flags & ~moved;

	for (u32 i = 0; i < COUNT(moved_flags); i++)
		if (flags & moved_flags[i].guest)
			out |= moved_flags[i].host;
	return out;
}

static struct file *open_node(struct task *t, const struct place *p, u32 flags, int *err)
{
	const struct node *n = p->node;
	bool is_link = (n->mode & S_IFMT) == S_IFLNK;

	*err = 0;
	if (flags & O_CREAT && flags & O_EXCL)
		*err = -EEXIST;
	else if (is_link && flags & O_NOFOLLOW && !(flags & O_PATH))
		*err = -ELOOP;
	else if (!is_link && flags & O_DIRECTORY && (n->mode & S_IFMT) != S_IFDIR)
		*err = -ENOTDIR;
	return *err ? NULL : n->open(t, p->arg, flags, err);
}

struct file *open_place(struct task *t, struct place *p, u32 flags, u32 mode, int *err)
{
	if (p->node)
		return open_node(t, p, flags, err);

	s32 handle = host_open(p->base, p->name, p->len, host_flags(flags), mode & ~t->process->fs.umask & 07777);
	if (handle < 0) {
		*err = handle;
		return NULL;
	}
	/* What F_GETFL will say: open(2) on 64-bit Linux. */
	flags = flags & O_PATH ? flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW) : flags | O_LARGEFILE;
	struct file *f = hostfile_new(handle, flags, false);
	if (!f) {
		host_close(handle);
		*err = -ENOMEM;
		return NULL;
	}
	char absolute[PATH_MAX];
	if (place_absolute(t, p, absolute, sizeof(absolute)))
		f->path = kstrdup(absolute);
	return f;
}

SYSCALL(openat, int, dirfd, u64, path, u32, flags, u32, mode)
{
	struct place p;
	int err = place_find(t, &p, dirfd, path, 0);

	if (err)
		return err;
	struct file *f = open_place(t, &p, flags, mode, &err);
	place_done(&p);
	return f ? fd_install(t, f, 0, flags & O_CLOEXEC) : err;
}

static int change_dir(struct task *t, struct file *f)
{
	int err = !file_is_host(f) || hostfile_type(f) != S_IFDIR ? -ENOTDIR
	        : host_access(f->host.handle, ".", 1, X_OK);

	if (err) {
		file_put(f);
		return err;
	}
	lock(&t->process->fs.lock);
	struct file *old = t->process->fs.cwd;
	t->process->fs.cwd = f;
	unlock(&t->process->fs.lock);
	file_put(old);
	return 0;
}

SYSCALL(chdir, u64, path)
{
	struct place p;
	int err = place_find(t, &p, AT_FDCWD, path, 0);

	if (err)
		return err;
	struct file *f = open_place(t, &p, O_PATH | O_DIRECTORY, 0, &err);
	place_done(&p);
	return f ? change_dir(t, f) : err;
}

SYSCALL(fchdir, int, fd)
{
	struct file *f = fd_get(t, fd);

	return f ? change_dir(t, f) : -EBADF;
}

SYSCALL(getcwd, u64, buf, u64, size)
{
	char path[PATH_MAX];
	int len = cwd_text(t, path, sizeof(path));

	if (len < 0)
		return len;
	if ((u64)len + 1 > size)
		return -ERANGE;
	int err = copy_out(t, buf, path, len + 1);
	return err ? err : len + 1;
}

SYSCALL(umask, u32, mask)
{
	u32 old = t->process->fs.umask;

	t->process->fs.umask = mask & 0777;
	return old;
}
