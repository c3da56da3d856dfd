#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Calls of fused multiply-adds can become instructions (fuse_test.js).
# From the environment: CC (aarch64-wasm-cc), NODE, FUSE (fuse.js), DIR.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$DIR" && cd "$DIR" || exit 1
cat >fused.c <<'C'
#include <math.h>
#include <stdio.h>
#define NOINLINE __attribute__((noipa))
static double a[64], b[64];
static float x[64], y[64];
NOINLINE void doubles(void) { for (int i = 0; i < 64; i++) a[i] = fma(a[i], b[i], a[i]); }
NOINLINE void singles(void) { for (int i = 0; i < 64; i++) x[i] = fmaf(x[i], y[i], x[i]); }
NOINLINE double one_double(double u, double v) { return fma(u, u, v); }
NOINLINE float one_single(float u, float v) { return fmaf(u, u, v); }
int main(void)
{
	doubles();
	singles();
	printf("%a %a %a\n", a[1], x[1], one_double(1 + 0x1p-30, -1 - 0x1p-29) + one_single(1 + 0x1p-13, -1 - 0x1p-12));
	return 0;
}
C
$CC -mlift=always -O3 fused.c -o fused.js && "$NODE" "$here/fuse_test.js" "$FUSE" fused.wasm || exit
for fma in '' software; do
    [ "$(AARCH64_WASM_FMA=$fma "$NODE" fused.js)" = "0x0p+0 0x0p+0 0x1.000000004p-26" ] || { echo "wrong, AARCH64_WASM_FMA='$fma'"; exit 1; }
done
