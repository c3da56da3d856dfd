/* SPDX-License-Identifier: MIT */
/*
 * The tools that are the plain cross tools: objects and archives are ordinary
 * AArch64 ones.
 */
#include <unistd.h>

#include "diag.h"
#include "paths.h"
#include "tools.h"

int cross_main(const struct tool *tool, int argc, char **argv)
{
	const char *path = path_cross(tool->cross);

	(void)argc;
	if (!path)
		return 1;
	argv[0] = (char *)path;
	execv(path, argv);
	diag_error("cannot run %s: %m", path);
	return 1;
}
