/* SPDX-License-Identifier: MIT */
/*
 * Pipes: a byte ring shared by two open files.
 *
 * Readers and writers sleep on the pipe; closing the last writer wakes readers
 * with end-of-file.  Waits look for signals too.
 */
#include "../kernel/clock.h"
#include "../kernel/lib.h"
#include "../kernel/signal.h"
#include "../kernel/sys.h"
#include "file.h"

enum { PIPE_SIZE = 65536, PIPE_SIZE_MAX = 1 << 20 };

struct pipe {
	struct lock lock;
	u8 *ring;                    /* under lock, like all that follows */
	u32 size;                    /* a power of two */
	u32 head, tail;              /* bytes ever read and written: tail - head are in the ring */
	u32 readers, writers;        /* open ends */
	u64 times_filled, times_emptied;   /* written to; read from when no page was left */
	u64 ino;
	s64 mtime;
};

static u64 next_ino = 1;         /* atomic */

static u32 filled(const struct pipe *p) { return p->tail - p->head; }

/* With the lock held; it is given up meanwhile. */
static int wait_change(struct pipe *p)
{
	unlock(&p->lock);
	int err = sleep_on(current, p, -1);
	lock(&p->lock);
	return err == -EINTR ? -ERESTARTSYS : err;
}

static void ring_out(struct pipe *p, struct span to, u32 len)
{
	u32 at = p->head & (p->size - 1), first = min_u64(len, p->size - at);

	span_put(to, 0, p->ring + at, first);
	span_put(to, first, p->ring, len - first);
	p->head += len;
}

static void ring_in(struct pipe *p, struct span from, u32 at, u32 len)
{
	u32 to = p->tail & (p->size - 1), first = min_u64(len, p->size - to);

	span_get(from, at, p->ring + to, first);
	span_get(from, at + first, p->ring, len - first);
	p->tail += len;
}

static s64 pipe_read(struct file *f, struct span to, s64 pos)
{
	struct pipe *p = f->pipe.pipe;
	s64 n = 0;

	(void)pos;
	if (!to.len)
		return 0;
	lock(&p->lock);
	while (!filled(p) && p->writers && !n)
		n = f->flags & O_NONBLOCK ? -EAGAIN : wait_change(p);
	if (filled(p)) {
		p->times_emptied += p->size - filled(p) < PIPE_BUF;
		n = min_u64(filled(p), to.len);
		ring_out(p, to, n);
		sleep_wake(current, p);
	}
	unlock(&p->lock);
	return n;
}

/* pipe(7): writes of at most PIPE_BUF bytes are atomic. */
static s64 pipe_write(struct file *f, struct span from, s64 pos)
{
	struct pipe *p = f->pipe.pipe;
	u32 done = current->call.done;
	int err = 0;

	(void)pos;
	current->call.done = 0;
	lock(&p->lock);
	while (done < from.len && !err) {
		u32 room = p->size - filled(p), left = from.len - done;
		u32 need = from.len <= PIPE_BUF ? left : 1;
		if (!p->readers) {
			err = -EPIPE;
		} else if (room < need) {
			err = f->flags & O_NONBLOCK ? -EAGAIN : wait_change(p);
		} else {
			u32 n = min_u64(room, left);
			ring_in(p, from, done, n);
			p->times_filled++;
			done += n;
			sleep_wake(current, p);
		}
	}
	unlock(&p->lock);
	if (err == -ESWITCH) {
		current->call.done = done;
		return err;
	}
	return done ? (s64)done : err;
}

static int pipe_attr(struct file *f, struct attr *out)
{
	struct pipe *p = f->pipe.pipe;

	*out = (struct attr){
		.dev = 12, .ino = p->ino, .mode = S_IFIFO | 0600, .nlink = 1,
		.uid = current->process->creds.euid, .gid = current->process->creds.egid, .blksize = PAGE_SIZE,
		.atime = p->mtime, .mtime = p->mtime, .ctime = p->mtime,
	};
	return 0;
}

static int pipe_poll(struct file *f, int events)
{
	struct pipe *p = f->pipe.pipe;
	int ready = 0;

	(void)events;
	lock(&p->lock);
	if (f->pipe.is_writer) {
		if (p->size - filled(p) >= PIPE_BUF)
			ready |= POLLOUT | POLLWRNORM;
		if (!p->readers)
			ready |= POLLERR;
	} else {
		if (filled(p))
			ready |= POLLIN | POLLRDNORM;
		if (!p->writers)
			ready |= POLLHUP;
	}
	unlock(&p->lock);
	return ready;
}

/* fs/pipe.c of Linux: each write tells readers; writers are told when a pipe is no longer full. */
static u64 pipe_edge(struct file *f, int events)
{
	(void)events;
	return f->pipe.is_writer ? f->pipe.pipe->times_emptied : f->pipe.pipe->times_filled;
}

static s64 pipe_ioctl(struct file *f, u32 request, u64 arg)
{
	u32 count = filled(f->pipe.pipe);

	return request == FIONREAD ? copy_out(current, arg, &count, sizeof(count)) : -ENOTTY;
}

static void pipe_release(struct file *f)
{
	struct pipe *p = f->pipe.pipe;

	lock(&p->lock);
	if (f->pipe.is_writer)
		p->writers--;
	else
		p->readers--;
	bool last = !p->readers && !p->writers;
	sleep_wake(current, p);
	unlock(&p->lock);
	if (last) {
		kfree(p->ring);
		kfree(p);
	}
}

static int pipe_no_change(struct file *f, u32 mode)
{
	(void)f, (void)mode;
	return 0;
}

static const struct file_ops pipe_ops = {
	.kind = "pipe",
	.read = pipe_read, .write = pipe_write, .attr = pipe_attr, .poll = pipe_poll, .edge = pipe_edge,
	.ioctl = pipe_ioctl, .chmod = pipe_no_change, .release = pipe_release,
};

int pipe_create(struct file *ends[2], u32 flags)
{
	struct pipe *p = kalloc(sizeof(*p));

	ends[0] = file_new(&pipe_ops, O_RDONLY | flags);
	ends[1] = file_new(&pipe_ops, O_WRONLY | flags);
	if (p)
		p->ring = kalloc(PIPE_SIZE);
	if (!p || !p->ring || !ends[0] || !ends[1]) {
		kfree(ends[0]);
		kfree(ends[1]);
		if (p)
			kfree(p->ring);
		kfree(p);
		return -ENOMEM;
	}
	p->size = PIPE_SIZE;
	p->readers = p->writers = 1;
	p->ino = __atomic_fetch_add(&next_ino, 1, __ATOMIC_RELAXED);
	p->mtime = host_clock(CLOCK_REALTIME);
	ends[0]->pipe.pipe = ends[1]->pipe.pipe = p;
	ends[1]->pipe.is_writer = true;
	return 0;
}

/* fcntl: the ring's size, or a new one (at least a page, rounded up to a power of two). */
s64 pipe_size(struct file *f, s64 want)
{
	if (f->ops != &pipe_ops)
		return -EBADF;
	struct pipe *p = f->pipe.pipe;
	if (want < 0)
		return p->size;
	if (want > PIPE_SIZE_MAX)
		return -EPERM;
	u32 size = PAGE_SIZE;
	while (size < want)
		size *= 2;
	u8 *ring = kalloc(size);
	if (!ring)
		return -ENOMEM;
	lock(&p->lock);
	u32 used = filled(p);
	if (used > size) {
		unlock(&p->lock);
		kfree(ring);
		return -EBUSY;
	}
	ring_out(p, span_kernel(ring, used), used);
	kfree(p->ring);
	p->ring = ring;
	p->size = size;
	p->head = 0;
	p->tail = used;
	unlock(&p->lock);
	return size;
}

SYSCALL(pipe2, u64, fds_va, u32, flags)
{
	struct file *ends[2];
	s32 fds[2];

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	int err = pipe_create(ends, flags & (O_NONBLOCK | O_DIRECT));
	if (err)
		return err;
	fds[0] = fd_install(t, ends[0], 0, flags & O_CLOEXEC);
	if (fds[0] < 0) {
		file_put(ends[1]);
		return fds[0];
	}
	fds[1] = fd_install(t, ends[1], 0, flags & O_CLOEXEC);
	err = fds[1] < 0 ? fds[1] : copy_out(t, fds_va, fds, sizeof(fds));
	if (err) {
		fd_close(t, fds[0]);
		if (fds[1] >= 0)
			fd_close(t, fds[1]);
	}
	return err;
}

u64 pipe_ino(struct file *f)
{
	return f->ops == &pipe_ops ? f->pipe.pipe->ino : 0;
}
