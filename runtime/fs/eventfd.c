/* SPDX-License-Identifier: MIT */
/*
 * eventfd(2): a counter to wait for.
 */
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "file.h"

enum { EFD_SEMAPHORE = 1 };

static const u64 highest = ~0ull - 1;

static s64 event_wait(struct file *f)
{
	int err = f->flags & O_NONBLOCK ? -EAGAIN : sleep_on(current, f, -1);

	return err == -EINTR ? -ERESTARTSYS : err;
}

static void event_set(struct file *f, u64 count, u64 *times)
{
	f->event.count = count;
	++*times;
	sleep_wake(current, f);
}

static s64 event_read(struct file *f, struct span to, s64 pos)
{
	(void)pos;
	if (to.len < sizeof(u64))
		return -EINVAL;
	while (!f->event.count) {
		s64 err = event_wait(f);
		if (err)
			return err;
	}
	u64 value = f->event.is_semaphore ? 1 : f->event.count;
	event_set(f, f->event.count - value, &f->event.reads);
	span_put(to, 0, &value, sizeof(value));
	return sizeof(value);
}

static s64 event_write(struct file *f, struct span from, s64 pos)
{
	u64 value;

	(void)pos;
	if (from.len < sizeof(value))
		return -EINVAL;
	span_get(from, 0, &value, sizeof(value));
	if (value > highest)
		return -EINVAL;
	while (value > highest - f->event.count) {
		s64 err = event_wait(f);
		if (err)
			return err;
	}
	event_set(f, f->event.count + value, &f->event.writes);
	return sizeof(value);
}

static int event_poll(struct file *f, int events)
{
	(void)events;
	return (f->event.count ? POLLIN | POLLRDNORM : 0) | (f->event.count < highest ? POLLOUT | POLLWRNORM : 0);
}

static u64 event_edge(struct file *f, int events)
{
	return (events & POLLIN ? f->event.writes : 0) + (events & POLLOUT ? f->event.reads : 0);
}

static const struct file_ops event_ops = {
	.kind = "eventfd",
	.read = event_read, .write = event_write, .attr = file_anonymous_attr, .poll = event_poll, .edge = event_edge,
};

SYSCALL(eventfd2, u32, count, u32, flags)
{
	if (flags & ~(u32)(EFD_SEMAPHORE | O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	struct file *f = file_new_anonymous(&event_ops, "anon_inode:[eventfd]", flags & O_NONBLOCK);
	if (!f)
		return -ENOMEM;
	f->event.count = count;
	f->event.is_semaphore = flags & EFD_SEMAPHORE;
	return fd_install(t, f, 0, flags & O_CLOEXEC);
}
