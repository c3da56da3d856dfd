#!/bin/sh
# SPDX-License-Identifier: MIT
#
# An unknown instruction: named when lifting, SIGILL when executed, no harm if not.
# From the environment: GUEST_CC, LIFT (aarch64-wasm-lift), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
cat >unknown.c <<'C'
#include <stdio.h>
__attribute__((noinline)) void strange(void) { __asm__ volatile(".inst 0x04000000"); }
int main(int argc, char **argv) { (void)argv; puts("before"); fflush(stdout); if (argc > 1) strange(); puts("after"); return 0; }
C
$GUEST_CC -O1 -static unknown.c -o unknown.elf || exit 1
$LIFT unknown.elf -o unknown 2>warning || exit 1
grep -q 'warning: unknown.elf: unknown instruction 04000000 at 0x[0-9a-f]* in strange' warning || { echo "not named:"; cat warning; exit 1; }
[ "$(./unknown)" = "before
after" ] || { echo "does not run"; exit 1; }
out=$(./unknown x 2>/dev/null)
status=$?
[ "$out" = before ] || { echo "printed: $out"; exit 1; }
[ $status = 132 ] || { echo "status $status, not that of SIGILL"; exit 1; }
