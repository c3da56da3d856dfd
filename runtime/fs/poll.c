/* SPDX-License-Identifier: MIT */
/*
 * ppoll and pselect6: look at every file, sleep a little, look again.  Files
 * of hosts tell nobody when they become ready, so the sleep is short.
 */
#include "../kernel/clock.h"
#include "../kernel/lib.h"
#include "../kernel/signal.h"
#include "../kernel/sys.h"
#include "poll.h"

enum { FD_SETSIZE = 1024 };

static int poll_once(struct task *t, struct abi_pollfd *fds, u32 n)
{
	int ready = 0;

	for (u32 i = 0; i < n; i++) {
		fds[i].revents = 0;
		if (fds[i].fd < 0)
			continue;
		struct file *f = fd_get(t, fds[i].fd);
		fds[i].revents = f ? file_poll(f, fds[i].events) : POLLNVAL;
		file_put(f);
		ready += fds[i].revents != 0;
	}
	return ready;
}

int poll_nap(struct task *t, s64 timeout)
{
	s64 nap = call_nap(t);

	if (timeout >= 0) {
		s64 left = add_time(call_started(t), timeout) - clock_now(CLOCK_MONOTONIC);
		if (left <= 0)
			return 0;
		nap = min_u64(left, nap);
	}
	int err = sleep_on_files(t, nap);
	return err ? err : 1;
}

/* Files ready, 0 when the time (ns, < 0 for ever) is up, -EINTR, -ESWITCH. */
static int poll_wait(struct task *t, struct abi_pollfd *fds, u32 n, s64 timeout)
{
	for (;;) {
		int ready = poll_once(t, fds, n);
		if (ready || !timeout)
			return ready;
		int err = poll_nap(t, timeout);
		if (err <= 0)
			return err;
	}
}

int poll_use_mask(struct task *t, u64 va, u64 size)
{
	u64 mask;

	if (!va)
		return 0;
	if (size != sizeof(mask))
		return -EINVAL;
	int err = copy_in(t, &mask, va, sizeof(mask));
	if (!err)
		signal_mask_for_now(t, mask);
	return err;
}

void poll_mask_back(struct task *t, s64 result)
{
	if (result != -EINTR && result != -ESWITCH)
		signal_mask_back(t);
}

/* Linux leaves the time that was left. */
static void put_time_left(struct task *t, u64 va, s64 timeout, s64 started)
{
	if (!va)
		return;
	s64 left = timeout - (clock_now(CLOCK_MONOTONIC) - started);
	struct abi_timespec ts = ns_timespec(left > 0 ? left : 0);
	copy_out(t, va, &ts, sizeof(ts));
}

SYSCALL(ppoll, u64, fds_va, u32, n, u64, timeout_va, u64, mask_va, u64, mask_size)
{
	s64 timeout, started = call_started(t);
	int err = get_timeout(t, timeout_va, &timeout);

	if (err)
		return err;
	if (n > t->process->rlimits[RLIMIT_NOFILE].cur)
		return -EINVAL;
	struct abi_pollfd *fds = kalloc(n * sizeof(*fds));
	if (!fds)
		return -ENOMEM;
	err = copy_in(t, fds, fds_va, n * sizeof(*fds));
	if (!err)
		err = poll_use_mask(t, mask_va, mask_size);
	if (err) {
		kfree(fds);
		return err;
	}
	int ready = poll_wait(t, fds, n, timeout);
	poll_mask_back(t, ready);
	if (ready >= 0 && copy_out(t, fds_va, fds, n * sizeof(*fds)))
		ready = -EFAULT;
	kfree(fds);
	if (ready != -ESWITCH)
		put_time_left(t, timeout_va, timeout, started);
	return ready;
}

/* The three sets of select(2), and what each asks and answers in terms of poll. */
static const struct { s16 events, answers; } sets[3] = {
	{ POLLIN | POLLRDNORM | POLLRDBAND, POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR },
	{ POLLOUT | POLLWRNORM | POLLWRBAND, POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR },
	{ POLLPRI, POLLPRI },
};

struct fd_sets { u64 bits[3][FD_SETSIZE / 64]; };

static bool in_set(const struct fd_sets *s, u32 k, u32 fd)
{
	return s->bits[k][fd / 64] >> (fd % 64) & 1;
}

static int copy_sets(struct task *t, struct fd_sets *s, const u64 va[3], u32 n, bool out)
{
	u32 bytes = (n + 63) / 64 * 8;
	int err = 0;

	for (u32 k = 0; k < 3 && !err; k++)
		if (va[k])
			err = out ? copy_out(t, va[k], s->bits[k], bytes) : copy_in(t, s->bits[k], va[k], bytes);
	return err;
}

static u32 sets_to_poll(const struct fd_sets *s, u32 n, struct abi_pollfd *fds)
{
	u32 count = 0;

	for (u32 fd = 0; fd < n; fd++) {
		s16 events = 0;
		for (u32 k = 0; k < 3; k++)
			if (in_set(s, k, fd))
				events |= sets[k].events;
		if (events)
			fds[count++] = (struct abi_pollfd){ fd, events, 0 };
	}
	return count;
}

static int poll_to_sets(const struct abi_pollfd *fds, u32 count, const struct fd_sets *in, struct fd_sets *out)
{
	int ready = 0;

	for (u32 i = 0; i < count; i++) {
		u32 fd = fds[i].fd;
		if (fds[i].revents & POLLNVAL)
			return -EBADF;
		for (u32 k = 0; k < 3; k++) {
			if (in_set(in, k, fd) && fds[i].revents & sets[k].answers) {
				out->bits[k][fd / 64] |= 1ull << (fd % 64);
				ready++;
			}
		}
	}
	return ready;
}

static int select_run(struct task *t, struct fd_sets *in, struct fd_sets *out, u32 n, s64 timeout)
{
	struct abi_pollfd *fds = kalloc(FD_SETSIZE * sizeof(*fds));

	if (!fds)
		return -ENOMEM;
	u32 count = sets_to_poll(in, n, fds);
	int ready = poll_wait(t, fds, count, timeout);
	if (ready >= 0)
		ready = poll_to_sets(fds, count, in, out);
	kfree(fds);
	return ready;
}

SYSCALL(pselect6, s32, n, u64, in_va, u64, out_va, u64, except_va, u64, timeout_va, u64, mask_arg)
{
	const u64 va[3] = { in_va, out_va, except_va };
	struct fd_sets in = { 0 }, out = { 0 };
	struct { u64 va, size; } mask = { 0, 0 };
	s64 timeout, started = call_started(t);

	if (n < 0)
		return -EINVAL;
	/* Linux asks for no more than the table holds, and a table holds 64 from its start. */
	n = min_u64(n, min_u64(FD_SETSIZE, max_u64(fd_table_size(t), 64)));
	int err = get_timeout(t, timeout_va, &timeout);
	if (!err && mask_arg)
		err = copy_in(t, &mask, mask_arg, sizeof(mask));
	if (!err)
		err = copy_sets(t, &in, va, n, false);
	if (!err)
		err = poll_use_mask(t, mask.va, mask.size);
	if (err)
		return err;
	int ready = select_run(t, &in, &out, n, timeout);
	poll_mask_back(t, ready);
	if (ready >= 0 && copy_sets(t, &out, va, n, true))
		ready = -EFAULT;
	if (ready != -ESWITCH)
		put_time_left(t, timeout_va, timeout, started);
	return ready;
}
