/* SPDX-License-Identifier: MIT */
#include "lifter/gopclntab.h"

#include <string.h>

/* pcHeader of src/runtime/symtab.go. */
struct header {
	u32 magic;                 /* of 1.18, of 1.20 */
	u8 zero[2], quantum, pointer_size;
	u64 functions, files, text, names, units, file_table, pc_table, function_table;
};

/* Where in the code, ascending; the last is the end alone. */
struct entry { u32 offset, description; };

static u32 entry_offset(const u8 *table, u64 i)
{
	u32 offset;

	memcpy(&offset, table + i * sizeof(struct entry), sizeof offset);
	return offset;
}

bool gopclntab_read(const u8 *bytes, u64 size, u64 *lo, u64 *hi)
{
	struct header h;

	if (size < sizeof h)
		return false;
	memcpy(&h, bytes, sizeof h);
	if ((h.magic != 0xfffffff0 && h.magic != 0xfffffff1) || h.zero[0] || h.zero[1] || h.quantum != 4 || h.pointer_size != 8)
		return false;
	if (h.function_table > size || !h.functions || h.functions >= (size - h.function_table) / sizeof(struct entry))
		return false;
	const u8 *table = bytes + h.function_table;
	*lo = h.text + entry_offset(table, 0);
	*hi = h.text + entry_offset(table, h.functions);
	return *lo >= h.text && *lo < *hi;
}

void gopclntab_functions(const u8 *bytes, void (*found)(void *context, u64 va, u64 size), void *context)
{
	struct header h;

	memcpy(&h, bytes, sizeof h);
	const u8 *table = bytes + h.function_table;
	for (u64 i = 0; i < h.functions; i++)
		if (entry_offset(table, i) < entry_offset(table, i + 1) && entry_offset(table, i + 1) <= entry_offset(table, h.functions))
			found(context, h.text + entry_offset(table, i), entry_offset(table, i + 1) - entry_offset(table, i));
}
