/* SPDX-License-Identifier: MIT */
/*
 * Changing names: mkdir, mknod, unlink, link, symlink, rename.  The kernel's
 * own nodes cannot be changed.
 */
#include "../kernel/lib.h"
#include "../kernel/sys.h"
#include "hostfile.h"
#include "path.h"

/* A name to be made or removed; a node of ours answers `taken`. */
static int find_name(struct task *t, struct place *p, int dirfd, u64 path, int taken)
{
	int err = place_find(t, p, dirfd, path, 0);

	if (!err && p->node) {
		place_done(p);
		err = taken;
	}
	return err;
}

SYSCALL(mkdirat, int, dirfd, u64, path, u32, mode)
{
	struct place p;
	int err = find_name(t, &p, dirfd, path, -EEXIST);

	if (err)
		return err;
	err = host_mkdir(p.base, p.name, p.len, mode & ~t->process->fs.umask & 01777);
	place_done(&p);
	return err;
}

static int make_plain(const struct place *p, u32 mode)
{
	s32 handle = host_open(p->base, p->name, p->len, O_CREAT | O_EXCL | O_WRONLY, mode);

	return handle < 0 ? handle : host_close(handle);
}

SYSCALL(mknodat, int, dirfd, u64, path, u32, mode, u32, rdev)
{
	struct place p;
	u32 type = mode & S_IFMT ? mode & S_IFMT : (u32)S_IFREG, bits = mode & ~t->process->fs.umask & 07777;

	if (type == S_IFDIR)
		return -EPERM;
	if (type != S_IFREG && type != S_IFIFO && type != S_IFSOCK && type != S_IFCHR && type != S_IFBLK)
		return -EINVAL;
	int err = find_name(t, &p, dirfd, path, -EEXIST);
	if (err)
		return err;
	err = type == S_IFREG ? make_plain(&p, bits) : host_mknod(p.base, p.name, p.len, type | bits, rdev);
	place_done(&p);
	/* mknod(2): EPERM is what a file system without such nodes says. */
	return err == -ENOSYS ? -EPERM : err;
}

SYSCALL(unlinkat, int, dirfd, u64, path, u32, flags)
{
	struct place p;

	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	int err = find_name(t, &p, dirfd, path, -EPERM);
	if (err)
		return err;
	err = host_unlink(p.base, p.name, p.len, flags & AT_REMOVEDIR ? 1 : 0);
	place_done(&p);
	return err;
}

SYSCALL(symlinkat, u64, target_va, int, dirfd, u64, path)
{
	char target[PATH_MAX];
	struct place p;
	int len = copy_path(t, target, target_va);

	if (len <= 0)
		return len ? len : -ENOENT;
	int err = find_name(t, &p, dirfd, path, -EEXIST);
	if (err)
		return err;
	err = host_symlink(target, len, p.base, p.name, p.len);
	place_done(&p);
	return err;
}

typedef int two_names(const struct place *from, const struct place *to);

static int with_two(struct task *t, int from_fd, u64 from_va, int to_fd, u64 to_va,
                    int taken, two_names *act)
{
	struct place from, to;
	int err = find_name(t, &from, from_fd, from_va, -EXDEV);

	if (err)
		return err;
	err = find_name(t, &to, to_fd, to_va, taken);
	if (!err) {
		err = act(&from, &to);
		place_done(&to);
	}
	place_done(&from);
	return err;
}

static int do_link(const struct place *from, const struct place *to)
{
	return host_link(from->base, from->name, from->len, to->base, to->name, to->len);
}

/* AT_SYMLINK_FOLLOW: link what the name leads to.  The open handle's name in /proc is a link to it. */
static int do_link_target(const struct place *from, const struct place *to)
{
	struct attr attr;
	char target[PATH_MAX];
	int err = host_stat(from->base, from->name, from->len, 0, &attr);

	if (err || (attr.mode & S_IFMT) != S_IFLNK)
		return err ? err : do_link(from, to);
	s32 handle = host_open(from->base, from->name, from->len, O_PATH, 0);
	if (handle < 0)
		return handle;
	struct text name;
	char proc[40];
	text_init(&name, proc, sizeof(proc));
	text_printf(&name, "/proc/self/fd/%d", handle);
	s32 n = host_readlink(HOST_CWD, proc, name.len, target, sizeof(target));
	host_close(handle);
	return n < 0 ? n : host_link(HOST_CWD, target, n, to->base, to->name, to->len);
}

SYSCALL(linkat, int, from_fd, u64, from, int, to_fd, u64, to, u32, flags)
{
	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return with_two(t, from_fd, from, to_fd, to, -EEXIST,
	                flags & AT_SYMLINK_FOLLOW ? do_link_target : do_link);
}

static int do_rename(const struct place *from, const struct place *to)
{
	return host_rename(from->base, from->name, from->len, to->base, to->name, to->len);
}

static int do_rename_new(const struct place *from, const struct place *to)
{
	struct attr attr;

	if (!host_stat(to->base, to->name, to->len, 0, &attr))
		return -EEXIST;
	return do_rename(from, to);
}

SYSCALL(renameat, int, from_fd, u64, from, int, to_fd, u64, to)
{
	return with_two(t, from_fd, from, to_fd, to, -EXDEV, do_rename);
}

SYSCALL(renameat2, int, from_fd, u64, from, int, to_fd, u64, to, u32, flags)
{
	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	return with_two(t, from_fd, from, to_fd, to, -EXDEV, flags ? do_rename_new : do_rename);
}
