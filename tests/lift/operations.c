/* SPDX-License-Identifier: MIT */
/*
 * Programs for the interpreter of operations.S.  With what C does beside it:
 * setjmp, calls through pointers, and an error that leaves the interpreter from
 * below a function that it called.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

enum op { ADD, SUB, MUL, DIV, AND, OR, XOR, SHL, SHR, SAR, ROR, ANDN, ORN, XORN, MOVE, CONSTANT, NEG, BIG, MOD, NEW, LESS,
	  NOT, DOUBLE, ZERO, LEAVE };
#define OP(op, a, b, c) (unsigned)((op) | (a) << 8 | ((b) & 255) << 16 | ((unsigned)(c) & 255) << 24)
#define SET(a, n) OP(CONSTANT, a, n, (n) >> 8)

struct state {
	void *frame;               /* run()'s, while it runs */
	void *(*allocate)(struct state *, size_t);
	void *last;
	long allocations;
};

long run(const unsigned *program, long *locals, struct state *);
_Noreturn void leave(struct state *, long);

static jmp_buf top;

static void *allocate(struct state *s, size_t size)
{
	void *p = s->allocations++ % 4 ? s->last : calloc(16, size);

	return s->last = p;
}

/* As an allocator of LuaJIT's: who is out of memory does not come back. */
long new(struct state *s, long n);
long new(struct state *s, long n)
{
	long *p = n < 0 ? NULL : s->allocate(s, sizeof *p);

	if (!p)
		leave(s, -n);
	p[0] = n;
	p[n % 16] = n ^ 5;
	return p[0] + s->allocations % 3;
}

static const unsigned loop[] = {        /* 0 sum, 1 i, 2 limit, 3 one, 4 seven */
	SET(1, 0), SET(3, 1), SET(4, 7), OP(ZERO, 0, 0, 0),
	OP(ADD, 0, 0, 1), OP(MOD, 5, 1, 4), OP(MUL, 9, 0, 5), OP(ADD, 0, 0, 9), OP(DOUBLE, 6, 5, 0), OP(XOR, 0, 0, 6), OP(NOT, 7, 1, 0), OP(SUB, 0, 0, 7),
	OP(BIG, 8, 0, 0), OP(SHR, 8, 8, 5), OP(OR, 6, 6, 8), OP(ROR, 6, 6, 3), OP(ADD, 0, 0, 6),
	OP(ADD, 1, 1, 3), OP(LESS, 1, 2, -15), OP(LEAVE, 0, 0, 0) };

static const unsigned allocating[] = {
	SET(1, 0), SET(3, 1), OP(ZERO, 0, 0, 0),
	OP(NEW, 5, 1, 0), OP(BIG, 6, 0, 0), OP(XOR, 5, 5, 6), OP(ADD, 0, 0, 5), OP(ANDN, 7, 0, 6), OP(SAR, 7, 7, 3), OP(ORN, 0, 7, 1),
	OP(ADD, 1, 1, 3), OP(LESS, 1, 2, -9), OP(LEAVE, 0, 0, 0) };

static const unsigned failing[] = { SET(1, 77), OP(NEG, 2, 1, 0), OP(NEW, 3, 2, 0), SET(0, 1), OP(LEAVE, 0, 0, 0) };

static long run_to(const unsigned *program, long limit)
{
	static struct state s = { .allocate = allocate };
	long locals[256] = { [2] = limit };

	return run(program, locals, &s);
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 300000;
	volatile long before = 0x0123456789abcdef ^ count;

	if (setjmp(top)) {
		printf("back %lx\n", before);
		return 0;
	}
	(void)argv;
	printf("%lx\n", run_to(loop, count));
	printf("%lx\n", run_to(allocating, count / 3));
	for (int i = 0; i < 3; i++)
		printf("%ld\n", run_to(failing, 0));
	longjmp(top, 1);
}
