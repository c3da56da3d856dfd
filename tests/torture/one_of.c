/* SPDX-License-Identifier: MIT */
/*
 * Many test programs in one ELF, so that they are lifted together: argv[1]
 * names the one to run.  batch.sh has each main() renamed and defines TESTS
 * as F(name) F(name) ...
 */
#include <string.h>

typedef int program(int, char **, char **);

#define F(name) program name;
TESTS
#undef F

static const struct { const char *name; program *main; } tests[] = {
#define F(name) { #name, name },
	TESTS
};

int main(int argc, char **argv, char **env)
{
	for (unsigned i = 0; i < sizeof tests / sizeof *tests; i++)
		if (argc > 1 && !strcmp(argv[1], tests[i].name)) {
			argv[1] = argv[0];
			return tests[i].main(argc - 1, argv + 1, env);
		}
	return 125;
}
