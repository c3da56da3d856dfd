#!/bin/sh
# SPDX-License-Identifier: MIT
#
# An interpreter in assembly whose operations nobody refers to: it runs lifted,
# for long, and says what it says under qemu.
# From the environment: GUEST_CC, QEMU, LIFT (aarch64-wasm-lift), SOURCE (this directory), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
fail() { echo "$*"; exit 1; }

for options in -O2 '-O2 -s' '-O2 -static-pie -fPIE' -O0; do
    $GUEST_CC $options -static -Wall "$SOURCE/operations.c" "$SOURCE/operations.S" -o operations.elf || exit 1
    $LIFT operations.elf -o operations || exit 1
    $QEMU operations.elf >expected || fail "qemu: $?"
    AARCH64_WASM_STATS=1 ./operations >got 2>stats || fail "$options: $?, $(cat got stats)"
    cmp -s expected got || fail "$options: $(diff expected got)"
    some=$(sed -n 's/^aarch64-wasm: \([0-9]*\) instructions interpreted.*/\1/p' stats)
    [ "${some:-999999999}" -lt 1000 ] || fail "$options: $(cat stats)"
done

for options in -g -s; do
    $GUEST_CC $options -static -nostdlib "$SOURCE/table.S" -o table.elf || exit 1
    $LIFT table.elf -o table || exit 1
    $QEMU table.elf
    expected=$?
    AARCH64_WASM_STATS=1 ./table 2>stats
    [ $? = $expected ] || fail "table, $options: not $expected, $(cat stats)"
    some=$(sed -n 's/^aarch64-wasm: \([0-9]*\) instructions interpreted.*/\1/p' stats)
    [ "${some:-999999999}" -lt 1000 ] || fail "table, $options: $(cat stats)"
done
