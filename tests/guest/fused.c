/* SPDX-License-Identifier: MIT */
/*
 * Fused multiply-adds: rounded once, whatever the operands; which NaN comes
 * out; and chains of them, where a NaN or what one rounding loses goes on.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { N = 64 };

static uint64_t state = 0x9e3779b97f4a7c15, sum;

static uint64_t random64(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1d;
}

static uint64_t bits(double v) { uint64_t u; memcpy(&u, &v, 8); return u; }
static uint32_t bits_f(float v) { uint32_t u; memcpy(&u, &v, 4); return u; }
static double number(uint64_t u) { double v; memcpy(&v, &u, 8); return v; }
static float number_f(uint32_t u) { float v; memcpy(&v, &u, 4); return v; }

static void look(double v) { sum = (sum ^ bits(v)) * 0x100000001b3; }
static void look_f(float v) { sum = (sum ^ bits_f(v)) * 0x100000001b3; }

/* Few bits, all bits, ends of runs: sums that are ties, or nearly. */
static double any(unsigned exponent)
{
	uint64_t r = random64(), m = r & 0xfffffffffffff;

	switch (random64() % 5) {
	case 0: m &= -(1ull << random64() % 53); break;
	case 1: m |= (1ull << random64() % 53) - 1; break;
	case 2: m = (1ull << random64() % 52 | 1ull << random64() % 52); break;
	}
	return number((r & 1ull << 63) | (uint64_t)(exponent & 0x7ff) << 52 | m);
}

static float any_f(unsigned exponent)
{
	uint64_t r = random64();
	uint32_t m = r & 0x7fffff;

	switch (random64() % 5) {
	case 0: m &= -(1u << random64() % 24); break;
	case 1: m |= (1u << random64() % 24) - 1; break;
	case 2: m = 1u << random64() % 23 | 1u << random64() % 23; break;
	}
	return number_f((uint32_t)(r >> 32 & 1u << 31) | (exponent & 0xff) << 23 | m);
}

/* Exponents: near one another, at the ends, or anything at all with infinities and NaNs. */
static unsigned near(unsigned middle, unsigned width) { return middle - width / 2 + random64() % width; }

static void triple(int i, double *a, double *b, double *c)
{
	switch (i % 4) {
	case 0: *a = any(near(1023, 40)), *b = any(near(1023, 40)), *c = any(near(1023, 160)); break;
	case 1: *a = any(near(1023, 40)), *b = any(near(1023, 40)), *c = number(bits(-*a * *b) + near(4, 8)); break;
	case 2: *a = any(near(512, 60)), *b = any(near(512, 60)), *c = any(random64() % 60); break;
	case 3: *a = any(random64()), *b = any(random64()), *c = any(random64()); break;
	}
	switch (random64() % 32) {
	case 0: *a = number(random64() << 63); break;
	case 1: *c = number(random64() << 63); break;
	case 2: *a = 0, *b = number(0x7ffull << 52); break;
	}
}

static void triple_f(int i, float *a, float *b, float *c)
{
	switch (i % 4) {
	case 0: *a = any_f(near(127, 20)), *b = any_f(near(127, 20)), *c = any_f(near(127, 80)); break;
	case 1: *a = any_f(near(127, 20)), *b = any_f(near(127, 20)), *c = number_f(bits_f(-*a * *b) + near(4, 8)); break;
	case 2: *a = any_f(near(64, 30)), *b = any_f(near(64, 30)), *c = any_f(random64() % 30); break;
	case 3: *a = any_f(random64()), *b = any_f(random64()), *c = any_f(random64()); break;
	}
	if (random64() % 32 == 0)
		*a = number_f((uint32_t)random64() << 31);
}

/* Each kind of instruction by itself. */
static void singly(void)
{
	for (int i = 0; i < 20000; i++) {
		double a, b, c;
		float x, y, z;
		triple(i, &a, &b, &c);
		triple_f(i, &x, &y, &z);
		look(fma(a, b, c));
		look(fma(-a, b, c));
		look(fma(a, b, -c));
		look(-fma(a, b, c));
		look_f(fmaf(x, y, z));
		look_f(fmaf(-x, y, z));
		look_f(fmaf(x, y, -z));
		look_f(-fmaf(x, y, z));
	}
	printf("singly %016llx\n", (unsigned long long)sum);
}

static double a[N], b[N], c[N], r[N];
static float x[N], y[N], z[N], q[N];

/* Loops for the compiler to make vectors of. */
static void in_vectors(void)
{
	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < N; i++) {
			triple(round < 100 ? 0 : i + round, &a[i], &b[i], &c[i]);
			triple_f(round < 100 ? 0 : i + round, &x[i], &y[i], &z[i]);
		}
		for (int i = 0; i < N; i++)
			r[i] = fma(a[i], b[i], c[i]);
		for (int i = 0; i < N; i++)
			q[i] = fmaf(x[i], y[i], z[i]);
		for (int i = 0; i < N; i++)
			look(r[i]), look_f(q[i]);
		for (int i = 0; i < N; i++)
			r[i] = fma(-a[i], fma(b[i], c[i], r[i]), a[i]) * b[i];
		for (int i = 0; i < N; i++)
			q[i] = fmaf(-x[i], fmaf(y[i], z[i], q[i]), x[i]) * y[i];
		for (int i = 0; i < N; i++)
			look(r[i]), look_f(q[i]);
	}
	printf("in vectors %016llx\n", (unsigned long long)sum);
}

/* What one gives goes into the next: as factor, as addend, into a product, a sum and a root. */
static void in_chains(void)
{
	for (int i = 0; i < 8000; i++) {
		double u, v, w, s, t;
		float f, g, h;
		triple(i, &u, &v, &w);
		triple_f(i, &f, &g, &h);
		s = fma(fma(u, v, w), v, u);
		t = fma(v, s - u, sqrt(fma(w, w, s)));
		look(t / fma(s, s, w));
		look(fma(u, u, -t));
		for (int k = 0; k < 6; k++)
			s = fma(s, u, w), t = fma(v, w, t);
		look(s);
		look(t < s ? fma(t, s, 1) : t);
		for (int k = 0; k < 6; k++)
			f = fmaf(f, g, h);
		look_f(f);
		look_f((float)fma(f, g, u));
	}
	printf("in chains %016llx\n", (unsigned long long)sum);
}

/* Quiet and signalling NaNs in each place; 0 * infinity beside them. */
static void of_nans(void)
{
	static const uint64_t few[] = { 0x3ff8000000000000, 0, 0x8000000000000000, 0x7ff0000000000000, 0xfff0000000000000,
		0x7ff8000000001234, 0xfff8000000000000, 0x7ff0000000000567, 0xfff4000000000000 };
	static const uint32_t few_f[] = { 0x3fc00000, 0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc01234, 0xffc00000, 0x7f800567, 0xffa00000 };
	enum { COUNT = sizeof few / sizeof *few };

	for (int i = 0; i < COUNT * COUNT * COUNT; i++) {
		int k[3] = { i % COUNT, i / COUNT % COUNT, i / COUNT / COUNT };
		volatile double u = number(few[k[0]]), v = number(few[k[1]]), w = number(few[k[2]]);
		volatile float f = number_f(few_f[k[0]]), g = number_f(few_f[k[1]]), h = number_f(few_f[k[2]]);
		double one = fma(u, v, w);
		look(one), look(fma(-u, v, w)), look(fma(one, v, u)), look(fma(u, w, fma(v, w, one)));
		look_f(fmaf(f, g, h)), look_f(fmaf(f, -g, -h)), look_f(fmaf(g, fmaf(f, g, h), f));
		if (i % 31 == 0)
			printf("%d %016llx %08x\n", i, (unsigned long long)bits(one), bits_f(fmaf(f, g, h)));
	}
	printf("of NaNs %016llx\n", (unsigned long long)sum);
}

int main(void)
{
	singly();
	in_vectors();
	in_chains();
	of_nans();
}
