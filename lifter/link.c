/* SPDX-License-Identifier: MIT */
/* From objects to program.wasm: see emit.h. */
#include "lifter/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/cpu/cpu.h"

extern char **environ;

static void run_linker(const char *linker, char **argv)
{
	pid_t pid;
	int status, err = posix_spawn(&pid, linker, NULL, NULL, argv, environ);

	if (err)
		diag_fatal("cannot run %s: %s; the installation is incomplete", linker, strerror(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		diag_fatal("wasm-ld failed on the lifted objects; please report this program");
}

static void link_objects(const struct program *p, char *const *objects, u32 count, const char *linked, const struct emit_options *o)
{
	char *base = xasprintf("--global-base=%u", p->image->area + CPU_OTHER_DATA);
	char *memory = xasprintf("--initial-memory=%u", p->image->area + CPU_AREA_SIZE);
	const char *stack = p->image->area ? "--no-stack-first" : "--stack-first";
	char *stack_size = xasprintf("stack-size=%u", p->image->area ? CPU_STACK_SIZE : CPU_HEAP);
	/* C's functions in the table stand behind those of the program. */
	char *table = xasprintf("--table-base=%u", 1 + p->ninsns);
	const char *const alone[] = { "--no-entry", "--import-memory", "--import-table", "--export-dynamic", "--allow-undefined", "--no-stack-first",
		"-z", "stack-size=4096", memory, base, o->builtins, NULL };
	/* As wasi.wasm: runtime/host/wasi/CMakeLists.txt. */
	const char *const whole[] = { "--entry=_start", "--export=cpu_miss", "--export-dynamic", stack, "-z", stack_size,
		memory, base, table, o->runtime, o->builtins, NULL };
	LIST(char *) argv = { 0 };

	list_push(&argv, "wasm-ld");
	for (u32 i = 0; i < count; i++)
		list_push(&argv, objects[i]);
	list_push(&argv, "-o");
	list_push(&argv, (char *)linked);
	for (const char *const *a = o->runtime ? whole : alone; *a; a++)
		list_push(&argv, (char *)*a);
	list_push(&argv, NULL);
	run_linker(o->linker, argv.at);
	list_free(&argv);
	free(base);
	free(memory);
	free(stack_size);
	free(table);
}

static u8 *read_file(const char *path, size_t *size)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		diag_fatal("%s: %s", path, strerror(errno));
	u8 *bytes = xcalloc(st.st_size, 1);
	for (*size = 0; *size < (size_t)st.st_size;) {
		ssize_t n = read(fd, bytes + *size, st.st_size - *size);
		if (n <= 0)
			diag_fatal("%s: %s", path, n ? strerror(errno) : "shorter than it was");
		*size += n;
	}
	close(fd);
	return bytes;
}

/* All or nothing: a temporary file beside the output, then rename. */
static void write_file(const char *path, const struct bytes *b)
{
	char *temporary = xasprintf("%s.%d.tmp", path, (int)getpid());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	size_t done = 0;

	if (fd < 0)
		diag_fatal("%s: %s", path, strerror(errno));
	while (done < b->count) {
		ssize_t n = write(fd, b->at + done, b->count - done);
		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? n : 0;
	}
	if (done < b->count || close(fd) || rename(temporary, path)) {
		int err = errno;
		unlink(temporary);
		diag_fatal("%s: %s", path, strerror(err));
	}
	free(temporary);
}

void emit_linked(const struct program *p, char *const *objects, u32 count, const struct emit_options *o)
{
	char *linked = xasprintf("%s.%d.ld", o->out, (int)getpid());
	size_t size;

	diag_remove(linked);
	link_objects(p, objects, count, linked, o);
	u8 *bytes = read_file(linked, &size);
	struct bytes finished = wasm_finish(p, bytes, size, o);
	write_file(o->out, &finished);
	unlink(linked);
	free(bytes);
	free(finished.at);
}
