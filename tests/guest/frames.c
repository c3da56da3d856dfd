/* SPDX-License-Identifier: MIT */
/*
 * Who looks at frames: return addresses and callers' frames by way of x29,
 * values read back from where they were saved, memory below SP, SP changed by a
 * function that also jumps through a pointer (as Go's systemstack does); and the
 * static chain, which AAPCS64 does not know, through a pointer.
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

/* The frame's address in a variable, as a result, as an argument on the stack, a caller's. */
struct cursor { const struct frame *frame; int n; };
static NOINLINE int step(struct cursor *c)
{
	c->n += is_code(c->frame->lr) ? 1 : 100;
	c->frame = c->frame->next;
	return c->frame != last;
}
static NOINLINE int walk_by_cursor(void)
{
	struct cursor c = { __builtin_frame_address(0) };

	while (step(&c))
		;
	return c.n;
}
const struct frame *frame_pointer(void);
static NOINLINE int walk_by_result(void) { int n = walk_in_steps(frame_pointer(), 0); __asm__ volatile(""); return n; }
static NOINLINE int ninth(int a, int b, int c, int d, int e, int f, int g, int h, const struct frame *i) { return walk_in_steps(i, a + b + c + d + e + f + g + h); }
static NOINLINE int walk_ninth(void) { int n = ninth(0, 0, 0, 0, 0, 0, 0, 0, __builtin_frame_address(0)); __asm__ volatile(""); return n; }
static NOINLINE int walk_from_caller(void) { int n = walk_in_steps(__builtin_frame_address(1), 1); __asm__ volatile(""); return n; }
static int (*const walkers[])(void) = { walk, walk_further, walk_by_cursor, walk_by_result, walk_ninth, walk_from_caller };

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

/* gcc's x18 and clang's x15. */
static NOINLINE long chained(long x)
{
	long gccs, clangs;

	__asm__("mov %0, x18\n\tmov %1, x15" : "=&r"(gccs), "=r"(clangs));
	return gccs + clangs + x;
}
static long (*volatile pointer)(long) = chained;

__asm__(".text\n"
	".macro F name\n\t.globl \\name\n\t.type \\name, %function\n\\name:\n.endm\n"
	".macro E name\n\t.size \\name, . - \\name\n.endm\n");

long call_chained(long (*)(long), long, long chain);
__asm__(".text\nF call_chained\n\tmov x16, x0\n\tmov x0, x1\n\tmov x18, x2\n\tadd x15, x2, #1\n\tstr x30, [sp, #-16]!\n\tblr x16\n\tldr x30, [sp], #16\n\tret\nE call_chained\n");

__asm__(".text\nF frame_pointer\n\tmov x0, x29\n\tret\nE frame_pointer\n");

/* x19 read where it was saved, used behind a branch only. */
long reads_saved(long, long);
__asm__(".text\nF read_behind\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov x19, #9\n\tldr x19, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tcbz x0, 1f\n\tadd x0, x0, x19\n"
	"1:\tret\nE read_behind\n"
	"F reads_saved\n\tstp x19, x30, [sp, #-16]!\n\tmov x19, x1\n\tbl read_behind\n\tldp x19, x30, [sp], #16\n\tret\nE reads_saved\n");

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
static long (*volatile leaf_pointer)(long) = leaf;
/* Ends in a jump through a pointer itself, but for some x. */
static NOINLINE long jumps_on(long x)
{
	if (x & 2) {
		volatile long a[20];
		a[x] = leaf_pointer(x);
		return a[x] + 1;
	}
	return leaf_pointer(x + 1);
}
static NOINLINE long with_frame(long x)
{
	volatile long a[4] = { x, x + 1, x + 2, x + 3 };

	return a[x & 3] + leaf(a[1]) + leaf(a[2]);
}

int main(void)
{
	static char stack[4096] __attribute__((aligned(16)));
	static long (*volatile const callees[])(long) = { leaf, with_frame, jumps_on };
	long direct = 0, moved = 0;

	last = __builtin_frame_address(0);
	for (unsigned i = 0; i < sizeof walkers / sizeof *walkers; i++)
		printf("%d %d\n", deep(3, walkers[i]) - deep(0, walkers[i]), deep(7, walkers[i]) - deep(3, walkers[i]));
	printf("%d %d\n", noted(0) == noted(1), is_code((uintptr_t)noted(0)));
	printf("%ld %ld\n", call_chained(pointer, 5, 1000), call_chained(chained, 6, 2000));
	printf("%ld %ld %ld\n", below(11), reads_saved(5, 4000), reads_saved(0, 4000));
	for (int i = 0; i < 15; i++) {
		direct += uses_stack(callees[i % 3], i, 0);
		moved += uses_stack(callees[i % 3], i, stack + sizeof stack);
	}
	printf("%ld %ld\n", direct, moved);
	return 0;
}
