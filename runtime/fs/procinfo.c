/* SPDX-License-Identifier: MIT */
/*
 * /proc/self/{maps,cmdline,environ,stat,statm,status,comm,fd} and cpuinfo: the
 * fields as proc(5) has them.  What the kernel does not count is 0.
 */
#include "procinfo.h"

#include "../cpu/features.h"
#include "../kernel/clock.h"
#include "file.h"

void procinfo_maps(struct task *t, struct text *out)
{
	for (u32 i = 0; i < t->process->mm.count; i++) {
		const struct vma *v = &t->process->mm.vmas[i];
		bool is_image = v->name && !strcmp(v->name, "image");
		const char *name = is_image ? t->process->exe : v->name ? v->name : v->file && v->file->path ? v->file->path : "";
		u32 start = out->len;
		text_printf(out, "%08llx-%08llx %c%c%c%c %08llx 00:00 0 ",
		            (unsigned long long)v->start, (unsigned long long)v->end,
		            v->prot & PROT_READ ? 'r' : '-', v->prot & PROT_WRITE ? 'w' : '-',
		            v->prot & PROT_EXEC ? 'x' : '-', v->flags & MAP_SHARED ? 's' : 'p',
		            (unsigned long long)v->offset);
		while (*name && out->len < start + 73)
			text_char(out, ' ');
		text_printf(out, "%s\n", name);
	}
}

static void copy_range(struct task *t, struct text *out, u64 start, u64 end)
{
	u32 len = min_u64(end - start, out->cap - 1 - out->len);

	if (!copy_in(t, out->at + out->len, start, len))
		out->len += len;
}

void procinfo_cmdline(struct task *t, struct text *out)
{
	copy_range(t, out, t->process->mm.arg_start, t->process->mm.arg_end);
}

void procinfo_environ(struct task *t, struct text *out)
{
	copy_range(t, out, t->process->mm.arg_end, t->process->mm.env_end);
}

void procinfo_comm(struct task *t, struct text *out)
{
	text_printf(out, "%s\n", t->comm);
}

static u64 mapped_bytes(struct task *t)
{
	u64 sum = 0;

	for (u32 i = 0; i < t->process->mm.count; i++)
		sum += t->process->mm.vmas[i].end - t->process->mm.vmas[i].start;
	return sum;
}

static u64 ticks(s64 ns) { return ns > 0 ? ns / (NS_PER_S / CLK_TCK) : 0; }

void procinfo_stat(struct task *t, struct text *out)
{
	s64 cpu = host_clock(2), system = host_clock(3);

	text_printf(out, "%d (%s) R %d %d %d 0 %d 0 0 0 0 0 %llu %llu 0 0 20 0 %u 0 %llu %llu %llu ",
	            t->process->pid, t->comm, t->process->ppid, t->process->pgid, t->process->sid, t->process->pgid,
	            (unsigned long long)ticks(cpu - system), (unsigned long long)ticks(system), t->process->task_count,
	            (unsigned long long)ticks(t->process->start_ns), (unsigned long long)mapped_bytes(t),
	            (unsigned long long)(mapped_bytes(t) / PAGE_SIZE));
	text_printf(out, "%llu 0 0 %llu 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 %llu %llu %llu %llu 0\n",
	            ~0ull, (unsigned long long)t->process->mm.stack_end, (unsigned long long)t->process->mm.arg_start,
	            (unsigned long long)t->process->mm.arg_end, (unsigned long long)t->process->mm.arg_end,
	            (unsigned long long)t->process->mm.env_end);
}

void procinfo_statm(struct task *t, struct text *out)
{
	unsigned long long pages = mapped_bytes(t) / PAGE_SIZE;

	text_printf(out, "%llu %llu 0 0 0 %llu 0\n", pages, pages, pages);
}

void procinfo_status(struct task *t, struct text *out)
{
	const struct creds *c = &t->process->creds;
	unsigned long long kib = mapped_bytes(t) / 1024, ignored = 0, caught = 0;

	for (int sig = 1; sig <= SIG_COUNT; sig++) {
		u64 handler = t->process->sighand.action[sig].handler;
		ignored |= handler == SIG_IGN ? 1ull << (sig - 1) : 0;
		caught |= handler > SIG_IGN ? 1ull << (sig - 1) : 0;
	}
	text_printf(out, "Name:\t%s\nUmask:\t%04o\nState:\tR (running)\nTgid:\t%d\nNgid:\t0\nPid:\t%d\n"
	            "PPid:\t%d\nTracerPid:\t0\n", t->comm, t->process->fs.umask, t->process->pid, t->process->pid, t->process->ppid);
	text_printf(out, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n", c->uid, c->euid, c->suid, c->euid,
	            c->gid, c->egid, c->sgid, c->egid);
	text_printf(out, "FDSize:\t%u\nVmPeak:\t%8llu kB\nVmSize:\t%8llu kB\nVmRSS:\t%8llu kB\nThreads:\t%u\n",
	            t->process->files.count, kib, kib, kib, t->process->task_count);
	text_printf(out, "SigPnd:\t%016llx\nShdPnd:\t%016llx\nSigBlk:\t%016llx\nSigIgn:\t%016llx\n"
	            "SigCgt:\t%016llx\nNoNewPrivs:\t%d\n", (unsigned long long)t->pending.set, (unsigned long long)t->process->pending.set,
	            (unsigned long long)t->sigmask, ignored, caught, t->no_new_privs);
}

void procinfo_cpuinfo(struct task *t, struct text *out)
{
#define NAME(extension, name, ...) " " name
	static const char features[] = CPU_FEATURES(NAME);
#undef NAME
	s32 cpus = host_id(9);

	(void)t;
	for (s32 i = 0; i < (cpus > 0 ? cpus : 1); i++) {
		text_printf(out, "processor\t: %d\nBogoMIPS\t: 100.00\nFeatures\t:%s\n", i, features);
		text_printf(out, "CPU implementer\t: 0x%02x\nCPU architecture: 8\nCPU variant\t: 0x%x\n"
		            "CPU part\t: 0x%03x\nCPU revision\t: %d\n\n", CPU_MIDR >> 24,
		            CPU_MIDR >> 20 & 15, CPU_MIDR >> 4 & 0xfff, CPU_MIDR & 15);
	}
}

char *procinfo_fd_entries(struct task *t, u32 *len)
{
	u32 count = t->process->files.count + 2, at = 0;
	char *data = kalloc(count * 40);

	for (u32 i = 0; data && i < count; i++) {
		struct abi_dirent64 *e = (void *)(data + at);
		char name[12];
		struct text text;
		text_init(&text, name, sizeof(name));
		if (i < 2)
			text_str(&text, i ? ".." : ".");
		else if (t->process->files.slots[i - 2].file)
			text_printf(&text, "%u", i - 2);
		else
			continue;
		e->reclen = round_up(offsetof(struct abi_dirent64, name) + text.len + 1, 8);
		memcpy(e->name, name, text.len + 1);
		e->ino = 200 + i;
		e->type = i < 2 ? DT_DIR : DT_LNK;
		at += e->reclen;
		e->off = at;
	}
	*len = at;
	return data;
}
