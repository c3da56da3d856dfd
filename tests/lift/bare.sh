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
# ld has the segment begin behind the file's end, within a page
check zeroes 3 <<'S'
.globl _start
_start: .cfi_startproc
 adrp x1, word
 ldr w0, [x1, :lo12:word]
 add w0, w0, #3
 str w0, [x1, :lo12:word]
 ldr w0, [x1, :lo12:word]
 mov x8, #93
 svc #0
 .cfi_endproc
.bss
word: .quad 0
S
