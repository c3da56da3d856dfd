/* SPDX-License-Identifier: MIT */
/*
 * The table of names.
 */
#include "names.h"

#include <string.h>

static const struct tool tools[] = {
#define TOOL(name, run, cross, libc) { #name, run, cross, libc },
#include "names.tab"
#undef TOOL
};

const struct tool *tool_find(const char *argv0)
{
	static const char *const prefixes[] = { "aarch64-wasm-", "aarch64-unknown-linux-musl-", "aarch64-linux-musl-" };
	const char *name = path_base(argv0);

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (starts_with(name, prefixes[i])) {
			name += strlen(prefixes[i]);
			break;
		}
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
		if (!strcmp(tools[i].name, name))
			return &tools[i];
	return NULL;
}
