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

/* Distances to a label, kept where nobody finds them before the program runs; no frame, and more values than arguments. */
static __attribute__((noinline)) int by_distance(int n, int *distance, const int *v)
{
	static void *const label[] = { &&add, &&sub, &&mul, &&done };
	void *base = &&add;
	int a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];

	for (int i = 0; i < n; i++)
		distance[i] = (char *)label[distance[i]] - (char *)base;
	goto *(base + *distance);
add:	distance++; a += b; b += c; c += d; d += e; e += f; f += g; g += h; h += a;
	goto *(base + *distance);
sub:	distance++; a -= h; h -= g; g -= f; f -= e; e -= d; d -= c; c -= b; b -= a;
	goto *(base + *distance);
mul:	distance++; a *= 3; b *= 5; c *= 7; d *= 9; e *= 11; f *= 13; g *= 17; h *= 19;
	goto *(base + *distance);
done:	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

/* A table that changes. */
static __attribute__((noinline)) int exchanged(const int *code, int exchange)
{
	static void *label[] = { &&one, &&two, &&done };
	int x = 1;

	if (exchange) {
		void *t = label[0];
		label[0] = label[1];
		label[1] = t;
		return 0;
	}
	goto *label[*code++];
one:	x = x * 10 + 1;
	goto *label[*code++];
two:	x = x * 7 + 2;
	goto *label[*code++];
done:	return x;
}

int main(void)
{
	static const int turns[] = { 0, 1, 1, 0, 2 };
	int distance[] = { 0, 2, 1, 0, 0, 1, 2, 0, 3 };
	static const int values[] = { 1, 20, 300, 4000, 50000, 6, 70, 800 };
	/* (sum, n): until n is 0, sum = sum * 3 + n */
	static const int code[] = { PUSH, 1, PUSH, 1000, SWAP, PUSH, 3, MUL, SWAP, DUP, PUSH, -1, MUL, PUSH, -1, MUL,
				    SWAP, POP, PUSH, 7, ADD, PRINT, HALT };
	static const int loop[] = { PUSH, 5000, PUSH, 1, SUB, DUP, JNZ, 2, PRINT, HALT };

	printf("%d\n", run(code));
	printf("%d\n", run(loop));
	printf("%d\n", exchanged(turns, 0));
	exchanged(turns, 1);
	printf("%d\n", exchanged(turns, 0));
	printf("%d\n", by_distance(sizeof distance / sizeof *distance, distance, values));
	return 0;
}
