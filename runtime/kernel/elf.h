/* SPDX-License-Identifier: MIT */
/*
 * Reading an executable's headers, every field checked, before anything of the
 * old program is given up.
 */
#ifndef KERNEL_ELF_H
#define KERNEL_ELF_H

#include "../fs/file.h"
#include "abi.h"

enum { ELF_MAX_PHDRS = 64 };
/* Images end below this: above come stack, heap and mappings. */
#define ELF_IMAGE_MAX 0xc0000000ull

struct elf_plan {
	struct elf64_phdr loads[ELF_MAX_PHDRS];   /* PT_LOAD, ascending; vaddr has the bias added */
	u32 load_count;
	u64 start, end;                           /* page-aligned extent */
	u64 entry;
	u64 phdr_va;                              /* where the program finds its headers; 0: nowhere */
	u32 phdr_count;
	bool exec_stack;
};

/* 0, or -ENOEXEC and friends with *why a phrase for people. */
int elf_plan(struct file *file, struct elf_plan *plan, const char **why);

#endif
