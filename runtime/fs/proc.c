/* SPDX-License-Identifier: MIT */
/*
 * /proc where the machine's own would speak of the host process: the links
 * and files about ourselves, and cpuinfo.  The contents are in procinfo.c.
 */
#include "procinfo.h"

#include "../kernel/lib.h"
#include "hostfile.h"
#include "path.h"

enum { CONTENT_MAX = 65536 };

/* A file whose contents `fill` writes now. */
static struct file *open_text(struct task *t, void (*fill)(struct task *, struct text *),
                              u32 flags, u64 ino, int *err)
{
	struct text text;

	if ((flags & O_ACCMODE) != O_RDONLY) {
		*err = -EACCES;
		return NULL;
	}
	char *data = kalloc(CONTENT_MAX);
	if (data) {
		text_init(&text, data, CONTENT_MAX);
		fill(t, &text);
	}
	struct file *f = data ? memfile_new(data, text.len, flags, S_IFREG | 0444, ino) : NULL;
	if (!f)
		*err = -ENOMEM;
	return f;
}

#define OPEN_TEXT(name, fill, ino) \
	static struct file *name(struct task *t, s32 arg, u32 flags, int *err) \
	{ \
		(void)arg; \
		return open_text(t, fill, flags, ino, err); \
	}
OPEN_TEXT(open_maps, procinfo_maps, 101)
OPEN_TEXT(open_cmdline, procinfo_cmdline, 102)
OPEN_TEXT(open_stat, procinfo_stat, 103)
OPEN_TEXT(open_status, procinfo_status, 104)
OPEN_TEXT(open_comm, procinfo_comm, 105)
OPEN_TEXT(open_statm, procinfo_statm, 106)
OPEN_TEXT(open_environ, procinfo_environ, 107)
OPEN_TEXT(open_cpuinfo, procinfo_cpuinfo, 108)

/* --- links ------------------------------------------------------------- */

static struct file *open_host(struct task *t, const char *path, u32 flags, int *err)
{
	struct place *p = kalloc(sizeof(*p));

	*err = p ? place_find_text(t, p, AT_FDCWD, path) : -ENOMEM;
	struct file *f = *err ? NULL : open_place(t, p, flags, 0, err);
	if (p)
		place_done(p);
	kfree(p);
	return f;
}

static struct file *open_exe(struct task *t, s32 arg, u32 flags, int *err)
{
	(void)arg;
	return open_host(t, t->process->exe, flags, err);
}

static struct file *open_cwd(struct task *t, s32 arg, u32 flags, int *err)
{
	char path[PATH_MAX];

	(void)arg;
	*err = cwd_text(t, path, sizeof(path));
	return *err < 0 ? NULL : open_host(t, path, flags, err);
}

static struct file *open_root(struct task *t, s32 arg, u32 flags, int *err)
{
	(void)arg;
	return open_host(t, "/", flags, err);
}

static s32 put_link(const char *target, char *out, u32 cap)
{
	u32 n = min_u64(strlen(target), cap);

	memcpy(out, target, n);
	return n;
}

static s32 link_exe(struct task *t, s32 arg, char *out, u32 cap)
{
	(void)arg;
	return put_link(t->process->exe, out, cap);
}

static s32 link_cwd(struct task *t, s32 arg, char *out, u32 cap)
{
	(void)arg;
	return cwd_text(t, out, cap);
}

static s32 link_root(struct task *t, s32 arg, char *out, u32 cap)
{
	(void)t, (void)arg;
	return put_link("/", out, cap);
}

static s32 link_fd(struct task *t, s32 fd, char *out, u32 cap)
{
	struct file *f = fd_get(t, fd);
	char name[48];
	struct text text;
	s32 n = -ENOENT;

	if (!f)
		return n;
	text_init(&text, name, sizeof(name));
	if (file_is_host(f)) {
		text_printf(&text, "/proc/self/fd/%d", f->host.handle);
		n = host_readlink(HOST_CWD, name, text.len, out, cap);
	}
	if (n < 0 && f->path) {
		n = put_link(f->path, out, cap);
	} else if (n < 0) {
		text_init(&text, name, sizeof(name));
		text_printf(&text, "%s:[%llu]", f->ops->kind, (unsigned long long)pipe_ino(f));
		n = put_link(name, out, cap);
	}
	file_put(f);
	return n;
}

/*
 * proc(5): opening such a link opens the file anew.  Where the host cannot
 * (a socket, a pipe of ours), the open file itself is shared.
 */
static struct file *open_fd(struct task *t, s32 fd, u32 flags, int *err)
{
	struct file *f = fd_get(t, fd);
	char name[40];
	struct text text;

	if (!f) {
		*err = -ENOENT;
		return NULL;
	}
	if (!file_is_host(f) || flags & O_PATH)
		return f;
	text_init(&text, name, sizeof(name));
	text_printf(&text, "/proc/self/fd/%d", f->host.handle);
	struct place *p = kalloc(sizeof(*p));
	struct file *again = NULL;
	if (p) {
		memcpy(p->buf, name, text.len + 1);
		p->base = HOST_CWD;
		p->name = p->buf;
		p->len = text.len;
		again = open_place(t, p, flags, 0, err);
		kfree(p);
	}
	if (!again && *err != -ENXIO && *err != -ENOENT)
		goto out;
	if (!again)
		return f;
	kfree(again->path);
	again->path = f->path ? kstrdup(f->path) : NULL;
out:
	file_put(f);
	return again;
}

#define STREAM_NODE(stream, number) \
	static struct file *open_##stream(struct task *t, s32 arg, u32 flags, int *err) \
	{ \
		(void)arg; \
		return open_fd(t, number, flags, err); \
	} \
	static s32 link_##stream(struct task *t, s32 arg, char *out, u32 cap) \
	{ \
		(void)t, (void)arg; \
		return put_link("/proc/self/fd/" #number, out, cap); \
	}
STREAM_NODE(stdin, 0)
STREAM_NODE(stdout, 1)
STREAM_NODE(stderr, 2)

static s32 link_fds(struct task *t, s32 arg, char *out, u32 cap)
{
	(void)t, (void)arg;
	return put_link("/proc/self/fd", out, cap);
}

static s32 link_self(struct task *t, s32 arg, char *out, u32 cap)
{
	char name[16];
	struct text text;

	(void)arg;
	text_init(&text, name, sizeof(name));
	text_printf(&text, "%d", t->process->pid);
	return put_link(name, out, cap);
}

static struct file *open_self(struct task *t, s32 arg, u32 flags, int *err)
{
	(void)t, (void)arg;
	s32 handle = host_open(HOST_CWD, "/proc/self", 10, flags & O_PATH, 0);
	if (handle < 0) {
		*err = handle;
		return NULL;
	}
	struct file *f = hostfile_new(handle, flags, false);
	if (f)
		f->path = kstrdup("/proc/self");
	else
		*err = -ENOMEM;
	return f;
}

static struct file *open_fds(struct task *t, s32 arg, u32 flags, int *err)
{
	u32 len;
	char *data = procinfo_fd_entries(t, &len);
	struct file *f = data ? memfile_new(data, len, flags, S_IFDIR | 0500, 109) : NULL;

	(void)arg;
	if (!f)
		*err = -ENOMEM;
	return f;
}

const struct node proc_nodes[] = {
	{ "/dev/fd", S_IFLNK | 0777, open_fds, link_fds, 0, 0 },
	{ "/dev/fd/#", S_IFLNK | 0700, open_fd, link_fd, 0, 0 },
	{ "/dev/stderr", S_IFLNK | 0777, open_stderr, link_stderr, 0, 0 },
	{ "/dev/stdin", S_IFLNK | 0777, open_stdin, link_stdin, 0, 0 },
	{ "/dev/stdout", S_IFLNK | 0777, open_stdout, link_stdout, 0, 0 },
	{ "/proc/cpuinfo", S_IFREG | 0444, open_cpuinfo, NULL, 0, 0 },
	{ "/proc/self", S_IFLNK | 0777, open_self, link_self, 0, 0 },
	{ "/proc/self/cmdline", S_IFREG | 0444, open_cmdline, NULL, 0, 0 },
	{ "/proc/self/comm", S_IFREG | 0644, open_comm, NULL, 0, 0 },
	{ "/proc/self/cwd", S_IFLNK | 0777, open_cwd, link_cwd, 0, 0 },
	{ "/proc/self/environ", S_IFREG | 0400, open_environ, NULL, 0, 0 },
	{ "/proc/self/exe", S_IFLNK | 0777, open_exe, link_exe, 0, 0 },
	{ "/proc/self/fd", S_IFDIR | 0500, open_fds, NULL, 0, 0 },
	{ "/proc/self/fd/#", S_IFLNK | 0700, open_fd, link_fd, 0, 0 },
	{ "/proc/self/maps", S_IFREG | 0444, open_maps, NULL, 0, 0 },
	{ "/proc/self/root", S_IFLNK | 0777, open_root, link_root, 0, 0 },
	{ "/proc/self/stat", S_IFREG | 0444, open_stat, NULL, 0, 0 },
	{ "/proc/self/statm", S_IFREG | 0444, open_statm, NULL, 0, 0 },
	{ "/proc/self/status", S_IFREG | 0444, open_status, NULL, 0, 0 },
	{ NULL, 0, NULL, NULL, 0, 0 },
};
