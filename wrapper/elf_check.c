/* SPDX-License-Identifier: MIT */
/*
 * Checks an ELF file before anything is made of it.
 *
 * Only what all later steps take for granted: the lifter and the kernel have
 * their own checks of what they read beyond.
 */
#include "elf_check.h"

#include <elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runtime/cpu/cpu.h"

static const uint64_t HIGHEST = 0x100000000; /* wasm memory ends there */

struct verdict {
	enum elf_kind kind;
	char *why;
	size_t room;
};

#define SAY(v, k, ...) ((v)->kind = (k), snprintf((v)->why, (v)->room, __VA_ARGS__), false)

/* Linux reads nothing of a segment that is all zeroes: it may be said to begin behind the file's end. */
static bool is_outside(const Elf64_Phdr *ph, size_t size)
{
	return ph->p_filesz && (ph->p_offset > size || size - ph->p_offset < ph->p_filesz);
}

/* Does a segment of it lie outside the file? */
static bool is_cut(const uint8_t *data, const Elf64_Ehdr *eh, size_t size)
{
	if (eh->e_phentsize != sizeof(Elf64_Phdr) || eh->e_phoff > size || (size - eh->e_phoff) / sizeof(Elf64_Phdr) < eh->e_phnum)
		return true;
	for (unsigned i = 0; i < eh->e_phnum; i++) {
		Elf64_Phdr ph;

		memcpy(&ph, data + eh->e_phoff + i * sizeof ph, sizeof ph);
		if (is_outside(&ph, size))
			return true;
	}
	return false;
}

static bool check_machine(struct verdict *v, const uint8_t *data, const Elf64_Ehdr *eh, size_t size)
{
	const char *cut = is_cut(data, eh, size) ? ", and truncated" : "";

	if (eh->e_machine == EM_AARCH64)
		return true;
	if (eh->e_machine == EM_X86_64)
		return SAY(v, ELF_BAD, "an ELF file for x86-64, not AArch64%s", cut);
	return SAY(v, ELF_BAD, "an ELF file for machine %u, not AArch64 (%u)%s", eh->e_machine, EM_AARCH64, cut);
}

static bool check_header(struct verdict *v, const uint8_t *data, const Elf64_Ehdr *eh, size_t size)
{
	if (size < EI_NIDENT || memcmp(eh->e_ident, ELFMAG, SELFMAG))
		return SAY(v, ELF_OTHER, "not an ELF file");
	if (eh->e_ident[EI_CLASS] != ELFCLASS64)
		return SAY(v, ELF_BAD, "a 32-bit ELF file, not AArch64");
	if (eh->e_ident[EI_DATA] != ELFDATA2LSB)
		return SAY(v, ELF_BAD, "a big-endian ELF file");
	if (size < sizeof *eh)
		return SAY(v, ELF_BAD, "truncated: the file ends within its ELF header");
	if (!check_machine(v, data, eh, size))
		return false;
	if (eh->e_type == ET_REL)
		return SAY(v, ELF_OTHER, "an object file: link it first");
	if (eh->e_type != ET_EXEC && eh->e_type != ET_DYN)
		return SAY(v, ELF_BAD, "ELF type %u is no executable", eh->e_type);
	if (!eh->e_phnum || eh->e_phentsize != sizeof(Elf64_Phdr))
		return SAY(v, ELF_BAD, "no program headers");
	if (eh->e_phoff > size || (size - eh->e_phoff) / sizeof(Elf64_Phdr) < eh->e_phnum)
		return SAY(v, ELF_BAD, "truncated: program headers lie outside the file");
	return true;
}

static bool check_load(struct verdict *v, const Elf64_Phdr *ph, uint64_t bias, size_t size)
{
	uint64_t start = ph->p_vaddr + bias;

	if (is_outside(ph, size))
		return SAY(v, ELF_BAD, "truncated: the segment at 0x%llx lies outside the file", (long long)ph->p_vaddr);
	if (ph->p_filesz > ph->p_memsz)
		return SAY(v, ELF_BAD, "the segment at 0x%llx is longer in the file than in memory", (long long)ph->p_vaddr);
	if (start < CPU_IMAGE_MIN || ph->p_vaddr > start)
		return SAY(v, ELF_BAD, "a segment at 0x%llx, below 0x%x: link it higher", (long long)ph->p_vaddr, CPU_IMAGE_MIN);
	if (start >= HIGHEST || HIGHEST - start < ph->p_memsz)
		return SAY(v, ELF_BAD, "the segment at 0x%llx reaches above 4 GiB", (long long)ph->p_vaddr);
	return true;
}

static bool is_pie(const uint8_t *data, const Elf64_Phdr *dynamic)
{
	for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= dynamic->p_filesz; at += sizeof(Elf64_Dyn)) {
		Elf64_Dyn d;

		memcpy(&d, data + dynamic->p_offset + at, sizeof d);
		if (d.d_tag == DT_FLAGS_1)
			return d.d_un.d_val & DF_1_PIE;
	}
	return false;
}

static bool check_segments(struct verdict *v, const uint8_t *data, const Elf64_Ehdr *eh, size_t size)
{
	bool executable = false, pie = false;
	uint64_t start = 0, end = 0;

	for (unsigned i = 0; i < eh->e_phnum; i++) {
		Elf64_Phdr ph;

		memcpy(&ph, data + eh->e_phoff + i * sizeof ph, sizeof ph);
		bool inside = ph.p_offset <= size && size - ph.p_offset >= ph.p_filesz;
		if (ph.p_type == PT_INTERP)
			return SAY(v, ELF_BAD, "dynamically linked (it wants %.*s): link it with -static",
				   inside ? (int)strnlen((const char *)data + ph.p_offset, ph.p_filesz > 200 ? 200 : ph.p_filesz) : 0,
				   inside ? (const char *)data + ph.p_offset : "");
		if (ph.p_type == PT_DYNAMIC && inside)
			pie = is_pie(data, &ph);
		if (ph.p_type != PT_LOAD || !ph.p_memsz)
			continue;
		if (!check_load(v, &ph, eh->e_type == ET_DYN ? CPU_AREA_SIZE : 0, size))
			return false;
		if (ph.p_vaddr < end)
			return SAY(v, ELF_BAD, "the segment at 0x%llx overlaps the one before it", (long long)ph.p_vaddr);
		start = end ? start : ph.p_vaddr;
		end = ph.p_vaddr + ph.p_memsz;
		executable |= ph.p_flags & PF_X;
	}
	if (eh->e_type == ET_DYN && !pie)
		return SAY(v, ELF_OTHER, "a shared library");
	if (eh->e_type == ET_EXEC && cpu_area(start) && end > CPU_LOW_IMAGE_MAX)
		return SAY(v, ELF_BAD, "it begins below 0x%x and reaches above 0x%x: link it higher", CPU_AREA_SIZE, CPU_LOW_IMAGE_MAX);
	if (!executable)
		return SAY(v, ELF_BAD, "no executable segment");
	return true;
}

static bool is_low(const uint8_t *data)
{
	Elf64_Ehdr eh;
	Elf64_Phdr ph;

	memcpy(&eh, data, sizeof eh);
	for (unsigned i = 0; i < eh.e_phnum && eh.e_type == ET_EXEC; i++) {
		memcpy(&ph, data + eh.e_phoff + i * sizeof ph, sizeof ph);
		if (ph.p_type == PT_LOAD && ph.p_memsz)
			return cpu_area(ph.p_vaddr);
	}
	return false;
}

const char *elf_cpu_module(const uint8_t *data) { return is_low(data) ? "cpu-high.wasm" : "cpu.wasm"; }
const char *elf_wasi_module(const uint8_t *data) { return is_low(data) ? "wasi-high.wasm" : "wasi.wasm"; }

enum elf_kind elf_check(const uint8_t *data, size_t size, char *why, size_t room)
{
	struct verdict v = { ELF_PROGRAM, why, room };
	Elf64_Ehdr eh = { 0 };

	memcpy(&eh, data, size < sizeof eh ? size : sizeof eh);
	if (check_header(&v, data, &eh, size))
		check_segments(&v, data, &eh, size);
	return v.kind;
}
