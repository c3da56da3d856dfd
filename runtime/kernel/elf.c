/* SPDX-License-Identifier: MIT */
/*
 * ELF headers -> a plan of what to map.  Pure checking: reads the file, changes
 * nothing.  Offsets and sizes are 64-bit and hostile; every sum is checked.
 */
#include "elf.h"

#include "mm.h"

static int reject(const char **why, int err, const char *text)
{
	*why = text;
	return err;
}

static int read_exact(struct file *file, void *to, u32 len, u64 offset)
{
	for (u32 done = 0; done < len; ) {
		s64 n = file->ops->read(file, span_kernel((u8 *)to + done, len - done), offset + done);
		if (n < 0)
			return n;
		if (!n)
			return -ENOEXEC;
		done += n;
	}
	return 0;
}

static int check_header(const struct elf64_ehdr *eh, u64 size, const char **why)
{
	static const u8 magic[4] = { 0x7f, 'E', 'L', 'F' };

	if (size < sizeof(*eh) || memcmp(eh->ident, magic, 4))
		return reject(why, -ENOEXEC, "not an ELF file");
	if (eh->ident[4] != ELFCLASS64)
		return reject(why, -ENOEXEC, "not a 64-bit ELF file");
	if (eh->ident[5] != ELFDATA2LSB)
		return reject(why, -ENOEXEC, "not little-endian");
	if (eh->ident[6] != EV_CURRENT || eh->version != EV_CURRENT)
		return reject(why, -ENOEXEC, "unknown ELF version");
	if (eh->machine != EM_AARCH64)
		return reject(why, -ENOEXEC, "not for AArch64");
	if (eh->type != ET_EXEC && eh->type != ET_DYN)
		return reject(why, -ENOEXEC, "not an executable");
	if (eh->phentsize != sizeof(struct elf64_phdr) || !eh->phnum || eh->phnum > ELF_MAX_PHDRS)
		return reject(why, -ENOEXEC, "bad number or size of program headers");
	if (eh->phoff > size || size - eh->phoff < (u64)eh->phnum * eh->phentsize)
		return reject(why, -ENOEXEC, "truncated: program headers lie outside the file");
	return 0;
}

static int check_load(const struct elf64_phdr *ph, u64 size, const char **why)
{
	u64 end;

	if (ph->filesz && (ph->offset > size || ph->filesz > size - ph->offset))
		return reject(why, -ENOEXEC, "truncated: a segment lies outside the file");
	if (ph->filesz > ph->memsz)
		return reject(why, -ENOEXEC, "a segment's file size exceeds its memory size");
	if ((ph->vaddr ^ ph->offset) & (PAGE_SIZE - 1))
		return reject(why, -ENOEXEC, "a segment's address and offset disagree within the page");
	if (__builtin_add_overflow(ph->vaddr, ph->memsz, &end) || end > ELF_IMAGE_MAX)
		return reject(why, -ENOMEM, "a segment reaches too high (the address space is 4 GiB)");
	if (ph->vaddr < CPU_IMAGE_MIN)
		return reject(why, -ENOMEM, "a segment lies below 0x10000: link it higher");
	return 0;
}

/* Where a static-pie goes: its lowest page behind the runtime's area. */
static u64 choose_bias(const struct elf64_ehdr *eh, const struct elf64_phdr *ph)
{
	if (eh->type == ET_EXEC)
		return 0;
	for (u32 i = 0; i < eh->phnum; i++)
		if (ph[i].type == PT_LOAD && ph[i].memsz)
			return CPU_AREA_SIZE - round_down(ph[i].vaddr, PAGE_SIZE);
	return CPU_AREA_SIZE;
}

static int plan_loads(struct elf_plan *plan, const struct elf64_ehdr *eh,
                      const struct elf64_phdr *ph, u64 size, const char **why)
{
	u64 bias = choose_bias(eh, ph), last = 0;
	bool has_exec = false, entry_ok = false;

	plan->entry = eh->entry + bias;
	for (u32 i = 0; i < eh->phnum; i++) {
		if (ph[i].type == PT_INTERP)
			return reject(why, -ENOEXEC, "dynamically linked; link it with -static");
		if (ph[i].type == PT_GNU_STACK)
			plan->exec_stack = ph[i].flags & PF_X;
		if (ph[i].type != PT_LOAD || !ph[i].memsz)
			continue;
		struct elf64_phdr load = ph[i];
		load.vaddr += bias;
		int err = check_load(&load, size, why);
		if (err)
			return err;
		if (load.vaddr < last)
			return reject(why, -ENOEXEC, "segments overlap or are out of order");
		last = load.vaddr + load.memsz;
		has_exec |= load.flags & PF_X;
		entry_ok |= (load.flags & PF_X) && plan->entry - load.vaddr < load.memsz;
		if (eh->phoff >= load.offset && eh->phoff - load.offset < load.filesz)
			plan->phdr_va = eh->phoff - load.offset + load.vaddr;
		plan->loads[plan->load_count++] = load;
	}
	if (!plan->load_count)
		return reject(why, -ENOEXEC, "nothing to load");
	if (!has_exec)
		return reject(why, -ENOEXEC, "no executable segment");
	if (!entry_ok || plan->entry & 3)
		return reject(why, -ENOEXEC, "the entry point is not in an executable segment");
	plan->start = round_down(plan->loads[0].vaddr, PAGE_SIZE);
	plan->end = round_up(last, PAGE_SIZE);
	if (cpu_area(plan->start) && plan->end > CPU_LOW_IMAGE_MAX)
		return reject(why, -ENOMEM, "begins below 0x400000 and reaches above 0xf000000: link it higher");
	return 0;
}

int elf_plan(struct file *file, struct elf_plan *plan, const char **why)
{
	struct elf64_ehdr eh = { 0 };
	struct elf64_phdr ph[ELF_MAX_PHDRS];
	struct attr attr;
	int err = file_attr(file, &attr);

	*why = "cannot be read";
	*plan = (struct elf_plan){ 0 };
	if (!err && attr.size >= sizeof(eh))
		err = read_exact(file, &eh, sizeof(eh), 0);
	if (!err)
		err = check_header(&eh, attr.size, why);
	if (!err)
		err = read_exact(file, ph, eh.phnum * sizeof(*ph), eh.phoff);
	if (err)
		return err;
	plan->phdr_count = eh.phnum;
	return plan_loads(plan, &eh, ph, attr.size, why);
}
