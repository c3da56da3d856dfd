/* SPDX-License-Identifier: MIT */
/*
 * The table of file descriptors, and the calls that are about the table
 * itself: dup, dup3, close, close_range.
 */
#include "fd.h"

#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "file.h"

enum { FD_CHUNK = 64 };

struct file *fd_get(struct task *t, int fd)
{
	struct files *files = &t->process->files;
	struct file *f = NULL;

	if (t->call.file && t->call.fd == fd)
		return file_ref(t->call.file);
	lock(&files->lock);
	if (fd >= 0 && (u32)fd < files->count && files->slots[fd].file)
		f = file_ref(files->slots[fd].file);
	unlock(&files->lock);
	return f;
}

/* Under the table's lock: slots up to `fd` exist. */
static int grow_to(struct files *files, u32 fd)
{
	if (fd < files->count)
		return 0;
	u32 count = round_up(fd + 1, FD_CHUNK);
	struct fd_slot *slots = kresize(files->slots, files->count * sizeof(*slots), count * sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	files->slots = slots;
	files->count = count;
	return 0;
}

u32 fd_table_size(struct task *t)
{
	lock(&t->process->files.lock);
	u32 count = t->process->files.count;
	unlock(&t->process->files.lock);
	return count;
}

int fd_install(struct task *t, struct file *file, u32 from, bool cloexec)
{
	struct files *files = &t->process->files;
	u32 fd = from;

	lock(&files->lock);
	while (fd < files->count && files->slots[fd].file)
		fd++;
	int result = fd >= t->process->rlimits[RLIMIT_NOFILE].cur ? -EMFILE : grow_to(files, fd);
	if (!result) {
		files->slots[fd] = (struct fd_slot){ file, cloexec };
		result = fd;
	}
	unlock(&files->lock);
	if (result < 0)
		file_put(file);
	return result;
}

int fd_install_at(struct task *t, int fd, struct file *file, bool cloexec)
{
	struct files *files = &t->process->files;
	struct file *old = NULL;
	int result = fd;

	lock(&files->lock);
	if (fd < 0 || (u32)fd >= t->process->rlimits[RLIMIT_NOFILE].cur)
		result = -EBADF;
	else if (grow_to(files, fd))
		result = -ENOMEM;
	if (result >= 0) {
		old = files->slots[fd].file;
		files->slots[fd] = (struct fd_slot){ file, cloexec };
	}
	unlock(&files->lock);
	file_put(result < 0 ? file : old);
	return result;
}

int fd_close(struct task *t, int fd)
{
	struct files *files = &t->process->files;
	struct file *f = NULL;

	lock(&files->lock);
	if (fd >= 0 && (u32)fd < files->count) {
		f = files->slots[fd].file;
		files->slots[fd].file = NULL;
	}
	unlock(&files->lock);
	if (!f)
		return -EBADF;
	file_put(f);
	return 0;
}

int fd_get_cloexec(struct task *t, int fd)
{
	struct files *files = &t->process->files;

	lock(&files->lock);
	int result = fd < 0 || (u32)fd >= files->count || !files->slots[fd].file ? -EBADF
	           : files->slots[fd].cloexec;
	unlock(&files->lock);
	return result;
}

int fd_set_cloexec(struct task *t, int fd, bool cloexec)
{
	struct files *files = &t->process->files;
	int result = -EBADF;

	lock(&files->lock);
	if (fd >= 0 && (u32)fd < files->count && files->slots[fd].file) {
		files->slots[fd].cloexec = cloexec;
		result = 0;
	}
	unlock(&files->lock);
	return result;
}

void fd_close_all(struct task *t)
{
	for (u32 fd = 0; fd < t->process->files.count; fd++)
		fd_close(t, fd);
	kfree(t->process->files.slots);
	t->process->files.slots = NULL;
	t->process->files.count = 0;
}

void fd_close_on_exec(struct task *t)
{
	for (u32 fd = 0; fd < t->process->files.count; fd++)
		if (t->process->files.slots[fd].cloexec)
			fd_close(t, fd);
}

SYSCALL(dup, int, fd)
{
	struct file *f = fd_get(t, fd);

	return f ? fd_install(t, f, 0, false) : -EBADF;
}

SYSCALL(dup3, int, from, int, to, int, flags)
{
	if (flags & ~O_CLOEXEC || from == to)
		return -EINVAL;
	struct file *f = fd_get(t, from);
	return f ? fd_install_at(t, to, f, flags & O_CLOEXEC) : -EBADF;
}

SYSCALL(close, int, fd)
{
	return fd_close(t, fd);
}

enum { CLOSE_RANGE_UNSHARE = 2, CLOSE_RANGE_CLOEXEC = 4 };

SYSCALL(close_range, u32, first, u32, last, u32, flags)
{
	if (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC) || first > last)
		return -EINVAL;
	for (u32 fd = first; fd < t->process->files.count && fd <= last; fd++) {
		if (flags & CLOSE_RANGE_CLOEXEC)
			fd_set_cloexec(t, fd, true);
		else
			fd_close(t, fd);
	}
	return 0;
}
