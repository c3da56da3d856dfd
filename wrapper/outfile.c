/* SPDX-License-Identifier: MIT */
/*
 * Output files, written from front to back.
 */
#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "diag.h"
#include "tmp.h"

int out_open(struct outfile *o, const char *path, mode_t mode)
{
	struct stat st;

	*o = (struct outfile){ .path = path, .tmp = path };
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return diag_error("cannot write %s: %s", path, strerror(EISDIR));
	if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
		o->fd = open(path, O_WRONLY | O_CLOEXEC);
	} else {
		/* By process, not random: at most one name is left over if even the cleaning up is killed. */
		o->tmp = str_printf("%s.%s.aw%d", path_dir(path), path_base(path), (int)getpid());
		unlink(o->tmp);
		tmp_add(o->tmp);
		o->fd = open(o->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	}
	return o->fd < 0 ? diag_error("cannot write %s: %m", path) : 0;
}

int out_write(struct outfile *o, const void *data, size_t size)
{
	const char *p = data;

	for (size_t done = 0; done < size;) {
		ssize_t n = write(o->fd, p + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return diag_error("cannot write %s: %m", o->path);
		done += n;
	}
	o->at += size;
	return 0;
}

int out_copy(struct outfile *o, int from, off_t offset, size_t size, const char *name)
{
	while (size) {
		ssize_t n = copy_file_range(from, &offset, o->fd, NULL, size, 0);

		if (n <= 0) { /* another file system, a device, an old kernel, the end of the input, a full disk */
			char buf[65536];

			n = pread(from, buf, size < sizeof buf ? size : sizeof buf, offset);
			if (n <= 0)
				return diag_error("cannot read %s: %s", name, n ? strerror(errno) : "it became shorter");
			if (out_write(o, buf, n))
				return -1;
			o->at -= n;
			offset += n;
		}
		o->at += n;
		size -= n;
	}
	return 0;
}

/*
 * rename(2), but a file that was there is exchanged and then removed: ext4 has a
 * file that replaces another one written to the disk at once (auto_da_alloc).
 */
static int replace(const char *tmp, const char *path)
{
	if (!renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_EXCHANGE))
		return unlink(tmp);
	return rename(tmp, path);
}

int out_commit(struct outfile *o)
{
	if (close(o->fd))
		return diag_error("cannot write %s: %m", o->path);
	if (o->tmp == o->path)
		return 0;
	if (replace(o->tmp, o->path))
		return diag_error("cannot write %s: %m", o->path);
	tmp_rename(o->tmp, o->path);
	return 0;
}

int out_copy_file(const char *from, const char *to, mode_t mode)
{
	struct outfile o;
	struct stat st;
	int fd = open(from, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		return diag_error("cannot read %s: %m", from);
	int err = out_open(&o, to, mode) || out_copy(&o, fd, 0, st.st_size, from) || out_commit(&o);
	close(fd);
	return err ? -1 : 0;
}
