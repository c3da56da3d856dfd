/* SPDX-License-Identifier: MIT */
/*
 * Leaves out the debug sections of an ELF file.
 *
 * Section numbers must stay (symbols name them), so a dropped section's header
 * becomes an empty SHT_NULL one; the other sections that are not loaded move
 * together behind the last loaded byte, then come the headers.  A file whose
 * section headers make no sense is taken as it is: programs run without them.
 */
#include "slim.h"

#include <elf.h>
#include <stdbool.h>
#include <string.h>

#include "args.h"

struct layout {
	uint64_t loaded_end; /* the file's first part stays as it is */
	Elf64_Shdr *sh;      /* with the new offsets, NULL: the whole file is kept */
	const Elf64_Shdr *old;
	unsigned n;
	uint64_t shoff, size; /* of the new file */
};

static uint64_t align8(uint64_t n)
{
	return (n + 7) & ~7ull;
}

static bool is_debug(const char *name)
{
	return starts_with(name, ".debug") || starts_with(name, ".zdebug") || starts_with(name, ".gdb_index");
}

static bool in_memory_or_empty(const Elf64_Shdr *sh)
{
	return sh->sh_flags & SHF_ALLOC || sh->sh_type == SHT_NULL || sh->sh_type == SHT_NOBITS;
}

/* The end of everything that program headers show; the ELF was checked to be a program. */
static uint64_t loaded_end(const uint8_t *data, const Elf64_Ehdr *eh)
{
	uint64_t end = eh->e_phoff + eh->e_phnum * sizeof(Elf64_Phdr);

	if (end < sizeof *eh)
		end = sizeof *eh; /* program headers within the header itself: odd, not forbidden */
	for (unsigned i = 0; i < eh->e_phnum; i++) {
		Elf64_Phdr ph;

		memcpy(&ph, data + eh->e_phoff + i * sizeof ph, sizeof ph);
		if (ph.p_type == PT_LOAD && ph.p_offset + ph.p_filesz > end)
			end = ph.p_offset + ph.p_filesz;
	}
	return end;
}

static struct layout plan_layout(const uint8_t *data, size_t size)
{
	struct layout whole = { .size = size }, l = { 0 };
	Elf64_Ehdr eh;
	bool dropped = false;

	memcpy(&eh, data, sizeof eh);
	if (!eh.e_shnum || eh.e_shentsize != sizeof *l.sh || eh.e_shoff > size ||
	    (size - eh.e_shoff) / sizeof *l.sh < eh.e_shnum || eh.e_shstrndx >= eh.e_shnum)
		return whole;
	l.n = eh.e_shnum;
	l.sh = mem_alloc(2 * l.n * sizeof *l.sh);
	memcpy(l.sh, data + eh.e_shoff, l.n * sizeof *l.sh);
	l.old = memcpy(l.sh + l.n, l.sh, l.n * sizeof *l.sh);
	l.loaded_end = loaded_end(data, &eh);

	const Elf64_Shdr *names = &l.old[eh.e_shstrndx];
	uint64_t at = align8(l.loaded_end);
	for (unsigned i = 0; i < l.n; i++) {
		Elf64_Shdr *sh = &l.sh[i];

		if (in_memory_or_empty(sh))
			continue;
		if (sh->sh_offset > size || size - sh->sh_offset < sh->sh_size ||
		    sh->sh_name >= names->sh_size || names->sh_offset > size || size - names->sh_offset < names->sh_size ||
		    data[names->sh_offset + names->sh_size - 1])
			return whole;
		if (is_debug((const char *)data + names->sh_offset + sh->sh_name)) {
			*sh = (Elf64_Shdr){ .sh_name = sh->sh_name };
			dropped = true;
			continue;
		}
		sh->sh_offset = at;
		at = align8(at + sh->sh_size);
	}
	l.shoff = at;
	l.size = at + l.n * sizeof *l.sh;
	return dropped && l.size < size && l.loaded_end <= size ? l : whole;
}

uint64_t slim_size(const struct input *elf)
{
	return plan_layout(elf->data, elf->size).size;
}

static int copy_part(struct outfile *o, const struct input *elf, uint64_t offset, uint64_t size)
{
	return out_copy(o, elf->fd, elf->offset + offset, size, elf->name);
}

int slim_write(struct outfile *o, const struct input *elf)
{
	static const char zeros[8];
	struct layout l = plan_layout(elf->data, elf->size);
	uint64_t base = o->at;
	Elf64_Ehdr eh;

	if (!l.sh)
		return copy_part(o, elf, 0, elf->size);
	memcpy(&eh, elf->data, sizeof eh);
	eh.e_shoff = l.shoff;
	if (out_write(o, &eh, sizeof eh) || copy_part(o, elf, sizeof eh, l.loaded_end - sizeof eh))
		return -1;
	for (unsigned i = 0; i < l.n; i++) {
		const Elf64_Shdr *sh = &l.sh[i];

		if (in_memory_or_empty(sh))
			continue;
		if (out_write(o, zeros, base + sh->sh_offset - o->at) || copy_part(o, elf, l.old[i].sh_offset, sh->sh_size))
			return -1;
	}
	if (out_write(o, zeros, base + l.shoff - o->at))
		return -1;
	return out_write(o, l.sh, l.n * sizeof *l.sh);
}
