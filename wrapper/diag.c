/* SPDX-License-Identifier: MIT */
/*
 * Messages to the user.  Each is built in memory and written at once, so that
 * the lines of a parallel make do not mix.
 */
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

const char *diag_tool = "aarch64-wasm-cc";

static void say(const char *kind, const char *fmt, va_list args)
{
	char line[8192];
	int n = snprintf(line, sizeof line, "%s: %s: ", diag_tool, kind);

	n += vsnprintf(line + n, sizeof line - n, fmt, args);
	if (n > (int)sizeof line - 2)
		n = sizeof line - 2;
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* nobody left to tell */
}

int diag_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("error", fmt, args);
	va_end(args);
	return -1;
}

void diag_warning(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("warning", fmt, args);
	va_end(args);
}
