/* SPDX-License-Identifier: MIT */
/*
 * Who we are: process, group and session numbers, user and group ids.
 * Changes of ids hold for the guest; the host process keeps its own.
 */
#include "host_imports.h"
#include "lib.h"
#include "sys.h"

SYSCALL(getpid) { return t->process->pid; }
SYSCALL(getppid) { return t->process->ppid; }
SYSCALL(getuid) { return t->process->creds.uid; }
SYSCALL(geteuid) { return t->process->creds.euid; }
SYSCALL(getgid) { return t->process->creds.gid; }
SYSCALL(getegid) { return t->process->creds.egid; }

SYSCALL(getpgid, int, pid)
{
	return task_find(t, pid) || pid == t->process->pid ? t->process->pgid : -ESRCH;
}

SYSCALL(getsid, int, pid)
{
	return task_find(t, pid) || pid == t->process->pid ? t->process->sid : -ESRCH;
}

SYSCALL(setpgid, int, pid, int, pgid)
{
	if (pgid < 0)
		return -EINVAL;
	if (pid && pid != t->process->pid)
		return -ESRCH;
	if (t->process->sid == t->process->pid)
		return -EPERM;
	/* Another group of the session might exist, but not one we know. */
	if (pgid && pgid != t->process->pid && pgid != t->process->pgid)
		return -EPERM;
	t->process->pgid = pgid ? pgid : t->process->pid;
	return 0;
}

SYSCALL(setsid)
{
	if (t->process->pgid == t->process->pid)
		return -EPERM;
	return t->process->sid = t->process->pgid = t->process->pid;
}

/* --- users: setresuid(2) and its relatives -------------------------------- */

enum { UNCHANGED = ~0u };

static bool is_one_of(u32 id, u32 a, u32 b, u32 c) { return id == a || id == b || id == c; }

/* Set three ids; whoever is not root may only pick among the present three. */
static s64 set_three(bool is_root, u32 *real, u32 *effective, u32 *saved, u32 r, u32 e, u32 s)
{
	const u32 want[3] = { r, e, s };

	for (u32 i = 0; i < 3 && !is_root; i++)
		if (want[i] != UNCHANGED && !is_one_of(want[i], *real, *effective, *saved))
			return -EPERM;
	*real = r == UNCHANGED ? *real : r;
	*effective = e == UNCHANGED ? *effective : e;
	*saved = s == UNCHANGED ? *saved : s;
	return 0;
}

SYSCALL(setresuid, u32, r, u32, e, u32, s)
{
	struct creds *c = &t->process->creds;

	return set_three(!c->euid, &c->uid, &c->euid, &c->suid, r, e, s);
}

SYSCALL(setresgid, u32, r, u32, e, u32, s)
{
	struct creds *c = &t->process->creds;

	return set_three(!c->euid, &c->gid, &c->egid, &c->sgid, r, e, s);
}

SYSCALL(setuid, u32, id)
{
	struct creds *c = &t->process->creds;

	if (id == UNCHANGED)
		return -EINVAL;
	if (!c->euid)
		return set_three(true, &c->uid, &c->euid, &c->suid, id, id, id);
	if (id != c->uid && id != c->suid)
		return -EPERM;
	c->euid = id;
	return 0;
}

SYSCALL(setgid, u32, id)
{
	struct creds *c = &t->process->creds;

	if (id == UNCHANGED)
		return -EINVAL;
	if (!c->euid)
		return set_three(true, &c->gid, &c->egid, &c->sgid, id, id, id);
	if (id != c->gid && id != c->sgid)
		return -EPERM;
	c->egid = id;
	return 0;
}

/* The saved id follows the effective one if the real one is set, or the effective one to anything but it. */
static s64 set_two(bool is_root, u32 *real, u32 *effective, u32 *saved, u32 r, u32 e)
{
	if (!is_root && ((r != UNCHANGED && r != *real && r != *effective) ||
	                 (e != UNCHANGED && !is_one_of(e, *real, *effective, *saved))))
		return -EPERM;
	bool follow = r != UNCHANGED || (e != UNCHANGED && e != *real);
	*real = r == UNCHANGED ? *real : r;
	*effective = e == UNCHANGED ? *effective : e;
	if (follow)
		*saved = *effective;
	return 0;
}

SYSCALL(setreuid, u32, r, u32, e)
{
	struct creds *c = &t->process->creds;

	return set_two(!c->euid, &c->uid, &c->euid, &c->suid, r, e);
}

SYSCALL(setregid, u32, r, u32, e)
{
	struct creds *c = &t->process->creds;

	return set_two(!c->euid, &c->gid, &c->egid, &c->sgid, r, e);
}

static s64 put_three(struct task *t, const u64 va[3], u32 a, u32 b, u32 c)
{
	const u32 ids[3] = { a, b, c };

	for (u32 i = 0; i < 3; i++)
		if (copy_out(t, va[i], &ids[i], sizeof(u32)))
			return -EFAULT;
	return 0;
}

SYSCALL(getresuid, u64, r, u64, e, u64, s)
{
	return put_three(t, (const u64[]){ r, e, s }, t->process->creds.uid, t->process->creds.euid, t->process->creds.suid);
}

SYSCALL(getresgid, u64, r, u64, e, u64, s)
{
	return put_three(t, (const u64[]){ r, e, s }, t->process->creds.gid, t->process->creds.egid, t->process->creds.sgid);
}

SYSCALL(getgroups, int, size, u64, out)
{
	enum { GROUPS_MAX = 65536 };
	u32 *list = kalloc(GROUPS_MAX * sizeof(u32));
	s64 count = list ? host_groups(list, GROUPS_MAX) : -ENOMEM;

	if (count == -ENOSYS)
		count = 0;
	if (count >= 0 && size < 0)
		count = -EINVAL;
	if (count > 0 && size) {
		int err = count > size ? -EINVAL : copy_out(t, out, list, count * sizeof(u32));
		count = err ? err : count;
	}
	kfree(list);
	return count;
}

SYSCALL(setgroups, int, size, u64, list)
{
	(void)size, (void)list;
	return -EPERM;
}

/* Capabilities: all or none, as root or not.  capget(2). */
SYSCALL(capget, u64, head_va, u64, data_va)
{
	enum { VERSION_3 = 0x20080522 };
	struct { u32 version; s32 pid; } head;
	struct { u32 effective, permitted, inheritable; } data[2] = { 0 };

	if (copy_in(t, &head, head_va, sizeof(head)))
		return -EFAULT;
	if (head.version != VERSION_3) {
		head.version = VERSION_3;
		return copy_out(t, head_va, &head, sizeof(head)) ? -EFAULT : data_va ? -EINVAL : 0;
	}
	if (head.pid && head.pid != t->process->pid)
		return head.pid < 0 ? -EINVAL : -ESRCH;
	if (!t->process->creds.euid) {
		data[0].effective = data[0].permitted = ~0u;
		data[1].effective = data[1].permitted = 0x1ff;
	}
	return data_va ? copy_out(t, data_va, data, sizeof(data)) : 0;
}
