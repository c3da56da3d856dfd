#!/bin/sh
# SPDX-License-Identifier: MIT
#
# AARCH64_WASM_STATS, and names in messages.
# From the environment: CC (aarch64-wasm-cc), LIFT (aarch64-wasm-lift), STRIP, DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
fail() { echo "$*"; exit 1; }

cat >loop.c <<'C'
#include <stdio.h>
int main(void) { unsigned s = 0; for (int i = 0; i < 100000; i++) s = s * 31 + (unsigned)i; printf("%u %5.2f\n", s, 1.5); return 0; }
C
$CC -O2 loop.c -o loop.elf || exit 1
$STRIP loop.elf
$LIFT loop.elf -o loop || exit 1
AARCH64_WASM_STATS=all ./loop 2>all >/dev/null
AARCH64_WASM_STATS=1 ./loop 2>interpreted >/dev/null
all=$(sed -n 's/^aarch64-wasm: \([0-9]*\) instructions in all$/\1/p' all)
some=$(sed -n 's/^aarch64-wasm: \([0-9]*\) instructions interpreted.*/\1/p' interpreted)
[ "${all:-0}" -gt 400000 ] || fail "in all: $(cat all)"
[ $((${some:-999999999} * 100)) -le "$all" ] || fail "more than a hundredth is interpreted: $(cat interpreted)"
$LIFT -mlift=never loop.elf -o never
AARCH64_WASM_STATS=1 ./never 2>never.stats >/dev/null
grep -q "^aarch64-wasm: *[0-9]* from 0x[0-9a-f]*, 1 times" never.stats || fail "no address: $(cat never.stats)"
[ -z "$(./loop 2>&1 >/dev/null)" ] || fail "speaks without being asked"

$LIFT --report loop >report || fail "no report of a packed program"
grep -q '^lifted, bytes .*%' report || fail "report: $(cat report)"
$LIFT -v loop.elf -o loop 2>&1 | grep -q 'jump tables resolved' || fail "-v does not say what was found"

cat >strange.c <<'C'
int main(int argc, char **argv) { (void)argv; if (argc > 9) __asm__ volatile(".inst 0x01000000"); return 0; }
C
$CC strange.c -o strange 2>warning || exit 1
grep -q 'warning: strange: unknown instruction' warning || fail "not by the output's name: $(cat warning)"
