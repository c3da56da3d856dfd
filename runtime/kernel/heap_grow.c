/* SPDX-License-Identifier: MIT */
/*
 * More memory for the heap of a module that has a memory of its own: what is
 * left behind the module's data, then whatever the memory grows by.
 */
#include "lib.h"

#ifdef __wasm__
enum { WASM_PAGE = 65536, GROW = 4 * WASM_PAGE };

extern u8 __heap_base[];

struct extent heap_extend(u32 size)
{
	static bool has_first;   /* under the heap's lock */

	if (!has_first) {
		has_first = true;
		return (struct extent){ round_up((uintptr_t)__heap_base, 16),
		                        __builtin_wasm_memory_size(0) * WASM_PAGE };
	}
	u32 grow = round_up(max_u64(size, GROW), WASM_PAGE);
	size_t pages = __builtin_wasm_memory_grow(0, grow / WASM_PAGE);
	if (pages == (size_t)-1)
		return (struct extent){ 0, 0 };
	return (struct extent){ pages * WASM_PAGE, pages * WASM_PAGE + grow };
}
#endif
