/* SPDX-License-Identifier: MIT */
/* Structs by value: in registers, in vector registers, in memory; returned. */
#include <complex.h>
#include <stdio.h>

struct tiny { char a; };
struct odd { char a[3]; };
struct two { long a; int b; };
struct hfa2 { float a, b; };
struct hfa4 { double a, b, c, d; };
struct mixed { int a; double b; };
struct large { int v[12]; };
union either { long l; double d; };

#define KEEP __attribute__((noinline))
static KEEP struct tiny f1(struct tiny t) { t.a++; return t; }
static KEEP struct odd f2(struct odd o) { char c = o.a[0]; o.a[0] = o.a[2]; o.a[2] = c; return o; }
static KEEP struct two f3(struct two t, int n) { t.a += n; t.b -= n; return t; }
static KEEP struct hfa2 f4(struct hfa2 h, float s) { return (struct hfa2){ h.b * s, h.a * s }; }
static KEEP struct hfa4 f5(struct hfa4 h) { return (struct hfa4){ h.d, h.c, h.b, h.a }; }
static KEEP struct mixed f6(struct mixed m) { return (struct mixed){ (int)m.b, m.a }; }
static KEEP struct large f7(struct large l, int n) { for (int i = 0; i < 12; i++) l.v[i] += n * i; return l; }
static KEEP union either f8(union either e) { e.l ^= 1; return e; }
static KEEP double complex f9(double complex a, float complex b) { return a * b + 1; }
static KEEP int f10(struct large a, struct tiny b, struct hfa4 c, struct two d, struct large e)
{
	return a.v[11] + b.a + (int)c.d + d.b + e.v[0];
}
static KEEP struct two f11(long a, long b, long c, long d, long e, long f, long g, struct two t, struct two u)
{
	return (struct two){ a + b + c + d + e + f + g + t.a + u.a, t.b * u.b };
}

int main(void)
{
	struct large l = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } };
	struct two t = { 5, 6 };

	printf("%d\n", f1((struct tiny){ 41 }).a);
	printf("%.3s\n", f2((struct odd){ { 'a', 'b', 'c' } }).a);
	t = f3(t, 3);
	printf("%ld %d\n", t.a, t.b);
	struct hfa2 h2 = f4((struct hfa2){ 1.5, 2.5 }, 2);
	printf("%g %g\n", h2.a, h2.b);
	struct hfa4 h4 = f5((struct hfa4){ 1, 2, 3, 4 });
	printf("%g %g %g %g\n", h4.a, h4.b, h4.c, h4.d);
	struct mixed m = f6((struct mixed){ 7, 8.5 });
	printf("%d %g\n", m.a, m.b);
	l = f7(l, 2);
	printf("%d %d\n", l.v[0], l.v[11]);
	printf("%ld\n", f8((union either){ .l = 6 }).l);
	double complex z = f9(1 + 2 * I, 3 - I);
	printf("%g %g\n", creal(z), cimag(z));
	printf("%d\n", f10(l, (struct tiny){ 1 }, h4, t, f7(l, 1)));
	t = f11(1, 2, 3, 4, 5, 6, 7, t, (struct two){ 9, 10 });
	printf("%ld %d\n", t.a, t.b);
	double complex q = (3 + 4 * I) / (1 - 2 * I);
	printf("%g %g %g\n", creal(q), cimag(q), cabs(3 + 4 * I));
	return 0;
}
