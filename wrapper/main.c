/* SPDX-License-Identifier: MIT */
/*
 * One binary under many names: what it does is in argv[0] (names.tab).
 */
#include <stdlib.h>

#include "cc.h"
#include "diag.h"
#include "paths.h"
#include "tools.h"

int main(int argc, char **argv)
{
	if (!argc)
		return 1;
	diag_tool = path_base(argv[0]);
	const struct tool *tool = tool_find(argv[0]);
	if (!tool) {
		diag_error("%s is not a name of this toolchain's tools", diag_tool);
		return 1;
	}
	if (path_prefix()) /* the guest's gcc specs find the sysroot by it */
		setenv("AARCH64_WASM_PREFIX", path_prefix(), 1);

	switch (tool->run) {
	case TOOL_COMPILE:
	case TOOL_PREPROCESS:
		return cc_main(tool, argc, argv);
	case TOOL_CROSS:
		return cross_main(tool, argc, argv);
	case TOOL_EDIT:
		return edit_main(tool, argc, argv);
	case TOOL_LIFT:
		return lift_main(argc, argv);
	}
	return 1;
}
