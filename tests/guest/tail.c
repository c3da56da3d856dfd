/* SPDX-License-Identifier: MIT */
/* Tail calls: a state machine of functions that never returns, at -O2 in constant stack. */
#include <stdio.h>

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

int main(void)
{
	struct tape t = { 1, { 0 } };
	unsigned end = a(&t, STEPS);

	printf("%u %u %u %u\n", end, t.visits[0], t.visits[1], t.visits[2]);
	printf("%u\n", count(STEPS, 1));
	return forward(5) != 12;
}
