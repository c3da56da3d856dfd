/* SPDX-License-Identifier: MIT */
/*
 * Reading .eh_frame (LSB Core, "Exception Frames"; DWARF 5, 6.4.1) and the
 * tables of landing pads that gcc and LLVM make for all their languages
 * (libgcc, unwind-c.c).  Every length is checked against the record it stands
 * in; after a failed read a cursor yields zeroes and stays bad.
 */
#include "lifter/ehframe.h"

#include <string.h>

enum { PE_ABSPTR, PE_ULEB, PE_UDATA2, PE_UDATA4, PE_UDATA8, PE_SLEB = 9, PE_SDATA2, PE_SDATA4, PE_SDATA8, PE_PCREL = 0x10, PE_INDIRECT = 0x80, PE_OMIT = 0xff };

struct cursor {
	const u8 *base;            /* the section */
	u64 va;                    /* of base */
	u64 at, end;               /* offsets */
	bool bad;
};

static void skip(struct cursor *c, u64 n)
{
	if (c->bad || n > c->end - c->at)
		c->bad = true;
	else
		c->at += n;
}

static u64 get(struct cursor *c, u32 size)
{
	u64 v = 0, from = c->at;

	skip(c, size);
	if (!c->bad)
		memcpy(&v, c->base + from, size);
	return v;
}

static u64 get_leb(struct cursor *c, bool is_signed)
{
	u64 v = 0, byte;
	u32 shift = 0;

	do {
		byte = get(c, 1);
		if (shift < 64)
			v |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	if (is_signed && shift < 64 && byte & 0x40)
		v |= ~0ull << shift;
	return v;
}

/* A value in the low half of a DW_EH_PE encoding. */
static u64 get_value(struct cursor *c, u32 encoding)
{
	switch (encoding & 0xf) {
	case PE_ABSPTR: case PE_UDATA8: case PE_SDATA8: return get(c, 8);
	case PE_ULEB: return get_leb(c, false);
	case PE_SLEB: return get_leb(c, true);
	case PE_UDATA2: return get(c, 2);
	case PE_SDATA2: return (u64)(s16)get(c, 2);
	case PE_UDATA4: return get(c, 4);
	case PE_SDATA4: return (u64)(s32)get(c, 4);
	}
	c->bad = true;
	return 0;
}

static u64 get_pointer(struct cursor *c, u32 encoding)
{
	u64 here = c->va + c->at, v = get_value(c, encoding);

	switch (encoding & 0xf0) {
	case 0: return v;
	case PE_PCREL: return here + v;
	}
	c->bad = true;                          /* indirect, or relative to what a static program has not */
	return 0;
}

/* The same; 0 stands for none. */
static u64 get_link(struct cursor *c, u32 encoding)
{
	struct cursor value = *c;
	u64 raw = get_value(&value, encoding), link = get_pointer(c, encoding);

	return raw && !c->bad ? link : 0;
}

static u64 get_personality(struct cursor *c)
{
	u32 encoding = get(c, 1);

	if (!(encoding & PE_INDIRECT))
		return get_link(c, encoding);
	get_value(c, encoding);
	return 0;
}

/* The record at c: a cursor over what follows its length.  Moves c behind it. */
static struct cursor next_record(struct cursor *c)
{
	u64 length = get(c, 4);

	if (length == 0xffffffff)
		length = get(c, 8);
	struct cursor r = *c;
	skip(c, length);
	r.bad = c->bad;
	r.end = c->at;
	return r;
}

struct cie { u32 encoding, lsda_encoding; u64 personality; bool has_data; };

static bool read_cie(struct cursor c, struct cie *cie)
{
	*cie = (struct cie){ .encoding = PE_ABSPTR, .lsda_encoding = PE_OMIT };
	if (get(&c, 4))
		return false;
	u64 version = get(&c, 1);
	if (version != 1 && version != 3)
		return false;
	const char *augmentation = (const char *)c.base + c.at;
	while (get(&c, 1))
		;
	get_leb(&c, false);                     /* code alignment */
	get_leb(&c, true);                      /* data alignment */
	if (version == 1)
		skip(&c, 1);
	else
		get_leb(&c, false);             /* the return address's register */
	if (c.bad || (*augmentation && *augmentation != 'z'))
		return false;
	cie->has_data = *augmentation == 'z';
	if (cie->has_data)
		get_leb(&c, false);
	for (const char *a = augmentation + cie->has_data; *a && !c.bad; a++) {
		switch (*a) {
		case 'R': cie->encoding = get(&c, 1); break;
		case 'L': cie->lsda_encoding = get(&c, 1); break;
		case 'P': cie->personality = get_personality(&c); break;
		case 'S': case 'B': case 'G': break;
		default: return false;
		}
	}
	return !c.bad;
}

/* Do the rules that hold at the first instruction speak of a frame? */
static bool starts_in_frame(struct cursor c)
{
	enum { NOP = 0, DEF_CFA = 0x0c, DEF_CFA_OFFSET = 0x0e, OFFSET = 0x80, SP = 31 };

	while (c.at < c.end) {
		u32 op = get(&c, 1);
		if (op == NOP)
			continue;
		if (op == DEF_CFA)
			return get_leb(&c, false) != SP || get_leb(&c, false);
		if (op == DEF_CFA_OFFSET)
			return get_leb(&c, false);
		return (op & 0xc0) == OFFSET;
	}
	return false;
}

/* c stands at the offset back to the CIE, section is the whole. */
static void read_fde(struct cursor c, struct cursor section, void (*found)(void *, const struct fde *), void *context)
{
	u64 here = c.at, back = get(&c, 4);
	struct cie cie;
	struct fde f = { 0 };

	if (c.bad || back > here)
		return;
	section.at = here - back;
	if (!read_cie(next_record(&section), &cie))
		return;
	f.personality = cie.personality;
	f.va = get_pointer(&c, cie.encoding);
	f.size = get_value(&c, cie.encoding);
	if (cie.has_data) {
		u64 length = get_leb(&c, false);
		struct cursor data = c;
		if (cie.lsda_encoding != PE_OMIT)
			f.lsda = get_link(&data, cie.lsda_encoding);
		skip(&c, length);
	}
	if (c.bad)
		return;
	f.is_part = starts_in_frame(c);
	found(context, &f);
}

void ehframe_read(const u8 *bytes, u64 size, u64 va, void (*found)(void *context, const struct fde *), void *context)
{
	const struct cursor section = { bytes, va, 0, size, false };

	for (struct cursor c = section; c.at < c.end && !c.bad;) {
		struct cursor r = next_record(&c), id = r;
		if (r.bad || r.at == r.end || !get(&id, 4) || id.bad)
			continue;                       /* a terminator, a CIE */
		read_fde(r, section, found, context);
	}
}

void lsda_read(const u8 *bytes, u64 size, const struct fde *f, void (*found)(void *context, const struct landing_pad *), void *context)
{
	struct cursor c = { bytes, f->lsda, 0, size, false };
	u32 encoding = get(&c, 1);
	u64 base = encoding == PE_OMIT ? f->va : get_pointer(&c, encoding);

	if (get(&c, 1) != PE_OMIT)
		get_leb(&c, false);             /* the types, by their distance */
	encoding = get(&c, 1);
	u64 length = get_leb(&c, false);
	struct cursor sites = c;
	skip(&c, length);
	sites.end = c.at;
	for (u64 n = 0; n < f->size && !c.bad && sites.at < sites.end; n++) {
		u64 start = get_value(&sites, encoding), span = get_value(&sites, encoding), pad = get_value(&sites, encoding);
		get_leb(&sites, false);         /* what it does there */
		if (sites.bad || start > f->size || span > f->size - start)
			return;
		if (pad)
			found(context, &(struct landing_pad){ f->va + start, f->va + start + span, base + pad });
	}
}

u64 ehframe_by_header(const u8 *bytes, u64 size, u64 va)
{
	struct cursor c = { bytes, va, 0, size, false };
	u64 version = get(&c, 1), encoding = get(&c, 1);

	skip(&c, 2);
	u64 at = encoding == PE_OMIT ? 0 : get_pointer(&c, encoding);
	return version == 1 && !c.bad ? at : 0;
}
