#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Programs linked below 4 MiB, as Go's are: lifted and interpreted, for Node and for WASI engines, and natively.
# From the environment: GUEST_CC, QEMU, LIFT (aarch64-wasm-lift), NODE, AW_RUN, WASI_RUN, SOURCE (this directory), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
fail() { echo "$*"; exit 1; }

$GUEST_CC -O2 -static -Wall -Wl,-Ttext-segment=0x10000 "$SOURCE/low.c" -o low.elf || exit 1
"$QEMU" low.elf 5 >expected
[ $? = 5 ] || fail "qemu: $?"

# same NAME COMMAND...: it says what it says under qemu
same()
{
    name=$1
    shift
    "$@" >got 2>err
    status=$?
    [ $status = 5 ] && cmp -s expected got || fail "$name: status $status, $(cat err) $(diff expected got)"
}
for how in always never; do
    $LIFT -mlift=$how low.elf -o $how && $LIFT -mlift=$how low.elf -o $how.wasm || exit 1
    same "$how" ./$how 5
    same "$how, WASI" "$NODE" --no-turbo-fast-api-calls "$WASI_RUN" . $how.wasm 5
done
AARCH64_WASM_STATS=1 ./always >got 2>stats
some=$(sed -n 's/^aarch64-wasm: \([0-9]*\) instructions interpreted.*/\1/p' stats)
[ "${some:-999999999}" -lt 1000 ] || fail "$(cat stats)"
same native "$AW_RUN" low.elf 5

echo 'char more[0xf000000]; int main(void) { return more[1]; }' >large.c
$GUEST_CC -static -Wl,-Ttext-segment=0x10000 large.c -o large.elf || exit 1
$LIFT large.elf -o large 2>err && fail 'too large, and not refused'
grep -q 'begins below 0x400000 and reaches above 0xf000000' err || fail "$(cat err)"
"$AW_RUN" large.elf 2>err && fail 'too large, and run'
grep -q 'begins below 0x400000 and reaches above 0xf000000' err || fail "$(cat err)"
