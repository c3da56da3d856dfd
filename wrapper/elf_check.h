/* SPDX-License-Identifier: MIT */
/*
 * Is a file a program that we can carry?
 */
#ifndef WRAPPER_ELF_CHECK_H
#define WRAPPER_ELF_CHECK_H

#include <stddef.h>
#include <stdint.h>

enum elf_kind {
	ELF_PROGRAM, /* a static AArch64 executable within the addresses we have */
	ELF_OTHER,   /* no executable: an object, a library, no ELF at all */
	ELF_BAD,     /* an executable that cannot become one of ours */
};

/* Every field is checked against `size`.  `why` (of `room` bytes) says what is wrong unless it is ELF_PROGRAM. */
enum elf_kind elf_check(const uint8_t *data, size_t size, char *why, size_t room);

/* Files of libexec for an ELF_PROGRAM: what runs it, and the runtime for WASI engines (runtime/cpu/cpu.h: the area). */
const char *elf_cpu_module(const uint8_t *data);
const char *elf_wasi_module(const uint8_t *data);

#endif
