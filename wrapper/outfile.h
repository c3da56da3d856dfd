/* SPDX-License-Identifier: MIT */
/*
 * Output files: written under a passing name beside the final one, then
 * renamed, so that nobody sees a half of one.
 */
#ifndef WRAPPER_OUTFILE_H
#define WRAPPER_OUTFILE_H

#include <stdint.h>
#include <sys/types.h>

struct outfile {
	const char *path; /* the final name */
	const char *tmp;  /* what is written; `path` itself if that is a device or a pipe */
	int fd;
	uint64_t at;      /* bytes written */
};

/* All return 0, or -1 after diag_error().  `mode` is subject to the umask. */
int out_open(struct outfile *o, const char *path, mode_t mode);
int out_write(struct outfile *o, const void *data, size_t size);
int out_copy(struct outfile *o, int from, off_t offset, size_t size, const char *name);
int out_commit(struct outfile *o);

/* A file's whole content under a new name, with `mode`. */
int out_copy_file(const char *from, const char *to, mode_t mode);

#endif
