/* SPDX-License-Identifier: MIT */
/*
 * Path resolution: see path.h.
 */
#include "path.h"

enum { LINKS_MAX = 40, NAME_MAX = 255 }; /* path_resolution(7), limits.h */

struct inode *root;

static s32 walk(struct inode *at, const char *path, u32 len, enum walk how, u32 *links, struct place *out)
{
	const char *end = path + len;

	if (!len)
		return -ENOENT;
	if (len >= PATH_MAX)
		return -ENAMETOOLONG;
	if (*path == '/')
		at = root;
	*out = (struct place){ .dir = at, .inode = at };
	for (;;) {
		while (path < end && *path == '/') {
			out->wants_dir = true;
			path++;
		}
		if (path == end)
			break;
		if (!out->inode)
			return -ENOENT;
		if (!inode_is(out->inode, S_IFDIR))
			return -ENOTDIR;
		struct inode *dir = out->inode;
		const char *name = path;
		while (path < end && *path != '/')
			path++;
		u32 n = (u32)(path - name);
		if (n > NAME_MAX)
			return -ENAMETOOLONG;
		if (n == 1 && name[0] == '.') {
			*out = (struct place){ .last = LAST_DOT, .dir = dir, .inode = dir };
			continue;
		}
		if (n == 2 && name[0] == '.' && name[1] == '.') {
			*out = (struct place){ .last = LAST_DOTDOT, .dir = dir->parent, .inode = dir->parent };
			continue;
		}
		struct inode *found = dir_find(dir, name, n);
		const char *rest = path;
		while (rest < end && *rest == '/')
			rest++;
		bool is_kept = rest == end && (how == WALK_PARENT || (how == WALK_NOFOLLOW && path == end));
		if (found && inode_is(found, S_IFLNK) && !is_kept) {
			if (++*links > LINKS_MAX)
				return -ELOOP;
			s32 err = walk(dir, (char *)found->data, found->size, WALK_FOLLOW, links, out);
			if (err)
				return err;
			continue;
		}
		*out = (struct place){ .last = LAST_NAME, .dir = dir, .inode = found, .name = name, .len = n };
	}
	return 0;
}

s32 path_walk(struct inode *from, const char *path, u32 len, enum walk how, struct place *out)
{
	u32 links = 0;

	return walk(from, path, len, how, &links, out);
}

s32 place_check(const struct place *place)
{
	if (!place->inode)
		return -ENOENT;
	return place->wants_dir && !inode_is(place->inode, S_IFDIR) ? -ENOTDIR : 0;
}

s32 path_find(struct inode *from, const char *path, u32 len, enum walk how, struct inode **out)
{
	struct place place = { 0 };
	s32 err = path_walk(from, path, len, how, &place);

	*out = place.inode;
	return err ? err : place_check(&place);
}
