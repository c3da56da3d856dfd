/* SPDX-License-Identifier: MIT */
/*
 * Packages that build a library both ways (zlib, everything with libtool) link
 * their own programs with the shared one, by file name.  Programs here are
 * static, so they get the other one.
 */
#include "standin.h"

#include <string.h>
#include <unistd.h>

#include "args.h"

const char *standin_for(const char *input)
{
	const char *base = path_base(input), *so = strstr(base, ".so");

	if (!starts_with(base, "lib") || !so || (so[3] && so[3] != '.'))
		return input;
	const char *archive = str_printf("%.*s.a", (int)(so - input), input);
	return access(archive, R_OK) ? input : archive;
}
