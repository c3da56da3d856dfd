/* SPDX-License-Identifier: MIT */
/*
 * libgcc's unwinder, as built for glibc 2.35 and later, asks _dl_find_object()
 * (glibc's <dlfcn.h>) where the unwind table for an address is.  musl has
 * dl_iterate_phdr() for that.
 */
#include <link.h>
#include <stddef.h>

struct dl_find_object {
	unsigned long long flags;
	void *map_start, *map_end;
	struct link_map *link_map;
	void *eh_frame;            /* PT_GNU_EH_FRAME */
	unsigned long long reserved[7];
};

struct search {
	const char *pc;
	struct dl_find_object *found;
};

static int look(struct dl_phdr_info *info, size_t size, void *context)
{
	const struct search *s = context;
	char *table = NULL, *start = NULL, *end = NULL;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
		char *at = (char *)info->dlpi_addr + ph->p_vaddr;

		if (ph->p_type == PT_GNU_EH_FRAME)
			table = at;
		if (ph->p_type == PT_LOAD && s->pc >= at && s->pc < at + ph->p_memsz) {
			start = at;
			end = at + ph->p_memsz;
		}
	}
	if (!start || !table)
		return 0;
	*s->found = (struct dl_find_object){ .map_start = start, .map_end = end, .eh_frame = table };
	return 1;
}

int _dl_find_object(void *pc, struct dl_find_object *found)
{
	struct search s = { pc, found };

	return dl_iterate_phdr(look, &s) ? 0 : -1;
}
