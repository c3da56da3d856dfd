/* SPDX-License-Identifier: MIT */
/* What a process learns about itself and its machine. */
#include "check.h"

#include <sched.h>
#include <sys/personality.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

int main(int argc, char **argv)
{
	struct utsname u;
	struct rlimit rl;
	struct sysinfo si;
	unsigned char random[600] = { 0 };
	char name[17] = { 0 };
	cpu_set_t set;
	gid_t groups[100];
	uid_t a, b, c;

	SAY("argc %d, argv ends %d\n", argc, argv[argc] == NULL);
	SAY("pagesz %ld clktck %ld secure %ld platform %d\n", getauxval(AT_PAGESZ), getauxval(AT_CLKTCK),
	    getauxval(AT_SECURE), getauxval(AT_PLATFORM) != 0);
	SAY("phdr %d phent %ld entry %d random %d execfn %d\n", getauxval(AT_PHDR) != 0, getauxval(AT_PHENT),
	    getauxval(AT_ENTRY) != 0, getauxval(AT_RANDOM) != 0, getauxval(AT_EXECFN) != 0);
	SAY("sp aligned %d\n", (uintptr_t)__builtin_frame_address(0) % 16 == 0);
	R(uname(&u));
	SAY("%s\n", u.sysname);
	SAY("%d %d %d\n", getpid() > 0, getpid() == syscall(SYS_gettid), getppid() > 0);
	SAY("ids %d %d %d %d\n", getuid(), geteuid(), getgid(), getegid());
	R(getresuid(&a, &b, &c));
	SAY("%d %d %d\n", a, b, c);
	R(setuid(getuid()));
	R(setgid(getgid()));
	R(setreuid(-1, geteuid()));
	R(setresgid(-1, -1, -1));
	SAY("groups same %d\n", getgroups(0, NULL) == getgroups(100, groups));
	SAY("groups %d\n", getgroups(100, groups));
	R(getgroups(-1, groups));
	SAY("pgid %d sid %d\n", getpgid(0) == getpgrp(), getsid(0) > 0);
	R(getpgid(0x3fffffff));
	R(setpgid(0, -1));
	R(setpgid(0x3fffffff, 0));

	R(getrlimit(RLIMIT_STACK, &rl));
	R(getrlimit(RLIMIT_NOFILE, &rl));
	SAY("%d\n", rl.rlim_cur >= 256 && rl.rlim_cur <= rl.rlim_max);
	R(getrlimit(99, &rl));
	rl.rlim_cur = 100;
	rl.rlim_max = 50;
	R(setrlimit(RLIMIT_CORE, &rl));
	rl.rlim_cur = 0;
	R(setrlimit(RLIMIT_CORE, &rl));
	R(getrlimit(RLIMIT_CORE, &rl));
	SAY("%ld %ld\n", (long)rl.rlim_cur, (long)rl.rlim_max);

	R(prctl(PR_SET_NAME, "a name that is too long"));
	R(prctl(PR_GET_NAME, name));
	SAY("%s\n", name);
	R(prctl(PR_GET_DUMPABLE));
	R(prctl(PR_SET_DUMPABLE, 7));
	R(prctl(99999));
	R(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	R(personality(0xffffffff));

	R(getrandom(random, 600, 0));
	int zeros = 0;
	for (int i = 0; i < 600; i++)
		zeros += !random[i];
	SAY("random enough %d\n", zeros < 30);
	R(getrandom(random, 10, 0x100));
	R(getrandom((void *)8, 10, 0));
	R(getrandom(random, 0, 0));

	R(sched_yield());
	R(sched_getaffinity(0, sizeof(set), &set));
	SAY("%d\n", CPU_COUNT(&set) > 0);
	SAY("%d\n", sysconf(_SC_NPROCESSORS_ONLN) > 0);
	R(syscall(SYS_sched_getaffinity, 0, 4, &set));
	R(sched_get_priority_max(SCHED_FIFO));
	R(sched_get_priority_min(SCHED_OTHER));
	R(sched_get_priority_max(77));
	R(syscall(SYS_sched_getscheduler, 0));
	R(getpriority(PRIO_PROCESS, 0));
	R(getpriority(7, 0));
	R(sysinfo(&si));
	SAY("%d %d\n", si.totalram > 0, si.uptime > 0);
	unsigned cpu, node;
	R(syscall(SYS_getcpu, &cpu, &node, NULL));

	R(syscall(SYS_futex, &cpu, 1, 1, NULL, NULL, 0));
	cpu = 5;
	R(syscall(SYS_futex, &cpu, 0, 4, NULL, NULL, 0));
	R(syscall(SYS_futex, &cpu, 128, 5, &(struct timespec){ 0, 10000000 }, NULL, 0));
	R(syscall(SYS_futex, (char *)&cpu + 1, 0, 5, NULL, NULL, 0));
	R(syscall(SYS_futex, 8, 0, 5, NULL, NULL, 0));
	R(syscall(SYS_futex, &cpu, 9, 5, NULL, NULL, 0));
	R(syscall(SYS_set_robust_list, 0, 24));
	R(syscall(SYS_set_robust_list, 0, 25));
	int status;
	R(syscall(SYS_wait4, -1, &status, 0, NULL));
	R(syscall(SYS_wait4, -1, &status, 1, NULL));
	R(syscall(SYS_wait4, -1, &status, 0x100, NULL));
	R(syscall(SYS_waitid, 0, 0, NULL, 4, NULL));
	R(syscall(SYS_waitid, 0, 0, NULL, 0, NULL));
	R(syscall(9999));
	return 0;
}
