/* SPDX-License-Identifier: MIT */
/*
 * Reading directories.  Entries have numbers that must not change while a
 * program deletes files between two reads, so the whole list is taken when
 * entry 0 is asked for, and kept until another directory is.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "native.h"

struct entry { uint64_t ino; uint8_t type, zero; uint16_t namelen; char name[]; };

static struct {
	int32_t file;
	struct entry **entries;
	int32_t count;
} list = { -1, NULL, 0 };

static void list_drop(void)
{
	while (list.count)
		free(list.entries[--list.count]);
	free(list.entries);
	list.entries = NULL;
	list.file = -1;
}

static int list_add(const struct dirent *d)
{
	size_t len = strlen(d->d_name);
	struct entry *e = calloc(1, sizeof(*e) + len), **grown;

	grown = realloc(list.entries, (list.count + 1) * sizeof(*grown));
	if (grown)
		list.entries = grown;
	if (!e || !grown) {
		free(e);
		return -ENOMEM;
	}
	e->ino = d->d_ino;
	e->type = d->d_type;
	e->namelen = len;
	memcpy(e->name, d->d_name, len);
	list.entries[list.count++] = e;
	return 0;
}

static int list_take(int32_t file)
{
	/* A descriptor of its own: closedir() closes it. */
	int fd = openat(file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *d;

	list_drop();
	if (!dir) {
		err = -errno;
		close(fd);
		return err;
	}
	while (!err && (errno = 0, d = readdir(dir)))
		if (strcmp(d->d_name, ".") && strcmp(d->d_name, ".."))
			err = list_add(d);
	if (!err)
		err = -errno;
	closedir(dir);
	list.file = file;
	return err;
}

int32_t host_readdir(int32_t file, int32_t from, void *buf, int32_t cap)
{
	enum { HEAD = offsetof(struct entry, name) };
	int32_t used = 0, err = 0;

	if (!from || list.file != file)
		err = list_take(file);
	for (int32_t i = from; !err && i < list.count; i++) {
		const struct entry *e = list.entries[i];
		int32_t size = (HEAD + e->namelen + 7) & ~7;
		if (size > cap - used)
			break;
		memcpy((char *)buf + used, e, HEAD + e->namelen);
		used += size;
	}
	return err ? err : used;
}
