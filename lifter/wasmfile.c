/* SPDX-License-Identifier: MIT */
/*
 * Finishing the linked module.  wasm-ld numbers table slots by itself; ours
 * are given by guest addresses (1 + (a - text) / 4), so the element section is
 * written here, by the functions' names i_<address> and r_<address>.
 */
#include <stdlib.h>
#include <string.h>

#include "lifter/wasm.h"
#include "runtime/cpu/cpu.h"

/* --- names --- */

/* f_<va>, i_<va>, r_<va>: the kind is the letter (build.c). */
struct named { u32 function; u64 va; char kind; };
struct names {
	LIST(struct named) list;
	struct special special;
	u32 cpu_miss, start;         /* of a module with the runtime */
};

static bool is_name(struct reader text, const char *name)
{
	return (size_t)(text.end - text.at) == strlen(name) && !memcmp(text.at, name, strlen(name));
}

static void read_function_names(struct reader r, struct names *names)
{
	const struct { const char *name; u32 *index; } known[] = {
		{ UNLIKELY, &names->special.unlikely }, { FUSED "v64", &names->special.fma_v64 }, { FUSED "v32", &names->special.fma_v32 },
		{ FUSED "32", &names->special.fma_32 }, { "cpu_miss", &names->cpu_miss }, { "_start", &names->start },
	};
	u64 count = get_leb(&r);

	while (count--) {
		u32 index = get_leb(&r);
		struct reader name = get_bytes(&r);
		char text[32];
		size_t n = name.end - name.at;
		for (u32 i = 0; i < sizeof known / sizeof *known; i++)
			if (is_name(name, known[i].name))
				*known[i].index = index;
		if (n < 3 || n >= sizeof text || name.at[1] != '_' || !strchr("fir", name.at[0]))
			continue;
		memcpy(text, name.at, n);
		text[n] = 0;
		list_push(&names->list, (struct named){ index, strtoull(text + 2, NULL, 16), text[0] });
	}
}

static void read_names(struct reader r, struct names *names)
{
	while (r.at < r.end) {
		u8 kind = *r.at++;
		struct reader part = get_bytes(&r);
		if (kind == 1)
			read_function_names(part, names);
	}
}

/* --- our sections --- */

static const struct function *function_of(const struct program *p, u64 va)
{
	return &p->functions.at[p->function_at[insn_index(p, va)]];
}

/* The head of an active segment: here its contents begin. */
static void put_active(struct bytes *b, u32 at, u32 count)
{
	put_u8(b, 0);                                   /* memory 0, or table 0 with functions */
	put_u8(b, 0x41);                                /* i32.const */
	put_sleb(b, (s32)at);
	put_u8(b, 0x0b);
	put_leb(b, count);
}

static void put_element(struct bytes *b, u32 slot, u32 function)
{
	put_active(b, slot, 1);
	put_leb(b, function);
}

/* What a host does where the runtime is not part of the module: all slots are cpu_miss, unless others follow. */
static u32 put_runtime_elements(struct bytes *b, const struct program *p, const struct names *names, struct reader linked)
{
	u64 count = linked.at ? get_leb(&linked) : 0;

	put_active(b, 0, 1 + p->ninsns);
	for (u32 i = 0; i <= p->ninsns; i++)
		put_leb(b, names->cpu_miss);
	bytes_put(b, linked.at, linked.end - linked.at);
	return 1 + count;
}

/* The element section, and a bit for each slot that lifted code fills.  `linked`: C's own elements. */
static struct bytes element_section(const struct program *p, const struct names *names, struct reader linked, bool has_runtime,
	struct bytes *bitmap)
{
	struct bytes list = { 0 }, section = { 0 };
	u32 size = p->ninsns / 8 + 1;
	u32 count = has_runtime ? put_runtime_elements(&list, p, names, linked) : 0;

	bitmap->at = xcalloc(size, 1);
	bitmap->count = size;
	for (u32 i = 0; i < names->list.count; i++) {
		const struct named *n = &names->list.at[i];
		if (n->kind == 'f')
			continue;
		const struct function *f = function_of(p, n->va);
		bool is_reentry = n->kind == 'r';
		u32 one = insn_index(p, n->va), entries = is_reentry ? f->reentries.count : 1;
		for (u32 k = 0; k < entries; k++) {
			u32 at = is_reentry ? f->blocks.at[f->reentries.at[k]].first : one;
			put_element(&list, at + 1, n->function);
			bitmap->at[at / 8] |= 1u << at % 8;
			count++;
		}
	}
	put_leb(&section, count);
	bytes_put(&section, list.at, list.count);
	free(list.at);
	return section;
}

/* Where lifted code is: liftedMap() of runtime/host/js/machine.js, init_lifted() of runtime/host/wasi/start.c. */
struct map { u32 text_base, text_size, bitmap, has_threads; };

static struct map lifted_map(const struct program *p)
{
	return (struct map){ p->image->text_lo, 4 * p->ninsns, p->image->area + CPU_LIFTED_DATA, p->has_threads };
}

static struct bytes data_section(const struct program *p, struct reader old, bool has_runtime, const struct bytes *bitmap)
{
	struct map map = lifted_map(p);
	struct bytes b = { 0 };

	put_leb(&b, 1 + has_runtime + (old.at ? get_leb(&old) : 0));
	put_active(&b, map.bitmap, bitmap->count);
	bytes_put(&b, bitmap->at, bitmap->count);
	if (has_runtime) {
		put_active(&b, p->image->area + CPU_LIFTED_MAP, sizeof map);
		bytes_put(&b, &map, sizeof map);
	}
	bytes_put(&b, old.at, old.end - old.at);
	return b;
}

static struct bytes map_section(const struct program *p)
{
	struct map map = lifted_map(p);
	struct bytes b = { 0 };

	put_string(&b, "aw.map");
	bytes_put(&b, &map, sizeof map);
	return b;
}

/* What WASI wants to see: "_start" and "memory". */
static struct bytes export_section(const struct names *names)
{
	struct bytes b = { 0 };

	put_leb(&b, 2);
	put_string(&b, "memory");
	put_u8(&b, 2);
	put_leb(&b, 0);
	put_string(&b, "_start");
	put_u8(&b, 0);
	put_leb(&b, names->start);
	return b;
}

static bool is_custom(struct reader section, const char *name)
{
	return is_name(get_bytes(&section), name);
}

struct imports {
	struct reader list;
	u32 count, functions;      /* functions: numbered before those defined here */
	bool has_table;
};

static struct imports read_imports(struct reader r)
{
	struct imports im = { .count = r.at ? get_leb(&r) : 0 };
	u32 limits;

	im.list = r;
	for (u32 i = 0; i < im.count; i++) {
		get_bytes(&r);
		get_bytes(&r);
		switch (get_u8(&r)) {
		case 0: get_leb(&r); im.functions++; break;
		case 1:
			im.has_table = true;
			get_u8(&r);         /* its type, then limits */
			/* fall through */
		case 2:
			limits = get_u8(&r);
			get_leb(&r);
			if (limits & 1)
				get_leb(&r);
			break;
		case 3: get_exactly(&r, 2); break;
		default: diag_fatal("wasm-ld's output has an import of a kind that is not known");
		}
	}
	return im;
}

/* wasm-ld leaves out the table where no lifted code calls through it; the interpreter still does. */
static struct bytes import_section(const struct imports *im, bool has_runtime)
{
	bool adds_table = !im->has_table && !has_runtime;
	struct bytes b = { 0 };

	put_leb(&b, im->count + adds_table);
	bytes_put(&b, im->list.at, im->list.end - im->list.at);
	if (adds_table) {
		put_string(&b, "env");
		put_string(&b, "__indirect_function_table");
		put_u8(&b, 1);
		put_u8(&b, 0x70);                       /* funcref */
		put_leb(&b, 0);
		put_leb(&b, 0);
	}
	return b;
}

/* Those that may loop for long in one call, by their place in the code section.  Where
 * there is an f_, it has the code, and i_ only calls it. */
static struct bitset long_functions(const struct program *p, const struct names *names, struct reader code, u32 imports)
{
	struct bitset set = bitset_new(code.at ? get_leb(&code) : 0);

	for (u32 i = 0; i < names->list.count; i++) {
		const struct named *n = &names->list.at[i];
		const struct function *f = function_of(p, n->va);
		if (f->runs_long && (n->kind != 'i' || f->has_indirect_tail))
			bitset_add(&set, n->function - imports);
	}
	return set;
}

static void put_custom(struct bytes *out, const char *name, const struct bytes *contents)
{
	struct bytes b = { 0 };

	if (contents->count) {
		put_string(&b, name);
		bytes_put(&b, contents->at, contents->count);
		put_section(out, SEC_CUSTOM, &b);
	}
	free(b.at);
}

struct bytes wasm_finish(const struct program *p, const u8 *linked, size_t size, const struct emit_options *o)
{
	struct reader file = { linked + 8, linked + size };
	struct reader sections[13] = { 0 }, names_section = { 0 };
	struct names names = { .special = { NONE, NONE, NONE, NONE } };
	struct bytes out = { 0 }, bitmap = { 0 }, hints = { 0 }, fused = { 0 };
	bool has_runtime = o->runtime;

	if (size < 8)
		diag_fatal("wasm-ld's output is damaged");
	while (file.at < file.end) {
		u8 id = *file.at++;
		struct reader body = get_bytes(&file);
		if (id == SEC_CUSTOM && is_custom(body, "name")) {
			names_section = body;
			get_bytes(&body);
			read_names(body, &names);
		} else if (id && id < 13) {
			sections[id] = body;
		}
	}
	struct bytes elements = element_section(p, &names, sections[SEC_ELEMENT], has_runtime, &bitmap);
	struct bytes data = data_section(p, sections[SEC_DATA], has_runtime, &bitmap);
	struct bytes map = map_section(p), exports = export_section(&names);
	struct imports imported = read_imports(sections[SEC_IMPORT]);
	struct bytes imports = import_section(&imported, has_runtime);
	struct bytes code = code_section(sections[SEC_CODE], imported.functions, &names.special, &hints, &fused);
	struct bitset eager = long_functions(p, &names, sections[SEC_CODE], imported.functions);

	bytes_put(&out, linked, 8);
	static const u8 order[] = { SEC_TYPE, SEC_IMPORT, SEC_FUNCTION, SEC_TABLE, SEC_MEMORY, SEC_GLOBAL, SEC_EXPORT, SEC_ELEMENT, SEC_CODE, SEC_DATA };
	for (u32 i = 0; i < sizeof order; i++) {
		struct reader *s = &sections[order[i]];
		struct bytes body = { (u8 *)s->at, s->end - s->at, 0 };
		if (order[i] == SEC_IMPORT)
			put_section(&out, SEC_IMPORT, &imports);
		else if (order[i] == SEC_ELEMENT)
			put_section(&out, SEC_ELEMENT, &elements);
		else if (order[i] == SEC_CODE && code.count) {
			put_custom(&out, "metadata.code.branch_hint", &hints);
			put_custom(&out, "aw.fma", &fused);
			put_tier_hints(&out, &eager, sections[SEC_CODE], imported.functions);
			put_section(&out, SEC_CODE, &code);
		} else if (order[i] == SEC_DATA)
			put_section(&out, SEC_DATA, &data);
		else if (order[i] == SEC_EXPORT && has_runtime)
			put_section(&out, SEC_EXPORT, &exports);
		else if (order[i] == SEC_EXPORT)
			continue;
		else if (s->at)
			put_section(&out, order[i], &body);
	}
	if (!has_runtime)
		put_section(&out, SEC_CUSTOM, &map);
	if (o->keep_names && names_section.at)
		put_section(&out, SEC_CUSTOM, &(struct bytes){ (u8 *)names_section.at, names_section.end - names_section.at, 0 });
	free(imports.at);
	free(elements.at);
	free(data.at);
	free(map.at);
	free(exports.at);
	free(bitmap.at);
	free(code.at);
	free(hints.at);
	free(fused.at);
	free(eager.words);
	list_free(&names.list);
	return out;
}
