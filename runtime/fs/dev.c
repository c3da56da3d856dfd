/* SPDX-License-Identifier: MIT */
/*
 * The devices that every program may count on, whatever the host has: null,
 * zero, full, random, urandom.  tty is the host's.  stdin, stdout, stderr and
 * fd/N are links into /proc/self/fd (proc.c).
 */
#include "../kernel/lib.h"
#include "path.h"

struct device {
	s64 (*read)(struct span to);
	int write_error;
	const struct node *node;
};

static s64 read_end(struct span to) { (void)to; return 0; }

static s64 read_zero(struct span to)
{
	span_fill(to, 0, 0, to.len);
	return to.len;
}

static s64 read_random(struct span to)
{
	u8 chunk[256];

	for (u32 done = 0; done < to.len; ) {
		u32 n = min_u64(sizeof(chunk), to.len - done);
		host_random(chunk, n);
		span_put(to, done, chunk, n);
		done += n;
	}
	return to.len;
}

enum { DEV_NULL, DEV_ZERO, DEV_FULL, DEV_RANDOM, DEV_URANDOM };
static const struct device devices[] = {
	[DEV_NULL] = { read_end, 0, &dev_nodes[DEV_NULL] },
	[DEV_ZERO] = { read_zero, 0, &dev_nodes[DEV_ZERO] },
	[DEV_FULL] = { read_zero, -ENOSPC, &dev_nodes[DEV_FULL] },
	[DEV_RANDOM] = { read_random, 0, &dev_nodes[DEV_RANDOM] },
	[DEV_URANDOM] = { read_random, 0, &dev_nodes[DEV_URANDOM] },
};

static s64 dev_read(struct file *f, struct span to, s64 pos)
{
	(void)pos;
	return f->dev.device->read(to);
}

static s64 dev_write(struct file *f, struct span from, s64 pos)
{
	(void)pos;
	return f->dev.device->write_error ? f->dev.device->write_error : (s64)from.len;
}

static s64 dev_seek(struct file *f, s64 off, int whence)
{
	(void)f, (void)off, (void)whence;
	return 0;
}

static int dev_attr(struct file *f, struct attr *out)
{
	return node_attr(current, f->dev.device->node, 0, true, out);
}

static const struct file_ops dev_ops = {
	.kind = "device", .read = dev_read, .write = dev_write, .seek = dev_seek, .attr = dev_attr,
};

static struct file *open_device(u32 which, u32 flags, int *err)
{
	struct file *f = file_new(&dev_ops, flags);

	if (!f) {
		*err = -ENOMEM;
		return NULL;
	}
	f->dev.device = &devices[which];
	f->path = kstrdup(devices[which].node->path);
	return f;
}

#define OPEN_DEVICE(name, which) \
	static struct file *name(struct task *t, s32 arg, u32 flags, int *err) \
	{ \
		(void)t, (void)arg; \
		return open_device(which, flags, err); \
	}
OPEN_DEVICE(open_null, DEV_NULL)
OPEN_DEVICE(open_zero, DEV_ZERO)
OPEN_DEVICE(open_full, DEV_FULL)
OPEN_DEVICE(open_random, DEV_RANDOM)
OPEN_DEVICE(open_urandom, DEV_URANDOM)

/* The first rows are in the order of DEV_*. */
const struct node dev_nodes[] = {
	{ "/dev/null", S_IFCHR | 0666, open_null, NULL, 1, 3 },
	{ "/dev/zero", S_IFCHR | 0666, open_zero, NULL, 1, 5 },
	{ "/dev/full", S_IFCHR | 0666, open_full, NULL, 1, 7 },
	{ "/dev/random", S_IFCHR | 0666, open_random, NULL, 1, 8 },
	{ "/dev/urandom", S_IFCHR | 0666, open_urandom, NULL, 1, 9 },
	{ NULL, 0, NULL, NULL, 0, 0 },
};
