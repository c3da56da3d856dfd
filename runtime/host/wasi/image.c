/* SPDX-License-Identifier: MIT */
/*
 * The guest ELF as a file to read, while it is loaded.
 */
#include "wasi.h"

enum { HEAD = 8 };
static u64 size;             /* of the ELF */

void image_init(void)
{
	image_copy(&size, 0, HEAD);
}

s32 image_read(void *to, u32 len, s64 pos)
{
	if (pos < 0 || (u64)pos >= size)
		return 0;
	len = min_u64(len, size - pos);
	image_copy(to, HEAD + pos, len);
	return len;
}

s32 image_stat(u64 *out)
{
	put_stat(out, &(struct wasi_filestat){ .filetype = WASI_REGULAR_FILE, .nlink = 1, .size = size });
	return 0;
}
