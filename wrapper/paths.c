/* SPDX-License-Identifier: MIT */
/*
 * Finds the toolchain's own files and the programs it stands on.
 */
#include "paths.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "diag.h"

/* The directory above bin/, without a trailing slash. */
static const char *root(void)
{
	static char dir[PATH_MAX];

	if (!dir[0]) {
		ssize_t n = readlink("/proc/self/exe", dir, sizeof dir - 1);

		dir[n > 0 ? n : 0] = '\0';
		for (int up = 0; up < 2; up++) {
			char *slash = strrchr(dir, '/');
			if (slash)
				*slash = '\0';
		}
	}
	return dir;
}

const char *path_libexec(const char *name)
{
	return str_printf("%s/libexec/aarch64-wasm-cc/%s", root(), name);
}

const char *path_self_tool(const char *tool)
{
	return str_printf("%s/bin/aarch64-wasm-%s", root(), tool);
}

/* The path in a small file of libexec, which may be relative to libexec; NULL without the file. */
static const char *libexec_line(const char *name)
{
	char line[PATH_MAX];
	int fd = open(path_libexec(name), O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	ssize_t n = read(fd, line, sizeof line - 1);
	close(fd);
	line[n > 0 ? n : 0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	if (!line[0])
		return NULL;
	if (line[0] == '/')
		return str_printf("%s", line);
	char real[PATH_MAX];
	return realpath(path_libexec(line), real) ? str_printf("%s", real) : NULL;
}

static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

const char *path_prefix(void)
{
	static const char *prefix;

	if (!prefix)
		prefix = env("AARCH64_WASM_PREFIX");
	if (!prefix)
		prefix = libexec_line("prefix");
	return prefix;
}

static bool is_program(const char *path)
{
	struct stat st;

	return !access(path, X_OK) && !stat(path, &st) && S_ISREG(st.st_mode);
}

const char *path_program(const char *name)
{
	const char *found;

	if (strchr(name, '/'))
		return is_program(name) ? name : NULL;
	if (path_prefix() && is_program(found = str_printf("%s/bin/%s", path_prefix(), name)))
		return found;

	const char *path = env("PATH");
	for (const char *p = path ? path : "/usr/local/bin:/usr/bin:/bin"; *p;) {
		int n = strcspn(p, ":");

		found = n ? str_printf("%.*s/%s", n, p, name) : str_printf("./%s", name);
		if (is_program(found))
			return found;
		p += n + (p[n] == ':');
	}
	return NULL;
}

const char *path_argv0(const char *path)
{
	bool in_prefix = path_prefix() && starts_with(path, str_printf("%s/", path_prefix()));

	return in_prefix ? path : path_base(path);
}

const char *path_cross(const char *tool)
{
	/* Debian carries several gcc side by side, and sometimes only under their versions' names. */
	static const char *const versions[] = { "", "-12" };
	const char *cross = env("AARCH64_WASM_CROSS");
	const char *found = NULL;

	if (!cross)
		cross = "aarch64-linux-gnu-";
	for (size_t i = 0; i < sizeof versions / sizeof *versions && !found; i++)
		found = path_program(str_printf("%s%s%s", cross, tool, versions[i]));
	if (!found)
		diag_error("%s%s is neither in the toolchain prefix nor on PATH (set up the toolchain, or set AARCH64_WASM_CROSS)",
			   cross, tool);
	return found;
}

const char *path_node(void)
{
	const char *node = env("AARCH64_WASM_NODE");

	if (!node)
		node = libexec_line("node");
	return node && is_program(node) ? node : path_program("node");
}
