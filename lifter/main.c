/* SPDX-License-Identifier: MIT */
/*
 * lift: a static AArch64 ELF in, program.wasm out.  An inner tool; users meet
 * it through aarch64-wasm-cc and aarch64-wasm-lift.
 */
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifter/fpenv.h"
#include "lifter/report.h"
#include "lifter/tiers.h"
#include "lifter/translate.h"

static const char help[] =
	"usage: lift [options] PROGRAM.elf -o PROGRAM.wasm\n"
	"Translates a static AArch64 Linux program to a WebAssembly module.\n\n"
	"  -o FILE             the module to write\n"
	"  -v                  say what was found and what is left to the interpreter\n"
	"  --report            only that, and every gap, on stdout; nothing is written\n"
	"  --name NAME         what to call the program in messages\n"
	"  -g                  keep function names in the module\n"
	"  --wasi              a module for WASI engines, with the runtime: all but the program's ELF\n"
	"  --fenv=MODE         rounding modes, flushing and exception flags: full, none, or auto (the\n"
	"                      default): full for programs that set or read them\n"
	"  --relaxed-nan       NaN results as the engine makes them, not bit for bit as Arm does\n"
	"  --part-insns N      translate N instructions at a time, instead of a number that suits LLVM\n"
	"  --save-temps BASE   keep BASE.ll, BASE.opt.ll and BASE.o, or those of each part, as BASE.0.ll\n"
	"  --help              this text\n";

struct options {
	const char *in, *name;
	bool report;
	struct translate_options translate;
	bool wasi;
	enum { FENV_AUTO, FENV_FULL, FENV_NONE } fenv;
};

static const char *argument(int argc, char **argv, int *i)
{
	if (*i + 1 >= argc)
		diag_fatal("%s needs an argument; see --help", argv[*i]);
	return argv[++*i];
}

static u32 number(const char *text, const char *option)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*end || !n || n > UINT32_MAX)
		diag_fatal("%s %s: not a number that could be", option, text);
	return n;
}

static u32 fenv_mode(const char *name)
{
	static const char *const names[] = { [FENV_AUTO] = "auto", [FENV_FULL] = "full", [FENV_NONE] = "none" };

	for (u32 i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(name, names[i]))
			return i;
	diag_fatal("--fenv=%s: auto, full or none", name);
}

static void parse(struct options *o, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *a = argv[i];
		if (!strcmp(a, "--help")) {
			fputs(help, stdout);
			exit(0);
		} else if (!strcmp(a, "-o")) {
			o->translate.emit.out = argument(argc, argv, &i);
		} else if (!strcmp(a, "--save-temps")) {
			o->translate.emit.save_temps = argument(argc, argv, &i);
		} else if (!strcmp(a, "-v")) {
			diag_is_verbose = true;
		} else if (!strcmp(a, "--report")) {
			o->report = true;
		} else if (!strcmp(a, "--name")) {
			o->name = argument(argc, argv, &i);
		} else if (!strcmp(a, "-g")) {
			o->translate.emit.keep_names = true;
		} else if (!strcmp(a, "--part-insns")) {
			o->translate.part_insns = number(argument(argc, argv, &i), a);
		} else if (!strcmp(a, "--wasi")) {
			o->wasi = true;
		} else if (!strcmp(a, "--relaxed-nan")) {
			o->translate.build.relaxed_nan = true;
		} else if (!strncmp(a, "--fenv=", 7)) {
			o->fenv = fenv_mode(a + 7);
		} else if (a[0] == '-' && a[1]) {
			diag_fatal("unknown option %s; see --help", a);
		} else if (o->in) {
			diag_fatal("one program at a time: %s and %s", o->in, a);
		} else {
			o->in = a;
		}
	}
	if (!o->in || (!o->translate.emit.out && !o->report))
		diag_fatal("usage: lift [options] PROGRAM.elf -o PROGRAM.wasm; see --help");
}

/* A part of the toolchain lies beside this binary. */
static char *beside(const char *leaf)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n < 0)
		diag_fatal("cannot read /proc/self/exe");
	self[n] = 0;
	return xasprintf("%s/%s", dirname(self), leaf);
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct image image;
	struct program program;

	parse(&o, argc, argv);
	o.translate.emit.linker = beside("wasm-ld");
	o.translate.emit.builtins = beside("builtins.o");
	o.translate.emit.runtime = o.wasi ? beside("wasi.o") : NULL;
	image_open(&image, o.in, o.name);
	LLVMContextRef context = LLVMContextCreate();
	LLVMModuleRef module = tmpl_load(context, beside("a64_templates.bc"));
	discover(&program, &image);
	if (o.report) {
		report_print(&program);
		return 0;
	}
	report_verbose(&program);
	summarize(&program);
	tiers_choose(&program);
	o.translate.build.fpenv = o.fenv == FENV_FULL || (o.fenv == FENV_AUTO && fpenv_is_used(&program));
	if (o.translate.build.fpenv)
		diag_verbose("rounding modes and exception flags are honoured");
	translate(&program, module, &o.translate);
	return 0;
}
