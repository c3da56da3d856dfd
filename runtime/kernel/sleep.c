/* SPDX-License-Identifier: MIT */
/*
 * Who runs next.  Tasks go round the ring of their process: the first behind the
 * one that gives up its turn that can run.
 */
#include "sleep.h"

#include "../fs/file.h"
#include "clock.h"
#include "entry.h"
#include "lib.h"
#include "regs.h"
#include "signal.h"

enum { NAP_MIN = 100 * NS_PER_US, NAP_MAX = 10 * NS_PER_MS, SVC_SIZE = 4 };

void call_holds(struct task *t, int fd, struct file *f)
{
	if (t->call.file)
		return;
	t->call.file = file_ref(f);
	t->call.fd = fd;
}

void call_end(struct task *t)
{
	file_put(t->call.file);
	t->call = (struct call_state){ 0 };
	t->sleep.asleep = false;
	t->awaited = 0;
}

s64 call_started(struct task *t)
{
	if (!t->call.started)
		t->call.started = clock_now(CLOCK_MONOTONIC);
	return t->call.started;
}

s64 call_nap(struct task *t)
{
	s64 since = clock_now(CLOCK_MONOTONIC) - call_started(t);

	return since < NAP_MIN ? NAP_MIN : since > NAP_MAX ? NAP_MAX : since;
}

/* The host's thread sleeps: at most this long, < 0 for ever.  Only time and timers can end it. */
static void wait_at_most(struct task *t, s64 left)
{
	static u32 nobody;
	s64 timer = timer_left(t);

	if (timer >= 0 && (left < 0 || timer < left))
		left = timer;
	word_wait(&nobody, 0, left);
}

static int sleep_alone(struct task *t, s64 timeout_ns)
{
	s64 end = timeout_ns < 0 ? 0 : clock_now(CLOCK_MONOTONIC) + timeout_ns;

	for (;;) {
		if (signal_waiting(t))
			return -EINTR;
		s64 left = timeout_ns < 0 ? -1 : end - clock_now(CLOCK_MONOTONIC);
		if (timeout_ns >= 0 && left <= 0)
			return 0;
		wait_at_most(t, left);
	}
}

static int fall_asleep(struct task *t, s64 timeout_ns, struct sleep_state how)
{
	static u64 sleeps;

	if (task_is_alone(t))
		return sleep_alone(t, timeout_ns);
	if (signal_waiting(t))
		return -EINTR;
	if (!timeout_ns)
		return 0;
	how.asleep = true;
	how.until = timeout_ns < 0 ? -1 : clock_now(CLOCK_MONOTONIC) + timeout_ns;
	how.order = ++sleeps;
	t->sleep = how;
	return -ESWITCH;
}

int sleep_for(struct task *t, s64 timeout_ns)
{
	return fall_asleep(t, timeout_ns, (struct sleep_state){ 0 });
}

int sleep_on(struct task *t, const void *what, s64 timeout_ns)
{
	return fall_asleep(t, timeout_ns, (struct sleep_state){ .on = what });
}

static const char any_file;

int sleep_on_files(struct task *t, s64 timeout_ns) { return sleep_on(t, &any_file, timeout_ns); }

int sleep_on_word(struct task *t, u64 va, u32 bits, s64 timeout_ns)
{
	return fall_asleep(t, timeout_ns, (struct sleep_state){ .word = va, .bits = bits });
}

void sleep_wake(struct task *t, const void *what)
{
	for (struct task *s = t->next; s != t; s = s->next)
		s->sleep.woken |= s->sleep.asleep && (s->sleep.on == what || s->sleep.on == &any_file);
}

int sleep_yield(struct task *t)
{
	return task_is_alone(t) || t->call.again ? 0 : -ESWITCH;
}

/* Can s run?  If it sleeps for some time yet: *until is when the first of them wakes up. */
static bool can_run(struct task *s, s64 now, s64 *until)
{
	if (!s->sleep.asleep || s->sleep.woken || signal_waiting(s))
		return true;
	if (s->sleep.until < 0)
		return false;
	if (*until < 0 || s->sleep.until < *until)
		*until = s->sleep.until;
	return s->sleep.until <= now;
}

/* The first that can run behind t; t itself comes last. */
static struct task *next_task(struct task *t)
{
	for (;;) {
		s64 now = clock_now(CLOCK_MONOTONIC), until = -1;
		struct task *s = t;
		do {
			s = s->next;
			if (can_run(s, now, &until))
				return s;
		} while (s != t);
		wait_at_most(t, until < 0 ? -1 : until - now);
	}
}

static void hand_over(struct task *t)
{
	struct cpu regs;

	memcpy(&regs, t->regs, sizeof(t->regs));
	regs.pending = PENDING_RESUME | PENDING_SWITCH;
	regs.excl.size = 0;
	t->sleep.asleep = false;
	current = t;
	regs_set(&regs);
}

bool sleep_switch(struct task *t)
{
	struct task *next = next_task(t);
	struct cpu regs;

	if (next == t) {
		t->sleep.asleep = false;
		return false;
	}
	regs_get(&regs);
	regs.pc -= SVC_SIZE;
	memcpy(t->regs, &regs, sizeof(t->regs));
	hand_over(next);
	return true;
}

void sleep_leave(struct task *t)
{
	struct task *before = t->previous;

	before->next = t->next;
	t->next->previous = before;
	current = before;
	kfree(t);
	hand_over(next_task(before));
}
