/* SPDX-License-Identifier: MIT */
/*
 * The wasm files of outputs.
 *
 * Beside x.js, x.mjs or x.html: the lifted program, or an empty module, with
 * the rest in custom sections behind it; runtime/host/js/module_file.js reads
 * it.  For WASI: a module that lacks nothing but the guest ELF, which becomes
 * its first data segment, a passive one (runtime/host/wasi/image.S).
 *
 * WebAssembly Core, "Binary Format": a section is its number, the size of what
 * follows, the contents; a custom section (0) begins with its name.  Numbers
 * are LEB128.
 */
#include <stdbool.h>
#include <string.h>

#include "diag.h"
#include "elf_check.h"
#include "outfile.h"
#include "pack.h"
#include "slim.h"

static int put_leb(uint8_t *to, uint64_t n)
{
	int len = 0;

	do {
		to[len++] = (n & 0x7f) | (n > 0x7f ? 0x80 : 0);
		n >>= 7;
	} while (n);
	return len;
}

/* Everything of a section before its contents of `size` bytes. */
static int section_head(struct outfile *o, const char *name, uint64_t size)
{
	uint8_t length[10], head[32];
	int m = put_leb(length, strlen(name)), n = 0;

	head[n++] = 0;
	n += put_leb(head + n, m + strlen(name) + size);
	memcpy(head + n, length, m);
	return out_write(o, head, n + m) || out_write(o, name, strlen(name)) ? -1 : 0;
}

int pack_module(const char *out, const struct input *elf, const struct input *wasm)
{
	static const uint8_t empty[8] = { 0, 'a', 's', 'm', 1, 0, 0, 0 };
	struct input kernel, cpu;
	struct outfile o;

	if (input_part(&kernel, "kernel.wasm") || input_part(&cpu, elf_cpu_module(elf->data)) ||
	    out_open(&o, out, 0666))
		return -1;
	if ((wasm ? out_copy(&o, wasm->fd, wasm->offset, wasm->size, wasm->name) : out_write(&o, empty, sizeof empty)) ||
	    section_head(&o, "aw.kernel", kernel.size) || out_copy(&o, kernel.fd, 0, kernel.size, kernel.name) ||
	    section_head(&o, "aw.cpu", cpu.size) || out_copy(&o, cpu.fd, 0, cpu.size, cpu.name) ||
	    section_head(&o, "aw.elf", slim_size(elf)) ||
	    slim_write(&o, elf))
		return -1;
	return out_commit(&o);
}

/* --- for WASI --- */

enum { SEC_CODE = 10, SEC_DATA = 11, SEC_DATACOUNT = 12 };

struct section {
	uint8_t id;
	const uint8_t *start, *body, *end; /* start: its number */
};

static bool get_leb(const uint8_t **at, const uint8_t *end, uint64_t *out)
{
	*out = 0;
	for (int shift = 0; *at < end && shift < 35; shift += 7) {
		uint8_t byte = *(*at)++;

		*out |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

static bool next_section(const uint8_t **at, const uint8_t *end, struct section *s)
{
	uint64_t size;

	s->start = *at;
	if (*at == end)
		return false;
	s->id = *(*at)++;
	if (!get_leb(at, end, &size) || size > (uint64_t)(end - *at))
		return false;
	s->body = *at;
	*at = s->end = s->body + size;
	return true;
}

static int write_number_section(struct outfile *o, uint8_t id, uint64_t n)
{
	uint8_t bytes[12], number[10];
	int len = put_leb(number, n);

	bytes[0] = id;
	bytes[1] = len;
	memcpy(bytes + 2, number, len);
	return out_write(o, bytes, 2 + len);
}

/* The data section with the ELF before the `count` segments at `rest`: its size as u64, then its bytes. */
static int write_data(struct outfile *o, const struct input *elf, uint64_t count, const uint8_t *rest, const uint8_t *end)
{
	uint64_t size = slim_size(elf);
	uint8_t counted[10], head[24], section[12];
	int m = put_leb(counted, count + 1), n = 0;

	head[n++] = 1; /* passive */
	n += put_leb(head + n, sizeof size + size);
	memcpy(head + n, &size, sizeof size);
	n += sizeof size;
	section[0] = SEC_DATA;
	int k = 1 + put_leb(section + 1, m + n + size + (end - rest));
	return out_write(o, section, k) || out_write(o, counted, m) || out_write(o, head, n) ||
	       slim_write(o, elf) || out_write(o, rest, end - rest) ? -1 : 0;
}

int pack_wasi(const char *out, const struct input *elf, const struct input *wasm)
{
	struct input runtime;
	struct outfile o;
	struct section s;
	uint64_t count = 0;

	if (!wasm) {
		if (input_part(&runtime, elf_wasi_module(elf->data)))
			return -1;
		wasm = &runtime;
	}
	const uint8_t *end = wasm->data + wasm->size, *first = wasm->data + 8, *at = first, *rest = NULL, *rest_end = NULL;
	bool has_code = false;

	if (wasm->size < 8)
		return diag_error("%s is no wasm module", wasm->name);
	while (next_section(&at, end, &s)) {
		has_code |= s.id == SEC_CODE;
		if (s.id == SEC_DATA && get_leb(&s.body, s.end, &count)) {
			rest = s.body;
			rest_end = s.end;
		}
	}
	if (at != end || !has_code || !rest)
		return diag_error("%s is no module that can be completed for WASI", wasm->name);
	if (out_open(&o, out, 0666) || out_write(&o, wasm->data, 8))
		return -1;
	for (at = first; next_section(&at, end, &s);) {
		int err = 0;

		if (s.id == SEC_DATACOUNT)
			continue; /* the old one */
		if (s.id == SEC_CODE)
			err = write_number_section(&o, SEC_DATACOUNT, count + 1);
		if (!err)
			err = s.id == SEC_DATA ? write_data(&o, elf, count, rest, rest_end) : out_write(&o, s.start, s.end - s.start);
		if (err)
			return -1;
	}
	return out_commit(&o);
}
