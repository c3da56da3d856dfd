/* SPDX-License-Identifier: MIT */
/*
 * Copies between kernel and program memory.
 */
#include "task.h"
#include "host_imports.h"

static bool allowed(struct task *t, u64 va, u64 len, u32 prot)
{
	return !len || mm_accessible(&t->process->mm, va, len, prot) == len;
}

int copy_in(struct task *t, void *to, u64 va, u64 len)
{
	if (!allowed(t, va, len, PROT_READ))
		return -EFAULT;
	if (len)
		host_copy_in(to, va, len);
	return 0;
}

int copy_out(struct task *t, u64 va, const void *from, u64 len)
{
	if (!allowed(t, va, len, PROT_WRITE))
		return -EFAULT;
	if (len)
		host_copy_out(va, from, len);
	return 0;
}

int user_zero(struct task *t, u64 va, u64 len)
{
	if (!allowed(t, va, len, PROT_WRITE))
		return -EFAULT;
	if (len)
		host_user_fill(va, 0, len);
	return 0;
}

int copy_string(struct task *t, char *buf, u32 cap, u64 va, int too_long)
{
	u32 done = 0;

	/* In short pieces first: most names are short, and a copy costs by the byte. */
	for (u32 step = 64; done < cap; step *= 4) {
		u32 want = min_u64(step, cap - done);
		u32 len = mm_accessible(&t->process->mm, va + done, want, PROT_READ);
		if (!len)
			return -EFAULT;
		host_copy_in(buf + done, va + done, len);
		const char *nul = memchr(buf + done, 0, len);
		if (nul)
			return nul - buf;
		done += len;
	}
	return too_long;
}

int span_user(struct task *t, struct span *out, u64 va, u64 len, u32 prot)
{
	len = min_u64(len, MAX_RW_COUNT);
	u64 usable = len ? mm_accessible(&t->process->mm, va, len, prot) : 0;

	if (len && !usable)
		return -EFAULT;
	*out = (struct span){ .va = va, .len = usable };
	return 0;
}

void span_put(struct span to, u32 at, const void *from, u32 len)
{
	if (to.data)
		memcpy(to.data + at, from, len);
	else if (len)
		host_copy_out(to.va + at, from, len);
}

void span_get(struct span from, u32 at, void *to, u32 len)
{
	if (from.data)
		memcpy(to, from.data + at, len);
	else if (len)
		host_copy_in(to, from.va + at, len);
}

void span_fill(struct span to, u32 at, u8 byte, u32 len)
{
	if (to.data)
		memset(to.data + at, byte, len);
	else if (len)
		host_user_fill(to.va + at, byte, len);
}
