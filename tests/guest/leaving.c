/* SPDX-License-Identifier: MIT */
/*
 * Functions that the interpreter finishes, because they jump where nobody can
 * tell, amid functions that keep their registers outside struct cpu: what calls
 * keep (x19 to x29, the lower halves of v8 to v15) is kept for all of them.
 */
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

long lost(long depth, long room);
NOINLINE long compiled(long depth, long room);

/* Allocates `room` on its stack and jumps to where no data says. */
static volatile long offset = -0x40000000;
volatile long *const where = &offset;
__asm__(".section .data\n\t.balign 8\ndisguised: .quad 1f + 0x40000000\n\t.text\n"
	".type lost, %function\nlost:\n"
	"\tstp x29, x30, [sp, #-64]!\n\tmov x29, sp\n\tstp x19, x20, [sp, #16]\n\tstr d8, [sp, #32]\n\tstr x27, [sp, #48]\n"
	"\tmov x19, x0\n\tmov x20, x1\n\tscvtf d8, x0\n\tadd x27, x0, #100\n\tsub sp, sp, x1\n"
	"\tadrp x9, where\n\tldr x9, [x9, :lo12:where]\n\tldr x9, [x9]\n"
	"\tadrp x10, disguised\n\tldr x10, [x10, :lo12:disguised]\n\tadd x10, x10, x9\n\tbr x10\n\tudf #0\n"
	"1:\tmov x0, x19\n\tmov x1, x20\n\tcbz x19, 2f\n\tsub x0, x0, #1\n\tbl compiled\n"
	"2:\tmadd x0, x0, x20, x19\n\tfcvtzs x1, d8\n\tadd x0, x0, x1, lsl #3\n\teor x0, x0, x27, lsl #1\n"
	"\tmov sp, x29\n\tldr x27, [sp, #48]\n\tldr d8, [sp, #32]\n\tldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #64\n\tret\n"
	".size lost, . - lost\n");

/* Has more to keep than the callee saves. */
NOINLINE long compiled(long depth, long room)
{
	register double half = 0.5 * depth + 0.25, third = depth / 3.0;
	long a = depth * 3, b = depth ^ room, c = room - depth, sum = 0;

	for (long i = 0; i < 3; i++) {
		if (depth > 0)
			sum += lost(depth - 1, room) * (i + 1);
		sum ^= a * i + b - c + (long)(half * 8) + (long)(third * 16);
		a += 7;
		b -= i;
		half += third;
	}
	return sum;
}

/* A caller's d8 is kept, and not the rest of v8. */
__asm__(".text\n"
	".type upper, %function\nupper:\n"
	"\tstp x29, x30, [sp, #-32]!\n\tstr d8, [sp, #16]\n\tdup v8.2d, v0.d[0]\n\tmov x0, #2\n\tmov x1, #32\n"
	"\tbl lost\n\tscvtf d0, x0\n\tfadd d0, d0, d8\n\tmov d1, v8.d[1]\n\tfadd d0, d0, d1\n"
	"\tldr d8, [sp, #16]\n\tldp x29, x30, [sp], #32\n\tret\n"
	".size upper, . - upper\n");
double upper(double);

int main(void)
{
	register double kept = offset + 0x40000000 + 1.5;

	for (long depth = 0; depth < 6; depth++) {
		printf("%ld %lx\n", depth, compiled(depth, 16 * (depth + 1)));
		printf("%g %g\n", upper(depth), kept);
		kept *= 1.25;
	}
	return 0;
}
