/* SPDX-License-Identifier: MIT */
/*
 * The native host: host imports as real Linux calls.  Handles are file
 * descriptors.  Errors go back as minus errno, which is the guest's too.
 */
#ifndef HOST_NATIVE_H
#define HOST_NATIVE_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "host_imports.h"

enum { HANDLE_IMAGE = 2147483646, BASE_CWD = -100, PATH_SIZE = 4097 };

/* Program memory: 4 GiB, with the guest's layout. */
extern uint8_t *mem_arena;

/* memory.c: the descriptor behind HANDLE_IMAGE. */
extern int native_image;
/* process.c: what umask was before it was cleared. */
void native_start(void);

static inline int32_t negate(int64_t result)
{
	return result < 0 ? -errno : (int32_t)result;
}

static inline int descriptor(int32_t handle)
{
	return handle == HANDLE_IMAGE ? native_image : handle;
}

/* A path argument as a C string. */
struct c_path { char text[PATH_SIZE]; };
static inline const char *c_path(struct c_path *p, const char *path, uint32_t len)
{
	if (len >= PATH_SIZE)
		len = PATH_SIZE - 1;
	memcpy(p->text, path, len);
	p->text[len] = 0;
	return p->text;
}
#define PATH(name) c_path(&(struct c_path){ { 0 } }, name, name##_len)

#endif
