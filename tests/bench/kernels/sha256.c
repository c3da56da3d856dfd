/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 (FIPS 180-4) over 256 KiB: rotates, adds and an unrolled state.
 */
#include "kernel.h"

enum { BYTES = 256 * 1024 };

static u8 message[BYTES + 64];
static u32 constant[64], initial[8];

/* The first 32 fractional bits of a prime's square or cube root, by bisection. */
static u32 root_fraction(u32 prime, int power)
{
	unsigned __int128 goal = (unsigned __int128)prime << 32 * power;
	u64 lo = 0, hi = 1ull << 36;

	while (hi - lo > 1) {
		u64 mid = lo + (hi - lo) / 2;
		unsigned __int128 value = mid;

		for (int i = 1; i < power; i++)
			value *= mid;
		if (value <= goal)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

static void setup(void)
{
	int n = 0;

	for (u32 p = 2; n < 64; p++) {
		u32 d = 2;

		while (d * d <= p && p % d)
			d++;
		if (d * d <= p)
			continue;
		constant[n] = root_fraction(p, 3);
		if (n < 8)
			initial[n] = root_fraction(p, 2);
		n++;
	}
}

static u32 rotate(u32 x, int n)
{
	return x >> n | x << (32 - n);
}

static void block(u32 *state, const u8 *p)
{
	u32 w[64], s[8];

	for (int i = 0; i < 16; i++)
		w[i] = (u32)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
	for (int i = 16; i < 64; i++) {
		u32 a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
		u32 b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;

		w[i] = w[i - 16] + a + w[i - 7] + b;
	}
	memcpy(s, state, sizeof s);
	for (int i = 0; i < 64; i++) {
		u32 e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
		u32 a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
		u32 t1 = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + constant[i] + w[i];
		u32 t2 = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

		s[7] = s[6];
		s[6] = s[5];
		s[5] = s[4];
		s[4] = s[3] + t1;
		s[3] = s[2];
		s[2] = s[1];
		s[1] = s[0];
		s[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		state[i] += s[i];
}

/* `length` is a multiple of 64: the padding is a block of its own. */
static u64 digest(u8 *data, u64 length)
{
	u32 state[8];

	memset(data + length, 0, 64);
	data[length] = 0x80;
	for (int i = 0; i < 8; i++)
		data[length + 56 + i] = length * 8 >> (56 - 8 * i);
	memcpy(state, initial, sizeof state);
	for (u64 at = 0; at <= length; at += 64)
		block(state, data + at);
	return (u64)state[0] << 32 | state[1];
}

static u64 run(unsigned n)
{
	u64 sum = 0;

	setup();
	for (int i = 0; i < BYTES; i++)
		message[i] = i * 7;
	while (n--) {
		sum = mix(sum, digest(message, BYTES));
		message[n % BYTES]++;
	}
	return sum;
}

KERNEL("sha256", 6)
