/* SPDX-License-Identifier: MIT */
/* Dense, sparse and nested switches: jump tables of bytes, half-words and words. */
#include <stdio.h>

static __attribute__((noinline)) int dense(unsigned v)
{
	switch (v) {
	case 0: return 17; case 1: return 4; case 2: return 99; case 3: return 23;
	case 4: return 3; case 5: return 8; case 6: return 1; case 7: return 77;
	case 8: return 42; case 9: return 6; case 12: return 5;
	default: return -1;
	}
}

static __attribute__((noinline)) const char *sparse(long v)
{
	switch (v) {
	case -1000000: return "minus a million";
	case 0: return "zero";
	case 7: return "seven";
	case 4096: return "page";
	case 1L << 40: return "big";
	case 100 ... 200: return "hundreds";
	default: return "other";
	}
}

/* Much code in each case, so that table entries need more than a byte. */
#define WORK(n) case n: x = x * ((n) + 3) + (x >> ((n) & 15)); y ^= x << ((n) & 7); x += y % ((n) + 11); \
	if (x & 1) y += n; else x -= n; break;
#define WORK4(n) WORK(n) WORK(n + 1) WORK(n + 2) WORK(n + 3)
#define WORK16(n) WORK4(n) WORK4(n + 4) WORK4(n + 8) WORK4(n + 12)

static __attribute__((noinline)) unsigned big(unsigned v, unsigned x)
{
	unsigned y = 1;

	switch (v) {
	WORK16(0) WORK16(16) WORK16(32) WORK16(48)
	WORK16(64) WORK16(80) WORK16(96) WORK16(112)
	default: x = y = 5;
	}
	return x + y;
}

static __attribute__((noinline)) int machine(const char *s)
{
	enum { START, WORD, NUMBER, OTHER } state = START;
	int words = 0, numbers = 0, changes = 0;

	for (;; s++) {
		int old = state;

		switch (*s) {
		case 0:
			return words * 10000 + numbers * 100 + changes;
		case '0' ... '9':
			switch (state) {
			case START: case OTHER: state = NUMBER; numbers++; break;
			case WORD: case NUMBER: break;
			}
			break;
		case 'a' ... 'z': case 'A' ... 'Z': case '_':
			switch (state) {
			case NUMBER: state = OTHER; break;
			case WORD: break;
			default: state = WORD; words++;
			}
			break;
		case ' ': case '\t': case '\n':
			state = START;
			break;
		default:
			state = OTHER;
		}
		changes += old != (int)state;
	}
}

int main(void)
{
	unsigned x = 1;

	for (unsigned i = 0; i < 16; i++)
		printf("%d ", dense(i));
	printf("%d\n", dense(-1u));
	long keys[] = { -1000000, 0, 7, 4096, 1L << 40, 100, 150, 200, 201, -1 };
	for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++)
		printf("%s\n", sparse(keys[i]));
	for (unsigned i = 0; i < 140; i++)
		printf("%x%c", x = big(i, x), i % 10 == 9 ? '\n' : ' ');
	printf("%d %d\n", machine("one 2 three3 4four _five 66 7"), machine(""));
	return 0;
}
