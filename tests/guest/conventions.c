/* SPDX-License-Identifier: MIT */
/*
 * Functions in assembly that AAPCS64 forbids and that work none the less, since
 * both sides know: flags as arguments and results, callee-saved registers that
 * come back changed, SP that comes back moved, return addresses made by hand,
 * jumps into another function's middle, saved registers that others look at.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

__asm__(".text\n"
	".macro F name\n\t.globl \\name\n\t.type \\name, %function\n\\name:\n.endm\n"
	".macro E name\n\t.size \\name, . - \\name\n.endm\n");

/* Flags. */
long is_less(long, long), is_less_by_jump(long, long);
__asm__("F compare\n\tcmp x0, x1\n\tret\nE compare\n"
	"F is_less\n\tmov x9, x30\n\tbl compare\n\tcset x0, lt\n\tret x9\nE is_less\n"
	"F get_less\n\tcset x0, lt\n\tret\nE get_less\n"
	"F is_less_by_jump\n\tcmp x0, x1\n\tb get_less\nE is_less_by_jump\n");

/* x19 is changed for good: behind its restore, before its save, by a callee, by who is jumped to with a frame. */
long early(long), late(long), spilled(long), popped(long);
__asm__("F add_hundred\n\tadd x19, x19, #100\n\tret\nE add_hundred\n"
	"F restores_first\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, #3\n\tadd x0, x0, x19\n\tldr x19, [sp, #8]\n\tbl add_hundred\n\tldr x30, [sp], #16\n\tret\nE restores_first\n"
	"F early\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, x0\n\tbl restores_first\n\tadd x0, x0, x19\n\tldp x30, x19, [sp], #16\n\tret\nE early\n"
	"F saves_late\n\tstr x30, [sp, #-32]!\n\tbl add_hundred\n\tstr x19, [sp, #16]\n\tmov x19, #3\n\tadd x0, x0, x19\n\tldr x19, [sp, #16]\n\tldr x30, [sp], #32\n\tret\nE saves_late\n"
	"F late\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, x0\n\tbl saves_late\n\tadd x0, x0, x19\n\tldp x30, x19, [sp], #16\n\tret\nE late\n"
	"F set_hundred\n\tadd x19, x0, #100\n\tret\nE set_hundred\n"
	"F add_one\n\tadd x0, x0, #1\n\tret\nE add_one\n"
	"F spilled\n\tstp x29, x30, [sp, #-48]!\n\tstp x19, x20, [sp, #16]\n\tbl set_hundred\n\tstr x19, [sp, #32]\n\tmov x19, #7\n\tmov x0, x19\n\tbl add_one\n"
	"\tldr x19, [sp, #32]\n\tadd x0, x0, x19\n\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #48\n\tret\nE spilled\n"
	"F push_and_go\n\tsub sp, sp, #16\n\tstr x0, [sp]\n\tb pop_kept\nE push_and_go\n"
	"F pop_kept\n\tldr x19, [sp], #16\n\tret\nE pop_kept\n"
	"F popped\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, #0\n\tbl push_and_go\n\tmov x0, x19\n\tldp x30, x19, [sp], #16\n\tret\nE popped\n");

/* SP. */
long with_room(long, long);
__asm__("F make_room\n\tsub sp, sp, #32\n\tret\nE make_room\n"
	"F drop_room\n\tadd sp, sp, #32\n\tret\nE drop_room\n"
	"F with_room\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov x19, x0\n\tbl make_room\n\tstp x19, x1, [sp]\n\tmov x0, #5\n\tldr x1, [sp]\n"
	"\tadd x0, x0, x1\n\tldr x1, [sp, #8]\n\tbl drop_room\n\tmadd x0, x0, x1, x19\n\tldr x19, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE with_room\n");

/* x30. */
long by_label(long), by_sum(long), through_register(long, long), selected(long, long), inline_word(long), inline_text(long), one_further(long), either(long);
long other(long x) { return 2 * x + 1; }
__asm__("F hundred_more\n\tadd x0, x0, #100\n\tret\nE hundred_more\n"
	"F by_label\n\tmov x9, x30\n\tadr x30, 1f\n\tb hundred_more\n1:\tadd x0, x0, #1\n\tret x9\nE by_label\n"
	"F by_sum\n\tmov x10, x30\n\tbl hundred_more\n\tadd x30, x30, #12\n\tb hundred_more\n\tadd x0, x0, #1\n\tadd x0, x0, #2\n\tret x10\nE by_sum\n"
	"F through_register\n\tstr x30, [sp, #-16]!\n\tadr x30, 1f\n\tadrp x10, other\n\tadd x10, x10, :lo12:other\n\tbr x10\n1:\tadd x0, x0, #1\n\tldr x30, [sp], #16\n\tret\nE through_register\n"
	"F sum\n\tadd x0, x0, x1\n\tret\nE sum\n"
	"F selected\n\tmov x9, x30\n\tadr x10, 2f\n\tadr x11, 3f\n\tcmp x0, #1\n\tcsel x30, x10, x11, eq\n\tb sum\n2:\tadd x0, x0, #1\n\tret x9\n3:\tadd x0, x0, #2\n\tret x9\nE selected\n"
	"F add_word\n\tldr w1, [x30], #4\n\tadd x0, x0, x1\n\tret\nE add_word\n"
	"F inline_word\n\tmov x9, x30\n\tbl add_word\n\t.word 5\n\tadd x0, x0, #1\n\tret x9\nE inline_word\n"
	"F add_text\n\tmov x1, x30\n1:\tldrb w2, [x1], #1\n\tadd x0, x0, x2\n\tcbnz w2, 1b\n\tadd x1, x1, #3\n\tand x30, x1, #~3\n\tret\nE add_text\n"
	"F inline_text\n\tstp x29, x30, [sp, #-16]!\n\tbl add_text\n\t.asciz \"abcdefghijk\"\n\t.balign 4\n\tadd x0, x0, #1000\n\tldp x29, x30, [sp], #16\n\tret\nE inline_text\n"
	"F skips_one\n\ttbz x0, #0, 1f\n\tadd x30, x30, #4\n1:\tlsl x0, x0, #1\n\tret\nE skips_one\n"
	"F one_further\n\tstp x29, x30, [sp, #-16]!\n\tbl skips_one\n\tb 1f\n\tadd x0, x0, #1000\n1:\tldp x29, x30, [sp], #16\n\tret\nE one_further\n"
	"F choose_return\n\ttst x0, #1\n\tcsel x30, x30, x1, eq\n\tret\nE choose_return\n"
	"F either\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov x19, x0\n\tadr x1, 1f\n\tbl choose_return\n\tadd x0, x0, #1000\n1:\tadd x0, x0, x19\n"
	"\tldr x19, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE either\n");

NOINLINE static long around(long (*f)(long), long a, long b)
{
	long x = a, y = b;

	for (int i = 0; i < 4; i++) {
		x += f(y + i);
		y += x & 7;
	}
	return x * 100 + y;
}

/* Into another function's middle, which calls what longjmp() comes back to. */
static jmp_buf back;
static volatile int comebacks;
NOINLINE static void fail(void) { longjmp(back, 1); }
long inside(void)
{
	if (!setjmp(back))
		fail();
	return ++comebacks;
}
long into_the_middle(long, long);
__asm__("F into_the_middle\n\tstp x29, x30, [sp, #-32]!\n\tstp x19, x20, [sp, #16]\n\tmov x19, x0\n\tcbz x1, 1f\n\tb the_rest\n1:\tmov x0, #5\n"
	"\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE into_the_middle\n"
	"F whole\n\tstp x29, x30, [sp, #-32]!\n\tstp x19, x20, [sp, #16]\n\tmov x19, x0\n\tbl add_one\nE whole\n"
	"F the_rest\n\tbl inside\n\tadd x0, x0, x19\n\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE the_rest\n");

/* Two epilogues of one function that longjmp() came back to. */
static int throws;
void thrower(void) { if (throws++ < 4) longjmp(back, throws); }
jmp_buf *const where = &back;
long two_ends(long);
__asm__("F two_ends\n\tstp x29, x30, [sp, #-48]!\n\tstp x19, x20, [sp, #16]\n\tstr x21, [sp, #32]\n\tmov x29, sp\n\tmov x19, x0\n\tmov x20, #0\n\tmov x21, #5\n"
	"\tadrp x0, where\n\tldr x0, [x0, :lo12:where]\n\tbl setjmp\n\tsxtw x20, w0\n1:\tadd x19, x19, x20\n\tsubs x21, x21, #1\n\tb.ne 1b\n\tbl thrower\n\tcmp x19, #20\n"
	"\tmov x0, x19\n\tldp x19, x20, [sp, #16]\n\tldr x21, [sp, #32]\n\tldp x29, x30, [sp], #48\n\tb.gt 2f\n\tadd x0, x0, #1000\n\tret\n2:\tadd x0, x0, #3\n\tret\nE two_ends\n");

/* A switch of contexts that keeps SP, x29 and x30 only. */
struct context { void *sp, *fp, *pc; };
struct context main_context, other_context;
long noted;
void note(long x) { noted += x; }
void body(void);
long resume(void);
__asm__("F switch_to\n\tmov x2, sp\n\tstp x2, x29, [x0]\n\tstr x30, [x0, #16]\n\tldp x2, x29, [x1]\n\tldr x30, [x1, #16]\n\tmov sp, x2\n\tret\nE switch_to\n"
	"F resume\n\tstp x29, x30, [sp, #-32]!\n\tstp x19, x20, [sp, #16]\n\tmov x19, #7\n\tmov x20, #9\n\tmov x0, x19\n\tbl note\n\tadd x0, x19, x20\n\tbl note\n"
	"\tadrp x0, main_context\n\tadd x0, x0, :lo12:main_context\n\tadrp x1, other_context\n\tadd x1, x1, :lo12:other_context\n\tbl switch_to\n"
	"\tadrp x0, noted\n\tldr x0, [x0, :lo12:noted]\n\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE resume\n"
	"F body\n\tmov x19, #1\n1:\tmov x0, x19\n\tbl note\n\tadrp x0, other_context\n\tadd x0, x0, :lo12:other_context\n\tadrp x1, main_context\n"
	"\tadd x1, x1, :lo12:main_context\n\tstr x19, [sp, #8]\n\tbl switch_to\n\tldr x19, [sp, #8]\n\tadd x19, x19, #1\n\tb 1b\nE body\n");

/* A saved register that is read where it lies, and many that a collector finds and moves. */
long reads_slot(long), keeps_objects(long);
static uintptr_t object_at, object_to;
static int objects;
void collector(uintptr_t *from, uintptr_t *to)
{
	for (; from < to; from++)
		if (*from == object_at) {
			*from = object_to;
			objects++;
		}
}
__asm__("F looks\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, #1000\n\tadd x0, x0, x19\n\tldr x1, [sp, #8]\n\tadd x0, x0, x1\n\tldp x30, x19, [sp], #16\n\tret\nE looks\n"
	"F reads_slot\n\tstp x30, x19, [sp, #-16]!\n\tmov x19, x0\n\tmov x0, #3\n\tbl looks\n\tadd x0, x0, x19\n\tldp x30, x19, [sp], #16\n\tret\nE reads_slot\n"
	"F collect\n\tstp x29, x30, [sp, #-96]!\n\tstp x19, x20, [sp, #16]\n\tstp x21, x22, [sp, #32]\n\tstp x23, x24, [sp, #48]\n\tstp x25, x26, [sp, #64]\n\tstp x27, x28, [sp, #80]\n"
	"\tadd x0, sp, #16\n\tadd x1, sp, #96\n\tbl collector\n"
	"\tldp x27, x28, [sp, #80]\n\tldp x25, x26, [sp, #64]\n\tldp x23, x24, [sp, #48]\n\tldp x21, x22, [sp, #32]\n\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #96\n\tret\nE collect\n"
	"F keeps_objects\n\tstp x29, x30, [sp, #-32]!\n\tstp x19, x20, [sp, #16]\n\tmov x19, x0\n\tmov x20, #3\n\tbl collect\n\tmadd x0, x19, x20, x20\n"
	"\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\nE keeps_objects\n");

/* A table of jumps one of which leaves the function; one whose index a system call has changed since it was compared. */
long jumps(long, long), asked(long);
__asm__("F jumps\n\tmov x9, #500\n\tadd x10, x1, #50\n\tcmp w0, #3\n\tb.hi 9f\n\tadrp x2, offsets\n\tadd x2, x2, :lo12:offsets\n\tldrsw x3, [x2, w0, uxtw 2]\n\tadd x3, x3, x2\n\tbr x3\n"
	"jumps_1:\tadd x0, x9, #11\n\tret\njumps_2:\tadd x0, x10, #12\n\tret\n9:\tmov x0, #0\n\tret\nE jumps\n"
	"F jumped_to\n\tadd x0, x9, x10\n\tret\nE jumped_to\n"
	".section .rodata\n\t.balign 4\noffsets: .word jumps_1 - offsets, jumped_to - offsets, jumps_2 - offsets, jumps_1 - offsets\n\t.text\n"
	/* umask() returns what it was */
	"F asked\n\tmov x8, #166\n\tmov x0, #5\n\tsvc #0\n\tmov x0, #2\n\tcmp w0, #3\n\tsvc #0\n\tb.hi 9f\n\tadr x2, asked_offsets\n\tldr w3, [x2, x0, lsl #2]\n\tadd x2, x2, w3, sxtw\n\tbr x2\n"
	"9:\tmov x0, #99\n\tret\nasked_0:\tmov x0, #10\n\tret\nasked_1:\tmov x0, #11\n\tret\nasked_5:\tmov x0, #15\n\tret\nE asked\n"
	"asked_offsets: .word asked_0 - asked_offsets, asked_1 - asked_offsets, asked_0 - asked_offsets, asked_1 - asked_offsets, asked_0 - asked_offsets, asked_5 - asked_offsets\n");

/* An interpreter's state in x29. */
long state(long);
__asm__("F operation\n\tadd x0, x0, x29\n\tcbz x1, 1f\n\tbr x1\n1:\tret\nE operation\n"
	"F nested_state\n\tstp x29, x30, [sp, #-16]!\n\tmov x29, #1000\n\tbl operation\n\tldp x29, x30, [sp], #16\n\tret\nE nested_state\n"
	"F state\n\tstp x29, x30, [sp, #-16]!\n\tmov x29, x0\n\tmov x0, #0\n\tmov x1, #0\n\tbl operation\n\tbl nested_state\n\tbl operation\n\tldp x29, x30, [sp], #16\n\tret\nE state\n");

static char stack[65536] __attribute__((aligned(16)));

int main(int argc, char **argv)
{
	long sum = 0;

	(void)argv;
	printf("flags %ld %ld %ld %ld\n", is_less(argc, 5), is_less(5, argc), is_less_by_jump(argc, 0), is_less_by_jump(argc, 2));
	printf("x19 %ld %ld %ld %ld %ld\n", early(argc), late(argc), spilled(argc), spilled(argc + 50), popped(argc + 8));
	printf("sp %ld %ld\n", with_room(argc, 7), around(early, argc, 2));
	printf("x30 %ld %ld %ld %ld %ld\n", by_label(argc), by_sum(argc), through_register(argc, 1), selected(argc, 3), selected(argc + 1, 3));
	printf("data %ld %ld\n", inline_word(argc), inline_text(argc));
	printf("elsewhere %ld %ld %ld\n", around(one_further, argc, 3), around(either, 0, argc), around(either, 1, argc));
	for (int i = 0; i < 3; i++)
		sum += into_the_middle(i + argc, argc) * 3;
	printf("middle %ld %ld %d\n", sum, into_the_middle(1, 0), comebacks);
	for (int i = 0; i < 3; i++) {
		throws = 0;
		printf("ends %ld\n", two_ends(argc + i));
	}
	other_context = (struct context){ stack + sizeof stack - 64, NULL, (void *)body };
	for (int i = 0; i < 5; i++)
		sum = sum * 3 + resume();
	printf("contexts %ld\n", sum);
	object_at = 0x123456, object_to = 1000 + argc;
	printf("slots %ld", reads_slot(argc));
	printf(" %ld %d\n", keeps_objects(object_at), objects);
	for (int i = 0; i < 5; i++)
		printf("jumps %ld\n", jumps(argc + i - 1, i));
	printf("asked %ld, state %ld\n", asked(argc), state(argc));
	return 0;
}
