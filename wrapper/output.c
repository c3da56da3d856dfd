/* SPDX-License-Identifier: MIT */
/*
 * The kinds of output, by suffix as with emcc, and the steps to each.
 */
#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "diag.h"
#include "elf_check.h"
#include "outfile.h"
#include "pack.h"
#include "paths.h"
#include "tmp.h"

/* aarch64-wasm-lift --pack[-wasi] ELF [WASM] -o OUT: makes `prog` or `x.wasm`. */
int tool_pack(int argc, char **argv)
{
	const char *out = argv[argc - 1], *wasm_path = argc > 5 ? argv[3] : NULL;
	struct input elf, wasm;
	char why[512];

	if (input_open(&elf, argv[2]) || (wasm_path && input_open(&wasm, wasm_path)))
		return 1;
	if (elf_check(elf.data, elf.size, why, sizeof why) != ELF_PROGRAM) {
		diag_error("%s: %s", argv[2], why);
		return 1;
	}
	const struct input *lifted = wasm_path ? &wasm : NULL;
	struct pieces pieces = { 0 };
	if (!strcmp(argv[1], PACK_WASI))
		return pack_wasi(out, &elf, lifted) ? 1 : 0;
	if (ends_with(out, ".wasm"))
		return pack_module(out, &elf, lifted) ? 1 : 0;
	return pack_collect(&pieces, &elf, lifted) || pack_program(out, &pieces) ? 1 : 0;
}

/* cp FROM TO, with the mode that the umask leaves of FROM's. */
static int tool_copy(int argc, char **argv)
{
	struct stat st;

	(void)argc;
	if (stat(argv[1], &st)) {
		diag_error("cannot read %s: %m", argv[1]);
		return 1;
	}
	return out_copy_file(argv[1], argv[2], st.st_mode & S_IXUSR ? 0777 : 0666) ? 1 : 0;
}

/* cp -r FROM TO: the files of one directory, which may be there already. */
static int tool_copy_directory(int argc, char **argv)
{
	const char *from = argv[argc - 2], *to = argv[argc - 1];
	DIR *dir = opendir(from);
	int err = 0;

	if (!dir || (mkdir(to, 0777) && errno != EEXIST)) {
		diag_error("cannot copy %s to %s: %m", from, to);
		return 1;
	}
	for (struct dirent *e; !err && (e = readdir(dir));)
		if (e->d_name[0] != '.')
			err = out_copy_file(str_printf("%s/%s", from, e->d_name), str_printf("%s/%s", to, e->d_name), 0666);
	closedir(dir);
	return err ? 1 : 0;
}

/* The same for what -save-temps keeps, whatever comes of the rest. */
static int tool_keep(int argc, char **argv)
{
	int status = tool_copy(argc, argv);

	tmp_keep(argv[argc - 1]);
	return status;
}

static void plan_copy(struct plan *p, int (*tool)(int, char **), const char *from, const char *to)
{
	args_push_all(plan_step(p, tool), (char *[]){ "cp", (char *)from, (char *)to }, 3);
}

static void plan_tool_pack(struct plan *p, const char *how, const char *elf, const char *wasm, const char *out)
{
	struct args *cmd = plan_step(p, tool_pack);

	args_push_all(cmd, (char *[]){ "aarch64-wasm-lift", (char *)how, (char *)elf }, 3);
	if (wasm)
		args_push(cmd, wasm);
	args_push_all(cmd, (char *[]){ "-o", (char *)out }, 2);
}

static void plan_pack(struct plan *p, const char *elf, const char *wasm, const char *out)
{
	plan_tool_pack(p, PACK, elf, wasm, out);
}

static void plan_wasi(struct plan *p, const char *elf, const char *wasm, const char *out)
{
	plan_tool_pack(p, PACK_WASI, elf, wasm, out);
}

static const char *beside(const char *out, const char *suffix)
{
	return str_printf("%.*s%s", (int)(strlen(out) - strlen(path_suffix(out))), out, suffix);
}

/* x.html: the page is the same in every output too; x.js runs x.wasm, the terminal is in xterm/. */
static void plan_page(struct plan *p, const char *elf, const char *wasm, const char *out)
{
	plan_pack(p, elf, wasm, beside(out, ".wasm"));
	plan_copy(p, tool_copy, path_libexec("page/page.js"), beside(out, ".js"));
	args_push_all(plan_step(p, tool_copy_directory), (char *[]){ "cp", "-r", (char *)path_libexec("page/xterm"),
		str_printf("%sxterm", path_dir(out)) }, 4);
	plan_copy(p, tool_copy, path_libexec("page/page.html"), out);
}

/* x.js, x.mjs: the script is the same in every output, and finds x.wasm by its own name. */
static void plan_script(struct plan *p, const char *elf, const char *wasm, const char *out)
{
	plan_pack(p, elf, wasm, beside(out, ".wasm"));
	plan_copy(p, tool_copy, path_libexec(str_printf("program%s", path_suffix(out))), out);
}

static void plan_elf(struct plan *p, const char *elf, const char *wasm, const char *out)
{
	(void)wasm;
	plan_copy(p, tool_copy, elf, out);
}

static const struct kind {
	const char *suffix;
	enum { NOT, PLAIN, FOR_WASI } lifts;
	void (*plan)(struct plan *p, const char *elf, const char *wasm, const char *out);
	const char *help;
} kinds[] = {
	{ ".elf",  NOT,   plan_elf,     "the guest's static AArch64 ELF itself" },
	{ ".html", PLAIN, plan_page,    "a page: x.html, x.js, x.wasm and the folder xterm (serve it with aarch64-wasm-serve)" },
	{ ".js",   PLAIN, plan_script,  "a script for Node, x.js with x.wasm beside it; require() gives a function that runs it" },
	{ ".mjs",  PLAIN, plan_script,  "the same as an ES module" },
	{ ".wasm", FOR_WASI, plan_wasi, "a module for WASI engines (preview 1): exports _start and memory" },
	{ "",      PLAIN, plan_pack,    "anything else: one file that runs on this machine" },
};

void output_plan(struct plan *p, const struct output *out, const char *elf, const char *dir)
{
	const struct kind *kind = kinds;
	const char *wasm = NULL;

	while (kind->suffix[0] && strcmp(path_suffix(out->path), kind->suffix))
		kind++;
	if (out->keep)
		plan_copy(p, tool_keep, elf, str_printf("%s.elf", out->keep));
	if (kind->lifts && out->lift) {
		struct args *cmd = plan_step(p, NULL);

		wasm = str_printf("%s/program.wasm", dir);
		args_push_all(cmd, (char *[]){ (char *)path_libexec("lift"), (char *)elf, "-o", (char *)wasm, "--name",
			(char *)(out->name ? out->name : out->path) }, 6);
		if (kind->lifts == FOR_WASI)
			args_push(cmd, "--wasi");
		if (out->keep)
			args_push_all(cmd, (char *[]){ "--save-temps", (char *)out->keep }, 2);
		if (out->relaxed_nan)
			args_push(cmd, "--relaxed-nan");
		if (out->fenv)
			args_push(cmd, str_printf("--fenv=%s", out->fenv));
		if (out->verbose)
			args_push(cmd, "-v");
		tmp_add(wasm);
	}
	/* Of an x.wasm for WASI, x.wasm is not the name of a part. */
	if (out->keep && wasm)
		plan_copy(p, tool_keep, wasm, str_printf("%s%s.wasm", out->keep, kind->lifts == FOR_WASI ? ".lifted" : ""));
	kind->plan(p, elf, wasm, out->path);
}

const char *output_kind_help(unsigned i)
{
	if (i >= sizeof kinds / sizeof *kinds)
		return NULL;
	return str_printf("%s\t%s", kinds[i].suffix, kinds[i].help);
}
