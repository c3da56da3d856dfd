/* SPDX-License-Identifier: MIT */
/*
 * --help of the compiler driver, made from the tables of options and outputs.
 */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "diag.h"
#include "options.h"
#include "output.h"

enum { COLUMN = 26 };

/* "  left     text", text's further lines below its first. */
static void row(const char *left, const char *text)
{
	int n = printf("  %s", left);

	if (n >= COLUMN) {
		putchar('\n');
		n = 0;
	}
	for (;;) {
		int len = strcspn(text, "\n");

		printf("%*s%.*s\n", COLUMN - n, "", len, text);
		if (!text[len])
			break;
		text += len + 1;
		n = 0;
	}
}

int help_print(void)
{
	printf("Usage: %s [options] file...\n\n"
	       "Compiles and links for AArch64 Linux like gcc, whose options it takes, and\n"
	       "translates what was linked to WebAssembly: the program that comes out runs on\n"
	       "any machine with Node 20.  What links no executable (-c, -S, -E, -shared, -r ...)\n"
	       "is the plain cross compiler's.\n\n"
	       "Options of its own, or with a meaning beyond gcc's:\n", diag_tool);
	for (size_t i = 0; i < option_count; i++) {
		const char *help = options[i].help;

		if (!help)
			continue;
		int arg = strcspn(help, "\t");
		bool joined = options[i].take == TAKE_JOINED || options[i].take == TAKE_NONE;
		row(str_printf("%s%s%.*s", options[i].name, joined ? "" : " ", arg, help), help + arg + 1);
	}
	puts("\nWhat -o NAME writes, by the name's suffix:");
	const char *kind;
	for (unsigned i = 0; (kind = output_kind_help(i)); i++) {
		int n = strcspn(kind, "\t");
		row(n ? str_printf("x%.*s", n, kind) : "x", kind + n + 1);
	}
	puts("\nEnvironment:");
	row("AARCH64_WASM_LIFT", "auto, always or never: what -mlift= says where it is not given");
	row("AARCH64_WASM_PREFIX", "where the guest's toolchain is installed");
	row("AARCH64_WASM_CROSS", "the cross tools' common name (default: aarch64-linux-gnu-)");
	row("AARCH64_WASM_NODE", "the node that programs run on; when linking, the one they remember");
	puts("\nFor configure:  ./configure CC=aarch64-wasm-cc --build=aarch64-unknown-linux-musl \\\n"
	     "                    --host=aarch64-unknown-linux-musl");
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
