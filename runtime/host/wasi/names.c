/* SPDX-License-Identifier: MIT */
/*
 * Host imports on names.
 */
#include "wasi.h"

s32 host_stat(s32 base, const char *path, u32 path_len, s32 follow, void *out)
{
	struct wasi_filestat st;
	struct where w;
	s32 err = where_find(&w, base, path, path_len);

	if (err)
		return err;
	err = negated(wasi_path_filestat_get(w.dir, follow ? WASI_LOOKUP_FOLLOW : 0, w.path, w.len, &st));
	where_done(&w);
	if (!err)
		put_stat(out, &st);
	return err;
}

s32 host_mkdir(s32 base, const char *path, u32 path_len, s32 mode)
{
	struct where w;
	s32 err = where_find(&w, base, path, path_len);

	(void)mode;
	if (!err)
		err = negated(wasi_path_create_directory(w.dir, w.path, w.len));
	where_done(&w);
	return err;
}

s32 host_unlink(s32 base, const char *path, u32 path_len, s32 is_dir)
{
	struct where w;
	s32 err = where_find(&w, base, path, path_len);

	if (!err)
		err = negated(is_dir ? wasi_path_remove_directory(w.dir, w.path, w.len)
		                     : wasi_path_unlink_file(w.dir, w.path, w.len));
	where_done(&w);
	return err;
}

/* Two paths, the second one new. */
static s32 find_both(struct where w[2], s32 from_base, const char *from, u32 from_len,
                     s32 to_base, const char *to, u32 to_len)
{
	w[1] = (struct where){ 0 };
	s32 err = where_find(&w[0], from_base, from, from_len);
	return err ? err : where_find(&w[1], to_base, to, to_len);
}

static s32 both_done(struct where w[2], s32 err)
{
	where_done(&w[0]);
	where_done(&w[1]);
	return err;
}

s32 host_rename(s32 from_base, const char *from, u32 from_len, s32 to_base, const char *to, u32 to_len)
{
	struct where w[2];
	s32 err = find_both(w, from_base, from, from_len, to_base, to, to_len);

	if (!err)
		err = negated(wasi_path_rename(w[0].dir, w[0].path, w[0].len, w[1].dir, w[1].path, w[1].len));
	return both_done(w, err);
}

s32 host_link(s32 from_base, const char *from, u32 from_len, s32 to_base, const char *to, u32 to_len)
{
	struct where w[2];
	s32 err = find_both(w, from_base, from, from_len, to_base, to, to_len);

	if (!err)
		err = negated(wasi_path_link(w[0].dir, 0, w[0].path, w[0].len, w[1].dir, w[1].path, w[1].len));
	return both_done(w, err);
}

s32 host_symlink(const char *target, u32 target_len, s32 base, const char *path, u32 path_len)
{
	struct where w;
	s32 err = where_find(&w, base, path, path_len);

	if (!err)
		err = negated(wasi_path_symlink(target, target_len, w.dir, w.path, w.len));
	where_done(&w);
	return err;
}

s32 host_readlink(s32 base, const char *path, u32 path_len, void *buf, s32 cap)
{
	struct where w;
	u32 n = 0;
	s32 err = where_find(&w, base, path, path_len);

	if (!err)
		err = negated(wasi_path_readlink(w.dir, w.path, w.len, buf, cap, &n));
	where_done(&w);
	return err == -ERANGE ? cap : err ? err : (s32)n;
}

/* --- modes and owners: see fixed_mode() --- */

static s32 stat_mode(s32 base, const char *path, u32 path_len, s32 follow, u32 *mode)
{
	u64 st[14];
	s32 err = host_stat(base, path, path_len, follow, st);

	*mode = err ? 0 : st[2];
	return err;
}

/* access(2) of the one user there is: root may execute what somebody may. */
s32 host_access(s32 base, const char *path, u32 path_len, s32 mode)
{
	u32 is;
	s32 err = stat_mode(base, path, path_len, 1, &is);

	return err ? err : mode & 1 && !(is & 0111) ? -EACCES : 0;
}

s32 host_chmod(s32 base, const char *path, u32 path_len, s32 mode)
{
	u32 is;
	s32 err = stat_mode(base, path, path_len, 1, &is);

	return err ? err : (is & 07777) == (u32)mode ? 0 : -EPERM;
}

s32 host_chown(s32 base, const char *path, u32 path_len, s32 uid, s32 gid, s32 follow)
{
	u32 is;
	s32 err = stat_mode(base, path, path_len, follow, &is);

	return err ? err : uid > 0 || gid > 0 ? -EPERM : 0;
}

s32 host_utimens(s32 base, const char *path, u32 path_len, s64 atime, s64 mtime, s32 follow)
{
	struct where w;
	s32 err = where_find(&w, base, path, path_len);

	if (!err)
		err = negated(wasi_path_filestat_set_times(w.dir, follow ? WASI_LOOKUP_FOLLOW : 0, w.path, w.len,
		                                           atime, mtime, WASI_SET_ATIME | WASI_SET_MTIME));
	where_done(&w);
	return err;
}

/* --- what WASI has no words for --- */

s32 host_mknod(s32 base, const char *path, u32 path_len, s32 mode, s32 rdev)
{
	(void)base, (void)path, (void)path_len, (void)mode, (void)rdev;
	return -ENOSYS;
}

s32 host_statfs(s32 base, const char *path, u32 path_len, void *out)
{
	(void)base, (void)path, (void)path_len, (void)out;
	return -ENOSYS;
}
