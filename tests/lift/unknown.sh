#!/bin/sh
# SPDX-License-Identifier: MIT
#
# An unknown instruction: named when lifting, SIGILL when executed, no harm if not.
# One of an extension that the machine does not have is known, and counted in the report.
# From the environment: GUEST_CC, LIFT (aarch64-wasm-lift), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
cat >unknown.c <<'C'
#include <stdio.h>
__attribute__((noinline)) void strange(void) { __asm__ volatile(".inst 0x01000000"); }
__attribute__((noinline)) void *tag(void *p) { __asm__ volatile(".inst 0xd9600000" : : : "x0"); return p; }
int main(int argc, char **argv)
{
	puts("before"); fflush(stdout);
	if (argc > 2) printf("%p\n", tag(argv));
	if (argc > 1) strange();
	puts("after");
	return 0;
}
C
$GUEST_CC -O1 -static unknown.c -o unknown.elf || exit 1
$LIFT unknown.elf -o unknown 2>warning || exit 1
grep -q 'warning: unknown.elf: unknown instruction 01000000 at 0x[0-9a-f]* in strange' warning || { echo "not named:"; cat warning; exit 1; }
[ "$(./unknown)" = "before
after" ] || { echo "does not run"; exit 1; }
$LIFT --report unknown.elf 2>/dev/null | grep -q 'not there *1, .* mte$' || { echo "ldg is not in the report"; exit 1; }
for arguments in x 'x y'; do
    out=$(./unknown $arguments 2>/dev/null)
    status=$?
    [ "$out" = before ] || { echo "printed: $out"; exit 1; }
    [ $status = 132 ] || { echo "status $status, not that of SIGILL"; exit 1; }
done
