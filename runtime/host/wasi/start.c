/* SPDX-License-Identifier: MIT */
/*
 * _start: what the program is started with, as the kernel wants it, and then
 * its first instruction.
 */
#include "runtime/cpu/mem.h"
#include "runtime/kernel/entry.h"
#include "wasi.h"

/* runtime/cpu/lifted.c */
void cpu_init(u32 text_base, u32 text_size, u32 bitmap_va, u32 has_threads);

enum { CANNOT_START = 126 };

struct words { u32 count, bytes; char *text; };

static _Noreturn void give_up(const char *why)
{
	host_write(2, "aarch64-wasm: ", 14, -1);
	host_write(2, why, strlen(why), -1);
	host_write(2, "\n", 1, -1);
	wasi_proc_exit(CANNOT_START);
}

/* Room for a list of words and the array of pointers that WASI fills besides. */
static u32 *words_room(struct words *w)
{
	u32 *pointers = kalloc((w->count + 1) * sizeof(u32));

	w->text = kalloc(w->bytes + 1);
	if (!pointers || !w->text)
		give_up("the arguments and the environment are too large");
	return pointers;
}

static struct words arguments(void)
{
	struct words w = { 0 };

	if (wasi_args_sizes_get(&w.count, &w.bytes))
		give_up("the engine gives no arguments");
	u32 *pointers = words_room(&w);
	if (wasi_args_get(pointers, w.text))
		give_up("the engine gives no arguments");
	kfree(pointers);
	return w;
}

static struct words environment(void)
{
	struct words w = { 0 };

	if (wasi_environ_sizes_get(&w.count, &w.bytes))
		give_up("the engine gives no environment");
	u32 *pointers = words_room(&w);
	if (wasi_environ_get(pointers, w.text))
		give_up("the engine gives no environment");
	kfree(pointers);
	return w;
}

static const char *find_variable(const struct words *env, const char *name)
{
	const char *s = env->text, *end = s + env->bytes;
	u32 len = strlen(name);

	for (; s < end; s += strlen(s) + 1)
		if (!strncmp(s, name, len) && s[len] == '=')
			return s + len + 1;
	return NULL;
}

static void put_words(struct text *t, const struct words *w)
{
	text_printf(t, "%u", w->count);
	text_mem(t, "", 1);
	text_mem(t, w->text, w->bytes);
}

static void put_string(struct text *t, const char *s) { text_mem(t, s, strlen(s) + 1); }

/* The boot buffer of entry.h. */
static void boot(void)
{
	struct words argv = arguments(), env = environment();

	if (!argv.count)
		argv = (struct words){ 1, 8, "program" };
	paths_init(find_variable(&env, "PWD"));

	const char *cwd = *paths_cwd() ? paths_cwd() : "/", *name = argv.text;
	const char *slash = strrchr(name, '/'), *leaf = slash ? slash + 1 : name;
	u32 cap = argv.bytes + env.bytes + strlen(cwd) + strlen(name) + 64;
	char *buf = (char *)(uintptr_t)kernel_boot_buffer(cap);
	struct text t;

	if (!buf)
		give_up("the arguments and the environment are too large");
	text_init(&t, buf, cap);
	put_words(&t, &argv);
	put_words(&t, &env);
	put_string(&t, cwd);
	if (*name == '/') {
		put_string(&t, name);
	} else {                     /* where the module lies nobody tells */
		text_char(&t, '/');
		put_string(&t, leaf);
	}
	put_string(&t, "0:0 1:1 2:2");
	put_string(&t, "0 0");
	if (t.full || kernel_boot(t.len))
		give_up("the kernel does not take what the program is started with");
}

/* The lifter's note, CPU_LIFTED_MAP: zero without lifted code. */
static void init_lifted(void)
{
	const u32 *map = (const u32 *)(uintptr_t)(CPU_AREA + CPU_LIFTED_MAP);

	if (map[1])
		cpu_init(map[0], map[1], map[2], map[3]);
}

void _start(void) __attribute__((export_name("_start")));
void _start(void)
{
	image_init();
	boot();
	if (kernel_exec_first())
		wasi_proc_exit(CANNOT_START);
	image_drop();
	init_lifted();
	host_unwind();
}
