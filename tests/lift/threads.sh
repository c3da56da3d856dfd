#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What the lifter does where another thread may go on at a system call: see check.sh.
. "$(dirname "$0")/check.sh"

threads='may start a thread'

# Each thread has values in callee-saved registers of several callers, one of them called through a pointer, while the other
# one runs: nothing of them is on the wasm stack when it goes on, in the middle of a loop, behind which is a jump to another
# function. The child adds 3 * 10, the main thread 40 + 2 + 1.
check two 73 "$threads" <<'S'
.equ FLAGS, 0x50f00
.globl _start
fde _start
 mov x19, #40
 bl begin
 mov x20, #2
 bl waits
 add x0, x0, x19
 add x0, x0, x20
 adrp x1, sum
 add x1, x1, :lo12:sum
 ldr w1, [x1]
 add x0, x0, x1
 mov x8, #94
 svc #0
 udf #0
 .cfi_endproc
fde begin
 adrp x1, stack
 add x1, x1, :lo12:stack
 add x1, x1, #4096
 mov x0, #FLAGS & 0xffff
 movk x0, #FLAGS >> 16, lsl #16
 mov x8, #220
 svc #0
 cbz x0, 1f
 ret
1: mov x19, #10
 mov x20, #77
 bl yields
 mov x21, x0
 bl yields
 add x21, x21, x0
 bl yields
 add x21, x21, x0
 adrp x1, sum
 add x1, x1, :lo12:sum
 str w21, [x1]
 adrp x0, word
 add x0, x0, :lo12:word
 mov w1, #1
 str w1, [x0]
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde yields
 stp x29, x30, [sp, #-32]!
 stp x19, x20, [sp, #16]
 mov x20, x19
 mov x19, #99
 mov x0, #1
 bl yield
 mov x0, x20
 ldp x19, x20, [sp, #16]
 ldp x29, x30, [sp], #32
 ret
 .cfi_endproc
fde yield
 stp x29, x30, [sp, #-32]!
 mov x29, sp
 str x19, [sp, #16]
 mov x19, x0
1: mov x8, #124
 svc #0
 cbz x19, 2f
 ldr x19, [sp, #16]
 ldp x29, x30, [sp], #32
 b yielded
2: bl nothing
 mov x19, #1
 b 1b
 .cfi_endproc
fde nothing
 mov x8, #172
 svc #0
 ret
 .cfi_endproc
fde yielded
 ret
 .cfi_endproc
fde waits
 stp x29, x30, [sp, #-32]!
 stp x19, x20, [sp, #16]
 mov x19, #1
 mov x20, #88
 adrp x0, sleeper
 add x0, x0, :lo12:sleeper
 ldr x0, [x0]
 blr x0
 mov x0, x19
 ldp x19, x20, [sp, #16]
 ldp x29, x30, [sp], #32
 ret
 .cfi_endproc
fde sleeps
1: adrp x0, word
 add x0, x0, :lo12:word
 ldr w2, [x0]
 cbnz w2, 2f
 mov x8, #124
 svc #0
 b 1b
2: ret
 .cfi_endproc
.data
sleeper: .quad sleeps
.bss
.balign 16
word: .skip 4
sum: .skip 4
.balign 16
stack: .skip 4096
S

# fork is no thread.
check fork 38 "!$threads" <<'S'
.globl _start
fde _start
 mov x0, #17
 mov x1, #0
 mov x8, #220
 svc #0
 neg x0, x0
 mov x8, #94
 svc #0
 udf #0
 .cfi_endproc
S

# A number that the lifter does not know: the program's lifted code is not made for a second thread, so there is none.
check unforeseen 38 "!$threads" <<'S'
.globl _start
fde _start
 mov x0, #0xf00
 movk x0, #1, lsl #16
 adrp x1, stack
 add x1, x1, :lo12:stack
 add x1, x1, #256
 adrp x8, number
 add x8, x8, :lo12:number
 ldr x8, [x8]
 svc #0
 neg x0, x0
 mov x8, #94
 svc #0
 udf #0
 .cfi_endproc
.data
number: .quad 220
.bss
.balign 16
stack: .skip 256
S
exit $failed
