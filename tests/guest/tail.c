/* SPDX-License-Identifier: MIT */
/* Tail calls: a state machine of functions that never returns, at -O2 in constant stack. */
#include <stdio.h>
#include <stdlib.h>

#ifdef __OPTIMIZE__
enum { STEPS = 3000000 };
#else
enum { STEPS = 3000 };
#endif

struct tape { unsigned seed, visits[3]; };
typedef unsigned state(struct tape *, unsigned);
static state a, b, c;
static state *const states[] = { a, b, c };

#define STATE(name, k) \
	static __attribute__((noinline)) unsigned name(struct tape *t, unsigned left) \
	{ \
		t->visits[k]++; \
		t->seed = t->seed * 1664525 + 1013904223 + k; \
		return left ? states[(t->seed >> 16) % 3](t, left - 1) : t->seed; \
	}
STATE(a, 0)
STATE(b, 1)
STATE(c, 2)

static __attribute__((noinline)) unsigned count(unsigned n, unsigned sum) { return n ? count(n - 1, sum * 3 + n) : sum; }
static __attribute__((noinline)) int say(const char *text, int n) { return printf("%s %d\n", text, n); }
static __attribute__((noinline)) int forward(int n) { return say("forwarded", n + 1); }

/* Its argument is where it came in when the callee takes over, and elsewhere in use where it gives up. */
static __attribute__((noinline)) void give_up(int code, const char *why) { printf("%s\n", why); exit(code); }
static __attribute__((noinline)) char *grown(char *p, long n) { char *q = realloc(p, n); *q = 'x'; return q; }
static __attribute__((noinline)) char *grow(char *p, long n, long m)
{
	if (n > 1000 - m)
		give_up((int)n, "too much");
	return grown(p, n + m);
}

int main(void)
{
	struct tape t = { 1, { 0 } };
	unsigned end = a(&t, STEPS);

	printf("%u %u %u %u\n", end, t.visits[0], t.visits[1], t.visits[2]);
	printf("%u\n", count(STEPS, 1));
	printf("%d\n", forward(5) != 12);
	char *p = grow(NULL, 10, 20), *q = grow(p, 30, 400);
	printf("%c %d\n", *q, p == NULL);
	free(q);
	return *grow(NULL, 903, 200);
}
