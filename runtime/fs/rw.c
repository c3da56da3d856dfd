/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing: read, write, their vectors and positions, lseek, and
 * the calls that move bytes between two files.
 */
#include "../kernel/lib.h"
#include "../kernel/signal.h"
#include "../kernel/sys.h"
#include "file.h"

/* write(2): whoever writes to a pipe nobody reads gets SIGPIPE, too. */
static s64 after_write(struct task *t, s64 result)
{
	if (result == -EPIPE)
		signal_raise(t, SIGPIPE);
	return result;
}

static s64 transfer(struct task *t, int fd, u64 va, u64 len, s64 pos, bool is_write)
{
	struct file *f = fd_get(t, fd);
	struct span span = { 0 };

	if (!f)
		return -EBADF;
	s64 n = is_write ? (file_can_write(f) ? 0 : -EBADF) : (file_can_read(f) ? 0 : -EBADF);
	if (!n && (s64)len < 0)
		n = -EFAULT;
	if (!n)
		n = span_user(t, &span, va, len, is_write ? PROT_READ : PROT_WRITE);
	if (!n)
		n = is_write ? after_write(t, file_write(f, span, pos)) : file_read(f, span, pos);
	if (n == -ESWITCH)
		call_holds(t, fd, f);
	file_put(f);
	return n;
}

SYSCALL(read, int, fd, u64, buf, u64, len)
{
	return transfer(t, fd, buf, len, POS_CURRENT, false);
}

SYSCALL(write, int, fd, u64, buf, u64, len)
{
	return transfer(t, fd, buf, len, POS_CURRENT, true);
}

SYSCALL(pread64, int, fd, u64, buf, u64, len, s64, pos)
{
	return pos < 0 ? -EINVAL : transfer(t, fd, buf, len, pos, false);
}

SYSCALL(pwrite64, int, fd, u64, buf, u64, len, s64, pos)
{
	return pos < 0 ? -EINVAL : transfer(t, fd, buf, len, pos, true);
}

/* One element after the other; a short one ends the call, an error counts only at the start. */
static s64 vector_each(struct task *t, struct file *f, const struct abi_iovec *iov, u32 count,
                       s64 pos, bool is_write)
{
	s64 done = 0;

	for (u32 i = 0; i < count; i++) {
		struct span span;
		if (!iov[i].len)
			continue;
		/* who has something does not wait for more */
		if (done && !is_write && !file_poll(f, POLLIN))
			break;
		s64 at = pos == POS_CURRENT ? pos : pos + done;
		s64 n = span_user(t, &span, iov[i].base, iov[i].len, is_write ? PROT_READ : PROT_WRITE);
		if (!n)
			n = is_write ? file_write(f, span, at) : file_read(f, span, at);
		if (n < 0)
			return done ? done : n;
		done += n;
		if ((u64)n < iov[i].len)
			break;
	}
	return done;
}

/* Writes of several pieces go out as one where they are small: terminals show the difference.  Those to a pipe always do: it
 * may have to wait in the middle. */
enum { GATHER_MAX = 16384, GATHER_PIPE_MAX = 16 << 20 };

static s64 write_gathered(struct task *t, struct file *f, const struct abi_iovec *iov, u32 count,
                          u64 total, s64 pos)
{
	u8 *bytes = kalloc(total);
	u64 at = 0;
	s64 n = bytes ? 0 : -ENOMEM;

	for (u32 i = 0; i < count && !n; i++) {
		n = copy_in(t, bytes + at, iov[i].base, iov[i].len);
		at += iov[i].len;
	}
	if (!n)
		n = file_write(f, span_kernel(bytes, total), pos);
	kfree(bytes);
	return n;
}

static s64 vector_run(struct task *t, struct file *f, const struct abi_iovec *iov, u32 count,
                      s64 pos, bool is_write)
{
	u64 total = 0;
	u32 used = 0;

	if (is_write ? !file_can_write(f) : !file_can_read(f))
		return -EBADF;
	for (u32 i = 0; i < count; i++) {
		if ((s64)iov[i].len < 0 || (s64)(total + iov[i].len) < 0)
			return -EINVAL;
		total += iov[i].len;
		used += iov[i].len != 0;
	}
	if (is_write && used > 1 && total <= (pipe_ino(f) ? GATHER_PIPE_MAX : GATHER_MAX)) {
		s64 n = write_gathered(t, f, iov, count, total, pos);
		if (n != -EFAULT)
			return n;
	}
	return total ? vector_each(t, f, iov, count, pos, is_write) : 0;
}

static s64 vector(struct task *t, int fd, u64 iov_va, s64 count, s64 pos, bool is_write)
{
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	s64 n = count < 0 || count > IOV_MAX ? -EINVAL : 0;
	struct abi_iovec few[8], *iov = few;
	if (!n && count > (s64)COUNT(few))
		iov = kalloc(count * sizeof(*iov));
	if (!iov)
		n = -ENOMEM;
	if (!n)
		n = copy_in(t, iov, iov_va, count * sizeof(*iov));
	if (!n)
		n = vector_run(t, f, iov, count, pos, is_write);
	if (n == -ESWITCH)
		call_holds(t, fd, f);
	if (iov != few)
		kfree(iov);
	file_put(f);
	return is_write ? after_write(t, n) : n;
}

SYSCALL(readv, int, fd, u64, iov, s64, count) { return vector(t, fd, iov, count, POS_CURRENT, false); }
SYSCALL(writev, int, fd, u64, iov, s64, count) { return vector(t, fd, iov, count, POS_CURRENT, true); }

SYSCALL(preadv, int, fd, u64, iov, s64, count, s64, pos)
{
	return pos < 0 ? -EINVAL : vector(t, fd, iov, count, pos, false);
}

SYSCALL(pwritev, int, fd, u64, iov, s64, count, s64, pos)
{
	return pos < 0 ? -EINVAL : vector(t, fd, iov, count, pos, true);
}

SYSCALL(preadv2, int, fd, u64, iov, s64, count, s64, pos, u64, high, u32, flags)
{
	(void)high;
	return flags ? -EOPNOTSUPP : pos < -1 ? -EINVAL : vector(t, fd, iov, count, pos, false);
}

SYSCALL(pwritev2, int, fd, u64, iov, s64, count, s64, pos, u64, high, u32, flags)
{
	(void)high;
	return flags ? -EOPNOTSUPP : pos < -1 ? -EINVAL : vector(t, fd, iov, count, pos, true);
}

SYSCALL(lseek, int, fd, s64, off, u32, whence)
{
	struct file *f = fd_get(t, fd);

	if (!f)
		return -EBADF;
	s64 pos = f->flags & O_PATH ? -EBADF
	        : whence > SEEK_HOLE ? -EINVAL
	        : f->ops->seek ? f->ops->seek(f, off, whence) : -ESPIPE;
	file_put(f);
	return pos;
}

enum { COPY_CHUNK = 65536 };

/* Move up to len bytes; positions POS_CURRENT or explicit. */
static s64 copy_bytes(struct task *t, struct file *in, s64 in_pos, struct file *out, s64 out_pos, u64 len)
{
	u8 *chunk = kalloc(COPY_CHUNK);
	u64 done = 0;
	s64 n = chunk ? 0 : -ENOMEM;

	while (chunk && done < len) {
		/* only the first chunk may have to wait: what is done counts */
		u32 most = done && pipe_ino(out) ? PIPE_BUF : COPY_CHUNK, want = min_u64(len - done, most);
		if (done && !file_poll(out, POLLOUT))
			break;
		n = file_read(in, span_kernel(chunk, want), in_pos < 0 ? POS_CURRENT : in_pos + (s64)done);
		if (n <= 0)
			break;
		u32 got = n;
		n = after_write(t, file_write(out, span_kernel(chunk, got),
		                              out_pos < 0 ? POS_CURRENT : out_pos + (s64)done));
		if (n == -ESWITCH && in_pos < 0)
			in->ops->seek(in, -(s64)got, SEEK_CUR);
		if (n < 0)
			break;
		done += n;
		if ((u32)n < got || got < want)
			break;
	}
	kfree(chunk);
	return done ? (s64)done : n;
}

static int get_offset(struct task *t, u64 va, s64 *pos)
{
	*pos = POS_CURRENT;
	int err = va ? copy_in(t, pos, va, sizeof(*pos)) : 0;
	return err ? err : va && *pos < 0 ? -EINVAL : 0;
}

static s64 put_offset(struct task *t, u64 va, s64 pos, s64 n)
{
	pos += n;
	if (va && n > 0 && copy_out(t, va, &pos, sizeof(pos)))
		return -EFAULT;
	return n;
}

static bool is_regular(struct file *f)
{
	struct attr attr;

	return !file_attr(f, &attr) && (attr.mode & S_IFMT) == S_IFREG;
}

SYSCALL(sendfile, int, out_fd, int, in_fd, u64, off_va, u64, len)
{
	struct file *in = fd_get(t, in_fd), *out = fd_get(t, out_fd);
	s64 pos, n = -EBADF;

	if (in && out && file_can_read(in) && file_can_write(out)) {
		n = get_offset(t, off_va, &pos);
		if (!n && (!is_regular(in) || out->flags & O_APPEND))
			n = -EINVAL;
		if (!n)
			n = put_offset(t, off_va, pos, copy_bytes(t, in, pos, out, POS_CURRENT, min_u64(len, MAX_RW_COUNT)));
	}
	file_put(in);
	file_put(out);
	return n;
}

static s64 copy_range(struct task *t, struct file *in, u64 in_va, struct file *out, u64 out_va, u64 len)
{
	struct attr a, b;
	s64 in_pos, out_pos;
	s64 err = get_offset(t, in_va, &in_pos);

	if (!err)
		err = get_offset(t, out_va, &out_pos);
	if (err)
		return err;
	file_attr(in, &a);
	file_attr(out, &b);
	if ((a.mode & S_IFMT) == S_IFDIR || (b.mode & S_IFMT) == S_IFDIR)
		return -EISDIR;
	if ((a.mode & S_IFMT) != S_IFREG || (b.mode & S_IFMT) != S_IFREG)
		return -EINVAL;
	if (!file_can_read(in) || !file_can_write(out) || out->flags & O_APPEND)
		return -EBADF;
	s64 n = copy_bytes(t, in, in_pos, out, out_pos, min_u64(len, MAX_RW_COUNT));
	n = put_offset(t, in_va, in_pos, n);
	return put_offset(t, out_va, out_pos, n);
}

SYSCALL(copy_file_range, int, in_fd, u64, in_va, int, out_fd, u64, out_va, u64, len, u32, flags)
{
	struct file *in = fd_get(t, in_fd), *out = fd_get(t, out_fd);
	s64 n = !in || !out ? -EBADF : flags ? -EINVAL : copy_range(t, in, in_va, out, out_va, len);

	file_put(in);
	file_put(out);
	return n;
}
