/* SPDX-License-Identifier: MIT */
/*
 * ioctls of host files: terminals, and the number of bytes there are to read.
 */
#include "../kernel/task.h"
#include "hostfile.h"

bool hostfile_is_tty(struct file *f)
{
	struct abi_winsize size;

	if (!f->host.tty_known) {
		f->host.tty_known = true;
		f->host.is_tty = hostfile_type(f) == S_IFCHR && !host_tty_size(f->host.handle, &size);
	}
	return f->host.is_tty;
}

/* What a terminal is like that nobody has changed, for hosts that do not know. */
static const struct abi_termios plain_termios = {
	.iflag = 0x500,              /* ICRNL IXON */
	.oflag = 5,                  /* OPOST ONLCR */
	.cflag = 0xbf,               /* B38400 CS8 CREAD */
	.lflag = 0x8a3b,             /* ISIG ICANON ECHO ECHOE ECHOK ECHOCTL ECHOKE IEXTEN */
	.cc = { 3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22 },
};

static s64 tty_get(struct file *f, u64 arg)
{
	struct abi_termios tio;
	s32 err = host_tty_get(f->host.handle, &tio);

	if (err == -ENOSYS)
		tio = plain_termios;
	else if (err)
		return err;
	return copy_out(current, arg, &tio, sizeof(tio));
}

static s64 tty_set(struct file *f, u32 when, u64 arg)
{
	struct abi_termios tio;
	int err = copy_in(current, &tio, arg, sizeof(tio));

	return err ? err : host_tty_set(f->host.handle, when, &tio);
}

static s64 tty_size(struct file *f, u64 arg)
{
	struct abi_winsize size;
	s32 err = host_tty_size(f->host.handle, &size);

	return err ? err : copy_out(current, arg, &size, sizeof(size));
}

static s64 tty_ioctl(struct file *f, u32 request, u64 arg)
{
	struct task *t = current;

	switch (request) {
	case TCGETS:
		return tty_get(f, arg);
	case TCSETS: case TCSETSW: case TCSETSF:
		return tty_set(f, request - TCSETS, arg);
	case TIOCGWINSZ:
		return tty_size(f, arg);
	case TIOCGPGRP:
		return copy_out(t, arg, &t->process->pgid, sizeof(t->process->pgid));
	case TIOCGSID:
		return copy_out(t, arg, &t->process->sid, sizeof(t->process->sid));
	case TIOCOUTQ:
		return user_zero(t, arg, 4);
	/* Output is never held back here, and we are the foreground. */
	case TIOCSPGRP: case TCSBRK: case TCXONC: case TCFLSH:
		return 0;
	}
	return -ENOTTY;
}

/* FIONREAD.  Streams of hosts that cannot count: 1 if there is something. */
static s64 readable_bytes(struct file *f, u64 arg)
{
	struct attr attr;
	s32 count = 0;

	if (hostfile_type(f) == S_IFREG) {
		s64 pos = f->ops->seek(f, 0, SEEK_CUR);
		if (!file_attr(f, &attr) && (s64)attr.size > pos)
			count = min_u64(attr.size - pos, INT32_MAX);
	} else {
		count = file_poll(f, POLLIN) & POLLIN ? 1 : 0;
	}
	return copy_out(current, arg, &count, sizeof(count));
}

s64 hostfile_ioctl(struct file *f, u32 request, u64 arg)
{
	if (request == FIONREAD && hostfile_type(f) != S_IFDIR)
		return readable_bytes(f, arg);
	return hostfile_is_tty(f) ? tty_ioctl(f, request, arg) : -ENOTTY;
}
