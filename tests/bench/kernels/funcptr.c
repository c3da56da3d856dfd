/* SPDX-License-Identifier: MIT */
/*
 * Calls through pointers: a table of small functions picked by the data, and
 * objects with methods, as in a simulation or a C program in object style.
 */
#include "kernel.h"

typedef u64 (*operation)(u64, u64);

static u64 op_add(u64 a, u64 b) { return a + b; }
static u64 op_xor(u64 a, u64 b) { return a ^ (b << 3); }
static u64 op_mul(u64 a, u64 b) { return a * (b | 1); }
static u64 op_rot(u64 a, u64 b) { return a << (b & 31) | a >> (63 - (b & 31)); }
static u64 op_min(u64 a, u64 b) { return a < b ? a + 7 : b; }
static u64 op_mix(u64 a, u64 b) { return mix(a, b); }
static u64 op_sub(u64 a, u64 b) { return a - (b >> 5); }
static u64 op_not(u64 a, u64 b) { return ~a + b; }

static const operation operations[8] = {
	op_add, op_xor, op_mul, op_rot, op_min, op_mix, op_sub, op_not,
};

struct shape {
	double (*area)(const struct shape *);
	void (*grow)(struct shape *, double);
	double a, b;
};

static double circle_area(const struct shape *s) { return 3.140625 * s->a * s->a; }
static double box_area(const struct shape *s) { return s->a * s->b; }
static double triangle_area(const struct shape *s) { return s->a * s->b / 2; }
static void grow_both(struct shape *s, double by) { s->a += by; s->b += by; }
static void grow_first(struct shape *s, double by) { s->a += 2 * by; }

enum { SHAPES = 64 };

static struct shape shapes[SHAPES];

static u64 run(unsigned n)
{
	u64 seed = 1, acc = 1;
	double total = 0;

	for (int i = 0; i < SHAPES; i++) {
		shapes[i].area = i % 3 == 0 ? circle_area : i % 3 == 1 ? box_area : triangle_area;
		shapes[i].grow = i % 2 ? grow_both : grow_first;
		shapes[i].a = i;
		shapes[i].b = i + 1;
	}
	for (unsigned i = 0; i < n * 10000; i++) {
		u32 r = random_u32(&seed);
		struct shape *s = &shapes[r >> 26];

		acc = operations[r & 7](acc, r);
		s->grow(s, 0.125);
		total += s->area(s);
	}
	return mix_double(acc, total);
}

KERNEL("funcptr", 80)
