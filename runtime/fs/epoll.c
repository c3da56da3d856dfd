/* SPDX-License-Identifier: MIT */
/*
 * epoll(7).  No file tells of itself: who waits looks at all that are watched,
 * as ppoll does.
 */
#include "../kernel/clock.h"
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "poll.h"

#define EPOLLET (1u << 31)
#define EPOLLONESHOT (1u << 30)
#define EPOLLWAKEUP (1u << 29)
#define EPOLLEXCLUSIVE (1u << 28)
enum {
	EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL, EPOLL_CTL_MOD,
	EVENTS_MAX = INT32_MAX / (s32)sizeof(struct abi_epoll_event),
	DEPTH_MAX = 5,                /* of epolls that watch each other: EP_MAX_NESTS + 1 */
};

struct watch {
	struct watch *next;
	struct file *file;            /* no reference: epoll_forget() */
	s32 fd;
	bool is_off;                  /* EPOLLONESHOT has been */
	u32 events;
	u64 data;
	u32 reported;                 /* EPOLLET: bits that were ready at the last look ... */
	u64 edge;                     /* ... and the file's edge then */
};

static struct file *epolls;           /* all that are open */

static int epoll_poll(struct file *f, int events);
static u64 epoll_edge(struct file *f, int events);

static void epoll_release(struct file *f)
{
	struct file **at = &epolls;

	while (*at != f)
		at = &(*at)->epoll.next;
	*at = f->epoll.next;
	for (struct watch *w = f->epoll.watches, *next; w; w = next) {
		next = w->next;
		kfree(w);
	}
}

static const struct file_ops epoll_ops = {
	.kind = "epoll", .attr = file_anonymous_attr, .poll = epoll_poll, .edge = epoll_edge, .release = epoll_release,
};

static void unwatch(struct watch **at)
{
	struct watch *w = *at;

	*at = w->next;
	kfree(w);
}

void epoll_forget(struct file *f)
{
	for (struct file *e = epolls; e; e = e->epoll.next)
		for (struct watch **at = &e->epoll.watches; *at;) {
			if ((*at)->file == f)
				unwatch(at);
			else
				at = &(*at)->next;
		}
}

static u64 edge_of(struct watch *w) { return w->file->ops->edge ? w->file->ops->edge(w->file, w->events) : w->file->moves; }

/* Of an epoll: those of all that it watches. */
static u64 epoll_edge(struct file *f, int events)
{
	u64 sum = 0;

	(void)events;
	for (struct watch *w = f->epoll.watches; w; w = w->next)
		sum += edge_of(w);
	return sum;
}

/* The bits to report now. */
static u32 ready(struct watch *w)
{
	const u32 options = EPOLLET | EPOLLONESHOT | EPOLLWAKEUP | EPOLLEXCLUSIVE;
	u32 bits = w->is_off ? 0 : (u32)file_poll(w->file, w->events & ~options);

	if (!(w->events & EPOLLET))
		return bits;
	bool is_new = bits & ~w->reported || edge_of(w) != w->edge;
	w->reported &= bits;
	return is_new ? bits : 0;
}

static void note_report(struct watch *w, u32 bits)
{
	w->reported = bits;
	w->edge = edge_of(w);
	w->is_off = w->events & EPOLLONESHOT;
}

static int epoll_poll(struct file *f, int events)
{
	(void)events;
	for (struct watch *w = f->epoll.watches; w; w = w->next)
		if (ready(w))
			return POLLIN | POLLRDNORM;
	return 0;
}

/* What is ready goes to the end of the list, so that the others have their turn, too.  How many, or an error. */
static s64 collect(struct task *t, struct file *f, u64 va, u32 max)
{
	struct watch *done = NULL, **done_end = &done, **at = &f->epoll.watches;
	u32 n = 0;
	s64 err = 0;

	while (*at && n < max && !err) {
		struct watch *w = *at;
		struct abi_epoll_event event = { .events = ready(w), .data = w->data };
		if (!event.events) {
			at = &w->next;
			continue;
		}
		err = copy_out(t, va + n * sizeof(event), &event, sizeof(event));
		if (err)
			break;
		note_report(w, event.events);
		n++;
		*at = w->next;
		w->next = NULL;
		*done_end = w;
		done_end = &w->next;
	}
	while (*at)
		at = &(*at)->next;
	*at = done;
	return n ? n : err;
}

/* Is `inner` among what `outer` watches, or too deep below it? */
static bool is_below(const struct file *outer, const struct file *inner, u32 depth)
{
	if (outer == inner || depth >= DEPTH_MAX)
		return true;
	for (const struct watch *w = outer->epoll.watches; w; w = w->next)
		if (w->file->ops == &epoll_ops && is_below(w->file, inner, depth + 1))
			return true;
	return false;
}

static struct watch **find(struct file *e, struct file *f, int fd)
{
	struct watch **at = &e->epoll.watches;

	while (*at && ((*at)->file != f || (*at)->fd != fd))
		at = &(*at)->next;
	return at;
}

static int add(struct file *e, struct watch **end, struct file *f, int fd, const struct abi_epoll_event *event)
{
	if (f->ops == &epoll_ops && is_below(f, e, 0))
		return -ELOOP;
	struct watch *w = kalloc(sizeof(*w));
	if (!w)
		return -ENOMEM;
	*w = (struct watch){ .file = f, .fd = fd, .events = event->events, .data = event->data };
	f->is_watched = true;
	*end = w;
	return 0;
}

/* Only when it is added, no other epoll, and with these events only. */
static bool may_be_exclusive(int op, const struct file *f, u32 events)
{
	const u32 allowed = POLLIN | POLLOUT | POLLERR | POLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;

	return op == EPOLL_CTL_DEL || (op == EPOLL_CTL_ADD && f->ops != &epoll_ops && !(events & ~allowed));
}

static int epoll_control(struct file *e, int op, struct file *f, int fd, const struct abi_epoll_event *event)
{
	struct watch **at = find(e, f, fd);

	switch (op) {
	case EPOLL_CTL_ADD:
		return *at ? -EEXIST : add(e, at, f, fd, event);
	case EPOLL_CTL_MOD:
		if (*at && (*at)->events & EPOLLEXCLUSIVE)
			return -EINVAL;
		if (*at)
			**at = (struct watch){ .next = (*at)->next, .file = f, .fd = fd, .events = event->events, .data = event->data };
		return *at ? 0 : -ENOENT;
	case EPOLL_CTL_DEL:
		if (!*at)
			return -ENOENT;
		unwatch(at);
		return 0;
	}
	return -EINVAL;
}

SYSCALL(epoll_create1, u32, flags)
{
	if (flags & ~(u32)O_CLOEXEC)
		return -EINVAL;
	struct file *f = file_new_anonymous(&epoll_ops, "anon_inode:[eventpoll]", 0);
	if (!f)
		return -ENOMEM;
	f->epoll.next = epolls;
	epolls = f;
	return fd_install(t, f, 0, flags & O_CLOEXEC);
}

SYSCALL(epoll_ctl, int, epfd, int, op, int, fd, u64, va)
{
	struct abi_epoll_event event = { 0 };

	if (op != EPOLL_CTL_DEL && copy_in(t, &event, va, sizeof(event)))
		return -EFAULT;
	struct file *e = fd_get(t, epfd), *f = fd_get(t, fd);
	int err = !e || !f ? -EBADF : !file_can_be_polled(f) ? -EPERM : e == f || e->ops != &epoll_ops ? -EINVAL : 0;
	if (!err && event.events & EPOLLEXCLUSIVE && !may_be_exclusive(op, f, event.events))
		err = -EINVAL;
	if (!err)
		err = epoll_control(e, op, f, fd, &event);
	file_put(f);
	file_put(e);
	return err;
}

static s64 epoll_wait(struct task *t, int epfd, u64 events, int max, s64 timeout, u64 mask, u64 mask_size)
{
	struct file *f = fd_get(t, epfd);
	s64 n = mask && mask_size != sizeof(u64) ? -EINVAL : max <= 0 || max > EVENTS_MAX ? -EINVAL : !f ? -EBADF
	      : f->ops != &epoll_ops ? -EINVAL : poll_use_mask(t, mask, mask_size);

	if (n) {
		file_put(f);
		return n;
	}
	do {
		n = collect(t, f, events, max);
		if (n || !timeout)
			break;
		n = poll_nap(t, timeout);
	} while (n > 0);
	poll_mask_back(t, n);
	if (n == -ESWITCH)
		call_holds(t, epfd, f);
	file_put(f);
	return n;
}

SYSCALL(epoll_pwait, int, epfd, u64, events, int, max, int, timeout_ms, u64, mask, u64, mask_size)
{
	return epoll_wait(t, epfd, events, max, timeout_ms < 0 ? -1 : timeout_ms * (s64)NS_PER_MS, mask, mask_size);
}

SYSCALL(epoll_pwait2, int, epfd, u64, events, int, max, u64, timeout_va, u64, mask, u64, mask_size)
{
	s64 timeout;
	int err = get_timeout(t, timeout_va, &timeout);

	return err ? err : epoll_wait(t, epfd, events, max, timeout, mask, mask_size);
}
