/* SPDX-License-Identifier: MIT */
/*
 * Host imports on open files.
 */
#include "runtime/kernel/abi.h"
#include "wasi.h"

/* WASI has no modes: every file is root's, as on a file system that keeps none (vfat). */
u32 fixed_mode(u8 filetype)
{
	switch ((enum wasi_filetype)filetype) {
	case WASI_BLOCK_DEVICE: return S_IFBLK | 0600;
	case WASI_CHARACTER_DEVICE: return S_IFCHR | 0620;
	case WASI_DIRECTORY: return S_IFDIR | 0755;
	case WASI_REGULAR_FILE: return S_IFREG | 0644;
	case WASI_SYMBOLIC_LINK: return S_IFLNK | 0777;
	/* What engines call a pipe: nothing, or a socket. */
	case WASI_UNKNOWN: case WASI_SOCKET_DGRAM: case WASI_SOCKET_STREAM: return S_IFIFO | 0600;
	}
	return S_IFIFO | 0600;
}

void put_stat(u64 *out, const struct wasi_filestat *st)
{
	enum { BLOCK = 4096, SECTOR = 512 };
	const u64 fields[14] = {
		st->dev, st->ino, fixed_mode(st->filetype), st->nlink ? st->nlink : 1, 0, 0, 0, st->size, BLOCK,
		(st->size + SECTOR - 1) / SECTOR, st->atim, st->mtim, st->ctim, st->ctim,
	};

	memcpy(out, fields, sizeof(fields));
}

/* Of the open flags, those whose numbers differ: x86-64's (imports.tab). */
enum { HOST_O_DIRECTORY = 0200000, HOST_O_NOFOLLOW = 0400000 };

static u32 open_flags(s32 flags)
{
	return (flags & O_CREAT ? WASI_O_CREAT : 0) | (flags & O_EXCL ? WASI_O_EXCL : 0) |
	       (flags & O_TRUNC ? WASI_O_TRUNC : 0) | (flags & HOST_O_DIRECTORY ? WASI_O_DIRECTORY : 0);
}

static u32 file_flags(s32 flags)
{
	return (flags & O_APPEND ? WASI_FD_APPEND : 0) | (flags & O_NONBLOCK ? WASI_FD_NONBLOCK : 0) |
	       (flags & O_DSYNC ? WASI_FD_DSYNC : 0);
}

/* Everything that the directory gives, but reading and writing only as asked: engines open files accordingly. */
static u64 wanted_rights(s32 flags)
{
	const u64 reading = WASI_RIGHT_READ | WASI_RIGHT_READDIR;
	const u64 writing = WASI_RIGHT_DATASYNC | WASI_RIGHT_WRITE | WASI_RIGHT_ALLOCATE | WASI_RIGHT_SET_SIZE;
	u32 access = flags & O_ACCMODE;

	return ~(reading | writing) | (access != O_WRONLY ? reading : 0) | (access != O_RDONLY ? writing : 0);
}

/* Not every engine minds being told not to follow a link. */
static bool is_link(const struct where *w)
{
	struct wasi_filestat st;

	return !wasi_path_filestat_get(w->dir, 0, w->path, w->len, &st) && st.filetype == WASI_SYMBOLIC_LINK;
}

s32 host_open(s32 base, const char *path, u32 path_len, s32 flags, s32 mode)
{
	struct wasi_fdstat st;
	struct where w;
	wasi_fd fd;
	s32 err = where_find(&w, base, path, path_len);

	(void)mode;
	if (err)
		return err;
	if (flags & HOST_O_NOFOLLOW && is_link(&w)) {
		where_done(&w);
		return -ELOOP;
	}
	err = wasi_fd_fdstat_get(w.dir, &st);
	if (!err)
		err = wasi_path_open(w.dir, flags & HOST_O_NOFOLLOW ? 0 : WASI_LOOKUP_FOLLOW, w.path, w.len, open_flags(flags),
		                     wanted_rights(flags) & st.inheriting, st.inheriting, file_flags(flags), &fd);
	where_done(&w);
	if (err)
		return negated(err);
	if (!wasi_fd_fdstat_get(fd, &st) && st.filetype == WASI_DIRECTORY)
		paths_opened(fd, base, path, path_len);
	return fd;
}

s32 host_close(s32 file)
{
	paths_closed(file);
	return negated(wasi_fd_close(file));
}

/* What poll(2) would say of one file; -ENOSYS if the engine cannot tell. */
static s32 ready_events(s32 file, s32 events, s32 timeout_ms)
{
	struct wasi_subscription ask[3] = { 0 };
	struct wasi_event said[3];
	u32 n = 0, count = 0;
	s32 ready = 0;

	if (events & (POLLIN | POLLRDNORM))
		ask[n++] = (struct wasi_subscription){ .tag = WASI_EVENT_READ, .file.fd = file };
	if (events & (POLLOUT | POLLWRNORM))
		ask[n++] = (struct wasi_subscription){ .tag = WASI_EVENT_WRITE, .file.fd = file };
	if (!n)
		return 0;
	if (timeout_ms >= 0)
		ask[n++] = (struct wasi_subscription){ .tag = WASI_EVENT_CLOCK,
			.clock = { .id = WASI_MONOTONIC, .timeout = timeout_ms * (u64)NS_PER_MS } };
	if (wasi_poll_oneoff(ask, said, n, &count))
		return -ENOSYS;
	for (u32 i = 0; i < count; i++) {
		if (said[i].type == WASI_EVENT_CLOCK)
			continue;
		if (said[i].error)
			return -ENOSYS;
		ready |= said[i].type == WASI_EVENT_READ ? POLLIN | POLLRDNORM : POLLOUT | POLLWRNORM;
		if (said[i].file.flags & 1)
			ready |= POLLHUP;
	}
	return ready & (events | POLLHUP);
}

s32 host_poll(void *fds, s32 n, s32 timeout_ms)
{
	struct { s32 h; s16 events, revents; } *one = fds;

	if (n != 1)
		return -ENOSYS;
	s32 ready = ready_events(one->h, one->events, timeout_ms);
	if (ready < 0)
		return ready;
	one->revents = ready;
	return ready != 0;
}

s32 host_read(s32 file, void *buf, s32 len, s64 pos, s32 flags)
{
	struct wasi_iovec to = { (uintptr_t)buf, len };
	u32 n = 0;

	if (file == HANDLE_IMAGE)
		return image_read(buf, len, pos);
	if (flags & 1 && !ready_events(file, POLLIN, 0))
		return -EAGAIN;
	s32 err = pos < 0 ? wasi_fd_read(file, &to, 1, &n) : wasi_fd_pread(file, &to, 1, pos, &n);
	return err ? negated(err) : (s32)n;
}

s32 host_write(s32 file, const void *buf, s32 len, s64 pos)
{
	struct wasi_iovec from = { (uintptr_t)buf, len };
	u32 n = 0;
	s32 err = pos < 0 ? wasi_fd_write(file, &from, 1, &n) : wasi_fd_pwrite(file, &from, 1, pos, &n);

	return err ? negated(err) : (s32)n;
}

s32 host_read_user(s32 file, u32 buf, s32 len, s64 pos, s32 flags)
{
	return host_read(file, (void *)(uintptr_t)buf, len, pos, flags);
}

s32 host_write_user(s32 file, u32 buf, s32 len, s64 pos)
{
	return host_write(file, (const void *)(uintptr_t)buf, len, pos);
}

/* whence has Linux's numbers in WASI, too. */
s64 host_seek(s32 file, s64 off, s32 whence)
{
	u64 pos;
	s32 err = whence > SEEK_END ? WASI_EINVAL : wasi_fd_seek(file, off, whence, &pos);

	return err ? negated(err) : (s64)pos;
}

s32 host_fstat(s32 file, void *out)
{
	struct wasi_filestat st;

	if (file == HANDLE_IMAGE)
		return image_stat(out);
	s32 err = negated(wasi_fd_filestat_get(file, &st));
	if (!err)
		put_stat(out, &st);
	return err;
}

s32 host_truncate(s32 file, s64 size) { return negated(wasi_fd_filestat_set_size(file, size)); }
s32 host_sync(s32 file, s32 data_only) { return negated(data_only ? wasi_fd_datasync(file) : wasi_fd_sync(file)); }

s32 host_fchmod(s32 file, s32 mode)
{
	u64 st[14];
	s32 err = host_fstat(file, st);

	return err ? err : (st[2] & 07777) == (u32)mode ? 0 : -EPERM;
}

s32 host_fchown(s32 file, s32 uid, s32 gid)
{
	(void)file;
	return uid > 0 || gid > 0 ? -EPERM : 0;
}

s32 host_futimens(s32 file, s64 atime, s64 mtime)
{
	return negated(wasi_fd_filestat_set_times(file, atime, mtime, WASI_SET_ATIME | WASI_SET_MTIME));
}

/* --- terminals: there are, but nothing is known of them --- */

/* As wasi-libc's isatty(): a character device that cannot seek. */
static bool is_tty(s32 file)
{
	struct wasi_fdstat st;

	return !wasi_fd_fdstat_get(file, &st) && st.filetype == WASI_CHARACTER_DEVICE &&
	       !(st.rights & (WASI_RIGHT_SEEK | WASI_RIGHT_TELL));
}

/* A size of zero is what a serial line says. */
s32 host_tty_size(s32 file, void *out)
{
	if (!is_tty(file))
		return -ENOTTY;
	memset(out, 0, 8);
	return 0;
}

s32 host_tty_get(s32 file, void *out)
{
	(void)out;
	return is_tty(file) ? -ENOSYS : -ENOTTY;
}

s32 host_tty_set(s32 file, s32 when, const void *in)
{
	(void)when, (void)in;
	return is_tty(file) ? -ENOSYS : -ENOTTY;
}
