/* SPDX-License-Identifier: MIT */
/*
 * Packs a program: the stub, the bundle over the stub's placeholder, then the
 * stub's section headers again, so that strip and objcopy see an ordinary ELF.
 */
#include "pack.h"

#include <elf.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "bundle.h"
#include "diag.h"
#include "elf_check.h"
#include "outfile.h"
#include "paths.h"
#include "slim.h"

#define GUEST "guest.elf"

static uint64_t bundle_align(uint64_t n)
{
	return (n + BUNDLE_ALIGN - 1) & -(uint64_t)BUNDLE_ALIGN;
}

/* The stub's headers with room for a bundle of `size` bytes made. */
struct head {
	uint8_t *stub;
	uint64_t bundle;      /* where the bundle begins */
	uint64_t tail, tail_size; /* what followed the placeholder: names of sections */
	Elf64_Shdr *sh;
	unsigned n;
};

static int head_make(struct head *h, const struct input *stub, uint64_t size)
{
	h->stub = memcpy(mem_alloc(stub->size), stub->data, stub->size);
	Elf64_Ehdr *eh = (Elf64_Ehdr *)h->stub;
	Elf64_Phdr *ph = (Elf64_Phdr *)(h->stub + sizeof *eh);
	uint64_t placeholder = 0;

	for (unsigned i = 0; i < eh->e_phnum; i++, ph++)
		if (ph->p_vaddr == BUNDLE_VA) {
			h->bundle = ph->p_offset;
			placeholder = ph->p_filesz;
			ph->p_filesz = ph->p_memsz = size;
		}
	if (!h->bundle)
		return diag_error("%s is no stub of this toolchain", stub->name);
	h->tail = h->bundle + placeholder;
	h->tail_size = eh->e_shoff - h->tail;
	h->sh = (Elf64_Shdr *)(h->stub + eh->e_shoff);
	h->n = eh->e_shnum;
	for (unsigned i = 0; i < h->n; i++) {
		if (h->sh[i].sh_offset >= h->tail)
			h->sh[i].sh_offset += size - placeholder;
		if (h->sh[i].sh_addr == BUNDLE_VA)
			h->sh[i].sh_size = size;
	}
	/* h->sh stays aligned: size is a multiple of BUNDLE_ALIGN. */
	eh->e_shoff += size - placeholder;
	return 0;
}

static bool is_guest(const struct piece *p)
{
	return !strcmp(p->name, GUEST);
}

static int write_bundle(struct outfile *o, const struct pieces *p, const struct bundle_entry *entry, uint64_t size)
{
	static const char zeros[BUNDLE_ALIGN];
	struct bundle_header head = { .count = p->n };
	uint64_t base = o->at;

	memcpy(head.magic, BUNDLE_MAGIC, sizeof head.magic);
	int err = out_write(o, &head, sizeof head) || out_write(o, entry, p->n * sizeof *entry);
	for (unsigned i = 0; i < p->n && !err; i++) {
		const struct input *in = &p->piece[i].in;

		err = out_write(o, zeros, base + entry[i].offset - o->at) ||
		      (in->fd < 0                ? out_write(o, in->data, in->size)
		       : is_guest(&p->piece[i]) ? slim_write(o, in)
						 : out_copy(o, in->fd, in->offset, in->size, in->name));
	}
	return err || out_write(o, zeros, base + size - o->at) ? -1 : 0;
}

int pack_program(const char *out, const struct pieces *p)
{
	struct bundle_entry entry[MAX_PIECES] = { 0 };
	uint64_t size = bundle_align(sizeof(struct bundle_header) + p->n * sizeof *entry);
	struct input stub;
	struct head head = { 0 };
	struct outfile o;

	for (unsigned i = 0; i < p->n; i++) {
		strncpy(entry[i].name, p->piece[i].name, sizeof entry[i].name - 1);
		entry[i].offset = size;
		entry[i].size = is_guest(&p->piece[i]) ? slim_size(&p->piece[i].in) : p->piece[i].in.size;
		size = bundle_align(size + entry[i].size);
	}
	if (input_part(&stub, "stub") || head_make(&head, &stub, size) || out_open(&o, out, 0777) ||
	    out_write(&o, head.stub, head.bundle) || write_bundle(&o, p, entry, size) ||
	    out_write(&o, head.stub + head.tail, head.tail_size) || out_write(&o, head.sh, head.n * sizeof *head.sh))
		return -1;
	return out_commit(&o);
}

static void add(struct pieces *p, const char *name, const struct input *in)
{
	p->piece[p->n++] = (struct piece){ name, *in };
}

int pack_collect(struct pieces *p, const struct input *elf, const struct input *wasm)
{
	/* boot.js is the first entry, V8's code for it the second if it was made: start.js relies on it. */
	static const char *const runtime[] = { "boot.js", "kernel.wasm", "cpu.wasm" };
	const char *const file[] = { runtime[0], runtime[1], elf_cpu_module(elf->data) };
	const char *node = path_node();

	for (int i = 0; i < 3; i++) {
		struct input in;

		if (input_part(&in, file[i]))
			return -1;
		add(p, runtime[i], &in);
		if (i == 0 && !access(path_libexec("boot.cache"), R_OK)) {
			if (input_part(&in, "boot.cache"))
				return -1;
			add(p, "boot.cache", &in);
		}
	}
	if (wasm)
		add(p, "program.wasm", wasm);
	add(p, GUEST, elf);
	if (node && node[0] == '/') /* where the program looks for it first, with its NUL */
		add(p, "node", &(struct input){ .fd = -1, .data = (const uint8_t *)node, .size = strlen(node) + 1 });
	return 0;
}

static const Elf64_Phdr *find_bundle(const struct input *in)
{
	const Elf64_Ehdr *eh = (const Elf64_Ehdr *)in->data;

	if (in->size < sizeof *eh || memcmp(eh->e_ident, ELFMAG, SELFMAG) || eh->e_machine != EM_X86_64 ||
	    eh->e_phoff % 8 || eh->e_phoff > in->size || (in->size - eh->e_phoff) / sizeof(Elf64_Phdr) < eh->e_phnum)
		return NULL;
	const Elf64_Phdr *ph = (const Elf64_Phdr *)(in->data + eh->e_phoff);
	for (unsigned i = 0; i < eh->e_phnum; i++)
		if (ph[i].p_type == PT_LOAD && ph[i].p_filesz >= sizeof(struct bundle_header) &&
		    ph[i].p_offset <= in->size && in->size - ph[i].p_offset >= ph[i].p_filesz &&
		    !memcmp(in->data + ph[i].p_offset, BUNDLE_MAGIC, 8))
			return &ph[i];
	return NULL;
}

bool pack_read(struct pieces *p, const struct input *in)
{
	const Elf64_Phdr *ph = find_bundle(in);

	p->n = 0;
	if (!ph)
		return false;
	const struct bundle_header *b = (const struct bundle_header *)(in->data + ph->p_offset);
	if (b->count > MAX_PIECES || sizeof *b + b->count * sizeof *b->entry > ph->p_filesz)
		return false;
	for (unsigned i = 0; i < b->count; i++) {
		struct bundle_entry e;

		memcpy(&e, &b->entry[i], sizeof e);
		if (e.offset > ph->p_filesz || ph->p_filesz - e.offset < e.size || e.name[sizeof e.name - 1])
			return false;
		add(p, b->entry[i].name, &(struct input){ .name = in->name, .fd = in->fd, .offset = ph->p_offset + e.offset,
						 .data = (const uint8_t *)b + e.offset, .size = e.size });
	}
	return pack_find(p, GUEST);
}

struct piece *pack_find(struct pieces *p, const char *name)
{
	for (unsigned i = 0; i < p->n; i++)
		if (!strcmp(p->piece[i].name, name))
			return &p->piece[i];
	return NULL;
}
