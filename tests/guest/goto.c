/* SPDX-License-Identifier: MIT */
/* Computed goto: an interpreter with a table of labels. */
#include <stdio.h>

enum { PUSH, ADD, MUL, SUB, DUP, SWAP, JNZ, PRINT, POP, HALT };

static int run(const int *code)
{
	static const void *const label[] = { &&push, &&add, &&mul, &&sub, &&dup, &&swap, &&jnz, &&print, &&pop, &&halt };
	int stack[32], *sp = stack, steps = 0, t;
	const int *pc = code;

#define NEXT do { steps++; goto *label[*pc++]; } while (0)
	NEXT;
push:	*sp++ = *pc++; NEXT;
add:	sp--; sp[-1] += *sp; NEXT;
mul:	sp--; sp[-1] *= *sp; NEXT;
sub:	sp--; sp[-1] -= *sp; NEXT;
dup:	*sp = sp[-1]; sp++; NEXT;
swap:	t = sp[-1]; sp[-1] = sp[-2]; sp[-2] = t; NEXT;
jnz:	pc = *--sp ? code + *pc : pc + 1; NEXT;
print:	printf("%d\n", sp[-1]); NEXT;
pop:	sp--; NEXT;
halt:	return steps;
}

int main(void)
{
	/* (sum, n): until n is 0, sum = sum * 3 + n */
	static const int code[] = { PUSH, 1, PUSH, 1000, SWAP, PUSH, 3, MUL, SWAP, DUP, PUSH, -1, MUL, PUSH, -1, MUL,
				    SWAP, POP, PUSH, 7, ADD, PRINT, HALT };
	static const int loop[] = { PUSH, 5000, PUSH, 1, SUB, DUP, JNZ, 2, PRINT, HALT };

	printf("%d\n", run(code));
	printf("%d\n", run(loop));
	return 0;
}
