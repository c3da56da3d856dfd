/* SPDX-License-Identifier: MIT */
/* long double is IEEE binary128, computed by the guest's own libgcc. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static volatile long double one = 1, three = 3, big = 1e4000L, tiny = 1e-4900L;

int main(void)
{
	long double x = one / three, sum = 0;

	printf("%.36Lf %.20Le %La %Lg\n", x, x, x, x);
	for (int i = 1; i <= 100; i++)
		sum += one / i;
	printf("%.33Lf\n", sum);
	printf("%Lg %Lg %Lg %Lg\n", big * big, tiny * tiny, -big * big, big - big);
	printf("%d %d %d %d\n", x < one, x > one, x == x, big * 0 != big * 0);
	printf("%d %d %d\n", isnan(big * big - big * big), isinf(big * big), signbit(-one * 0));
	printf("%ld %lu %d %.20Lg %.20Lg\n", (long)(x * 1e18L), (unsigned long)(one * 1e19L), (int)-x,
	       (long double)0xffffffffffffffffUL, (long double)-5);
	printf("%.17g %.9g %.33Lg\n", (double)x, (float)x, (long double)0.1);
	printf("%.33Lg %.33Lg %.33Lg\n", sqrtl(2), floorl(-x * 10), fmodl(big, three));
	printf("%.33Lg %.33Lg\n", strtold("3.14159265358979323846264338327950288", NULL), strtold("0x1.8p-3", NULL));
	printf("%.6Lf %.6Lf %.6Lf\n", sinl(one), expl(one), powl(three, 2.5L));
	return 0;
}
