/* SPDX-License-Identifier: MIT */
/*
 * How a system call is written:
 *
 *	SYSCALL(dup3, int, from, int, to, int, flags)
 *	{
 *		…              `t` is the calling task
 *		return -EBADF;
 *	}
 *
 * plus its row in syscalls.def.  Arguments are cut to the types given, as on
 * Linux; pointers into program memory are u64.
 */
#ifndef KERNEL_SYS_H
#define KERNEL_SYS_H

#include "task.h"

typedef s64 syscall_fn(struct task *t, const u64 *a);

#define SYSCALL(name, ...) SYS_PICK(__VA_ARGS__ __VA_OPT__(,) \
	6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0)(name __VA_OPT__(,) __VA_ARGS__)
#define SYS_PICK(...) SYS_PICK_(__VA_ARGS__)
#define SYS_PICK_(a, b, c, d, e, f, g, h, i, j, k, l, n, ...) SYSCALL##n

#define SYS_BODY(name, call, ...) \
	static s64 do_##name(struct task *t __VA_OPT__(,) __VA_ARGS__); \
	s64 sys_##name(struct task *t, const u64 *a); \
	s64 sys_##name(struct task *t, const u64 *a) { (void)a; return do_##name call; } \
	static s64 do_##name(struct task *t __attribute__((unused)) __VA_OPT__(,) __VA_ARGS__)

#define SYSCALL0(name) SYS_BODY(name, (t))
#define SYSCALL1(name, t0, n0) SYS_BODY(name, (t, (t0)a[0]), t0 n0)
#define SYSCALL2(name, t0, n0, t1, n1) \
	SYS_BODY(name, (t, (t0)a[0], (t1)a[1]), t0 n0, t1 n1)
#define SYSCALL3(name, t0, n0, t1, n1, t2, n2) \
	SYS_BODY(name, (t, (t0)a[0], (t1)a[1], (t2)a[2]), t0 n0, t1 n1, t2 n2)
#define SYSCALL4(name, t0, n0, t1, n1, t2, n2, t3, n3) \
	SYS_BODY(name, (t, (t0)a[0], (t1)a[1], (t2)a[2], (t3)a[3]), t0 n0, t1 n1, t2 n2, t3 n3)
#define SYSCALL5(name, t0, n0, t1, n1, t2, n2, t3, n3, t4, n4) \
	SYS_BODY(name, (t, (t0)a[0], (t1)a[1], (t2)a[2], (t3)a[3], (t4)a[4]), \
	         t0 n0, t1 n1, t2 n2, t3 n3, t4 n4)
#define SYSCALL6(name, t0, n0, t1, n1, t2, n2, t3, n3, t4, n4, t5, n5) \
	SYS_BODY(name, (t, (t0)a[0], (t1)a[1], (t2)a[2], (t3)a[3], (t4)a[4], (t5)a[5]), \
	         t0 n0, t1 n1, t2 n2, t3 n3, t4 n4, t5 n5)

#endif
