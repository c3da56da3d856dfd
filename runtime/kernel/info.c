/* SPDX-License-Identifier: MIT */
/*
 * About the machine and the process: uname, sysinfo, limits, prctl.  What the
 * machine knows is read from its /proc; a host without one gives defaults.
 */
#include "../fs/hostfile.h"
#include "clock.h"
#include "info.h"
#include "lib.h"
#include "sys.h"

/* A small host file as text; its length, 0 if there is none. */
static u32 read_host_text(const char *path, char *buf, u32 cap)
{
	s32 handle = host_open(HOST_CWD, path, strlen(path), O_RDONLY, 0), n = 0;

	buf[0] = 0;
	if (handle < 0)
		return 0;
	n = host_read(handle, buf, cap - 1, 0, 0);
	host_close(handle);
	n = n > 0 ? n : 0;
	buf[n] = 0;
	return n;
}

static void uname_field(char field[65], const char *path, const char *otherwise)
{
	char line[128];
	u32 n = read_host_text(path, line, sizeof(line));

	while (n && line[n - 1] == '\n')
		line[--n] = 0;
	const char *from = n ? line : otherwise;
	memcpy(field, from, min_u64(strlen(from), 64));
}

SYSCALL(uname, u64, out)
{
	struct abi_utsname u = { .sysname = "Linux", .machine = "aarch64" };

	uname_field(u.nodename, "/proc/sys/kernel/hostname", "localhost");
	uname_field(u.release, "/proc/sys/kernel/osrelease", "6.1.0");
	uname_field(u.version, "/proc/sys/kernel/version", "#1 SMP");
	uname_field(u.domain, "/proc/sys/kernel/domainname", "(none)");
	return copy_out(t, out, &u, sizeof(u));
}

SYSCALL(sethostname, u64, name, int, len)
{
	(void)name, (void)len;
	return -EPERM;
}

/* "MemFree:   123 kB" in bytes; 0 if the line is missing. */
static u64 meminfo_bytes(const char *text, const char *key)
{
	u32 len = strlen(key);
	u64 kib;

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, key, len))
			continue;
		for (line += len; *line == ' '; line++)
			;
		return scan_u64(&line, &kib) ? kib * 1024 : 0;
	}
	return 0;
}

SYSCALL(sysinfo, u64, out)
{
	char text[4096];
	struct abi_sysinfo si = { .mem_unit = 1, .procs = 1, .uptime = clock_now(CLOCK_MONOTONIC) / NS_PER_S };

	if (read_host_text("/proc/meminfo", text, sizeof(text))) {
		si.totalram = meminfo_bytes(text, "MemTotal:");
		si.freeram = meminfo_bytes(text, "MemFree:");
		si.sharedram = meminfo_bytes(text, "Shmem:");
		si.bufferram = meminfo_bytes(text, "Buffers:");
		si.totalswap = meminfo_bytes(text, "SwapTotal:");
		si.freeswap = meminfo_bytes(text, "SwapFree:");
	} else {
		si.totalram = si.freeram = MM_TOP;
	}
	if (read_host_text("/proc/loadavg", text, sizeof(text))) {
		const char *s = text;
		for (u32 i = 0; i < 3; i++) {
			u64 whole = 0, cents = 0;
			if (scan_u64(&s, &whole) && *s == '.') {
				s++;
				scan_u64(&s, &cents);
			}
			s += *s == ' ';
			si.loads[i] = (whole << 16) + (cents << 16) / 100;
		}
	}
	return copy_out(t, out, &si, sizeof(si));
}

/* --- limits ---------------------------------------------------------------- */

/* /proc/<pid>/limits: "Max open files            1024                 4096 …" */
static const struct { u32 which; const char *line; } limit_lines[] = {
	{ RLIMIT_CPU, "Max cpu time" },
	{ RLIMIT_FSIZE, "Max file size" },
	{ RLIMIT_DATA, "Max data size" },
	{ RLIMIT_STACK, "Max stack size" },
	{ RLIMIT_CORE, "Max core file size" },
	{ RLIMIT_RSS, "Max resident set" },
	{ RLIMIT_NPROC, "Max processes" },
	{ RLIMIT_NOFILE, "Max open files" },
	{ RLIMIT_MEMLOCK, "Max locked memory" },
	{ RLIMIT_AS, "Max address space" },
	{ RLIMIT_LOCKS, "Max file locks" },
	{ RLIMIT_SIGPENDING, "Max pending signals" },
	{ RLIMIT_MSGQUEUE, "Max msgqueue size" },
	{ RLIMIT_NICE, "Max nice priority" },
	{ RLIMIT_RTPRIO, "Max realtime priority" },
	{ RLIMIT_RTTIME, "Max realtime timeout" },
};

static u64 scan_limit(const char **s)
{
	u64 n;

	while (**s == ' ')
		(*s)++;
	if (scan_u64(s, &n))
		return n;
	while (**s > ' ')
		(*s)++;
	return RLIM_INFINITY;
}

static void parse_limits(const char *text, struct abi_rlimit limits[RLIM_NLIMITS])
{
	for (const char *line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		for (u32 i = 0; i < COUNT(limit_lines); i++) {
			u32 len = strlen(limit_lines[i].line);
			if (strncmp(line, limit_lines[i].line, len))
				continue;
			const char *s = line + len;
			limits[limit_lines[i].which].cur = scan_limit(&s);
			limits[limit_lines[i].which].max = scan_limit(&s);
		}
	}
}

void limits_init(struct task *t)
{
	for (u32 i = 0; i < RLIM_NLIMITS; i++)
		t->process->rlimits[i] = (struct abi_rlimit){ RLIM_INFINITY, RLIM_INFINITY };
	t->process->rlimits[RLIMIT_NOFILE] = (struct abi_rlimit){ 1024, 1048576 };
	t->process->rlimits[RLIMIT_STACK].cur = MM_STACK_SIZE;
}

/*
 * The machine's limits, read when somebody first asks.  A host process raises
 * some of its own (Node: open files; our launcher: stack), so those two are
 * taken from its parent and from what the guest's stack really is.
 */
static void limits_read(struct task *t)
{
	char path[40], text[4096];
	struct abi_rlimit parent[RLIM_NLIMITS];
	struct text name;

	if (t->process->limits_known)
		return;
	t->process->limits_known = true;
	memcpy(parent, t->process->rlimits, sizeof(parent));
	if (read_host_text("/proc/self/limits", text, sizeof(text)))
		parse_limits(text, t->process->rlimits);
	text_init(&name, path, sizeof(path));
	text_printf(&name, "/proc/%d/limits", t->process->ppid);
	if (read_host_text(path, text, sizeof(text)))
		parse_limits(text, parent);
	struct abi_rlimit *files = &t->process->rlimits[RLIMIT_NOFILE];
	files->cur = min_u64(parent[RLIMIT_NOFILE].cur, files->max);
	t->process->rlimits[RLIMIT_STACK].cur = min_u64(MM_STACK_SIZE, t->process->rlimits[RLIMIT_STACK].max);
}

static s64 limit(struct task *t, u32 which, u64 new_va, u64 old_va)
{
	struct abi_rlimit new, old;

	if (which >= RLIM_NLIMITS)
		return -EINVAL;
	limits_read(t);
	if (new_va && copy_in(t, &new, new_va, sizeof(new)))
		return -EFAULT;
	old = t->process->rlimits[which];
	if (new_va) {
		if (new.cur > new.max)
			return -EINVAL;
		if (new.max > old.max && t->process->creds.euid)
			return -EPERM;
		t->process->rlimits[which] = new;
	}
	return old_va ? copy_out(t, old_va, &old, sizeof(old)) : 0;
}

SYSCALL(getrlimit, u32, which, u64, out) { return limit(t, which, 0, out); }
SYSCALL(setrlimit, u32, which, u64, in) { return limit(t, which, in, 0); }

SYSCALL(prlimit64, int, pid, u32, which, u64, new_va, u64, old_va)
{
	return !task_find(t, pid) && pid != t->process->pid ? -ESRCH : limit(t, which, new_va, old_va);
}

/* --- the process ------------------------------------------------------------ */

SYSCALL(personality, u32, persona)
{
	u32 old = t->process->personality;

	if (persona != 0xffffffff)
		t->process->personality = persona;
	return old;
}

SYSCALL(syslog, int, type, u64, buf, int, len)
{
	(void)type, (void)buf, (void)len;
	return -EPERM;
}

enum {
	PR_SET_PDEATHSIG = 1, PR_GET_PDEATHSIG = 2, PR_GET_DUMPABLE = 3, PR_SET_DUMPABLE = 4,
	PR_GET_KEEPCAPS = 7, PR_SET_KEEPCAPS = 8, PR_SET_NAME = 15, PR_GET_NAME = 16,
	PR_GET_SECCOMP = 21, PR_SET_TIMERSLACK = 29, PR_GET_TIMERSLACK = 30,
	PR_SET_NO_NEW_PRIVS = 38, PR_GET_NO_NEW_PRIVS = 39,
	TIMER_SLACK_DEFAULT = 50000,
};

static s64 set_name(struct task *t, u64 va)
{
	char name[16] = { 0 };
	int len = copy_string(t, name, sizeof(name) - 1, va, sizeof(name) - 1);

	if (len < 0)
		return len;
	memset(t->comm, 0, sizeof(t->comm));
	memcpy(t->comm, name, len);
	return 0;
}

SYSCALL(prctl, int, what, u64, a, u64, b, u64, c, u64, d)
{
	switch (what) {
	case PR_SET_PDEATHSIG:
		if (a > SIG_COUNT)
			return -EINVAL;
		t->pdeath_signal = a;
		return 0;
	case PR_GET_PDEATHSIG:
		return copy_out(t, a, &t->pdeath_signal, sizeof(t->pdeath_signal));
	case PR_GET_DUMPABLE:
		return t->process->dumpable;
	case PR_SET_DUMPABLE:
		if (a > 1)
			return -EINVAL;
		t->process->dumpable = a;
		return 0;
	case PR_GET_KEEPCAPS:
		return t->process->keep_caps;
	case PR_SET_KEEPCAPS:
		if (a > 1)
			return -EINVAL;
		t->process->keep_caps = a;
		return 0;
	case PR_SET_NAME:
		return set_name(t, a);
	case PR_GET_NAME:
		return copy_out(t, a, t->comm, sizeof(t->comm));
	case PR_GET_SECCOMP:
		return 0;
	case PR_SET_TIMERSLACK:
		t->timer_slack = a ? (s64)a : TIMER_SLACK_DEFAULT;
		return 0;
	case PR_GET_TIMERSLACK:
		return t->timer_slack;
	case PR_SET_NO_NEW_PRIVS:
		if (a != 1 || b || c || d)
			return -EINVAL;
		t->no_new_privs = 1;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return a || b || c || d ? -EINVAL : t->no_new_privs;
	}
	return -EINVAL;
}


SYSCALL(getrandom, u64, buf, u64, len, u32, flags)
{
	enum { GRND_NONBLOCK = 1, GRND_RANDOM = 2, GRND_INSECURE = 4 };
	u8 chunk[256];
	struct span to;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE) ||
	    (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	int err = span_user(t, &to, buf, len, PROT_WRITE);
	for (u32 done = 0; !err && done < to.len; ) {
		u32 n = min_u64(sizeof(chunk), to.len - done);
		host_random(chunk, n);
		span_put(to, done, chunk, n);
		done += n;
	}
	return err ? err : (s64)to.len;
}
