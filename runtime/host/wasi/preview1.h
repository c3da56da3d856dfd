/* SPDX-License-Identifier: MIT */
/*
 * WASI preview 1 as far as the host uses it: functions by the names and with
 * the layouts of its witx files.  All return an error number of WASI's own;
 * errors.c knows Linux's for it.
 */
#ifndef HOST_WASI_PREVIEW1_H
#define HOST_WASI_PREVIEW1_H

#include <stdint.h>

typedef uint32_t wasi_fd;

/* __wasi_<name>, imported as wasi_snapshot_preview1.<name>. */
#define WASI(name, ...) \
	__attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) int32_t wasi_##name(__VA_ARGS__)

enum {
	WASI_ESUCCESS = 0, WASI_EBADF = 8, WASI_EEXIST = 20, WASI_EINVAL = 28, WASI_ENOSYS = 52, WASI_ENOTCAPABLE = 76,
};
enum { WASI_REALTIME, WASI_MONOTONIC, WASI_PROCESS_CPUTIME };
enum wasi_filetype {
	WASI_UNKNOWN, WASI_BLOCK_DEVICE, WASI_CHARACTER_DEVICE, WASI_DIRECTORY, WASI_REGULAR_FILE,
	WASI_SOCKET_DGRAM, WASI_SOCKET_STREAM, WASI_SYMBOLIC_LINK,
};
enum { WASI_LOOKUP_FOLLOW = 1 };
enum { WASI_O_CREAT = 1, WASI_O_DIRECTORY = 2, WASI_O_EXCL = 4, WASI_O_TRUNC = 8 };
enum { WASI_FD_APPEND = 1, WASI_FD_DSYNC = 2, WASI_FD_NONBLOCK = 4, WASI_FD_RSYNC = 8, WASI_FD_SYNC = 16 };
enum { WASI_SET_ATIME = 1, WASI_SET_MTIME = 4 };
enum {
	WASI_RIGHT_DATASYNC = 1 << 0, WASI_RIGHT_READ = 1 << 1, WASI_RIGHT_SEEK = 1 << 2, WASI_RIGHT_TELL = 1 << 5,
	WASI_RIGHT_WRITE = 1 << 6, WASI_RIGHT_ALLOCATE = 1 << 8, WASI_RIGHT_READDIR = 1 << 14,
	WASI_RIGHT_SET_SIZE = 1 << 22,
};
enum { WASI_EVENT_CLOCK, WASI_EVENT_READ, WASI_EVENT_WRITE };

struct wasi_iovec { uint32_t at, size; };

struct wasi_filestat {
	uint64_t dev, ino;
	uint8_t filetype;
	uint64_t nlink, size, atim, mtim, ctim;
};

struct wasi_fdstat {
	uint8_t filetype;
	uint16_t flags;
	uint64_t rights, inheriting;
};

struct wasi_prestat { uint32_t tag, name_len; };   /* tag 0: a directory */

struct wasi_dirent {
	uint64_t next, ino;
	uint32_t namelen;
	uint8_t type;
};

struct wasi_subscription {
	uint64_t userdata;
	uint8_t tag;                       /* WASI_EVENT_* */
	union {
		struct { uint32_t id; uint64_t timeout, precision; uint16_t flags; } clock;
		struct { wasi_fd fd; } file;
	};
};

struct wasi_event {
	uint64_t userdata;
	uint16_t error;
	uint8_t type;
	struct { uint64_t nbytes; uint16_t flags; } file;   /* flags 1: hung up */
};

_Static_assert(sizeof(struct wasi_filestat) == 64, "witx");
_Static_assert(sizeof(struct wasi_fdstat) == 24, "witx");
_Static_assert(sizeof(struct wasi_dirent) == 24, "witx");
_Static_assert(sizeof(struct wasi_subscription) == 48, "witx");
_Static_assert(sizeof(struct wasi_event) == 32, "witx");

WASI(args_get, uint32_t *argv, char *words);
WASI(args_sizes_get, uint32_t *count, uint32_t *bytes);
WASI(environ_get, uint32_t *env, char *words);
WASI(environ_sizes_get, uint32_t *count, uint32_t *bytes);
WASI(clock_time_get, uint32_t id, uint64_t precision, uint64_t *time);
WASI(random_get, void *buf, uint32_t len);
WASI(poll_oneoff, const struct wasi_subscription *in, struct wasi_event *out, uint32_t n, uint32_t *events);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) _Noreturn void wasi_proc_exit(uint32_t status);

WASI(fd_close, wasi_fd fd);
WASI(fd_datasync, wasi_fd fd);
WASI(fd_fdstat_get, wasi_fd fd, struct wasi_fdstat *out);
WASI(fd_filestat_get, wasi_fd fd, struct wasi_filestat *out);
WASI(fd_filestat_set_size, wasi_fd fd, uint64_t size);
WASI(fd_filestat_set_times, wasi_fd fd, uint64_t atim, uint64_t mtim, uint32_t which);
WASI(fd_pread, wasi_fd fd, const struct wasi_iovec *to, uint32_t n, uint64_t pos, uint32_t *done);
WASI(fd_prestat_dir_name, wasi_fd fd, char *name, uint32_t len);
WASI(fd_prestat_get, wasi_fd fd, struct wasi_prestat *out);
WASI(fd_pwrite, wasi_fd fd, const struct wasi_iovec *from, uint32_t n, uint64_t pos, uint32_t *done);
WASI(fd_read, wasi_fd fd, const struct wasi_iovec *to, uint32_t n, uint32_t *done);
WASI(fd_readdir, wasi_fd fd, void *buf, uint32_t cap, uint64_t cookie, uint32_t *used);
WASI(fd_seek, wasi_fd fd, int64_t off, uint32_t whence, uint64_t *pos);
WASI(fd_sync, wasi_fd fd);
WASI(fd_write, wasi_fd fd, const struct wasi_iovec *from, uint32_t n, uint32_t *done);

WASI(path_create_directory, wasi_fd dir, const char *path, uint32_t len);
WASI(path_filestat_get, wasi_fd dir, uint32_t lookup, const char *path, uint32_t len, struct wasi_filestat *out);
WASI(path_filestat_set_times, wasi_fd dir, uint32_t lookup, const char *path, uint32_t len, uint64_t atim, uint64_t mtim, uint32_t which);
WASI(path_link, wasi_fd from_dir, uint32_t lookup, const char *from, uint32_t from_len, wasi_fd dir, const char *path, uint32_t len);
WASI(path_open, wasi_fd dir, uint32_t lookup, const char *path, uint32_t len, uint32_t oflags, uint64_t rights, uint64_t inheriting, uint32_t fdflags, wasi_fd *out);
WASI(path_readlink, wasi_fd dir, const char *path, uint32_t len, char *buf, uint32_t cap, uint32_t *used);
WASI(path_remove_directory, wasi_fd dir, const char *path, uint32_t len);
WASI(path_rename, wasi_fd from_dir, const char *from, uint32_t from_len, wasi_fd dir, const char *path, uint32_t len);
WASI(path_symlink, const char *target, uint32_t target_len, wasi_fd dir, const char *path, uint32_t len);
WASI(path_unlink_file, wasi_fd dir, const char *path, uint32_t len);

#endif
