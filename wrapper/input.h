/* SPDX-License-Identifier: MIT */
/*
 * Input files, or parts of them, mapped into memory.
 */
#ifndef WRAPPER_INPUT_H
#define WRAPPER_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input {
	const char *name;    /* for messages */
	int fd;              /* the file, -1: in memory only */
	uint64_t offset;     /* where in the file `data` begins */
	const uint8_t *data;
	size_t size;
};

/* Map a whole file.  0, or -1 after diag_error(). */
int input_open(struct input *in, const char *path);

/* The same for libexec's file `name`, whose absence is an error of the installation. */
int input_part(struct input *in, const char *name);

#endif
