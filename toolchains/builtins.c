/* SPDX-License-Identifier: MIT */
/*
 * What LLVM calls for 128-bit arithmetic that wasm does not have, and what the
 * lifter calls to say that an answer is rare (wasmcode.c takes it out again).
 *
 * compiler-rt's would not do: lifted code returns two values where others
 * return a pointer (the ABI experimental-mv), so these are compiled for the
 * same ABI.  Written in 64-bit steps, or they would call themselves.
 */
typedef unsigned long long u64;
typedef unsigned __int128 u128;
typedef __int128 s128;

int aw_unlikely(int condition)
{
	return condition;
}

union halves {
	u128 all;
	struct { u64 lo, hi; };
};

u128 __multi3(u128 a, u128 b)
{
	union halves x = { a }, y = { b }, r;
	u64 mask = 0xffffffff;
	u64 low = (x.lo & mask) * (y.lo & mask);
	u64 mid = (x.lo >> 32) * (y.lo & mask) + (low >> 32);
	u64 mid2 = (x.lo & mask) * (y.lo >> 32) + (mid & mask);

	r.lo = mid2 << 32 | (low & mask);
	r.hi = (x.lo >> 32) * (y.lo >> 32) + (mid >> 32) + (mid2 >> 32) + x.lo * y.hi + x.hi * y.lo;
	return r.all;
}

u128 __ashlti3(u128 a, int n)
{
	union halves x = { a }, r = x;

	if (n & 64) {
		r.hi = x.lo << (n & 63);
		r.lo = 0;
	} else if (n) {
		r.hi = x.hi << n | x.lo >> (64 - n);
		r.lo = x.lo << n;
	}
	return r.all;
}

u128 __lshrti3(u128 a, int n)
{
	union halves x = { a }, r = x;

	if (n & 64) {
		r.lo = x.hi >> (n & 63);
		r.hi = 0;
	} else if (n) {
		r.lo = x.lo >> n | x.hi << (64 - n);
		r.hi = x.hi >> n;
	}
	return r.all;
}

s128 __ashrti3(s128 a, int n)
{
	union halves x = { a }, r = x;
	u64 sign = (long long)x.hi >> 63;

	if (n & 64) {
		r.lo = (long long)x.hi >> (n & 63);
		r.hi = sign;
	} else if (n) {
		r.lo = x.lo >> n | x.hi << (64 - n);
		r.hi = (long long)x.hi >> n;
	}
	return r.all;
}
