/* SPDX-License-Identifier: MIT */
/*
 * Start: the boot buffer (format: entry.h) becomes the first task, and the
 * carried ELF its program.
 */
#include "../fs/hostfile.h"
#include "../fs/path.h"
#include "entry.h"
#include "exec.h"
#include "lib.h"
#include "stats.h"
#include "syscall.h"

static char *buffer;
static struct exec_args args;
static const char *exe, *inherited;

KERNEL_EXPORT(kernel_boot_buffer)
uint32_t kernel_boot_buffer(uint32_t size)
{
	buffer = kalloc(size + 1);
	return (uint32_t)(uintptr_t)buffer;
}

void *kernel_boot_address(void) { return buffer; }

/* The next string of the buffer, NULL at its end. */
static const char *next_string(const char **at, const char *end)
{
	const char *s = *at;

	if (s >= end)
		return NULL;
	*at = s + strlen(s) + 1;
	return s;
}

/* A count and that many strings. */
static bool next_list(const char **at, const char *end, struct strings *out)
{
	const char *number = next_string(at, end);
	u64 count;

	if (!number || !scan_u64(&number, &count))
		return false;
	out->data = *at;
	out->count = count;
	for (u64 i = 0; i < count; i++)
		if (!next_string(at, end))
			return false;
	out->bytes = *at - out->data;
	return true;
}

static bool env_has(const struct strings *env, const char *setting)
{
	const char *s = env->data;

	for (u32 i = 0; i < env->count; i++, s += strlen(s) + 1)
		if (!strcmp(s, setting))
			return true;
	return false;
}

/* "fd:handle fd:handle …" */
static int take_inherited(struct task *t, const char *s)
{
	u64 fd, handle;

	while (scan_u64(&s, &fd) && *s == ':' && (s++, scan_u64(&s, &handle))) {
		struct file *f = hostfile_new(handle, O_RDWR, true);
		int err = f ? fd_install_at(t, fd, f, false) : -ENOMEM;
		if (err < 0)
			return err;
		s += *s == ' ';
	}
	return *s ? -EINVAL : 0;
}

/* "ignored blocked": signal(7), what execve(2) keeps. */
static void take_signals(struct task *t, const char *s)
{
	u64 ignored, blocked;

	if (!s || !scan_u64(&s, &ignored) || *s++ != ' ' || !scan_u64(&s, &blocked))
		return;
	for (int sig = 1; sig <= SIG_COUNT; sig++)
		if (ignored >> (sig - 1) & 1)
			t->process->sighand.action[sig].handler = SIG_IGN;
	t->sigmask = blocked;
}

KERNEL_EXPORT(kernel_boot)
int32_t kernel_boot(uint32_t size)
{
	const char *at = buffer, *end = buffer + size;
	const char *cwd;

	if (!next_list(&at, end, &args.argv) || !next_list(&at, end, &args.env) ||
	    !(cwd = next_string(&at, end)) || !(exe = next_string(&at, end)) ||
	    !(inherited = next_string(&at, end)))
		return -EINVAL;
	args.name = exe;
	strace_on = env_has(&args.env, "AARCH64_WASM_STRACE=1");
	cwd_set_first(cwd);

	int err = task_init_first();
	if (err)
		return err;
	current->process->exe = kstrdup(exe);
	take_signals(current, next_string(&at, end));
	return take_inherited(current, inherited);
}

uint32_t kernel_area(void) { return current->process->mm.area; }

KERNEL_EXPORT(kernel_exec_first)
int32_t kernel_exec_first(void)
{
	const char *why = "not enough memory";
	struct file *image = hostfile_new(HOST_IMAGE, O_RDONLY, false);
	int err = image ? exec_load(current, image, &args, &why) : -ENOMEM;

	file_put(image);
	if (!err && env_has(&args.env, "AARCH64_WASM_STATS=1"))
		stats_begin(STATS_ON);
	else if (!err && env_has(&args.env, "AARCH64_WASM_STATS=all"))
		stats_begin(STATS_ALL);
	if (err) {
		char line[512];
		struct text text;
		text_init(&text, line, sizeof(line) - 1);
		text_printf(&text, "aarch64-wasm: %s: %s", exe, why);
		line[text.len] = '\n';
		host_write(2, line, text.len + 1, -1);
	}
	return err;
}
