/* SPDX-License-Identifier: MIT */
/*
 * exec: lay the image, the stack and the signal page into the address space
 * and set the registers, as fs/binfmt_elf.c of Linux does.
 */
#include "exec.h"

#include "regs.h"
#include "signal.h"

static u32 prot_of(const struct elf64_phdr *ph)
{
	return (ph->flags & PF_R ? PROT_READ : 0) | (ph->flags & PF_W ? PROT_WRITE : 0) |
	       (ph->flags & PF_X ? PROT_EXEC : 0);
}

static int load_bytes(struct file *file, u64 va, u64 offset, u64 len)
{
	while (len) {
		struct span to = { .va = va, .len = min_u64(len, 1 << 30) };
		s64 n = file->ops->read(file, to, offset);
		if (n < 0)
			return n;
		if (!n)
			return -EIO;
		va += n;
		offset += n;
		len -= n;
	}
	return 0;
}

static int load_segment(struct task *t, struct file *file, const struct elf64_phdr *ph)
{
	u64 start = round_down(ph->vaddr, PAGE_SIZE), end = round_up(ph->vaddr + ph->memsz, PAGE_SIZE);
	u64 offset = round_down(ph->offset, PAGE_SIZE);
	u64 file_end = ph->vaddr + ph->filesz;
	struct vma like = { .prot = prot_of(ph), .flags = MAP_PRIVATE, .name = "image" };
	struct vma *shared = mm_find(&t->process->mm, start);

	/* Two segments in one page: it gets the rights of both. */
	if (shared) {
		int err = mm_protect(&t->process->mm, start, start + PAGE_SIZE, shared->prot | like.prot);
		if (err)
			return err;
		offset += ph->vaddr - start;
		u64 first = min_u64(start + PAGE_SIZE, file_end) - ph->vaddr;
		err = load_bytes(file, ph->vaddr, offset, first);
		if (err || end == start + PAGE_SIZE)
			return err;
		start += PAGE_SIZE;
		offset += first;
	}
	int err = mm_map(&t->process->mm, start, end, &like);
	if (err || !ph->filesz || file_end <= start)
		return err;
	return load_bytes(file, start, offset, file_end - start);
}

/* mov x8, #139; svc #0: what handlers without SA_RESTORER return to (Linux: in the vDSO). */
static const u32 sigreturn_code[] = { 0xd2801168, 0xd4000001 };

static int map_stack(struct task *t, u64 image_end, bool exec_stack)
{
	struct mm *mm = &t->process->mm;
	u64 start = round_up(image_end, PAGE_SIZE) + MM_GAP, end = start + MM_STACK_SIZE;
	u32 rw = PROT_READ | PROT_WRITE;
	struct vma stack = { .prot = rw | (exec_stack ? PROT_EXEC : 0),
	                     .flags = MAP_PRIVATE | MAP_ANONYMOUS, .name = "[stack]" };
	struct vma page = { .prot = rw, .flags = MAP_PRIVATE | MAP_ANONYMOUS, .name = "[vdso]" };
	int err = mm_map(mm, start, end, &stack);

	mm->stack_start = start;
	mm->stack_end = end;
	mm->sigpage = end;
	if (!err)
		err = mm_map(mm, end, end + PAGE_SIZE, &page);
	if (!err)
		err = copy_out(t, mm->sigpage, sigreturn_code, sizeof(sigreturn_code));
	if (!err)
		err = mm_protect(mm, end, end + PAGE_SIZE, PROT_READ | PROT_EXEC);
	mm->brk_start = mm->brk = end + PAGE_SIZE + MM_GAP;
	return err;
}

/* Handlers go, ignored signals stay ignored: signal(7), execve(2). */
static void reset_signals(struct task *t)
{
	for (int sig = 1; sig <= SIG_COUNT; sig++) {
		struct abi_sigaction *a = &t->process->sighand.action[sig];
		*a = (struct abi_sigaction){ .handler = a->handler == SIG_IGN ? SIG_IGN : SIG_DFL };
	}
	t->sigstack = (struct abi_stack){ .flags = SS_DISABLE };
}

static void set_comm(struct task *t, const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	u32 len = min_u64(strlen(base), sizeof(t->comm) - 1);

	memset(t->comm, 0, sizeof(t->comm));
	memcpy(t->comm, base, len);
}

int exec_load(struct task *t, struct file *file, const struct exec_args *args, const char **why)
{
	struct elf_plan plan;
	int err = elf_plan(file, &plan, why);

	if (err)
		return err;
	*why = "not enough memory";
	err = mm_reset(&t->process->mm, plan.start);
	for (u32 i = 0; i < plan.load_count && !err; i++)
		err = load_segment(t, file, &plan.loads[i]);
	if (!err)
		err = map_stack(t, plan.end, plan.exec_stack);
	if (err)
		return err;
	s64 sp = stack_build(t, &plan, args);
	if (sp < 0) {
		*why = "argument list too long";
		return sp;
	}
	reset_signals(t);
	fd_close_on_exec(t);
	set_comm(t, args->name);
	t->clear_child_tid = t->robust_list = 0;

	struct cpu regs = { .pc = plan.entry };
	regs.x[X_SP] = sp;
	regs_set(&regs);
	return 0;
}
