/* SPDX-License-Identifier: MIT */
/*
 * Open files: what a file descriptor points to, shared by dup and fork, and
 * the operations that each kind of file brings.
 *
 * An operation that is NULL does not exist for that kind; file.c answers with
 * the errno Linux gives then.
 */
#ifndef FS_FILE_H
#define FS_FILE_H

#include "../kernel/abi.h"
#include "../kernel/lock.h"
#include "../kernel/user.h"
#include "host_imports.h"

struct file;

/* A file's attributes, as host_fstat fills them. */
struct attr {
	u64 dev, ino, mode, nlink, uid, gid, rdev, size, blksize, blocks;
	s64 atime, mtime, ctime, btime;      /* ns since 1970 */
};

/* Explicit position of an operation; POS_CURRENT: the file's own, which then moves. */
enum { POS_CURRENT = -1 };

struct file_ops {
	const char *kind;
	/* Bytes done, 0 at the end, or an error.  May do less than asked. */
	s64 (*read)(struct file *f, struct span to, s64 pos);
	s64 (*write)(struct file *f, struct span from, s64 pos);
	s64 (*seek)(struct file *f, s64 off, int whence);
	int (*attr)(struct file *f, struct attr *out);
	/* POLL* bits that hold now.  NULL: always ready, and nothing for epoll. */
	int (*poll)(struct file *f, int events);
	/* A number that grows with what edge-triggered epoll tells of, for POLLIN or POLLOUT or both.  NULL: with each read and write. */
	u64 (*edge)(struct file *f, int events);
	s64 (*ioctl)(struct file *f, u32 request, u64 arg);
	/* One batch of abi_dirent64 records into `to`. */
	s64 (*readdir)(struct file *f, struct span to);
	int (*truncate)(struct file *f, s64 size);
	int (*sync)(struct file *f, bool data_only);
	int (*chmod)(struct file *f, u32 mode);
	int (*chown)(struct file *f, s32 uid, s32 gid);
	int (*utimes)(struct file *f, s64 atime, s64 mtime);
	void (*release)(struct file *f);
};

struct file {
	const struct file_ops *ops;
	u32 refs;                    /* atomic */
	u32 flags;                   /* O_ACCMODE, O_APPEND, O_NONBLOCK, O_PATH …; status bits under lock */
	struct lock lock;            /* pos and the private parts, once processes share files */
	s64 pos;                     /* where the kernel keeps it */
	char *path;                  /* as opened, absolute if known; may be NULL */
	u32 moves;                   /* reads and writes that were tried */
	bool is_watched;             /* an epoll wants to know of its end */
	union {
		struct {
			s32 handle;
			u32 mode;            /* file type once asked, 0 before */
			bool own_pos;        /* position is `pos`; otherwise the host's own */
			bool pos_known;      /* `pos` follows the host's own position */
			bool tty_known, is_tty;
			bool flags_unknown;  /* open before us, F_GETFL not asked yet */
			bool has_ahead;      /* one byte read early, to answer poll */
			u8 ahead;
			u32 dir_index;       /* next directory entry */
		} host;
		struct { struct pipe *pipe; bool is_writer; } pipe;
		struct { char *data; u32 len; u32 mode; u64 ino; } mem;   /* made when opened: /proc */
		struct { const struct device *device; } dev;
		struct { struct watch *watches; struct file *next; } epoll;
		struct { u64 count, reads, writes; bool is_semaphore; } event;
	};
};

struct file *file_new(const struct file_ops *ops, u32 flags);
static inline struct file *file_ref(struct file *f)
{
	__atomic_fetch_add(&f->refs, 1, __ATOMIC_RELAXED);
	return f;
}
void file_put(struct file *f);

static inline bool file_can_read(const struct file *f)
{
	return !(f->flags & O_PATH) && (f->flags & O_ACCMODE) != O_WRONLY;
}
static inline bool file_can_write(const struct file *f)
{
	return !(f->flags & O_PATH) && (f->flags & O_ACCMODE) != O_RDONLY;
}

/* Checked forms of the operations. */
s64 file_read(struct file *f, struct span to, s64 pos);
s64 file_write(struct file *f, struct span from, s64 pos);
int file_attr(struct file *f, struct attr *out);
int file_poll(struct file *f, int events);
/* May it be waited for at all, as epoll_ctl asks? */
bool file_can_be_polled(struct file *f);

/* Kinds. */
struct file *hostfile_new(s32 handle, u32 flags, bool inherited);
bool file_is_host(const struct file *f);
/* Find out how a file was opened that was there before us; otherwise nothing. */
void hostfile_learn_flags(struct file *f);
/* pipe(7): writes of at most that many bytes are atomic, and a pipe with room for less is full. */
enum { PIPE_BUF = 4096 };
int pipe_create(struct file *ends[2], u32 flags);
/* The size of the ring, after setting it if want >= 0. */
s64 pipe_size(struct file *f, s64 want);
/* 0 for what is no pipe. */
u64 pipe_ino(struct file *f);
/* What is no file anywhere; path: "anon_inode:[eventpoll]" and the like. */
struct file *file_new_anonymous(const struct file_ops *ops, const char *path, u32 flags);
int file_anonymous_attr(struct file *f, struct attr *out);
/* epoll.c: f is not to be watched any more. */
void epoll_forget(struct file *f);
struct file *memfile_new(char *data, u32 len, u32 flags, u32 mode, u64 ino);

#endif
