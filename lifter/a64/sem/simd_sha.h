/* SPDX-License-Identifier: MIT */
/*
 * SHA-1, SHA-256 and SHA-512 instructions, as the Arm ARM's SHA1hash(),
 * SHA256hash() and the text of the SHA512 group write them.
 */
#ifndef A64_SIMD_SHA_H
#define A64_SIMD_SHA_H

#include "simd_lanes.h"

PURE u32 left_32(u32 v, u32 n) { return v << n | v >> (32 - n); }
PURE u32 right_32(u32 v, u32 n) { return v >> n | v << (32 - n); }
PURE u64 right_64(u64 v, u32 n) { return v >> n | v << (64 - n); }

PURE u32 sha_choose(u32 x, u32 y, u32 z) { return ((y ^ z) & x) ^ z; }
PURE u32 sha_majority(u32 x, u32 y, u32 z) { return (x & y) | ((x | y) & z); }
PURE u32 sha_parity(u32 x, u32 y, u32 z) { return x ^ y ^ z; }

/* Four rounds of SHA-1; rd holds a..d, Sn e, rm the words and constants. */
#define SIMD_SHA1(name, f) \
	SEM simd_##name(struct cpu *cpu, reg rd, reg rn, reg rm) \
	{ \
		u32x4 x = (u32x4)get_v(cpu, rd), w = (u32x4)get_v(cpu, rm); \
		u32 y = get_u32v(cpu, rn); \
		LANES_UNROLL \
		for (u32 i = 0; i < 4; i++) { \
			u32 t = y + left_32(x[0], 5) + f(x[1], x[2], x[3]) + w[i]; \
			y = x[3]; \
			x = (u32x4){t, x[0], left_32(x[1], 30), x[2]}; \
		} \
		set_v(cpu, rd, (v128)x); \
	}
SIMD_SHA1(sha1c, sha_choose)
SIMD_SHA1(sha1p, sha_parity)
SIMD_SHA1(sha1m, sha_majority)

SEM simd_sha1h(struct cpu *cpu, reg rd, reg rn)
{
	set_u32v(cpu, rd, left_32(get_u32v(cpu, rn), 30));
}

SEM simd_sha1su0(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64x2 d = (u64x2)get_v(cpu, rd), n = (u64x2)get_v(cpu, rn);
	u64x2 m = (u64x2)get_v(cpu, rm);

	set_v(cpu, rd, (v128)((u64x2){d[1], n[0]} ^ d ^ m));
}

SEM simd_sha1su1(struct cpu *cpu, reg rd, reg rn)
{
	u32x4 d = (u32x4)get_v(cpu, rd), n = (u32x4)get_v(cpu, rn);
	u32x4 t = d ^ (u32x4){n[1], n[2], n[3], 0};
	u32x4 r = t << 1 | t >> 31;

	r[3] ^= left_32(t[0], 2);
	set_v(cpu, rd, (v128)r);
}

/* SHA256hash(): four rounds; part 1 gives the first half, else the second. */
SHARED v128 sha256_rounds(v128 vx, v128 vy, v128 vw, bool part1)
{
	u32x4 x = (u32x4)vx, y = (u32x4)vy, w = (u32x4)vw;

	LANES_UNROLL
	for (u32 i = 0; i < 4; i++) {
		u32 sum1 = right_32(y[0], 6) ^ right_32(y[0], 11) ^ right_32(y[0], 25);
		u32 sum0 = right_32(x[0], 2) ^ right_32(x[0], 13) ^ right_32(x[0], 22);
		u32 t = y[3] + sum1 + sha_choose(y[0], y[1], y[2]) + w[i];
		u32 first = t + sum0 + sha_majority(x[0], x[1], x[2]);
		u32 fifth = t + x[3];
		y = (u32x4){fifth, y[0], y[1], y[2]};
		x = (u32x4){first, x[0], x[1], x[2]};
	}
	return part1 ? (v128)x : (v128)y;
}

SEM simd_sha256h(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), n = get_v(cpu, rn), m = get_v(cpu, rm);

	set_v(cpu, rd, sha256_rounds(d, n, m, true));
}

SEM simd_sha256h2(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	v128 d = get_v(cpu, rd), n = get_v(cpu, rn), m = get_v(cpu, rm);

	set_v(cpu, rd, sha256_rounds(n, d, m, false));
}

SEM simd_sha256su0(struct cpu *cpu, reg rd, reg rn)
{
	u32x4 d = (u32x4)get_v(cpu, rd), n = (u32x4)get_v(cpu, rn);
	u32x4 t = {d[1], d[2], d[3], n[0]};

	t = (t >> 7 | t << 25) ^ (t >> 18 | t << 14) ^ t >> 3;
	set_v(cpu, rd, (v128)(d + t));
}

PURE u32 sha256_sigma1(u32 v) { return right_32(v, 17) ^ right_32(v, 19) ^ v >> 10; }

SEM simd_sha256su1(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u32x4 d = (u32x4)get_v(cpu, rd), n = (u32x4)get_v(cpu, rn), m = (u32x4)get_v(cpu, rm);
	u32x4 r = d + (u32x4){n[1], n[2], n[3], m[0]};

	r[0] += sha256_sigma1(m[2]);
	r[1] += sha256_sigma1(m[3]);
	r[2] += sha256_sigma1(r[0]);
	r[3] += sha256_sigma1(r[1]);
	set_v(cpu, rd, (v128)r);
}

/* SHA-512: two rounds, in two instructions. */
PURE u64 sha512_sum1(u64 v) { return right_64(v, 14) ^ right_64(v, 18) ^ right_64(v, 41); }
PURE u64 sha512_sum0(u64 v) { return right_64(v, 28) ^ right_64(v, 34) ^ right_64(v, 39); }

SEM simd_sha512h(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64x2 w = (u64x2)get_v(cpu, rd), x = (u64x2)get_v(cpu, rn), y = (u64x2)get_v(cpu, rm);
	u64 high = w[1] + ((y[1] & x[0]) ^ (~y[1] & x[1])) + sha512_sum1(y[1]);
	u64 t = high + y[0];
	u64 low = w[0] + ((t & y[1]) ^ (~t & x[0])) + sha512_sum1(t);

	set_v(cpu, rd, (v128)(u64x2){low, high});
}

SEM simd_sha512h2(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64x2 w = (u64x2)get_v(cpu, rd), x = (u64x2)get_v(cpu, rn), y = (u64x2)get_v(cpu, rm);
	u64 high = w[1] + ((x[0] & y[1]) ^ (x[0] & y[0]) ^ (y[1] & y[0])) + sha512_sum0(y[0]);
	u64 low = w[0] + ((high & y[0]) ^ (high & y[1]) ^ (y[1] & y[0])) + sha512_sum0(high);

	set_v(cpu, rd, (v128)(u64x2){low, high});
}

SEM simd_sha512su0(struct cpu *cpu, reg rd, reg rn)
{
	u64x2 d = (u64x2)get_v(cpu, rd), n = (u64x2)get_v(cpu, rn);
	u64x2 t = {d[1], n[0]};

	t = (t >> 1 | t << 63) ^ (t >> 8 | t << 56) ^ t >> 7;
	set_v(cpu, rd, (v128)(d + t));
}

SEM simd_sha512su1(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64x2 d = (u64x2)get_v(cpu, rd), x = (u64x2)get_v(cpu, rn), y = (u64x2)get_v(cpu, rm);
	u64x2 t = (x >> 19 | x << 45) ^ (x >> 61 | x << 3) ^ x >> 6;

	set_v(cpu, rd, (v128)(d + t + y));
}

/* The SHA3 group: three-way logic, rotations. */
SEM simd_eor3(struct cpu *cpu, reg rd, reg rn, reg rm, reg ra)
{
	v128 n = get_v(cpu, rn), m = get_v(cpu, rm), a = get_v(cpu, ra);

	set_v(cpu, rd, n ^ m ^ a);
}

SEM simd_bcax(struct cpu *cpu, reg rd, reg rn, reg rm, reg ra)
{
	v128 n = get_v(cpu, rn), m = get_v(cpu, rm), a = get_v(cpu, ra);

	set_v(cpu, rd, n ^ (m & ~a));
}

SEM simd_rax1(struct cpu *cpu, reg rd, reg rn, reg rm)
{
	u64x2 n = (u64x2)get_v(cpu, rn), m = (u64x2)get_v(cpu, rm);

	set_v(cpu, rd, (v128)(n ^ (m << 1 | m >> 63)));
}

SEM simd_xar(struct cpu *cpu, reg rd, reg rn, reg rm, u64 by)
{
	u64x2 n = (u64x2)get_v(cpu, rn), m = (u64x2)get_v(cpu, rm), v = n ^ m;

	set_v(cpu, rd, (v128)(v >> by | v << (-by & 63)));
}

#endif
