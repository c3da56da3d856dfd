#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Programs without a C library: nothing calls through the table, or nothing is lifted at all.
# From the environment: GUEST_CC, LIFT (aarch64-wasm-lift), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1

# check NAME STATUS, assembly on standard input
check()
{
    cat >"$1.s" && $GUEST_CC -static -nostdlib "$1.s" -o "$1.elf" && $LIFT "$1.elf" -o "$1" || exit 1
    "./$1"
    status=$?
    [ $status = "$2" ] || { echo "$1: status $status"; exit 1; }
}

check direct 5 <<'S'
.globl _start
_start: mov x8, #93
 mov x0, #5
 svc #0
 b _start
S
check nothing 7 <<'S'
.globl _start
_start: cbnz x8, 1f
 mov x8, #93
 mov x0, #7
 svc #0
1: mov x8, #139
 svc #0
S
