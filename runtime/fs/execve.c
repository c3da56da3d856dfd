/* SPDX-License-Identifier: MIT */
/*
 * execve and execveat as far as they fail before anything is given up: what
 * the name means, whether it may be executed, its arguments, its format.  What
 * Linux would run answers ENOSYS.
 */
#include "../kernel/abi.h"
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "hostfile.h"
#include "path.h"

/* Linux: MAX_ARG_STRLEN, and a quarter of the stack's limit for all strings and their pointers. */
enum { STRING_MAX = 128 << 10, STRINGS_MAX = 2 << 20 };

static struct file *open_self(struct place *p, int *err)
{
	struct file *f = p->file;

	p->file = NULL;
	*err = f ? 0 : -EACCES;                 /* the current directory */
	return f;
}

/* The file, if it may be executed: do_open_execat() of Linux. */
static struct file *open_place_exec(struct task *t, struct place *p, u32 flags, int *err)
{
	struct attr attr = { 0 };
	struct file *f;

	if (p->is_self) {
		f = open_self(p, err);
	} else {
		*err = p->node ? 0 : host_access(p->base, p->name, p->len, X_OK);
		if (*err)
			return NULL;
		f = open_place(t, p, O_RDONLY | O_NONBLOCK | (flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0), 0, err);
	}
	if (!f)
		return NULL;
	*err = file_attr(f, &attr);
	if (!*err && ((attr.mode & S_IFMT) != S_IFREG || !(attr.mode & 0111)))
		*err = -EACCES;
	if (!*err)
		return f;
	file_put(f);
	return NULL;
}

/* Adds what the strings of a vector take; a NULL vector is an empty one. */
static int measure(struct task *t, u64 vector, char *buf, u64 *size)
{
	for (u64 va = vector; va; va += 8) {
		u64 string;
		int n = copy_in(t, &string, va, sizeof(string));
		if (n || !string)
			return n;
		n = copy_string(t, buf, STRING_MAX, string, -E2BIG);
		if (n < 0)
			return n;
		*size += n + 1 + sizeof(string);
		if (*size > STRINGS_MAX)
			return -E2BIG;
	}
	return 0;
}

static int check_strings(struct task *t, u64 argv, u64 envp)
{
	char *buf = kalloc(STRING_MAX);
	u64 size = 0;

	if (!buf)
		return -ENOMEM;
	int err = measure(t, argv, buf, &size);
	if (!err)
		err = measure(t, envp, buf, &size);
	kfree(buf);
	return err;
}

/* "#!" and the name of an interpreter, which must be there. */
static int check_script(struct task *t, char *line)
{
	struct place p;
	char *name = line + 2, *end;
	int err;

	while (*name == ' ' || *name == '\t')
		name++;
	for (end = name; *end && *end != ' ' && *end != '\t' && *end != '\n'; end++)
		;
	*end = 0;
	if (end == name)
		return -ENOEXEC;
	err = place_find_text(t, &p, AT_FDCWD, name);
	if (err)
		return err;
	struct file *f = open_place_exec(t, &p, 0, &err);
	place_done(&p);
	if (!f)
		return err;
	file_put(f);
	return -ENOSYS;
}

static int check_format(struct task *t, struct file *f)
{
	static const char elf[] = "\177ELF";
	char line[256] = "";
	s64 n = f->ops->read(f, span_kernel(line, sizeof(line) - 1), 0);

	if (n < 0)
		return n;
	if (n >= 4 && !memcmp(line, elf, 4))
		return -ENOSYS;
	if (n >= 2 && line[0] == '#' && line[1] == '!')
		return check_script(t, line);
	return -ENOEXEC;
}

static s64 exec_at(struct task *t, int dirfd, u64 path, u64 argv, u64 envp, u32 flags)
{
	struct place p;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	int err = place_find(t, &p, dirfd, path, flags & AT_EMPTY_PATH ? PLACE_EMPTY_OK : 0);
	if (err)
		return err;
	struct file *f = open_place_exec(t, &p, flags, &err);
	place_done(&p);
	if (!f)
		return err;
	err = check_strings(t, argv, envp);
	if (!err)
		err = check_format(t, f);
	file_put(f);
	return err;
}

SYSCALL(execve, u64, path, u64, argv, u64, envp)
{
	return exec_at(t, AT_FDCWD, path, argv, envp, 0);
}

SYSCALL(execveat, int, dirfd, u64, path, u64, argv, u64, envp, u32, flags)
{
	return exec_at(t, dirfd, path, argv, envp, flags);
}
