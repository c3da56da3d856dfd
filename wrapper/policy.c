/* SPDX-License-Identifier: MIT */
/*
 * Which links are lifted.
 *
 * Build systems link hundreds of small programs to ask the compiler questions,
 * and run half of them once: those carry the ELF alone and are interpreted.
 * They are known by the names their build system gives them.  Everything else
 * is lifted: being slow to link is seen at once, being slow to run is not.
 */
#include "policy.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name matches as a whole path, with directories before it or without. */
static const struct probe {
	const char *pattern;
	const char *who;
} probes[] = {
	{ "conftest",                "autoconf" },
	{ "conftest.*",              "autoconf: sources, objects, and the program where EXEEXT is set" },
	{ "conftest[0-9]*",          "autoconf, for tests that need several files" },
	{ "cmTC_*",                  "CMake try_compile" },
	{ "*/CMakeFiles/CMakeTmp/*", "CMake before 3.25" },
	{ "*/CMakeFiles/CMakeScratch/*", "CMake 3.25" },
	{ "*/CompilerIdC/*",         "CMake's compiler identification" },
	{ "*/CompilerIdCXX/*",       "CMake's compiler identification" },
	{ "CMakeCCompilerId.c",      "CMake's compiler identification" },
	{ "CMakeCXXCompilerId.cpp",  "CMake's compiler identification" },
	{ "*/meson-private/*",       "Meson" },
	{ "sanitycheckc*",           "Meson" },
	{ "testfile.c",              "Meson" },
	{ "*/config.tests/*",        "qmake" },
	{ "*/.conf_check_*",         "waf" },
};

static bool is_probe(const char *name)
{
	const char *path = name[0] == '/' ? name : str_printf("/%s", name);

	for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
		if (!fnmatch(probes[i].pattern, probes[i].pattern[0] == '*' ? path : path_base(name), 0))
			return true;
	return false;
}

bool policy_lift(enum lift_mode mode, const char *output, const struct args *inputs)
{
	struct stat st;
	char cwd[4096];

	if (mode != LIFT_AUTO)
		return mode == LIFT_ALWAYS;
	if (!stat(output, &st) && !S_ISREG(st.st_mode))
		return false; /* /dev/null: only the link's success counts */
	if (is_probe(output))
		return false;
	if (output[0] != '/' && getcwd(cwd, sizeof cwd) && is_probe(str_printf("%s/%s", cwd, output)))
		return false;
	for (size_t i = 0; i < inputs->n; i++)
		if (is_probe(inputs->v[i]))
			return false;
	return true;
}

int policy_mode(enum lift_mode *mode)
{
	const char *word = getenv("AARCH64_WASM_LIFT");

	*mode = LIFT_AUTO;
	return word && *word ? lift_mode_read(mode, word, "AARCH64_WASM_LIFT") : 0;
}
