/* SPDX-License-Identifier: MIT */
/*
 * x.wasm, the one wasm file beside x.js, x.mjs or x.html: the lifted program,
 * or an empty module, with the rest in custom sections behind it.
 *
 * WebAssembly Core, "Custom Section": a byte 0, the size of what follows, the
 * name's length and bytes, the contents; numbers are LEB128.
 * runtime/host/js/module_file.js reads it.
 */
#include <string.h>

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

	if (input_part(&kernel, "kernel.wasm") || input_part(&cpu, "cpu.wasm") ||
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
