/* SPDX-License-Identifier: MIT */
/*
 * Open files: life time, and the operations with what every kind shares
 * checked first.
 */
#include "file.h"

#include "../kernel/lib.h"
#include "../kernel/task.h"

struct file *file_new(const struct file_ops *ops, u32 flags)
{
	struct file *f = kalloc(sizeof(*f));

	if (f) {
		f->ops = ops;
		f->refs = 1;
		f->flags = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
	}
	return f;
}

void file_put(struct file *f)
{
	if (!f || __atomic_sub_fetch(&f->refs, 1, __ATOMIC_ACQ_REL))
		return;
	if (f->is_watched)
		epoll_forget(f);
	if (f->ops->release)
		f->ops->release(f);
	kfree(f->path);
	kfree(f);
}

s64 file_read(struct file *f, struct span to, s64 pos)
{
	if (!file_can_read(f))
		return -EBADF;
	if (!f->ops->read)
		return f->ops->readdir ? -EISDIR : -EINVAL;
	if (pos != POS_CURRENT && !f->ops->seek)
		return -ESPIPE;
	f->moves += !current->call.again;
	return f->ops->read(f, to, pos);
}

s64 file_write(struct file *f, struct span from, s64 pos)
{
	if (!file_can_write(f))
		return -EBADF;
	if (!f->ops->write)
		return -EINVAL;
	if (pos != POS_CURRENT && !f->ops->seek)
		return -ESPIPE;
	f->moves += !current->call.again;
	return f->ops->write(f, from, pos);
}

int file_attr(struct file *f, struct attr *out)
{
	memset(out, 0, sizeof(*out));
	return f->ops->attr(f, out);
}

int file_poll(struct file *f, int events)
{
	int ready = f->ops->poll ? f->ops->poll(f, events)
	                         : POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM;

	return ready & (events | POLLERR | POLLHUP);
}

struct file *file_new_anonymous(const struct file_ops *ops, const char *path, u32 flags)
{
	struct file *f = file_new(ops, O_RDWR | flags);

	if (f)
		f->path = kstrdup(path);
	return f;
}

/* fs/anon_inodes.c of Linux: all share one inode, which has no type. */
int file_anonymous_attr(struct file *f, struct attr *out)
{
	(void)f;
	*out = (struct attr){
		.dev = 13, .ino = 1, .mode = 0600, .nlink = 1, .uid = current->process->creds.euid,
		.gid = current->process->creds.egid, .blksize = PAGE_SIZE,
	};
	return 0;
}
