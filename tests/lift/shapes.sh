#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What compilers and C libraries make, and the lifter has to see through: see check.sh.
. "$(dirname "$0")/check.sh"

# The index is compared in another register; it was a constant on the first way to the jump.  Behind the tables'
# ends stands what would send to the instructions that there are not.
check bounds 13 'jump tables resolved *2$' 'left to the dispatcher *0$' 'unknown instructions *0$' <<'S'
.globl _start
fde _start
 ldr x0, [sp]
 bl copied
 mov w19, w0
 ldr x0, [sp]
 bl summed
 add w0, w0, w19
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde copied
 mov w1, w0
 cmp w0, #2
 b.hi 9f
 adrp x0, table
 add x0, x0, :lo12:table
 ldrb w0, [x0, w1, uxtw]
 adr x1, 1f
 add x0, x1, w0, sxtb #2
 br x0
1: mov w0, #3
 ret
2: mov w0, #4
 ret
9: mov w0, #5
 ret
 .inst 0x01000000
 .cfi_endproc
fde summed
 mov w1, #1
3: sub w1, w1, #2
 cmp w1, #2
 b.ls 4f
 add w1, w0, #2
 b 3b
4: adrp x0, table
 add x0, x0, :lo12:table
 ldrb w0, [x0, w1, uxtw]
 adr x1, 5f
 add x0, x1, w0, sxtb #2
 br x0
5: mov w0, #8
 ret
6: mov w0, #9
 ret
 .inst 0x01000000
 .cfi_endproc
.section .rodata
table: .byte 0, 2, 2, 4, 6, 4, 6
S

# Nobody looks at callee-saved registers: the message function does not return where its call is the last one,
# what is stored at 2: is set whenever control gets there, and the tag of memory is not asked for here.
check kept 7 '!looks at callee-saved' 'not there *1, .* mte$' <<'S'
.globl _start
fde _start
 ldr x0, [sp]
 mov w19, #4
 bl careful
 add w0, w0, w19
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde message
 cbz w0, 1f
 mov w0, #1
 mov x8, #93
 svc #0
 udf #0
1: ret
 .cfi_endproc
fde fail
 stp x29, x30, [sp, #-32]!
 stp x19, x20, [sp, #16]
 mov w19, w0
 mov w20, w0
 mov w0, #1
 bl message
 .cfi_endproc
 nop
fde careful
 stp x29, x30, [sp, #-32]!
 cmp w0, #100
 b.hi 3f
 stp x19, x20, [sp, #16]
 cbz w0, 1f
 mov w20, #2
1: mov w19, #1
 cbz w0, 2f
 add w19, w19, w20
2: cmp w0, #99
 b.eq 4f
5: mov w0, w19
 ldp x19, x20, [sp, #16]
 ldp x29, x30, [sp], #32
 ret
3: mov w0, #9
 bl fail
4: .inst 0xd9600000
 b 5b
 .cfi_endproc
S

# As glibc's _start has its main: what only code behind a call that does not return leads to is called nevertheless.
check inner 11 <<'S'
.globl _start
fde _start
 adrp x0, inner
 add x0, x0, :lo12:inner
 bl caller
 bl stop
inner: nop
 b value
 .cfi_endproc
fde stop
 udf #0
 .cfi_endproc
fde caller
 stp x29, x30, [sp, #-16]!
 mov x1, x0
 mov w0, #1
 blr x1
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde value
 mov w0, #11
 ret
 .cfi_endproc
S
# As glibc's rawmemchr calls strlen, whose address is known at start only: registers that a callee may change,
# but this one does not.
check private 11 <<'S'
.globl _start
fde _start
 bl outer
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde outer
 mov x15, x30
 mov x14, #5
 mov w0, #2
 bl stub
 add x0, x14, x0
 mov x13, #2
 adrp x9, pointer
 ldr x9, [x9, :lo12:pointer]
 blr x9
 add x0, x13, x0
 ret x15
 .cfi_endproc
fde stub
 adrp x16, pointer
 ldr x17, [x16, :lo12:pointer]
 br x17
 .cfi_endproc
fde target
 add w0, w0, #1
 ret
 .cfi_endproc
.data
pointer: .quad target
S
# As gcc's tests of the calling convention: it returns to another function, which goes on at its caller.
detour()
{
    check "$1" 7 <<S
.globl _start
fde _start
 ldr x19, [sp]
 add x19, x19, #3
 adrp x1, through
 add x1, x1, :lo12:through
 bl turning
 add w0, w0, w19
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde turning
 adrp x9, saved
 str x30, [x9, :lo12:saved]
$2
 mov w0, #2
 mov x30, x10
 ret
 .cfi_endproc
fde through
 adrp x9, saved
 ldr x9, [x9, :lo12:saved]
 add w0, w0, #1
 br x9
 .cfi_endproc
.data
saved: .quad 0
where: .quad through
S
}
detour detour ' adrp x10, through
 add x10, x10, :lo12:through'
detour detour_through ' adrp x10, where
 ldr x10, [x10, :lo12:where]'
detour detour_to ' mov x10, x1'

# An interpreter whose operations jump to each other, and call, without a frame: the host's stack does not grow.
check treadmill 5 'left to the dispatcher *1$' <<'S'
.globl _start
fde _start
 movz x19, #0x10, lsl #16
 adrp x0, pointer
 bl operation
 udf #0
 .cfi_endproc
fde operation
 bl leaf
 subs x19, x19, #1
 b.eq 1f
 ldr x16, [x0, :lo12:pointer]
 br x16
1: mov x0, #5
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde leaf
 ldr x1, [x0, :lo12:pointer]
 br x30
 .cfi_endproc
.data
pointer: .quad operation
S
# The same call of a function that the dispatcher called, and of one that waits for it: their returns look alike.
check alike 12 <<'S'
.globl _start
fde _start
 mov x19, #3
 mov w0, #0
 adrp x1, pointers
 add x1, x1, :lo12:pointers
 bl operation
 udf #0
 .cfi_endproc
fde operation
 ldr x2, [x1, #8]
 blr x2
 subs x19, x19, #1
 b.eq 1f
 ldr x16, [x1]
 br x16
1: mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde away
 add w0, w0, #1
 ldr x16, [x1, #16]
 add x30, x30, #4
 sub x30, x30, #4
 br x16
 .cfi_endproc
fde back
 add w0, w0, #3
 ret
 .cfi_endproc
.data
pointers: .quad operation, away, back
S
# A jump that may go to a label of its own function, and goes to another function: that one runs lifted.
check away 8 'left to the dispatcher *1$' <<'S'
.globl _start
fde _start
 bl outer
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde outer
 stp x29, x30, [sp, #-16]!
 mov w0, #7
label: ldp x29, x30, [sp], #16
 adrp x16, pointer
 ldr x16, [x16, :lo12:pointer]
 br x16
 .cfi_endproc
fde target
 add w0, w0, #1
 ret
 .cfi_endproc
.data
pointer: .quad target, label
S
lifted away

# Where a call stands that is the last of its function another one begins, and may be called through a pointer.
check neighbour 9 'looks at callee-saved' <<'S'
.globl _start
fde _start
 mov w0, #1
 bl looping
 adrp x9, pointer
 ldr x9, [x9, :lo12:pointer]
 mov w0, #5
 blr x9
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde looping
 stp x29, x30, [sp, #-16]!
1: sub w0, w0, #1
 cbnz w0, 1b
 cbz w0, 2f
 tbnz w0, #3, 3f
 bl stop
 b 1b
2: ldp x29, x30, [sp], #16
 ret
3: bl stop
 .cfi_endproc
fde target
 add w0, w0, #1
 add w0, w0, #3
 ret
 .cfi_endproc
fde stop
 mov x8, #220 // clone
 svc #0
 mov x8, #93
 svc #0
 ret
 .cfi_endproc
.data
pointer: .quad target
S

# An unwinder as gcc 14 and later make it drops a frame, again and again, and goes on at a landing pad.
check unwinder 7 'left to the dispatcher *0$' 'looks at callee-saved' <<'S'
.globl _start
fde _start
 .cfi_personality 0x1b, language
 .cfi_lsda 0x1b, sites
 mov w19, #0x60000
1: bl middle
2: mov w0, #9
 b exit
3: sub w19, w19, w0
 cbnz w19, 1b
 mov w0, #7
exit: mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde middle
 stp x29, x30, [sp, #-16]!
 mov x1, #16
 adr x0, 3b
 bl raise
 ldp x29, x30, [sp], #16
 ret
 .cfi_endproc
fde raise
 stp x29, x30, [sp, #-16]!
 mov x29, sp
 mov x5, x1
 mov x6, x0
 mov w0, #1
 ldp x29, x30, [sp], #16
 add sp, sp, x5
 br x6
 .cfi_endproc
fde language
 ret
 .cfi_endproc
.section .gcc_except_table, "a"
sites: .byte 0xff, 0xff, 3, 13 // landing pads and types as usual, words, so many bytes
 .word 1b - _start, 2b - 1b, 3b - _start
 .byte 0
S
lifted unwinder

# It jumps to where it was called from, by an address in memory: its caller, which can be entered there, goes on once.
check home 26 'looks at callee-saved' <<'S'
.globl _start
fde _start
 bl summing
 add w0, w0, #1
 mov x8, #93
 svc #0
 mov x8, #220 // clone
 svc #0
 udf #0
 .cfi_endproc
fde summing
 stp x29, x30, [sp, #-32]!
 stp x19, x20, [sp, #16]
 mov w19, #5
 mov w20, #0
1: mov w0, w19
 bl through
 add w20, w20, w0
 adrp x1, count
 ldr w2, [x1, :lo12:count]
 add w2, w2, #1
 str w2, [x1, :lo12:count]
 subs w19, w19, #1
 b.ne 1b
 add w0, w20, w2
 ldp x19, x20, [sp, #16]
 ldp x29, x30, [sp], #32
 ret
 .cfi_endproc
fde through
 adrp x9, saved
 str x30, [x9, :lo12:saved]
 add w0, w0, #1
 ldr x9, [x9, :lo12:saved]
 br x9
 .cfi_endproc
.data
saved: .quad 0
count: .quad 0
S
# Code made at run time gets its arguments where no function of the program takes any.
check made 9 <<'S'
.globl _start
fde _start
 code_page x9
 adr x1, code
 ldr x1, [x1]
 str x1, [x9]
 mov x0, #4
 mov x3, #5
 blr x9
 mov x8, #93
 svc #0
 udf #0
code: .inst 0x8b030000, 0xd65f03c0 // add x0, x0, x3; ret
 .cfi_endproc
S

# Whose floating point is done to the letter: who sets a rounding mode, reads exceptions, or hands them on; not who puts
# back what it found, flushes only, or waits for what it raised.
check putback 0 "!$honours" <<'S'
.globl _start
fde _start
 mrs x20, fpcr
 ands w21, w20, #0xc00000
 b.ne 3f
1: fmov d0, #1.0
 cbz w21, 2f
 msr fpcr, x20
2: mov w1, #0x1000000
 msr fpcr, x1
 mrs x1, fpsr
 bl waits
 mov x0, #0
 mov x8, #93
 svc #0
 udf #0
3: and w1, w20, #0xff3fffff
 msr fpcr, x1
 b 1b
 .cfi_endproc
fde waits
 fdiv d0, d0, d0
 mrs x0, fpsr
 ret
 .cfi_endproc
S
check spilled 1 "$honours" <<'S'
.globl _start
fde _start
 sub sp, sp, #32
 movi v0.2d, #0
 fdiv d0, d0, d0
 mrs x0, fpsr
 str x0, [sp, #8]
 ldr w0, [sp, #8]
 and w0, w0, #1
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
S
check sets 0 "$honours" <<'S'
.globl _start
fde _start
 mrs x1, fpcr
 mov w2, #1
 bfi x1, x2, #22, #2
 msr fpcr, x1
 mov x0, #0
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
S
check reads 16 "$honours" <<'S'
.globl _start
fde _start
 fmov d0, #1.0
 fmov d1, #3.0
 fdiv d0, d0, d1
 bl raised
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde raised
 mrs x0, fpsr
 ret
 .cfi_endproc
S
# A label that was taken for a function, as its address is computed, and then is none, since it pops another one's frame.
check label 7 'not there *0$' <<'S'
.globl _start
fde _start
 mov x0, #0
 mov x1, #0
 mov x3, #0
 bl computed
 mov x0, #7
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
computed:
 stp x29, x30, [sp, #-16]!
 adr x9, 2f
 add x9, x9, x3, lsl #3
 br x9
2: cbz x1, 3f
 adr x9, 2b
 br x9
3: ldp x29, x30, [sp], #16
 ret
S
# Many registers are saved for no need, as around an asm statement that names them: a leaf shows them to nobody.
check clobbers 5 '!looks at callee-saved' <<'S'
.globl _start
fde _start
 mov x0, #5
 bl leaf
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde leaf
 stp x19, x20, [sp, #-48]!
 stp x21, x22, [sp, #16]
 stp x23, x24, [sp, #32]
 ldp x23, x24, [sp, #32]
 ldp x21, x22, [sp, #16]
 ldp x19, x20, [sp], #48
 ret
 .cfi_endproc
S

# What may return by its code, as its compiler knew that it does not: behind its call lies code for another depth of the stack.
check depth 6 <<'S'
.globl _start
fde _start
 mov x0, #0
 mov x1, #1
 adrp x9, entry
 ldr x9, [x9, :lo12:entry]
 blr x9
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde guarded
 cbz x0, 3f
 str x30, [sp, #-32]!
 cbz x1, 1f
 bl another
 cbz x0, 2f
 ldr x30, [sp], #32
 ret
1: bl panics
2: bl panics
 nop
3: str x30, [sp, #-16]!
 mov x0, #5
 bl another
 ldr x30, [sp], #16
 b guarded
 .cfi_endproc
fde another
 cmp x0, #6
 cinc x0, x0, ne
 ret
 .cfi_endproc
fde panics
 cbz x2, 1f
 mov x8, #93
 svc #0
1: ret
 .cfi_endproc
.data
entry: .quad guarded
S
lifted depth

# The same where a loop's head lies behind a call.
check depths 9 <<'S'
.globl _start
fde _start
 mov x0, #0
 mov x1, #1
 adrp x9, entry
 ldr x9, [x9, :lo12:entry]
 blr x9
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde guarded
 cbz x0, 3f
 str x30, [sp, #-32]!
 bl another
4: cmp x0, #9
 cinc x0, x0, ne
 b.ne 4b
 cbz x1, 1f
 ldr x30, [sp], #32
 ret
1: bl panics
3: str x30, [sp, #-16]!
 mov x0, #5
 bl another
 ldr x30, [sp], #16
 b guarded
 .cfi_endproc
fde another
 cmp x0, #6
 cinc x0, x0, ne
 ret
 .cfi_endproc
fde panics
 cbz x2, 1f
 mov x8, #93
 svc #0
1: ret
 .cfi_endproc
.data
entry: .quad guarded
S
lifted depths
exit $failed
