/* SPDX-License-Identifier: MIT */
/*
 * futex(2) between the threads of a process.
 */
#include "futex.h"

#include "clock.h"
#include "sys.h"

enum {
	FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_REQUEUE = 3, FUTEX_CMP_REQUEUE = 4,
	FUTEX_WAIT_BITSET = 9, FUTEX_WAKE_BITSET = 10,
	FUTEX_PRIVATE = 128, FUTEX_CLOCK_REALTIME = 256,
};

/* Who of those that sleep on the word, and are not woken yet, came first; NULL: nobody. */
static struct task *first_waiter(struct task *t, u64 va, u32 bits)
{
	struct task *first = NULL;

	for (struct task *s = t->next; s != t; s = s->next)
		if (s->sleep.asleep && !s->sleep.woken && s->sleep.word == va && s->sleep.bits & bits &&
		    (!first || s->sleep.order < first->sleep.order))
			first = s;
	return first;
}

u32 futex_wake(struct task *t, u64 va, s32 most, u32 bits)
{
	struct task *s;
	s32 woken = 0;

	while ((s = first_waiter(t, va, bits))) {
		s->sleep.woken = true;
		if (++woken >= most)
			break;
	}
	return woken;
}

static u32 count_waiters(struct task *t, u64 va)
{
	u32 n = 0;

	for (struct task *s = t->next; s != t; s = s->next)
		n += s->sleep.asleep && !s->sleep.woken && s->sleep.word == va;
	return n;
}

static u32 requeue(struct task *t, u64 from, u64 to, s32 most)
{
	struct task *s;
	s32 moved = 0;

	if (from == to)                 /* they stay, and count */
		return min_u64(count_waiters(t, from), most);
	while (moved < most && (s = first_waiter(t, from, FUTEX_ANY))) {
		s->sleep.word = to;
		moved++;
	}
	return moved;
}

/* What several processes could share is looked up, and has to be there. */
static bool is_word(struct task *t, u64 va)
{
	u32 word;

	return !copy_in(t, &word, va, sizeof(word));
}

static s64 futex_wait(struct task *t, u64 va, u32 value, u32 bits, u64 timeout_va, int clock, bool is_absolute)
{
	u32 now;
	s64 timeout;

	if (!bits || va & 3)
		return -EINVAL;
	int err = get_timeout(t, timeout_va, &timeout);
	if (err)
		return err;
	if (t->call.again && t->sleep.woken)
		return 0;
	if (!t->call.again && copy_in(t, &now, va, sizeof(now)))
		return -EFAULT;
	if (!t->call.again && now != value)
		return -EAGAIN;
	if (timeout >= 0) {
		s64 end = is_absolute ? timeout : add_time(call_started(t), timeout);
		s64 left = end - clock_now(is_absolute ? clock : CLOCK_MONOTONIC);
		timeout = left < 0 ? 0 : left;
	}
	if (t->call.again)              /* others may have moved it to another word */
		va = t->sleep.word;
	err = sleep_on_word(t, va, bits, timeout);
	return !err ? -ETIMEDOUT : err == -EINTR && timeout < 0 ? -ERESTARTSYS : err;
}

SYSCALL(futex, u64, va, u32, op, u32, value, u64, timeout, u64, va2, u32, value3)
{
	u32 command = op & ~(FUTEX_PRIVATE | FUTEX_CLOCK_REALTIME), now;
	int clock = op & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
	bool is_private = op & FUTEX_PRIVATE;

	if (op & FUTEX_CLOCK_REALTIME && command != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (command) {
	case FUTEX_WAIT:
		return futex_wait(t, va, value, FUTEX_ANY, timeout, clock, false);
	case FUTEX_WAIT_BITSET:
		return futex_wait(t, va, value, value3, timeout, clock, true);
	case FUTEX_WAKE:
		value3 = FUTEX_ANY;
		/* fall through */
	case FUTEX_WAKE_BITSET:
		if (!value3 || va & 3)
			return -EINVAL;
		return is_private || is_word(t, va) ? (s64)futex_wake(t, va, value, value3) : -EFAULT;
	case FUTEX_REQUEUE: case FUTEX_CMP_REQUEUE:
		if ((va | va2) & 3 || (s32)value < 0 || (s32)timeout < 0)
			return -EINVAL;
		if (!is_private && !(is_word(t, va) && is_word(t, va2)))
			return -EFAULT;
		if (command == FUTEX_CMP_REQUEUE && copy_in(t, &now, va, sizeof(now)))
			return -EFAULT;
		if (command == FUTEX_CMP_REQUEUE && now != value3)
			return -EAGAIN;
		u32 woken = value ? futex_wake(t, va, value, FUTEX_ANY) : 0;
		return woken + requeue(t, va, va2, timeout);
	}
	return -ENOSYS;
}

/* --- robust mutexes ---------------------------------------------------------- */

struct robust_head { u64 next, offset, pending; };

SYSCALL(set_robust_list, u64, head, u64, len)
{
	if (len != sizeof(struct robust_head))
		return -EINVAL;
	t->robust_list = head;
	return 0;
}

SYSCALL(get_robust_list, int, tid, u64, head, u64, len)
{
	const u64 size = sizeof(struct robust_head);
	struct task *of = task_find(t, tid);

	if (!of)
		return -ESRCH;
	return copy_out(t, len, &size, sizeof(size)) || copy_out(t, head, &of->robust_list, sizeof(u64)) ? -EFAULT : 0;
}

static void owner_died(struct task *t, u64 va, bool is_pending)
{
	enum { TID_MASK = 0x3fffffff, OWNER_DIED = 0x40000000 };
	const u32 waiters = 0x80000000;
	u32 word;

	if (va & 3 || copy_in(t, &word, va, sizeof(word)))
		return;
	/* it had let go, and had yet to say so */
	if (is_pending && !(word & TID_MASK))
		futex_wake(t, va, 1, FUTEX_ANY);
	if ((word & TID_MASK) != (u32)t->tid)
		return;
	word = (word & waiters) | OWNER_DIED;
	copy_out(t, va, &word, sizeof(word));
	if (word & waiters)
		futex_wake(t, va, 1, FUTEX_ANY);
}

void futex_release_robust(struct task *t)
{
	enum { LIMIT = 2048 };          /* ROBUST_LIST_LIMIT: the list may be a ring */
	const u64 priority_inheritance = 1;
	struct robust_head head;
	u64 at;

	if (!t->robust_list || copy_in(t, &head, t->robust_list, sizeof(head)))
		return;
	at = head.next;
	for (u32 i = 0; i < LIMIT && at != t->robust_list; i++) {
		u64 next, entry = at & ~priority_inheritance;
		if (copy_in(t, &next, entry, sizeof(next)))
			return;
		if (at != head.pending)
			owner_died(t, entry + head.offset, false);
		at = next;
	}
	if (head.pending)
		owner_died(t, (head.pending & ~priority_inheritance) + head.offset, true);
}
