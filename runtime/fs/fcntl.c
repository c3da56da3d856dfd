/* SPDX-License-Identifier: MIT */
/*
 * fcntl, flock, ioctl: what is asked of a descriptor, whatever its kind.
 */
#include "../kernel/sys.h"
#include "file.h"

static s64 set_status(struct file *f, u32 flags)
{
	const u32 may = O_APPEND | O_NONBLOCK | O_ASYNC | O_DIRECT | O_NOATIME;

	hostfile_learn_flags(f);
	lock(&f->lock);
	f->flags = (f->flags & ~may) | (flags & may);
	unlock(&f->lock);
	return 0;
}

/*
 * Record locks: a process never conflicts with its own, and here it is the
 * only one.  fcntl_locking(2) for the errors.
 */
static s64 record_lock(struct task *t, struct file *f, u32 cmd, u64 va)
{
	struct abi_flock l;
	bool get = cmd == F_GETLK || cmd == F_OFD_GETLK;
	int err = copy_in(t, &l, va, sizeof(l));

	if (err)
		return err;
	if (l.type != F_RDLCK && l.type != F_WRLCK && l.type != F_UNLCK)
		return -EINVAL;
	if (l.whence < SEEK_SET || l.whence > SEEK_END || (get && l.type == F_UNLCK) ||
	    (l.whence == SEEK_SET && l.start < 0))
		return -EINVAL;
	if (cmd >= F_OFD_GETLK && l.pid)
		return -EINVAL;
	if (!get)
		return (l.type == F_RDLCK && !file_can_read(f)) ||
		       (l.type == F_WRLCK && !file_can_write(f)) ? -EBADF : 0;
	l.type = F_UNLCK;
	return copy_out(t, va, &l, sizeof(l));
}

static s64 file_control(struct task *t, struct file *f, u32 cmd, u64 arg)
{
	switch (cmd) {
	case F_GETFL:
		hostfile_learn_flags(f);
		return f->flags;
	case F_SETFL:
		return set_status(f, arg);
	case F_GETLK: case F_SETLK: case F_SETLKW:
	case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
		return record_lock(t, f, cmd, arg);
	case F_SETOWN: case F_GETOWN:
		return 0;
	case F_GETPIPE_SZ: case F_SETPIPE_SZ:
		return pipe_size(f, cmd == F_SETPIPE_SZ ? (s64)(u32)arg : -1);
	}
	return -EINVAL;
}

SYSCALL(fcntl, int, fd, u32, cmd, u64, arg)
{
	struct file *f = fd_get(t, fd);
	s64 result;

	if (!f)
		return -EBADF;
	switch (cmd) {
	case F_DUPFD: case F_DUPFD_CLOEXEC:
		if ((u32)arg < t->process->rlimits[RLIMIT_NOFILE].cur)
			return fd_install(t, f, arg, cmd == F_DUPFD_CLOEXEC);
		result = -EINVAL;
		break;
	case F_GETFD:
		result = fd_get_cloexec(t, fd);
		break;
	case F_SETFD:
		result = fd_set_cloexec(t, fd, arg & FD_CLOEXEC);
		break;
	default:
		result = f->flags & O_PATH && cmd != F_GETFL ? -EBADF : file_control(t, f, cmd, arg);
	}
	file_put(f);
	return result;
}

SYSCALL(flock, int, fd, u32, how)
{
	struct file *f = fd_get(t, fd);
	u32 kind = how & ~LOCK_NB;

	if (!f)
		return -EBADF;
	file_put(f);
	return kind == LOCK_SH || kind == LOCK_EX || kind == LOCK_UN ? 0 : -EINVAL;
}

SYSCALL(ioctl, int, fd, u32, request, u64, arg)
{
	struct file *f = fd_get(t, fd);
	s32 on = 0;
	s64 result;

	if (!f)
		return -EBADF;
	switch (request) {
	case FIOCLEX: case FIONCLEX:
		result = fd_set_cloexec(t, fd, request == FIOCLEX);
		break;
	case FIONBIO:
		result = copy_in(t, &on, arg, sizeof(on));
		if (!result)
			set_status(f, on ? f->flags | O_NONBLOCK : f->flags & ~O_NONBLOCK);
		break;
	default:
		result = f->flags & O_PATH ? -EBADF : f->ops->ioctl ? f->ops->ioctl(f, request, arg) : -ENOTTY;
	}
	file_put(f);
	return result;
}

SYSCALL(getdents64, int, fd, u64, buf, u32, len)
{
	struct file *f = fd_get(t, fd);
	struct span to;

	if (!f)
		return -EBADF;
	s64 n = !file_can_read(f) ? -EBADF : !f->ops->readdir ? -ENOTDIR
	      : span_user(t, &to, buf, len, PROT_WRITE);
	if (!n)
		n = f->ops->readdir(f, to);
	file_put(f);
	return n;
}
