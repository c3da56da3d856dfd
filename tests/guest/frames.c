/* SPDX-License-Identifier: MIT */
/*
 * Who looks at frames: return addresses and callers' frames by way of x29,
 * memory below SP, SP changed by a function that also jumps through a pointer
 * (as Go's systemstack does); and the static chain, which AAPCS64 does not know,
 * through a pointer.
 */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline, noclone))
#ifdef __clang__
#undef NOINLINE
#define NOINLINE __attribute__((noinline))
#endif

struct frame { const struct frame *next; uintptr_t lr; };

extern char __executable_start, etext;
static int is_code(uintptr_t va) { return va > (uintptr_t)&__executable_start && va < (uintptr_t)&etext; }

/* The frame of main() is the last but those of libc, whose x29 is nobody's business. */
static const struct frame *last;
static NOINLINE int walk(void)
{
	int n = 0;

	for (const struct frame *f = __builtin_frame_address(0); f != last && n < 50; f = f->next)
		n += is_code(f->lr) ? 1 : 100;
	return n;
}

static NOINLINE int walk_in_steps(const struct frame *f, int n) { return f == last ? n : walk_in_steps(f->next, n + is_code(f->lr)); }
static NOINLINE int walk_further(void) { int n = walk_in_steps(__builtin_frame_address(0), 0); __asm__ volatile(""); return n; }

static NOINLINE int call_deep(int depth, int (*walker)(void))
{
	volatile int live = depth;
	int n = depth ? call_deep(depth - 1, walker) : walker();

	return n + live - depth;
}
static int (*volatile deep)(int, int (*)(void)) = call_deep;

/* A return address that is read back from where it was saved, once another call has used x30. */
static void *volatile seen;
static NOINLINE void nothing(void) { __asm__ volatile(""); }
static NOINLINE void note_after_call(void) { nothing(); seen = __builtin_return_address(0); }
static NOINLINE void note_before_call(void) { seen = __builtin_return_address(0); nothing(); }
static void (*volatile const notes[])(void) = { note_after_call, note_before_call };
static NOINLINE void *noted(int i) { notes[i](); __asm__ volatile(""); return seen; }

/* x18. */
static NOINLINE long chained(long x)
{
	long chain;

	__asm__("mov %0, x18" : "=r"(chain));
	return chain + x;
}
static long (*volatile pointer)(long) = chained;

__asm__(".text\n"
	".macro F name\n\t.globl \\name\n\t.type \\name, %function\n\\name:\n.endm\n"
	".macro E name\n\t.size \\name, . - \\name\n.endm\n");

long call_chained(long (*)(long), long, long chain);
__asm__(".text\nF call_chained\n\tmov x16, x0\n\tmov x0, x1\n\tmov x18, x2\n\tbr x16\nE call_chained\n");

/* Below SP no signal handler runs here; that the counter is read changes nothing. */
long below(long);
__asm__(".text\nF below\n\tstp x0, x0, [sp, #-16]\n\tstp x0, x0, [sp, #-32]\n\tmrs x1, cntvct_el0\n\tldp x0, x1, [sp, #-16]\n\tldp x2, x3, [sp, #-32]\n"
	"\tadd x0, x0, x1\n\tadd x2, x2, x3\n\tadd x0, x0, x2\n\tret\nE below\n");

/* on_stack(f, x, top): f(x) on the stack that ends at top; on this one by a jump, where top is 0. */
long on_stack(long (*)(long), long, void *top), uses_stack(long (*)(long), long, void *top);
uintptr_t kept_sp;
__asm__(".text\nF on_stack\n\tmov x9, x0\n\tmov x0, x1\n\tcbz x2, 1f\n\tstr x30, [sp, #-16]!\n\tadrp x10, kept_sp\n\tmov x11, sp\n\tstr x11, [x10, :lo12:kept_sp]\n"
	"\tmov sp, x2\n\tblr x9\n\tadrp x10, kept_sp\n\tldr x11, [x10, :lo12:kept_sp]\n\tmov sp, x11\n\tldr x30, [sp], #16\n\tret\n1:\tbr x9\nE on_stack\n"
	"F uses_stack\n\tsub sp, sp, #48\n\tstp x30, x1, [sp]\n\tstr x0, [sp, #16]\n\tbl on_stack\n\tldp x30, x1, [sp]\n\tldr x2, [sp, #16]\n"
	"\tadd sp, sp, #48\n\tadd x0, x0, x1\n\tret\nE uses_stack\n");

static NOINLINE long leaf(long x) { return 3 * x; }
static NOINLINE long with_frame(long x)
{
	volatile long a[4] = { x, x + 1, x + 2, x + 3 };

	return a[x & 3] + leaf(a[1]) + leaf(a[2]);
}

int main(void)
{
	static char stack[4096] __attribute__((aligned(16)));
	long direct = 0, moved = 0;

	last = __builtin_frame_address(0);
	printf("%d %d %d\n", deep(3, walk) - deep(0, walk), deep(7, walk) - deep(0, walk), deep(5, walk_further) - deep(0, walk_further));
	printf("%d %d\n", noted(0) == noted(1), is_code((uintptr_t)noted(0)));
	printf("%ld %ld\n", call_chained(pointer, 5, 1000), call_chained(chained, 6, 2000));
	printf("%ld\n", below(11));
	for (int i = 0; i < 5; i++) {
		direct += uses_stack(i & 1 ? leaf : with_frame, i, 0);
		moved += uses_stack(i & 1 ? leaf : with_frame, i, stack + sizeof stack);
	}
	printf("%ld %ld\n", direct, moved);
	return 0;
}
