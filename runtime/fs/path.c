/* SPDX-License-Identifier: MIT */
/*
 * Path arguments.  The host walks paths (it knows the links in them); the
 * kernel looks only whether a path leads into /dev or /proc, by its text.
 */
#include "path.h"

#include "../kernel/lib.h"
#include "hostfile.h"

/* Where the host process was started; set once at boot. */
static const char *first_cwd;

void cwd_set_first(const char *path) { first_cwd = path; }

/* The host's name for the directory of a handle: what /proc says, as links and renames may have changed it. */
static int handle_text(struct file *f, char *out, u32 cap)
{
	char link[40];
	struct text t;

	text_init(&t, link, sizeof(link));
	text_printf(&t, "/proc/self/fd/%d", f->host.handle);
	s32 n = host_readlink(HOST_CWD, link, t.len, out, cap - 1);
	if (n <= 0 || out[0] != '/') {
		if (!f->path || strlen(f->path) >= cap)
			return -ENOENT;
		n = strlen(f->path);
		memcpy(out, f->path, n);
	}
	out[n] = 0;
	return n;
}

int cwd_text(struct task *t, char *out, u32 cap)
{
	if (t->process->fs.cwd)
		return handle_text(t->process->fs.cwd, out, cap);
	u32 n = strlen(first_cwd);
	if (n >= cap)
		return -ENAMETOOLONG;
	memcpy(out, first_cwd, n + 1);
	return n;
}

/* Append path to the absolute path in `out`, taking out ".", ".." and empty parts. */
static bool append_parts(struct text *out, const char *path)
{
	while (*path) {
		u32 len = 0;
		while (path[len] && path[len] != '/')
			len++;
		if (len == 2 && path[0] == '.' && path[1] == '.') {
			while (out->len && out->at[--out->len] != '/')
				;
			out->at[out->len] = 0;
		} else if (len && !(len == 1 && path[0] == '.')) {
			text_char(out, '/');
			text_mem(out, path, len);
		}
		path += len + (path[len] == '/');
	}
	return !out->full;
}

bool place_absolute(struct task *t, const struct place *p, char *buf, u32 cap)
{
	struct text out;

	text_init(&out, buf, cap);
	if (p->name[0] != '/') {
		const char *base = p->base == HOST_CWD ? first_cwd : p->file ? p->file->path
		                 : t->process->fs.cwd ? t->process->fs.cwd->path : NULL;
		if (!base || !append_parts(&out, base))
			return false;
	}
	if (!append_parts(&out, p->name))
		return false;
	if (!out.len)
		text_char(&out, '/');
	return true;
}


/* "/proc/self/", "/proc/<own pid>/" -> what follows; NULL for anything else. */
const char *path_in_proc_self(struct task *t, const char *path)
{
	u64 pid;

	if (strncmp(path, "/proc/", 6))
		return NULL;
	path += 6;
	if (!strncmp(path, "self/", 5))
		return path + 5;
	if (!strncmp(path, "thread-self/", 12))
		return path + 12;
	return scan_u64(&path, &pid) && pid == (u64)t->process->pid && *path == '/' ? path + 1 : NULL;
}

/* A path through a link of ours (/proc/self/fd/5/name, /proc/self/cwd/name): go on from its target. */
static int pass_link(struct task *t, struct place *p, const char *path)
{
	const char *rest = path_in_proc_self(t, path);
	u64 fd;

	if (rest && !strncmp(rest, "cwd/", 4)) {
		p->file = t->process->fs.cwd ? file_ref(t->process->fs.cwd) : NULL;
		p->base = t->process->fs.cwd ? t->process->fs.cwd->host.handle : HOST_CWD;
		rest += 4;
	} else {
		rest = rest && !strncmp(rest, "fd/", 3) ? rest + 3
		     : !strncmp(path, "/dev/fd/", 8) ? path + 8 : NULL;
		if (!rest || !scan_u64(&rest, &fd) || rest[0] != '/' || !rest[1])
			return 0;
		struct file *f = fd_get(t, fd);
		if (!f)
			return -ENOENT;
		if (!file_is_host(f)) {
			file_put(f);
			return -ENOTDIR;
		}
		file_put(p->file);
		p->file = f;
		p->base = f->host.handle;
		rest++;
	}
	u32 len = strlen(rest);
	memmove(p->buf, rest, len + 1);
	p->name = p->buf;
	p->len = len;
	return 0;
}

static int find_base(struct task *t, struct place *p, int dirfd)
{
	p->base = HOST_CWD;
	if (dirfd != AT_FDCWD) {
		p->file = fd_get(t, dirfd);
		if (!p->file)
			return -EBADF;
		if (!file_is_host(p->file))
			return -ENOTDIR;
		p->base = p->file->host.handle;
	} else if (t->process->fs.cwd) {
		p->file = file_ref(t->process->fs.cwd);
		p->base = p->file->host.handle;
	}
	return 0;
}

static int find_named(struct task *t, struct place *p, int dirfd)
{
	char absolute[PATH_MAX];
	int err = p->buf[0] == '/' ? 0 : find_base(t, p, dirfd);

	if (!err && place_absolute(t, p, absolute, sizeof(absolute)) &&
	    (!strncmp(absolute, "/dev/", 5) || !strncmp(absolute, "/proc/", 6))) {
		p->node = node_find(t, absolute, &p->arg);
		if (!p->node)
			err = pass_link(t, p, absolute);
	}
	if (err)
		place_done(p);
	return err;
}

int place_find_text(struct task *t, struct place *p, int dirfd, const char *path)
{
	u32 len = strlen(path);

	if (len >= sizeof(p->buf))
		return -ENAMETOOLONG;
	memcpy(p->buf, path, len + 1);
	p->base = HOST_CWD;
	p->name = p->buf;
	p->len = len;
	p->node = NULL;
	p->file = NULL;
	p->is_self = false;
	return find_named(t, p, dirfd);
}

int place_find(struct task *t, struct place *p, int dirfd, u64 path_va, int flags)
{
	int len = copy_path(t, p->buf, path_va);

	if (len < 0)
		return len;
	p->base = HOST_CWD;
	p->name = p->buf;
	p->len = len;
	p->node = NULL;
	p->file = NULL;
	p->is_self = false;
	if (len)
		return find_named(t, p, dirfd);
	if (!(flags & PLACE_EMPTY_OK))
		return -ENOENT;
	p->is_self = true;
	if (dirfd == AT_FDCWD)
		p->file = t->process->fs.cwd ? file_ref(t->process->fs.cwd) : NULL;
	else
		p->file = fd_get(t, dirfd);
	return dirfd == AT_FDCWD || p->file ? 0 : -EBADF;
}

void place_done(struct place *p)
{
	file_put(p->file);
	p->file = NULL;
}
