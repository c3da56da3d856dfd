/* SPDX-License-Identifier: MIT */
/*
 * Reading the guest ELF with libelf.  What Linux would refuse, and what we
 * cannot place in a 32-bit memory, ends here with one clear line.
 */
#include "lifter/image.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lifter/gopclntab.h"
#include "runtime/cpu/cpu.h"

enum { PIE_BASE = CPU_AREA_SIZE, SECTION_RELR = 19, TEXT_MAX = (CPU_OTHER_DATA - CPU_LIFTED_DATA) * 8 * 4 };
static const u64 va_limit = 1ull << 32;

static void map_file(struct image *img, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st))
		diag_fatal("%s: %s", img->name, strerror(errno));
	if (!S_ISREG(st.st_mode))
		diag_fatal("%s: not a regular file", img->name);
	if (st.st_size < EI_NIDENT)
		diag_fatal("%s: not an ELF file (%lld bytes)", img->name, (long long)st.st_size);
	img->size = st.st_size;
	void *p = mmap(NULL, img->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		diag_fatal("%s: cannot map: %s", img->name, strerror(errno));
	close(fd);
	img->bytes = p;
}

static void check_header(const struct image *img, const GElf_Ehdr *eh)
{
	if (eh->e_ident[EI_CLASS] != ELFCLASS64)
		diag_fatal("%s: a 32-bit ELF file; only AArch64 (64-bit) programs can be lifted", img->name);
	if (eh->e_machine != EM_AARCH64)
		diag_fatal("%s: built for machine %u, not AArch64 (%u)", img->name, eh->e_machine, EM_AARCH64);
	if (eh->e_ident[EI_DATA] != ELFDATA2LSB)
		diag_fatal("%s: big-endian; only little-endian AArch64 can be lifted", img->name);
	if (eh->e_type == ET_REL)
		diag_fatal("%s: an object file; link it first", img->name);
	if (eh->e_type != ET_EXEC && eh->e_type != ET_DYN)
		diag_fatal("%s: not an executable (ELF type %u)", img->name, eh->e_type);
}

static void add_segment(struct image *img, const GElf_Phdr *ph)
{
	u64 va = ph->p_vaddr + img->bias;

	if (!ph->p_memsz)
		return;
	if (ph->p_filesz > ph->p_memsz || (ph->p_filesz && (ph->p_offset > img->size || ph->p_filesz > img->size - ph->p_offset)))
		diag_fatal("%s: truncated: the segment at %#llx needs %llu bytes at offset %llu, the file has %zu", img->name,
			   (unsigned long long)va, (unsigned long long)ph->p_filesz, (unsigned long long)ph->p_offset, img->size);
	if (va >= va_limit || ph->p_memsz > va_limit - va)
		diag_fatal("%s: the segment at %#llx ends above 4 GiB; link it lower (-Wl,-Ttext-segment=0x400000)", img->name,
			   (unsigned long long)va);
	if (va < CPU_IMAGE_MIN)
		diag_fatal("%s: the segment at %#llx lies below %#x; link it higher (-Wl,-Ttext-segment=0x400000)",
			   img->name, (unsigned long long)va, CPU_IMAGE_MIN);
	if (img->area && va + ph->p_memsz > CPU_LOW_IMAGE_MAX)
		diag_fatal("%s: the segment at %#llx reaches above %#x, the program begins below %#x; link it higher (-Wl,-Ttext-segment=0x400000)",
			   img->name, (unsigned long long)va, CPU_LOW_IMAGE_MAX, CPU_AREA_SIZE);
	for (u32 i = 0; i < img->segments.count; i++) {
		const struct segment *s = &img->segments.at[i];
		if (va < s->va + s->memsz && s->va < va + ph->p_memsz)
			diag_fatal("%s: the segments at %#llx and %#llx overlap", img->name, (unsigned long long)s->va,
				   (unsigned long long)va);
	}
	list_push(&img->segments, (struct segment){ va, ph->p_filesz, ph->p_memsz, img->bytes + (ph->p_filesz ? ph->p_offset : 0), ph->p_flags });
}

static void read_segments(struct image *img, Elf *elf, const GElf_Ehdr *eh)
{
	size_t count;
	u64 lowest = ~0ull;
	GElf_Phdr ph;

	if (elf_getphdrnum(elf, &count) || !count)
		diag_fatal("%s: no program headers: not an executable", img->name);
	for (size_t i = 0; i < count; i++) {
		if (!gelf_getphdr(elf, i, &ph))
			diag_fatal("%s: truncated: program header %zu is not in the file", img->name, i);
		if (ph.p_type == PT_INTERP)
			diag_fatal("%s: dynamically linked; only static programs can be lifted (link with -static)", img->name);
		if (ph.p_type == PT_GNU_RELRO) {
			img->relro_lo = ph.p_vaddr;
			img->relro_hi = ph.p_vaddr + ph.p_memsz;
		}
		if (ph.p_type == PT_LOAD && ph.p_memsz && ph.p_vaddr < lowest)
			lowest = ph.p_vaddr;
	}
	if (eh->e_type == ET_DYN && lowest != ~0ull)
		img->bias = PIE_BASE - (lowest & ~0xfffull);
	img->area = cpu_area(lowest + img->bias);
	img->relro_lo += img->bias;
	img->relro_hi += img->bias;
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(elf, i, &ph) && ph.p_type == PT_LOAD)
			add_segment(img, &ph);
}

/* The one whose bytes in the file hold va, or NULL. */
static const struct segment *segment_at(const struct image *img, u64 va)
{
	for (u32 i = 0; i < img->segments.count; i++) {
		const struct segment *s = &img->segments.at[i];
		if (va >= s->va && va - s->va < s->filesz)
			return s;
	}
	return NULL;
}

static void add_code(struct image *img, u64 va, u64 end)
{
	va = (va + 3) & ~3ull;
	end &= ~3ull;
	if (va < end && image_at(img, va, end - va))
		list_push(&img->code, (struct code_range){ va, end });
}

static int by_address(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static void read_symbols(struct image *img, Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t count = data && sh->sh_entsize ? data->d_size / sizeof(Elf64_Sym) : 0;
	GElf_Sym sym;

	for (size_t i = 0; i < count && gelf_getsym(data, i, &sym); i++) {
		int type = GELF_ST_TYPE(sym.st_info);
		u64 va = sym.st_value + img->bias;
		if ((type != STT_FUNC && type != STT_GNU_IFUNC) || sym.st_shndx == SHN_UNDEF || !image_is_code(img, va))
			continue;
		const char *name = elf_strptr(elf, sh->sh_link, sym.st_name);
		bool is_part = name && (strstr(name, ".cold") || !strncmp(name, "e843419@", 8));        /* ld's way around an erratum */
		list_push(&img->functions, (struct symbol){ va, sym.st_size, name && *name ? strdup(name) : "?", is_part });
	}
}

/* --- what a static-pie's start-up code writes --- */

static void relocate(struct image *img, u64 va, u64 value)
{
	list_push(&img->pointers, value);
	list_push(&img->relocations, (struct relocation){ va, value });
}

static void read_relocations(struct image *img, Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t count = data ? data->d_size / sizeof(Elf64_Rela) : 0;
	GElf_Rela rela;

	for (size_t i = 0; i < count && gelf_getrela(data, i, &rela); i++) {
		u64 value = rela.r_addend + img->bias;
		if (GELF_R_TYPE(rela.r_info) == R_AARCH64_RELATIVE)
			relocate(img, rela.r_offset + img->bias, value);
		else if (GELF_R_TYPE(rela.r_info) == R_AARCH64_IRELATIVE)
			list_push(&img->pointers, value);       /* who chooses a function */
	}
}

static void relocate_word(struct image *img, u64 va)
{
	const u8 *at = image_at(img, va, 8);
	u64 value;

	if (!at)
		return;
	memcpy(&value, at, 8);
	relocate(img, va, value + img->bias);
}

/* Packed ones: an address, then words whose bits 1 to 63 say which of the 63 words behind what was said are meant. */
static void read_packed_relocations(struct image *img, const GElf_Shdr *sh)
{
	const u8 *at = image_at(img, sh->sh_addr + img->bias, sh->sh_size);
	u64 va = 0, entry;

	for (u64 i = 0; at && i + 8 <= sh->sh_size; i += 8) {
		memcpy(&entry, at + i, 8);
		if (!(entry & 1)) {
			relocate_word(img, entry + img->bias);
			va = entry + img->bias + 8;
			continue;
		}
		for (u32 bit = 1; bit < 64; bit++)
			if (entry >> bit & 1)
				relocate_word(img, va + 8 * (bit - 1));
		va += 8 * 63;
	}
}

/* Tables of pointers then hold what they do when the program runs. */
static void apply_relocations(struct image *img)
{
	for (u32 i = 0; i < img->relocations.count; i++) {
		const struct relocation *r = &img->relocations.at[i];
		u8 *at = (u8 *)image_at(img, r->va, 8);
		if (at)
			memcpy(at, &r->value, 8);
	}
	list_free(&img->relocations);
}

static void read_sections(struct image *img, Elf *elf)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	while ((scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_PROGBITS && sh.sh_flags & SHF_EXECINSTR && sh.sh_flags & SHF_ALLOC)
			add_code(img, sh.sh_addr + img->bias, sh.sh_addr + img->bias + sh.sh_size);
	if (!img->code.count)
		for (u32 i = 0; i < img->segments.count; i++)
			if (img->segments.at[i].flags & PF_X)
				add_code(img, img->segments.at[i].va, img->segments.at[i].va + img->segments.at[i].filesz);
	if (!img->code.count)
		diag_fatal("%s: no executable segment: nothing to lift", img->name);
	qsort(img->code.at, img->code.count, sizeof *img->code.at, by_address);
	img->text_lo = img->code.at[0].va;
	img->text_hi = img->code.at[img->code.count - 1].end;
	if (img->text_hi - img->text_lo > TEXT_MAX)
		diag_fatal("%s: its code spans %llu MiB; %d are what can be lifted (-mlift=never runs it interpreted)", img->name,
			   (unsigned long long)(img->text_hi - img->text_lo) >> 20, TEXT_MAX >> 20);

	while ((scn = elf_nextscn(elf, scn))) {
		if (!gelf_getshdr(scn, &sh))
			continue;
		if (sh.sh_type == SHT_SYMTAB && sh.sh_entsize == sizeof(Elf64_Sym))
			read_symbols(img, elf, scn, &sh);
		else if (sh.sh_type == SHT_RELA && sh.sh_entsize == sizeof(Elf64_Rela))
			read_relocations(img, scn);
		else if (sh.sh_type == SECTION_RELR)
			read_packed_relocations(img, &sh);
	}
}

/* One symbol an address: the largest extent wins. */
static void sort_symbols(struct image *img)
{
	u32 kept = 0;

	if (!img->functions.count)
		return;
	qsort(img->functions.at, img->functions.count, sizeof *img->functions.at, by_address);
	for (u32 i = 1; i < img->functions.count; i++) {
		struct symbol *last = &img->functions.at[kept], *s = &img->functions.at[i];
		if (s->va != last->va)
			img->functions.at[++kept] = *s;
		else if (s->size > last->size)
			*last = *s;
	}
	img->functions.count = kept + 1;
}

/* --- unwind tables: .eh_frame, Go's --- */

struct unwound { struct image *img; LIST(struct symbol) list; };

/* Symbols know better where they are: an unwind table tells of the others. */
static void add_unwound(struct unwound *u, struct symbol found)
{
	struct symbol *s = (struct symbol *)image_symbol(u->img, found.va);

	if (!s)
		list_push(&u->list, found);
	else if (s->va == found.va && !s->size)
		s->size = found.size;
}

static void add_pad(void *context, const struct landing_pad *pad)
{
	struct image *img = context;

	if (image_is_code(img, pad->pad))
		list_push(&img->pads, *pad);
}

static void add_frame(void *context, const struct fde *f)
{
	struct unwound *unwound = context;
	struct image *img = unwound->img;

	if (!f->size || f->va + f->size < f->va || !image_is_code(img, f->va) || !image_is_code(img, (f->va + f->size - 1) & ~3ull))
		return;
	if (f->personality)
		list_push(&img->pointers, f->personality);
	const struct segment *data = f->lsda ? segment_at(img, f->lsda) : NULL;
	if (data)
		lsda_read(data->data + (f->lsda - data->va), data->filesz - (f->lsda - data->va), f, add_pad, img);
	add_unwound(unwound, (struct symbol){ f->va, f->size, NULL, f->is_part });
}

static void read_frames(struct image *img, Elf *elf, struct unwound *unwound)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;
	GElf_Phdr ph;
	size_t names, count = 0;
	u64 va = 0, size = 0;

	elf_getphdrnum(elf, &count);
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(elf, i, &ph) && ph.p_type == PT_GNU_EH_FRAME) {
			const u8 *header = image_at(img, ph.p_vaddr + img->bias, ph.p_filesz);
			va = header ? ehframe_by_header(header, ph.p_filesz, ph.p_vaddr + img->bias) : 0;
		}
	while (!elf_getshdrstrndx(elf, &names) && (scn = elf_nextscn(elf, scn))) {
		const char *name = gelf_getshdr(scn, &sh) ? elf_strptr(elf, names, sh.sh_name) : NULL;
		if (name && !strcmp(name, ".eh_frame") && sh.sh_flags & SHF_ALLOC) {
			va = sh.sh_addr + img->bias;
			size = sh.sh_size;
		}
	}
	const struct segment *s = segment_at(img, va);
	if (s && !size)
		size = s->filesz - (va - s->va);        /* to its terminator */
	const u8 *bytes = va ? image_at(img, va, size) : NULL;
	if (bytes)
		ehframe_read(bytes, size, va, add_frame, unwound);
	if (img->pads.count)
		qsort(img->pads.at, img->pads.count, sizeof *img->pads.at, by_address);
}

static void add_go_function(void *context, u64 va, u64 size)
{
	struct unwound *unwound = context;

	if (size && image_is_code(unwound->img, va))
		add_unwound(unwound, (struct symbol){ va, size, NULL, false });
}

/* It lies anywhere in the data, in whatever section. */
static void read_go(struct image *img, struct unwound *unwound)
{
	for (u32 i = 0; i < img->segments.count && !img->go_hi; i++) {
		const struct segment *s = &img->segments.at[i];
		u64 lo, hi, step = GOPCLNTAB_ALIGN;
		for (u64 at = -s->va & (step - 1); at < s->filesz && !img->go_hi; at += step) {
			if (!gopclntab_read(s->data + at, s->filesz - at, &lo, &hi))
				continue;
			if (!lo)
				diag_warning("%s: Go's table of functions does not say where they are, as of Go 1.26: calls through pointers may go wrong", img->name);
			if (!image_is_code(img, lo) || !image_at(img, lo, hi - lo))
				continue;
			img->go_lo = lo;
			img->go_hi = hi;
			gopclntab_functions(s->data + at, add_go_function, unwound);
		}
	}
}

static void read_unwind_tables(struct image *img, Elf *elf)
{
	struct unwound unwound = { .img = img };

	read_frames(img, elf, &unwound);
	elf_end(elf);
	apply_relocations(img);                 /* perhaps of what libelf read */
	read_go(img, &unwound);
	for (u32 i = 0; i < unwound.list.count; i++)
		list_push(&img->functions, unwound.list.at[i]);
	list_free(&unwound.list);
	sort_symbols(img);
	img->nunwound = img->functions.count - img->nsymbols;
}

void image_open(struct image *img, const char *path, const char *name)
{
	GElf_Ehdr eh;

	*img = (struct image){ .name = name ? name : path };
	map_file(img, path);
	elf_version(EV_CURRENT);
	if (memcmp(img->bytes, ELFMAG, SELFMAG))
		diag_fatal("%s: not an ELF file", img->name);
	Elf *elf = elf_memory((char *)img->bytes, img->size);
	if (!elf || !gelf_getehdr(elf, &eh))
		diag_fatal("%s: broken ELF header: %s", img->name, elf_errmsg(-1));
	check_header(img, &eh);
	read_segments(img, elf, &eh);
	if (!img->segments.count)
		diag_fatal("%s: no loadable segment: nothing to run", img->name);
	read_sections(img, elf);
	sort_symbols(img);
	img->nsymbols = img->functions.count;
	read_unwind_tables(img, elf);
	img->entry = eh.e_entry + img->bias;
	if (!image_is_code(img, img->entry))
		diag_fatal("%s: the entry point %#llx is not in an executable segment", img->name, (unsigned long long)img->entry);
}

const u8 *image_at(const struct image *img, u64 va, u64 size)
{
	for (u32 i = 0; i < img->segments.count; i++) {
		const struct segment *s = &img->segments.at[i];
		if (va >= s->va && va - s->va <= s->filesz && size <= s->filesz - (va - s->va))
			return s->data + (va - s->va);
	}
	return NULL;
}

bool image_is_read_only(const struct image *img, u64 va)
{
	const struct segment *s = segment_at(img, va);

	return s && !(s->flags & PF_W);
}

bool image_is_constant(const struct image *img, u64 va)
{
	return image_is_read_only(img, va) || (va >= img->relro_lo && va < img->relro_hi && image_at(img, va, 1));
}

/* How many of the elements, sorted by the address that each begins with, lie at or below va. */
static u32 count_up_to(const void *at, u32 count, size_t size, u64 va)
{
	u32 lo = 0, hi = count;

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;
		if (*(const u64 *)((const u8 *)at + mid * size) <= va)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

u64 image_landing_pad(const struct image *img, u64 va)
{
	const struct landing_pad *pads = img->pads.at;
	u32 n = count_up_to(pads, img->pads.count, sizeof *pads, va);

	return n && va < pads[n - 1].end ? pads[n - 1].pad : 0;
}

const struct symbol *image_symbol_before(const struct image *img, u64 va)
{
	const struct symbol *functions = img->functions.at;
	u32 n = count_up_to(functions, img->functions.count, sizeof *functions, va);

	return n ? &functions[n - 1] : NULL;
}

const struct symbol *image_symbol(const struct image *img, u64 va)
{
	const struct symbol *s = image_symbol_before(img, va);

	return s && (va == s->va || va - s->va < s->size) ? s : NULL;
}
