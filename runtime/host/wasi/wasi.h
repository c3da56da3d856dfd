/* SPDX-License-Identifier: MIT */
/*
 * The WASI host: rows of imports.tab on WASI preview 1, in C, for x.wasm.
 *
 * Kernel, interpreter, lifted program and host are one module with one memory
 * (layout: CMakeLists.txt).  Handles are WASI's descriptors; the kernel's
 * memory and the program's are reached by the same addresses.
 */
#ifndef HOST_WASI_H
#define HOST_WASI_H

#include "host_imports.h"
#include "preview1.h"
#include "runtime/kernel/lib.h"

enum { HANDLE_IMAGE = 2147483646, BASE_CWD = -100 };

/* errors.c: minus the Linux errno of a WASI error; 0 stays 0. */
s32 negated(s32 wasi_error);

/* paths.c: where a path leads: a descriptor to ask, and a path below it (never empty). */
struct where {
	wasi_fd dir;
	const char *path;
	u32 len;
	char *owned;                 /* what where_done() frees */
};
s32 where_find(struct where *w, s32 base, const char *path, u32 len);
void where_done(struct where *w);

/* Takes the preopened directories; `pwd`: where the caller says it is, or NULL. */
void paths_init(const char *pwd);
/* Where the program starts. */
const char *paths_cwd(void);
/* What a new handle is called, if it is a directory; and its end. */
void paths_opened(wasi_fd fd, s32 base, const char *path, u32 len);
void paths_closed(wasi_fd fd);

/* files.c: struct host_stat of imports.tab. */
void put_stat(u64 *out, const struct wasi_filestat *st);
/* The mode that all files of a type have: WASI keeps none. */
u32 fixed_mode(u8 filetype);

/* unwind.c: runs the program from cpu->pc to its end. */
_Noreturn void host_unwind(void);

/* image.S: the guest ELF, a passive data segment of the module: its size (u64), then its bytes. */
void image_copy(void *to, u32 offset, u32 len);
void image_drop(void);
/* image.c */
void image_init(void);
s32 image_read(void *to, u32 len, s64 pos);
s32 image_stat(u64 *out);

#endif
