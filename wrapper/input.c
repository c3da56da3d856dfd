/* SPDX-License-Identifier: MIT */
/*
 * Maps input files.  Descriptors and mappings stay until the tool ends.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "diag.h"
#include "paths.h"

int input_open(struct input *in, const char *path)
{
	struct stat st;

	*in = (struct input){ .name = path, .fd = open(path, O_RDONLY | O_CLOEXEC), .data = (const uint8_t *)"" };
	if (in->fd < 0 || fstat(in->fd, &st))
		return diag_error("cannot read %s: %m", path);
	if (!S_ISREG(st.st_mode))
		return diag_error("cannot read %s: %s", path, S_ISDIR(st.st_mode) ? strerror(EISDIR) : "not a regular file");
	in->size = st.st_size;
	if (in->size && (in->data = mmap(NULL, in->size, PROT_READ, MAP_PRIVATE, in->fd, 0)) == MAP_FAILED)
		return diag_error("cannot read %s: %m", path);
	return 0;
}

int input_part(struct input *in, const char *name)
{
	const char *path = path_libexec(name);
	struct stat st;

	if (stat(path, &st))
		return diag_error("%s: %m (a part of this toolchain; build or install it again)", path);
	return input_open(in, path);
}
