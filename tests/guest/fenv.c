/* SPDX-License-Identifier: MIT */
/* <fenv.h>: rounding modes and exceptions, in code the compiler cannot do itself. */
#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile double zero = 0, one = 1, three = 3, ten = 10, huge = 1e308, tiny = 1e-308, half = 0.5;
static volatile float f_one = 1, f_three = 3;

static const struct { int mode; const char *name; } modes[] = {
	{FE_TONEAREST, "nearest"}, {FE_UPWARD, "up"}, {FE_DOWNWARD, "down"}, {FE_TOWARDZERO, "zero"},
};

static void rounding(void)
{
	for (int m = 0; m < 4; m++) {
		printf("fesetround(%s) %d, %d\n", modes[m].name, fesetround(modes[m].mode), fegetround() == modes[m].mode);
		printf("  1/3 %a -1/3 %a float %a\n", one / three, -one / three, (double)(f_one / f_three));
		printf("  sqrt(3) %a 0.1*3 %a 1e308*10 %a\n", sqrt(three), 0.1 * three, huge * ten);
		printf("  rint %.1f %.1f %.1f nearbyint %.1f lrint %ld %ld llrint %lld\n", rint(2.5 + zero),
		       rint(-2.5 + zero), rint(half), nearbyint(-half), lrint(2.5 + zero), lrint(-3.5 + zero), llrint(1.5 + zero));
		printf("  (float)0.1 %a (double)(1<<60)+1 %a %a\n", (double)(float)(0.1 + zero),
		       (double)((1ll << 60) + 1), (double)(float)(long)(one * 16777217));
		printf("  fma %a trunc %d floor %.1f 1-1 %g\n", fma(0.1, ten, -one), (int)(2.9 + zero), floor(-half), one - 1.0);
		printf("  %.2f %.0f %s\n", 0.125 + zero, half, strtod("0.1", NULL) == 0.1 ? "read" : "not read");
	}
	fesetround(FE_TONEAREST);
}

static void flags(const char *what)
{
	int e = fetestexcept(FE_ALL_EXCEPT);

	printf("%-24s%s%s%s%s%s\n", what, e & FE_INVALID ? " invalid" : "", e & FE_DIVBYZERO ? " divbyzero" : "",
	       e & FE_OVERFLOW ? " overflow" : "", e & FE_UNDERFLOW ? " underflow" : "", e & FE_INEXACT ? " inexact" : "");
	feclearexcept(FE_ALL_EXCEPT);
}

static volatile double r;
static volatile long n;

static void exceptions(void)
{
	feclearexcept(FE_ALL_EXCEPT);
	flags("nothing");
	r = one + one; flags("1 + 1");
	r = one / three; flags("1 / 3");
	r = one / zero; flags("1 / 0");
	r = zero / zero; flags("0 / 0");
	r = huge * ten; flags("1e308 * 10");
	r = tiny / huge; flags("1e-308 / 1e308");
	r = tiny / 3.0; flags("1e-308 / 3");
	r = sqrt(-one); flags("sqrt(-1)");
	n = (long)(huge + 0); flags("(long)1e308");
	n = (long)(half + 2); flags("(long)2.5");
	n = (long)(one + 2); flags("(long)3.0");
	n = lrint(half); flags("lrint(0.5)");
	r = rint(half); flags("rint(0.5)");
	r = nearbyint(half); flags("nearbyint(0.5)");
	r = floor(half); flags("floor(0.5)");
	r = (float)(one / three); flags("(float)(1.0 / 3)");
	r = (double)(long)(16777217 * one); flags("(double)(long)");
	r = (float)(long)(16777217 * one); flags("(float)16777217");
	n = NAN > one; flags("NaN > 1");
	n = NAN == one; flags("NaN == 1");
	n = isgreater(NAN + zero, one); flags("isgreater(NaN, 1)");
	r = INFINITY - (INFINITY * one); flags("inf - inf");
	r = fma(huge, ten, -huge); flags("fma");
	r = fmax(NAN + zero, one); flags("fmax(NaN, 1)");
	r = exp(1000 * one); flags("exp(1000)");
	r = log(zero); flags("log(0)");
	r = pow(-one, half); flags("pow(-1, 0.5)");
	r = (double)((long double)one / 3); flags("long double 1 / 3");
}

static void environment(void)
{
	fenv_t saved, other;

	feraiseexcept(FE_DIVBYZERO | FE_INEXACT);
	fesetround(FE_UPWARD);
	printf("feholdexcept %d", feholdexcept(&saved));
	printf(", then %d, %s\n", fetestexcept(FE_ALL_EXCEPT), fegetround() == FE_UPWARD ? "up" : "another mode");
	fesetround(FE_DOWNWARD);
	r = zero / zero;
	fegetenv(&other);
	feupdateenv(&saved);
	printf("feupdateenv: %d, %s\n", fetestexcept(FE_ALL_EXCEPT), fegetround() == FE_UPWARD ? "up" : "another mode");
	fesetenv(&other);
	printf("fesetenv: %d, %s\n", fetestexcept(FE_ALL_EXCEPT), fegetround() == FE_DOWNWARD ? "down" : "another mode");
	fesetenv(FE_DFL_ENV);
	printf("default: %d, %s\n", fetestexcept(FE_ALL_EXCEPT), fegetround() == FE_TONEAREST ? "nearest" : "another mode");
}

/* Loops, some of them vectors. */
static void loops(void)
{
	static double a[64], b[64];
	static float c[64], d[64];

	for (int m = 0; m < 4; m++) {
		double sum = 0;
		float sumf = 0;
		fesetround(modes[m].mode);
		for (int i = 0; i < 64; i++)
			a[i] = i / 7.0, b[i] = 1 / (i + three), c[i] = (float)i / 3, d[i] = (float)(i * 0.3);
		for (int i = 0; i < 64; i++)
			a[i] = a[i] * b[i] + 0.1, c[i] = c[i] * d[i] - 0.3f;
		for (int i = 0; i < 64; i++)
			sum += a[i], sumf += c[i];
		printf("%s %a %a\n", modes[m].name, sum, (double)sumf);
	}
	fesetround(FE_TONEAREST);
}

int main(void)
{
	rounding();
	exceptions();
	environment();
	loops();
	return 0;
}
