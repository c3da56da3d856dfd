/* SPDX-License-Identifier: MIT */
/* LEB128 numbers, strings and sections: see wasm.h. */
#include "lifter/wasm.h"

#include <string.h>

void bytes_put(struct bytes *b, const void *data, size_t n)
{
	if (b->count + n > b->room) {
		b->room = 2 * (b->count + n) + 64;
		b->at = xrealloc(b->at, b->room);
	}
	if (n)
		memcpy(b->at + b->count, data, n);
	b->count += n;
}

void put_u8(struct bytes *b, u8 v) { bytes_put(b, &v, 1); }

void put_leb(struct bytes *b, u64 v)
{
	for (; v >= 0x80; v >>= 7)
		put_u8(b, 0x80 | (v & 0x7f));
	put_u8(b, v);
}

void put_sleb(struct bytes *b, s64 v)
{
	for (; v < -64 || v > 63; v >>= 7)
		put_u8(b, 0x80 | (v & 0x7f));
	put_u8(b, v & 0x7f);
}

void put_string(struct bytes *b, const char *s)
{
	put_leb(b, strlen(s));
	bytes_put(b, s, strlen(s));
}

void put_section(struct bytes *out, u8 id, const struct bytes *body)
{
	put_u8(out, id);
	put_leb(out, body->count);
	bytes_put(out, body->at, body->count);
}

struct reader get_exactly(struct reader *r, size_t n)
{
	if (n > (size_t)(r->end - r->at))
		diag_fatal("wasm-ld's output is damaged");
	struct reader part = { r->at, r->at + n };
	r->at += n;
	return part;
}

u8 get_u8(struct reader *r) { return *get_exactly(r, 1).at; }

/* Seven bits a byte; `bits` of them in all, up to the last byte. */
static u64 get_groups(struct reader *r, u32 *bits, u8 *last)
{
	u64 v = 0;

	*bits = 0;
	do {
		*last = get_u8(r);
		v |= *bits < 64 ? (u64)(*last & 0x7f) << *bits : 0;
		*bits += 7;
	} while (*last & 0x80);
	return v;
}

u64 get_leb(struct reader *r)
{
	u32 bits;
	u8 last;

	return get_groups(r, &bits, &last);
}

s64 get_sleb(struct reader *r)
{
	u32 bits;
	u8 last;
	u64 v = get_groups(r, &bits, &last);

	return bits < 64 && last & 0x40 ? v | -1ull << bits : v;
}

struct reader get_bytes(struct reader *r)
{
	return get_exactly(r, get_leb(r));
}
