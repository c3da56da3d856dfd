/* SPDX-License-Identifier: MIT */
/*
 * What the ways of compiling and linking change: thread-local variables,
 * constructors, tables of pointers that are relocated, weak symbols, jump
 * tables, computed gotos, tail calls, functions of the C library that are
 * chosen at start, data in text (links.S).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOINLINE __attribute__((noinline))

#ifdef __KLIBC__
#define __thread                        /* it has none */
#endif

static __thread int counter = 5;
static __thread char room[40];
extern __thread long shared;
__thread long shared = 77;

static int order;
static __attribute__((constructor(101))) void first(void) { order = order * 10 + 1; }
static __attribute__((constructor)) void second(void) { order = order * 10 + 2; }
static __attribute__((destructor)) void last(void) { printf("destructor %d\n", counter); }

void nowhere(void) __attribute__((weak));

static NOINLINE int add(int a, int b) { return a + b; }
static NOINLINE int subtract(int a, int b) { return a - b; }
static NOINLINE int multiply(int a, int b) { return a * b; }
static int (*const operations[])(int, int) = { add, subtract, multiply };
static const char *const names[] = { "add", "subtract", "multiply" };

#ifdef __GLIBC__
static int chosen(int x) { return x * 3; }
static int (*choose(void))(int) { return chosen; }
int triple(int) __attribute__((ifunc("choose")));
#else
static NOINLINE int triple(int x) { return x * 3; }
#endif

static NOINLINE int many_ways(int k, int x)
{
	switch (k) {
	case 0: return x + 7;
	case 1: return triple(x);
	case 2: return x ^ counter;
	case 3: return add(x, k);
	case 4: return -x;
	case 5: return x << 3;
	case 7: return x % 13;
	case 8: return (int)strlen(names[x % 3]);
	case 9: return x > 20 ? 1 : 2;
	default: return 0;
	}
}

/* A machine whose operations are labels. */
static NOINLINE unsigned interpret(const char *code, unsigned x)
{
	static const void *const labels[] = { &&inc, &&twice, &&mix, &&end };

	goto *labels[*code++ - 'a'];
inc:
	x++;
	goto *labels[*code++ - 'a'];
twice:
	x += x;
	goto *labels[*code++ - 'a'];
mix:
	x = x * 31 ^ x >> 5;
	goto *labels[*code++ - 'a'];
end:
	return x;
}

static NOINLINE long odd(long n, long sum);
static NOINLINE long even(long n, long sum) { return n ? odd(n - 1, sum + n) : sum; }
static NOINLINE long odd(long n, long sum) { return n ? even(n - 1, sum ^ n) : -sum; }

static NOINLINE double mean(int n, ...)
{
	double sum = 0;
	va_list args;

	va_start(args, n);
	for (int i = 0; i < n; i++)
		sum += va_arg(args, double);
	va_end(args);
	return sum / n;
}

static jmp_buf back;
static NOINLINE void jump(int value) { counter += value; longjmp(back, value); }

static int by_length(const void *a, const void *b)
{
	return (int)(strlen(*(char *const *)a) - strlen(*(char *const *)b));
}

/* links.S */
long in_text(long);
unsigned by_table(unsigned);
long through_literal(long);

int main(int argc, char **argv)
{
	const char *words[] = { "jumped", "over", "the", "quick" };
	char *text = malloc(100);
	volatile int value = 3;

	printf("order %d, argc %d, %s, weak %d\n", order, argc, argv[argc], nowhere != NULL);
	printf("%d %ld %d\n", counter, shared, room[39]);
	for (int i = 0; i < 3; i++)
		printf("%s %d\n", names[i], operations[i](i + 9, 4));
	for (int k = -1; k < 11; k++)
		printf("%d ", many_ways(k, 17 + k));
	printf("\n%u %u\n", interpret("abcabcd", 5), interpret("ccccbbbad", 77));
	printf("%ld %ld\n", even(1001, 1), odd(1000, 2));
	printf("%ld\n", (long)(mean(3, 1.5, 2.25, 4.0) * 1000000));
	memset(text, 'x', 100);
	text[99] = 0;
	strcpy(text, "hello");
	memcpy(text + 5, ", world", 8);
	memmove(text + 2, text, 12);
	printf("%s %zu %s %d\n", text, strlen(text), strchr(text, 'w'), memcmp(text, "hehelp", 6) < 0);
	qsort(words, 4, sizeof *words, by_length);
	printf("%s %s %s\n", words[0], words[1], words[3]);
	int jumped = setjmp(back);
	if (jumped < 3)
		jump(value + jumped - 2);
	printf("jumped %d, counter %d\n", jumped, counter);
	printf("%ld %u %u %ld\n", in_text(4), by_table(1), by_table(9), through_literal(40));
	unsigned long from, to;
	int n = sscanf("400000-4f1000 r-xp", "%lx-%lx", &from, &to);
	printf("%d %lx %lx\n", n, from, to);
	unsigned hash = 1;
	for (int i = 0; i < 20000; i++)
		hash = hash * 33 + (unsigned)many_ways(i % 10, i);
	for (unsigned i = 0; i < 2000; i++)
		hash ^= interpret("abcbacbccd", i);
	printf("%u\n", hash);
	free(text);
	return order;
}
