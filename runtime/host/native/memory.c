/* SPDX-License-Identifier: MIT */
/*
 * Program memory, natively: an arena of 4 GiB that somebody else has mapped.
 */
#include "native.h"

int native_image = -1;

void host_copy_in(void *dst, uint32_t src, int32_t len) { memcpy(dst, mem_arena + src, (uint32_t)len); }
void host_copy_out(uint32_t dst, const void *src, int32_t len) { memcpy(mem_arena + dst, src, (uint32_t)len); }
void host_user_fill(uint32_t at, int32_t byte, int32_t len) { memset(mem_arena + at, byte, (uint32_t)len); }

void host_user_move(uint32_t dst, uint32_t src, int32_t len)
{
	memmove(mem_arena + dst, mem_arena + src, (uint32_t)len);
}

int32_t host_grow_user(int32_t pages)
{
	return pages > 65536 ? -ENOMEM : 0;
}
