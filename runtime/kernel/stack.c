/* SPDX-License-Identifier: MIT */
/*
 * The new program's stack, top down as Linux lays it: a null word, the file's
 * name, environment and argument strings, "aarch64", 16 random bytes, then
 * (16-aligned at the stack pointer) argc, argv, envp, auxiliary vector.
 */
#include "exec.h"
#include "../cpu/features.h"

#include "lib.h"

/* execve(2): arguments may take a quarter of the stack. */
enum { STRINGS_MAX = MM_STACK_SIZE / 4, AUX_MAX = 24 };

struct image {
	u64 *words;
	u32 count;
};

static void put(struct image *i, u64 word) { i->words[i->count++] = word; }

static void put_aux(struct image *i, u64 type, u64 value)
{
	put(i, type);
	put(i, value);
}

static void put_pointers(struct image *i, const struct strings *s, u64 va)
{
	const char *at = s->data;

	for (u32 k = 0; k < s->count; k++) {
		put(i, va + (at - s->data));
		at += strlen(at) + 1;
	}
	put(i, 0);
}

static u64 push(u64 *sp, const void *p, u32 len)
{
	*sp -= len;
	host_copy_out(*sp, p, len);
	return *sp;
}

s64 stack_build(struct task *t, const struct elf_plan *plan, const struct exec_args *args)
{
	static const char platform[] = "aarch64";
	const struct strings *argv = &args->argv, *env = &args->env;
	u64 pointers = (u64)(argv->count + env->count) * 8;

	if ((u64)argv->bytes + env->bytes + pointers + strlen(args->name) > STRINGS_MAX)
		return -E2BIG;

	u64 sp = t->process->mm.stack_end - 8;
	u8 random[16];
	host_random(random, sizeof(random));
	u64 execfn = push(&sp, args->name, strlen(args->name) + 1);
	u64 env_va = push(&sp, env->data, env->bytes);
	u64 argv_va = push(&sp, argv->data, argv->bytes);
	t->process->mm.arg_start = argv_va;
	t->process->mm.arg_end = env_va;
	t->process->mm.env_end = execfn;
	u64 platform_va = push(&sp, platform, sizeof(platform));
	sp = round_down(sp, 16);
	u64 random_va = push(&sp, random, sizeof(random));

	struct image i = { kalloc(pointers + 8 * (4 + 2 * AUX_MAX)), 0 };
	if (!i.words)
		return -ENOMEM;
	put(&i, argv->count);
	put_pointers(&i, argv, argv_va);
	put_pointers(&i, env, env_va);
	put_aux(&i, AT_HWCAP, CPU_HWCAP);
	put_aux(&i, AT_PAGESZ, PAGE_SIZE);
	put_aux(&i, AT_CLKTCK, CLK_TCK);
	put_aux(&i, AT_PHDR, plan->phdr_va);
	put_aux(&i, AT_PHENT, sizeof(struct elf64_phdr));
	put_aux(&i, AT_PHNUM, plan->phdr_count);
	put_aux(&i, AT_BASE, 0);
	put_aux(&i, AT_FLAGS, 0);
	put_aux(&i, AT_ENTRY, plan->entry);
	put_aux(&i, AT_UID, t->process->creds.uid);
	put_aux(&i, AT_EUID, t->process->creds.euid);
	put_aux(&i, AT_GID, t->process->creds.gid);
	put_aux(&i, AT_EGID, t->process->creds.egid);
	put_aux(&i, AT_SECURE, 0);
	put_aux(&i, AT_RANDOM, random_va);
	put_aux(&i, AT_HWCAP2, CPU_HWCAP2);
	put_aux(&i, AT_MINSIGSTKSZ, sizeof(struct abi_rt_sigframe) + 32);
	put_aux(&i, AT_EXECFN, execfn);
	put_aux(&i, AT_PLATFORM, platform_va);
	put_aux(&i, AT_NULL, 0);

	sp = round_down(sp - i.count * 8, 16);
	host_copy_out(sp, i.words, i.count * 8);
	kfree(i.words);
	return sp;
}
