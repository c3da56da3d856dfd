/* SPDX-License-Identifier: MIT */
/*
 * Functions in assembly as C libraries have them: without types or frames,
 * returning by "br x30", and one whose address no data holds as it is, so that
 * nothing tells of it before it runs; and flags that live across a call.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define NOINLINE __attribute__((noinline))

typedef uint64_t context[13];
/* returns_twice: as klibc's setjmp and longjmp */
int save(context) __attribute__((returns_twice));
void restore(context, int) __attribute__((noreturn));
__asm__(".text\n"
	"save:\n\tmov x1, sp\n"
	"\tstp x19, x20, [x0]\n\tstp x21, x22, [x0, #16]\n\tstp x23, x24, [x0, #32]\n"
	"\tstp x25, x26, [x0, #48]\n\tstp x27, x28, [x0, #64]\n\tstp x29, x30, [x0, #80]\n"
	"\tstr x1, [x0, #96]\n\tmov x0, #0\n\tbr x30\n"
	"restore:\n"
	"\tldp x19, x20, [x0]\n\tldp x21, x22, [x0, #16]\n\tldp x23, x24, [x0, #32]\n"
	"\tldp x25, x26, [x0, #48]\n\tldp x27, x28, [x0, #64]\n\tldp x29, x30, [x0, #80]\n"
	"\tldr x2, [x0, #96]\n\tmov sp, x2\n\tmov x0, x1\n\tbr x30\n");

/* What `hidden` returns is what its callee returns, and nobody else wants that. */
static int calls;
NOINLINE int twice(int x) { calls++; return 2 * x; }
NOINLINE long through_pointer(long x) { calls += 2; return x - 1; }
extern const uint64_t disguised;
enum { DISGUISE = 0x40000000 };
__asm__(".text\n"
	"\tb .\n"
	"hidden:\n\tstp x29, x30, [sp, #-16]!\n\tbl twice\n"
	"\tadrp x9, through_pointer\n\tadd x9, x9, :lo12:through_pointer\n\tblr x9\n"
	"\tadd x0, x0, #1\n\tldp x29, x30, [sp], #16\n\tret\n"
	".section .rodata\n\t.balign 8\ndisguised: .quad hidden + 0x40000000\n\t.text\n");

/* An epilogue that two functions share, one by a jump, one by running into it; `trusting` ends in a call that
 * a compiler would have known not to come back. */
NOINLINE int picky(int x) { if (x > 100) { printf("picky %d\n", x); exit(calls + 3); } calls++; return x + 1; }
int shares(int), runs_into(int), trusting(int), wants_kept(int);
__asm__(".text\n"
	".type shares, %function\nshares:\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov w19, w0\n\tbl twice\n"
	"\tadd w0, w0, w19\n\tb epilogue\n"
	".type runs_into, %function\nruns_into:\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov w19, w0\n\tbl twice\n"
	"\tsub w0, w0, w19, lsl #2\n"
	".type epilogue, %function\nepilogue:\n\tldr x19, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\n"
	".type trusting, %function\ntrusting:\n\tstp x29, x30, [sp, #-32]!\n\tstr x19, [sp, #16]\n\tmov w19, w0\n\tbl picky\n\tnop\n"
	".type behind, %function\nbehind:\n\tadd w0, w0, w19\n\tldr x19, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\n"
	".type wants_kept, %function\nwants_kept:\n\tstp x29, x30, [sp, #-32]!\n\tstp x19, x20, [sp, #16]\n\tmov w19, w0\n\tmov w20, #5\n"
	"\tbl shares\n\tadd w20, w20, w0\n\tmov w0, w19\n\tbl runs_into\n\tadd w0, w0, w20\n\tadd w0, w0, w19\n"
	"\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\n");

/* Flags that a callee leaves alone. */
int is_less(long, long);
__asm__(".text\n"
	"quiet:\n\tadd x1, x1, #1\n\tret\n"
	"is_less:\n\tstp x29, x30, [sp, #-16]!\n\tcmp x0, x1\n\tbl quiet\n\tcset w0, lt\n\tldp x29, x30, [sp], #16\n\tret\n");

static NOINLINE void fail(context c, int value)
{
	calls++;
	restore(c, value);
}

static NOINLINE int repeat(int n)
{
	context c;
	volatile int i = 0, sum = 0;

	for (;;) {
		int got = save(c);
		sum += got * 10 + 1;
		if (i++ == n)
			return sum;
		if (i % 3)
			fail(c, i);
	}
}

int main(void)
{
	int (*volatile at)(int) = (int (*)(int))(uintptr_t)(disguised - DISGUISE);

	printf("%d %d\n", repeat(7), repeat(9));
	twice(3);
	through_pointer(3);
	printf("%d\n", at(21));
	printf("%d\n", calls);
	printf("%d %d %d\n", is_less(1, 2), is_less(2, 1), is_less(-1, 0));
	printf("%d %d %d\n", shares(4), runs_into(5), wants_kept(6));
	printf("%d\n", trusting(7));
	trusting(calls + 100);
	return 0;
}
