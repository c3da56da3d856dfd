/* SPDX-License-Identifier: MIT */
/*
 * From SVC to function, and back with signals looked at.
 */
#include "syscall.h"

#include "entry.h"
#include "regs.h"
#include "signal.h"

#define SYS(nr, name, ...) syscall_fn sys_##name;
#include "syscalls.def"
#undef SYS

#define SYS(nr, name, result, args, support, note) \
	[nr] = { #name, sys_##name, args, RESULT_##result, SUPPORT_##support, note },
const struct syscall syscalls[SYSCALL_LIMIT] = {
#include "syscalls.def"
};
#undef SYS

/* An interrupted call that can be restarted: does the handler about to run want that? */
static s64 restart_or_eintr(struct task *t)
{
	int sig = signal_next(t, ~t->sigmask);

	if (!sig)
		return KERNEL_RESTART;
	const struct abi_sigaction *a = &t->process->sighand.action[sig];
	return a->handler <= SIG_IGN || a->flags & SA_RESTART ? KERNEL_RESTART : -EINTR;
}

/* Who waits for another thread by asking again and again has it run, too: every so many calls begin after the others' turn. */
static bool turn_is_over(struct task *t)
{
	enum { TURN = 100 };

	return !task_is_alone(t) && ++t->call_count % TURN == 0 && sleep_switch(t);
}

KERNEL_EXPORT(kernel_syscall)
int64_t kernel_syscall(int64_t nr, int64_t a0, int64_t a1, int64_t a2, int64_t a3, int64_t a4, int64_t a5)
{
	struct task *t = current;
	u64 a[6] = { a0, a1, a2, a3, a4, a5 };
	bool known = (u64)nr < SYSCALL_LIMIT && syscalls[nr].name;

	if (!t->call.again && turn_is_over(t))
		return 0;
	if (strace_on && known && syscalls[nr].result == RESULT_NEVER)
		strace_call(t, nr, a, 0);
	s64 result;
	while ((result = known ? syscalls[nr].fn(t, a) : -ENOSYS) == -ESWITCH) {
		t->call.again = true;
		if (sleep_switch(t))
			return 0;
	}
	if (current != t)               /* it has ended */
		return 0;
	call_end(t);
	if (strace_on)
		strace_call(t, nr, a, result);
	if (result == -ERESTARTSYS)
		result = restart_or_eintr(t);
	if (signal_waiting(t))
		regs_note(PENDING_SIGNAL);
	return result;
}
