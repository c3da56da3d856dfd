/* SPDX-License-Identifier: MIT */
/* libm as the guest has it: every bit must be the same. */
#define _GNU_SOURCE
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t hash;

static void put(double d)
{
	uint64_t bits;

	memcpy(&bits, &d, 8);
	if (d != d)
		bits = 0x7ff8;
	hash = (hash ^ bits) * 0x100000001b3;
}

#define FUNCTIONS(F) F(sin) F(cos) F(tan) F(asin) F(acos) F(atan) F(sinh) F(cosh) F(tanh) F(exp) F(exp2) F(expm1) F(log) F(log2) \
	F(log10) F(log1p) F(sqrt) F(cbrt) F(erf) F(tgamma) F(lgamma) F(floor) F(ceil) F(rint) F(round) F(trunc) F(fabs) F(j0)
static const struct { const char *name; double (*d)(double); float (*f)(float); } functions[] = {
#define F(n) { #n, n, n##f },
	FUNCTIONS(F)
#undef F
};

int main(void)
{
	for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++) {
		hash = i;
		for (double x = -20; x < 20; x += 0.37) {
			put(functions[i].d(x));
			put(functions[i].d(x / 32));
			put(functions[i].f(x / 8));
		}
		put(functions[i].d(1e10));
		put(functions[i].d(1e-10));
		printf("%s %016llx %.15g\n", functions[i].name, (unsigned long long)hash, functions[i].d(0.75));
	}
	hash = 0;
	for (double x = 0.1; x < 5; x += 0.3) {
		for (double y = -3; y < 3; y += 0.4) {
			put(pow(x, y));
			put(atan2(x, y));
			put(hypot(x, y));
			put(fmod(x, y));
			put(powf(x, y));
			put(creal(cexp(x + y * I)));
			put(cimag(clog(x + y * I)));
		}
	}
	printf("two arguments %016llx\n", (unsigned long long)hash);
	return 0;
}
