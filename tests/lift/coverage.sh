#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Discovery: what qemu says was executed must be what the lifter lifts, for
# stripped programs of several compilers and libcs, with frames and without.
# From the environment: CC (aarch64-wasm-cc), GUEST_CC, CLANG_CC, STRIP, QEMU,
# LIFT (aarch64-wasm-lift), GUEST (sources), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
failed=0

# executed ELF ARG...: addresses of the instructions that ran
executed()
{
    printf 'first 42 rest of line\n' | "$QEMU" -cpu cortex-a76 -d in_asm -D trace "$@" >/dev/null 2>&1
    awk '/^0x[0-9a-f]+: / { sub(/:/, "", $1); print $1 }' trace | sort -u
}

# check NAME LIMIT: NAME.elf, stripped, runs at most LIMIT instructions that are not lifted
check()
{
    $STRIP "$1.elf" || exit 1
    $LIFT --report "$1.elf" >report 2>/dev/null || { echo "$1: no report"; failed=1; return; }
    executed "./$1.elf" >addresses
    missing=$(awk '
        function number(hex,   i, v) { for (i = 3; i <= length(hex); i++) v = 16 * v + index("0123456789abcdef", substr(hex, i, 1)) - 1; return v }
        FNR == NR { if (gaps) { from[++n] = number($1); size[n] = $2 } gaps = gaps || /^not reached/; next }
        { a = number($1); for (i = 1; i <= n; i++) if (a >= from[i] && a < from[i] + size[i]) print $1 }' report addresses)
    count=$(echo "$missing" | grep -c 0x)
    [ "$(wc -l <addresses)" -gt 100 ] || { echo "$1: no trace of it"; failed=1; }
    [ "$count" -le "$2" ] || { echo "$1: $count of $(wc -l <addresses) executed instructions are not lifted:" $missing | cut -c1-300; failed=1; }
}

for program in switches goto funcptr stdio spilled; do
    source=$GUEST/$program.c
    $GUEST_CC -O2 -w -static "$source" -o $program.elf -lm && check $program 4
    $GUEST_CC -O2 -w -static -fno-asynchronous-unwind-tables -fno-unwind-tables "$source" -o $program.elf -lm && check $program 4
    $GUEST_CC -O2 -w -static -ffunction-sections -fdata-sections -Wl,--gc-sections "$source" -o $program.elf -lm && check $program 4
    $CLANG_CC -O2 -w -c "$source" -o $program.o && $GUEST_CC -static $program.o -o $program.elf -lm && check $program 4
done
# glibc's own start is cut short in its frames
for program in stdio strings; do
    $CC -mlibc=glibc -O2 -w "$GUEST/$program.c" -o glibc.elf -lm && check glibc 8
done
exit $failed
