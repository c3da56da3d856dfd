/* SPDX-License-Identifier: MIT */
/*
 * Reading directories: as natively, the whole list is taken when entry 0 is
 * asked for and kept until another directory is, because WASI's cookies do not
 * say what becomes of them when a file is deleted.
 */
#include "runtime/kernel/abi.h"
#include "wasi.h"

struct entry { u64 ino; u8 type, zero; u16 namelen; char name[]; };
enum { HEAD = offsetof(struct entry, name), CHUNK = 4096 };

static struct {
	s32 file;
	u8 *entries;                 /* one after the other, each padded to 8 */
	u32 size, cap;
} list = { -1, NULL, 0, 0 };

static u8 dirent_type(u8 filetype)
{
	/* readdir(3): DT_* are the bits of S_IFMT */
	return filetype == WASI_UNKNOWN ? DT_UNKNOWN : fixed_mode(filetype) >> 12;
}

static u32 entry_size(u32 namelen) { return round_up(HEAD + namelen, 8); }

static s32 list_add(const struct wasi_dirent *d, const char *name)
{
	u32 size = entry_size(d->namelen);

	if ((d->namelen == 1 && name[0] == '.') || (d->namelen == 2 && name[0] == '.' && name[1] == '.'))
		return 0;
	if (list.size + size > list.cap) {
		u32 cap = max_u64(2 * list.cap, CHUNK + size);
		u8 *grown = kresize(list.entries, list.size, cap);
		if (!grown)
			return -ENOMEM;
		list.entries = grown;
		list.cap = cap;
	}
	struct entry *e = (struct entry *)(list.entries + list.size);
	*e = (struct entry){ .ino = d->ino, .type = dirent_type(d->type), .namelen = d->namelen };
	memcpy(e->name, name, d->namelen);
	list.size += size;
	return 0;
}

/* What one fd_readdir() gave; the last entry may be cut off.  Where to go on is left in *cookie. */
static s32 take_chunk(const u8 *buf, u32 used, u64 *cookie)
{
	struct wasi_dirent d;
	s32 err = 0;

	for (u32 at = 0; !err && used - at >= sizeof(d); at += sizeof(d) + d.namelen) {
		memcpy(&d, buf + at, sizeof(d));
		if (used - at - sizeof(d) < d.namelen)
			break;
		err = list_add(&d, (const char *)buf + at + sizeof(d));
		*cookie = d.next;
	}
	return err;
}

static s32 list_take(s32 file)
{
	u8 *buf = kalloc(CHUNK);
	u64 cookie = 0;
	u32 used = CHUNK;
	s32 err = buf ? 0 : -ENOMEM;

	list.file = -1;
	list.size = 0;
	while (!err && used == CHUNK) {
		err = negated(wasi_fd_readdir(file, buf, CHUNK, cookie, &used));
		if (!err)
			err = take_chunk(buf, used, &cookie);
	}
	kfree(buf);
	if (!err)
		list.file = file;
	return err;
}

s32 host_readdir(s32 file, s32 from, void *buf, s32 cap)
{
	u32 used = 0;
	s32 i = 0, err = !from || list.file != file ? list_take(file) : 0;

	for (u32 at = 0; !err && at < list.size; i++) {
		u32 size = entry_size(((struct entry *)(list.entries + at))->namelen);
		if (i >= from) {
			if (size > cap - used)
				break;
			memcpy((u8 *)buf + used, list.entries + at, size);
			used += size;
		}
		at += size;
	}
	return err ? err : (s32)used;
}
