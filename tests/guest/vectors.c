/* SPDX-License-Identifier: MIT */
/* Loops that compilers turn into AdvSIMD: all lane types, reductions, widening, selection. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { N = 203 };

#define KEEP __attribute__((noinline))
#define INTEGER(T, W) \
	static T T##_a[N], T##_b[N], T##_c[N]; \
	static W T##_w[N]; \
	static KEEP void T##_loops(void) \
	{ \
		T sum = 0, most = 0, least = 0, bits = ~(T)0; \
		W wide = 0; \
		for (int i = 0; i < N; i++) T##_a[i] = i * 37 + 11, T##_b[i] = i * i - 90; \
		for (int i = 0; i < N; i++) T##_c[i] = T##_a[i] + T##_b[i] * 3; \
		for (int i = 0; i < N; i++) T##_c[i] ^= T##_a[i] > T##_b[i] ? T##_a[i] : T##_b[i]; \
		for (int i = 0; i < N; i++) T##_w[i] = (W)T##_a[i] * T##_c[i]; \
		for (int i = 0; i < N; i++) T##_b[i] = T##_w[i] >> 3; \
		for (int i = 0; i < N; i++) sum += T##_b[i], wide += T##_a[i]; \
		for (int i = 0; i < N; i++) most = T##_c[i] > most ? T##_c[i] : most; \
		for (int i = 0; i < N; i++) least = T##_c[i] < least ? T##_c[i] : least; \
		for (int i = 0; i < N; i++) bits &= T##_c[i] | 1; \
		for (int i = 0; i < N; i++) T##_a[i] = (T)(T##_a[i] << 2) - (T)(T##_b[i] >> 1) + (T##_b[i] == 5); \
		for (int i = 0; i < N; i++) T##_c[i] = T##_a[N - 1 - i]; \
		for (int i = 0; i < N / 2; i++) T##_b[i] = T##_c[2 * i] - T##_c[2 * i + 1]; \
		for (int i = 0; i < N; i++) T##_a[i] = T##_b[i] < 0 ? -T##_b[i] : T##_b[i]; \
		show(#T, T##_a, sizeof T##_a, (uint64_t)sum ^ most ^ least ^ bits ^ wide); \
	}

static void show(const char *name, const void *data, size_t n, uint64_t extra)
{
	uint64_t h = extra;

	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const uint8_t *)data)[i]) * 0x100000001b3;
	printf("%s %016llx\n", name, (unsigned long long)h);
}

INTEGER(int8_t, int16_t)
INTEGER(uint8_t, uint16_t)
INTEGER(int16_t, int32_t)
INTEGER(uint16_t, uint32_t)
INTEGER(int32_t, int64_t)
INTEGER(uint32_t, uint64_t)
INTEGER(int64_t, int64_t)
INTEGER(uint64_t, uint64_t)

#define REAL(T, I) \
	static T T##_a[N], T##_b[N]; \
	static I T##_i[N]; \
	static KEEP void T##_loops(void) \
	{ \
		T most = 0; \
		for (int i = 0; i < N; i++) T##_a[i] = (T)(i * 7 % 50) / 4 - 5; \
		for (int i = 0; i < N; i++) T##_b[i] = T##_a[i] * T##_a[i] - T##_a[i] / 3 + 2; \
		for (int i = 0; i < N; i++) T##_b[i] = T##_b[i] < T##_a[i] ? T##_a[i] : T##_b[i]; \
		for (int i = 0; i < N; i++) T##_i[i] = T##_b[i] * 100; \
		for (int i = 0; i < N; i++) T##_a[i] += T##_i[i]; \
		for (int i = 0; i < N; i++) T##_b[i] = T##_a[i] < 0 ? -T##_a[i] : T##_a[i] * (T)0.5; \
		for (int i = 0; i < N; i++) T##_b[i] = __builtin_sqrt(T##_b[i]); \
		for (int i = 0; i < N; i++) most = T##_b[i] > most ? T##_b[i] : most; \
		show(#T, T##_b, sizeof T##_b, most * 1000); \
		show(#I, T##_i, sizeof T##_i, 0); \
	}
REAL(float, int)
REAL(double, long)

static KEEP unsigned mixed(const uint8_t *a, const uint8_t *b, const int16_t *c, uint8_t *out)
{
	unsigned difference = 0;
	int dot = 0;

	for (int i = 0; i < 128; i++)
		difference += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
	for (int i = 0; i < 128; i++)
		dot += c[i] * (int8_t)a[i];
	for (int i = 0; i < 128; i++)
		out[i] = (a[i] + b[i] + 1) >> 1;
	for (int i = 0; i < 128; i++)
		out[i] = c[i] < 0 ? 0 : c[i] > 255 ? 255 : c[i] ^ out[i];
	for (int i = 0; i < 32; i++) {
		out[4 * i] ^= a[3 * i];
		out[4 * i + 1] += a[3 * i + 1];
		out[4 * i + 2] -= a[3 * i + 2];
	}
	return difference ^ dot;
}

int main(void)
{
	uint8_t a[128], b[128], out[128];
	int16_t c[128];

	int8_t_loops();
	uint8_t_loops();
	int16_t_loops();
	uint16_t_loops();
	int32_t_loops();
	uint32_t_loops();
	int64_t_loops();
	uint64_t_loops();
	float_loops();
	double_loops();
	for (int i = 0; i < 128; i++) {
		a[i] = i * 13;
		b[i] = i * 29 + 7;
		c[i] = i * 5 - 200;
	}
	printf("%u\n", mixed(a, b, c, out));
	show("bytes", out, sizeof out, 0);
	return 0;
}
