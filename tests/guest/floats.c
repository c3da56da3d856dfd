/* SPDX-License-Identifier: MIT */
/* float and double: formatting, conversions, comparisons, rounding modes, exceptions. */
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double edge[] = { 0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 1e-310, 5e-324, DBL_MAX, DBL_MIN, 0.1, 1 / 3., 1e22, 123456789.123,
			       -1e15, 2147483647.5, 4294967296.5, 9.2e18, 0x1p-149, 3.4e38, 65504 };
static volatile double zero = 0, ten = 10;

/* What converts and rounds obeys FPCR; arithmetic is always to nearest here. */
static void rounding(int mode, const char *name)
{
	volatile double half = ten / 4;

	fesetround(mode);
	printf("%s %g %g %ld %ld %g %d\n", name, rint(half), nearbyint(-half), lrint(half), llrint(-half), rintf(half),
	       fegetround() == mode);
	fesetround(FE_TONEAREST);
}

int main(void)
{
	for (unsigned i = 0; i < sizeof edge / sizeof *edge; i++) {
		double d = edge[i];
		volatile float f = d;
		uint64_t bits;

		memcpy(&bits, &d, 8);
		printf("%g %.17g %a %.3f %.0f %e %016llx %.9g\n", d, d, d, d, d, d, (unsigned long long)bits, f);
		if (fabs(d) < 1e9)
			printf(" %d %u %d\n", (int)d, (unsigned)fabs(d), (int)(float)f);
		if (fabs(d) < 1e18)
			printf(" %lld %g %g %g %g\n", (long long)d, floor(d), ceil(d), trunc(d), round(d));
		printf(" %d %d %d %d %g %g %g\n", fpclassify(d), signbit(d) != 0, isnormal(d), ilogb(d), fmin(d, 1), fmax(d, 1), fma(d, 2, 1));
	}
	double inf = 1 / zero, nan = inf - inf;
	printf("%g %g %d %d %d %d %d\n", inf, -inf, nan == nan, nan < 1, nan > 1, nan != nan, isunordered(nan, 1.0));
	printf("%g %g %d %d\n", fmin(nan, 1), fmax(2, nan), !(nan >= 1), islessgreater(1.0, 2.0));
	rounding(FE_TONEAREST, "nearest");
	rounding(FE_UPWARD, "up");
	rounding(FE_DOWNWARD, "down");
	rounding(FE_TOWARDZERO, "zero");
	feclearexcept(FE_ALL_EXCEPT);
	printf("%d %d\n", fegetround() == FE_TONEAREST, fetestexcept(FE_ALL_EXCEPT));
	printf("%.17g %.17g %.17g\n", strtod("0.1", NULL), strtod("1.7976931348623157e308", NULL), strtod("0x1.fp3", NULL));
	printf("%.17g %g %g\n", strtod("2.2250738585072011e-308", NULL), strtod("inf", NULL), strtof("1e-46", NULL));
	printf("%.9g %g %g\n", (float)16777217, (float)0xffffffffffffffffULL, (double)INT64_MIN);
	printf("%.17g %.17g\n", (double)0x7fffffffffffffff, (double)(uint64_t)0xfffffffffffff400);
	int e;
	double whole, part = modf(-3.75, &whole);
	double fraction = frexp(48, &e);
	printf("%g %g %g %d %g %g\n", part, whole, fraction, e, ldexp(0.75, 10), scalbn(1, -1074));
	printf("%.17g %.17g %g %g\n", nextafter(1, 2), nextafter(0, -1), copysign(3, -0.0), remainder(7, 4));
	return 0;
}
