/* SPDX-License-Identifier: MIT */
/*
 * The argument kinds of syscalls.def (explained there), and ARGS(), which turns
 * a row's list of them into an initializer.  Needs no other header.
 */
#ifndef KERNEL_ARGKINDS_H
#define KERNEL_ARGKINDS_H

enum arg_kind {
	ARG_END, ARG_D, ARG_DIR, ARG_P, ARG_I, ARG_U, ARG_X, ARG_O, ARG_BUF, ARG_IOV, ARG_OUT, ARG_STR,
	ARG_TS, ARG_SIG, ARG_OFL, ARG_AT, ARG_ACC, ARG_PROT, ARG_MAPF, ARG_WH, ARG_FCN,
	ARG_IOC, ARG_CLK, ARG_HOW, ARG_LOCK, ARG_MREM,
};

enum { SYSCALL_LIMIT = 460 };        /* above every number in the table */

#define ARGS(...) { ARGS_PICK(__VA_ARGS__ __VA_OPT__(,) 6, 5, 4, 3, 2, 1, 0)(__VA_ARGS__) }
#define ARGS_PICK(...) ARGS_PICK_(__VA_ARGS__)
#define ARGS_PICK_(a, b, c, d, e, f, n, ...) ARGS##n
#define ARGS0() ARG_END
#define ARGS1(a) ARG_##a
#define ARGS2(a, ...) ARG_##a, ARGS1(__VA_ARGS__)
#define ARGS3(a, ...) ARG_##a, ARGS2(__VA_ARGS__)
#define ARGS4(a, ...) ARG_##a, ARGS3(__VA_ARGS__)
#define ARGS5(a, ...) ARG_##a, ARGS4(__VA_ARGS__)
#define ARGS6(a, ...) ARG_##a, ARGS5(__VA_ARGS__)

#endif
