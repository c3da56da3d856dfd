/* SPDX-License-Identifier: MIT */
/*
 * Files of the machine below: a host handle as an open file.
 *
 * The position is the host's own as long as possible, so that it is shared
 * with whoever else has the file open (a shell's redirection).  A host that
 * cannot seek (Node) makes the first real lseek switch to a position of ours;
 * reads and writes then name it.  Directories are in hostdir.c, terminals in
 * tty.c.
 */
#include "hostfile.h"

#include "../kernel/lib.h"
#include "../kernel/signal.h"

u32 hostfile_type(struct file *f)
{
	struct attr attr;

	if (!f->host.mode && !host_fstat(f->host.handle, &attr))
		f->host.mode = attr.mode;
	return f->host.mode & S_IFMT;
}

static bool is_stream(struct file *f)
{
	u32 type = hostfile_type(f);

	return type != S_IFREG && type != S_IFDIR && type != S_IFBLK;
}

static s32 read_at(struct file *f, struct span to, s64 pos, s32 flags)
{
	return to.data ? host_read(f->host.handle, to.data, to.len, pos, flags)
	               : host_read_user(f->host.handle, to.va, to.len, pos, flags);
}

/* A read that a timer may have to interrupt, or that other threads need not wait for, cannot be left to the host: look,
 * sleep a little, look again. */
static s32 read_by_looking(struct file *f, struct span to)
{
	for (;;) {
		s32 n = read_at(f, to, -1, HOST_NO_WAIT);
		if (n != -EAGAIN)
			return n;
		int err = sleep_for(current, call_nap(current));
		if (err)
			return err == -EINTR ? -ERESTARTSYS : err;
	}
}

static s32 read_stream(struct file *f, struct span to)
{
	if (f->flags & O_NONBLOCK)
		return read_at(f, to, -1, HOST_NO_WAIT);
	return read_by_looking(f, to);
}

/* One byte was read early for poll: hand it out, with what else is there now. */
static s64 read_after_ahead(struct file *f, struct span to)
{
	s32 n = 0;

	if (!to.len)
		return 0;
	span_put(to, 0, &f->host.ahead, 1);
	f->host.has_ahead = false;
	if (to.len > 1)
		n = read_at(f, span_from(to, 1), -1, HOST_NO_WAIT);
	return n > 0 ? n + 1 : 1;
}

static s64 hostfile_read(struct file *f, struct span to, s64 pos)
{
	if (pos != POS_CURRENT)
		return is_stream(f) ? -ESPIPE : read_at(f, to, pos, 0);
	if (f->host.has_ahead)
		return read_after_ahead(f, to);

	bool special = f->flags & O_NONBLOCK || current->process->timer.expires || !task_is_alone(current);
	s64 n = f->host.own_pos ? read_at(f, to, f->pos, 0)
	      : special && is_stream(f) ? read_stream(f, to)
	                                : read_at(f, to, -1, 0);
	if (n > 0)
		f->pos += n;
	return n;
}

static s32 write_at(struct file *f, struct span from, s64 pos)
{
	return from.data ? host_write(f->host.handle, from.data, from.len, pos)
	                 : host_write_user(f->host.handle, from.va, from.len, pos);
}

static s64 hostfile_write(struct file *f, struct span from, s64 pos)
{
	bool use_own = pos == POS_CURRENT && f->host.own_pos && !(f->flags & O_APPEND);
	bool move = pos == POS_CURRENT;
	u32 done = 0;

	if (pos != POS_CURRENT && is_stream(f))
		return -ESPIPE;
	if (use_own)
		pos = f->pos;
	do {
		s64 n = write_at(f, span_from(from, done), pos == POS_CURRENT ? -1 : pos + done);
		if (n < 0 && done)
			break;
		if (n < 0)
			return n;
		done += n;
		if (!n)
			break;
	} while (done < from.len && !(f->flags & O_NONBLOCK));

	if (move && f->flags & O_APPEND && (f->host.own_pos || f->host.pos_known)) {
		struct attr attr;
		if (!host_fstat(f->host.handle, &attr))
			f->pos = attr.size;
	} else if (move) {
		f->pos += done;
	}
	return done;
}

/* Where reads and writes are now. */
static s64 position(struct file *f)
{
	if (f->host.own_pos || f->host.pos_known)
		return f->pos;
	return host_seek(f->host.handle, 0, SEEK_CUR);
}

static s64 seek_target(struct file *f, s64 off, int whence)
{
	struct attr attr = { 0 };
	s64 base = 0;

	if (whence == SEEK_CUR) {
		base = position(f);
	} else if (whence != SEEK_SET) {
		int err = file_attr(f, &attr);
		if (err)
			return err;
		base = attr.size;
	}
	if (base < 0)
		return base;
	if (whence == SEEK_DATA || whence == SEEK_HOLE) {
		if (off < 0 || off >= base)
			return -ENXIO;
		return whence == SEEK_DATA ? off : base;
	}
	if (__builtin_add_overflow(base, off, &base))
		return -EOVERFLOW;
	return base < 0 ? -EINVAL : base;
}

static s64 hostfile_seek(struct file *f, s64 off, int whence)
{
	u32 type = hostfile_type(f);

	if (whence < SEEK_SET || whence > SEEK_HOLE)
		return -EINVAL;
	if (type == S_IFDIR)
		return hostdir_seek(f, off, whence);
	if (type == S_IFCHR) {
		/* Terminals cannot; other devices decide for themselves. */
		s64 to = hostfile_is_tty(f) ? -ESPIPE : host_seek(f->host.handle, off, whence);
		return to == -ENOSYS ? 0 : to;
	}
	if (is_stream(f))
		return -ESPIPE;

	s64 to = seek_target(f, off, whence), now = to < 0 ? 0 : position(f);
	if (to < 0 || to == now)
		return to;
	if (f->host.own_pos || host_seek(f->host.handle, to, SEEK_SET) < 0)
		f->host.own_pos = true;
	f->pos = to;
	return to;
}

static int hostfile_attr(struct file *f, struct attr *out)
{
	int err = host_fstat(f->host.handle, out);

	if (!err)
		f->host.mode = out->mode;
	return err;
}

/* Where the host cannot poll: ends of streams are ready to write; reading is tried. */
static int poll_by_reading(struct file *f, int events)
{
	int ready = file_can_write(f) ? POLLOUT | POLLWRNORM : 0;

	if (f->host.has_ahead)
		return ready | POLLIN | POLLRDNORM;
	if (!file_can_read(f) || !(events & (POLLIN | POLLRDNORM)))
		return ready;
	s32 n = host_read(f->host.handle, &f->host.ahead, 1, -1, HOST_NO_WAIT);
	f->host.has_ahead = n > 0;
	if (!n)
		return ready | (hostfile_type(f) == S_IFIFO ? POLLHUP : POLLIN | POLLRDNORM);
	return n > 0 ? ready | POLLIN | POLLRDNORM : n == -EAGAIN ? ready : POLLERR;
}

static int hostfile_poll(struct file *f, int events)
{
	struct { s32 h; s16 events, revents; } one = { f->host.handle, events, 0 };

	if (!is_stream(f))
		return POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM;
	if (f->host.has_ahead || host_poll(&one, 1, 0) == -ENOSYS)
		return poll_by_reading(f, events);
	return one.revents;
}

bool file_can_be_polled(struct file *f)
{
	if (!file_is_host(f))
		return f->ops->poll;
	return hostfile_type(f) == S_IFIFO || hostfile_type(f) == S_IFSOCK || hostfile_is_tty(f);
}

static int hostfile_truncate(struct file *f, s64 size)
{
	return hostfile_type(f) == S_IFREG ? host_truncate(f->host.handle, size) : -EINVAL;
}

static int hostfile_sync(struct file *f, bool data_only)
{
	return host_sync(f->host.handle, data_only);
}

static int hostfile_chmod(struct file *f, u32 mode) { return host_fchmod(f->host.handle, mode); }
static int hostfile_chown(struct file *f, s32 uid, s32 gid) { return host_fchown(f->host.handle, uid, gid); }

static int hostfile_utimes(struct file *f, s64 atime, s64 mtime)
{
	return host_futimens(f->host.handle, atime, mtime);
}

static void hostfile_release(struct file *f)
{
	if (f->host.handle != HOST_IMAGE)
		host_close(f->host.handle);
}

static const struct file_ops hostfile_ops = {
	.kind = "host",
	.read = hostfile_read, .write = hostfile_write, .seek = hostfile_seek,
	.attr = hostfile_attr, .poll = hostfile_poll, .ioctl = hostfile_ioctl,
	.readdir = hostdir_read, .truncate = hostfile_truncate, .sync = hostfile_sync,
	.chmod = hostfile_chmod, .chown = hostfile_chown, .utimes = hostfile_utimes,
	.release = hostfile_release,
};

/* The flags of a file that was open before us: "flags:" of /proc/self/fdinfo/N, in the host's bits. */
void hostfile_learn_flags(struct file *f)
{
	char name[40], info[256];
	struct text text;
	u32 flags = 0;

	if (!file_is_host(f) || !f->host.flags_unknown)
		return;
	f->host.flags_unknown = false;
	text_init(&text, name, sizeof(name));
	text_printf(&text, "/proc/self/fdinfo/%d", f->host.handle);
	s32 handle = host_open(HOST_CWD, name, text.len, O_RDONLY, 0);
	if (handle < 0)
		return;
	s32 n = host_read(handle, info, sizeof(info) - 1, -1, 0);
	host_close(handle);
	info[n > 0 ? n : 0] = 0;
	const char *s = strchr(info, '\n');
	if (!s || strncmp(s, "\nflags:\t", 8))
		return;
	for (s += 8; *s >= '0' && *s <= '7'; s++)
		flags = flags * 8 + (*s - '0');
	const u32 same = O_ACCMODE | O_APPEND | O_NONBLOCK | O_DSYNC | O_ASYNC, host_largefile = 0100000;
	f->flags = (f->flags & ~same) | (flags & same) | (flags & host_largefile ? O_LARGEFILE : 0);
}

struct file *hostfile_new(s32 handle, u32 flags, bool inherited)
{
	struct file *f = file_new(&hostfile_ops, flags);

	if (f) {
		f->host.handle = handle;
		f->host.pos_known = !inherited;
		f->host.flags_unknown = inherited;
	}
	return f;
}

bool file_is_host(const struct file *f)
{
	return f->ops == &hostfile_ops;
}
