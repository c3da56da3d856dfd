#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Who goes on elsewhere, with another SP or another return address than came: what hand-written code does, interpreters
# above all.  See check.sh; where such code leaves and returns to, runtime/cpu/dispatch.c.
. "$(dirname "$0")/check.sh"

# A function that jumps nobody knows where with SP lowered, called by code made at run time; and one that leaves another SP,
# so that what is called through pointers has to say which SP it leaves.
check lowered 9 <<'S'
.globl _start
fde _start
 sub sp, sp, #16
 mov x0, #1
 bl pops
 code_page x9
 adr x1, code
 ldp x2, x3, [x1]
 stp x2, x3, [x9]
 adrp x1, pointers
 ldr x1, [x1, :lo12:pointers]
 mov x0, #4
 blr x9
 mov x8, #93
 svc #0
 udf #0
code: .inst 0xaa1e03f4, 0xd63f0020, 0xaa1403fe, 0xd65f03c0 // mov x20, x30; blr x1; mov x30, x20; ret
 .cfi_endproc
fde pops
 cbz x0, 1f
 add sp, sp, #16
 ret
1: adrp x16, pointers
 ldr x16, [x16, :lo12:pointers]
 br x16
 .cfi_endproc
fde lowers
 sub sp, sp, #16
 add x0, x0, #2
 stp x0, x30, [sp]
 adrp x16, pointers + 8
 ldr x16, [x16, :lo12:pointers + 8]
 br x16
 .cfi_endproc
fde raises
 ldp x0, x30, [sp], #16
 add x0, x0, #3
 ret
 .cfi_endproc
.data
.balign 16
pointers: .quad lowers, raises
S

# Functions that call an interpreter, whose operations call such functions.
check reentered 80 <<'S'
.globl _start
fde _start
 mov x20, #0
 mov w19, #20
1: mov x0, #0
 adr x1, outer
 bl enter
 add x20, x20, x0
 subs w19, w19, #1
 b.ne 1b
 mov x0, x20
 mov x8, #93
 svc #0
 udf #0
outer: .byte 0, 1, 0, 2
inner: .byte 0, 0, 2
 .balign 4
 .cfi_endproc
interpreter
fde add
 add x20, x20, #1
 next
 .cfi_endproc
fde call
 mov x0, x20
 bl calls
 mov x20, x0
 next
 .cfi_endproc
fde calls
 stp x29, x30, [sp, #-16]!
 adr x1, inner
 bl enter
 ldp x29, x30, [sp], #16
 ret
 .cfi_endproc
fde return
 b leave
 .cfi_endproc
.data
operations: .quad add, call, return
S
lifted reentered

# The frame is left below a function that code made at run time called from it.
check thrown 9 <<'S'
.globl _start
fde _start
 code_page x9
 adr x1, code
 ldr x2, [x1]
 str x2, [x9]
 mov x0, x9
 adr x1, bytes
 bl enter
 mov x8, #93
 svc #0
 udf #0
code: .inst 0xd63f0020, 0xd4200000 // blr x1; brk
bytes: .byte 0
 .balign 4
 .cfi_endproc
interpreter
fde runs
 adrp x1, functions
 ldr x1, [x1, :lo12:functions]
 br x20
 .cfi_endproc
fde fails
 stp x29, x30, [sp, #-16]!
 mov x0, x22
 bl throws
 ldp x29, x30, [sp], #16
 mov x0, #77
 mov x8, #93
 svc #0
 ret
 .cfi_endproc
fde throws
 mov sp, x0
 mov x20, #9
 b leave
 .cfi_endproc
.data
operations: .quad runs
functions: .quad fails
S

# An operation resets SP and goes on in a function, many times.
check resets 7 <<'S'
.globl _start
fde _start
 ldr x0, =100000
 adr x1, bytes
 bl enter
 mov x8, #93
 svc #0
 udf #0
bytes: .byte 0
 .balign 4
 .ltorg
 .cfi_endproc
interpreter
fde counts
 subs x20, x20, #1
 b.eq 1f
 b resets
1: mov x20, #7
 b leave
 .cfi_endproc
fde resets
 mov sp, x22
 b repeats
 .cfi_endproc
fde repeats
 sub x19, x19, #1
 bl nothing
 next
 .cfi_endproc
fde nothing
 ret
 .cfi_endproc
.data
operations: .quad counts
S
lifted resets

# A frame that is gone was never left, and there is one again in the same place: who waited for the first is not who waits now.
check again 65 <<'S'
.globl _start
fde _start
 mov x22, #0
 adr x1, bytes
 bl enter
 mov x8, #93
 svc #0
 udf #0
bytes: .byte 0, 1, 2, 2
 .balign 4
 .cfi_endproc
interpreter
fde begins
 mov x0, #8
 adr x1, bytes + 1
 bl calls
 udf #0
2: mov x0, #64
 adr x1, bytes + 2
 bl calls
 mov x20, x0
 adr x19, bytes + 3
 next
 .cfi_endproc
fde calls
 stp x29, x30, [sp, #-32]!
 str x23, [sp, #16]
 mov x23, x0
 mov x0, #1
 bl enter
 add x0, x0, x23
 ldr x23, [sp, #16]
 ldp x29, x30, [sp]
 mov x9, sp
 lsr x9, x9, #4
 add x9, x9, #2
 lsl x9, x9, #4
 mov sp, x9 // nobody sees it is what it was, and so called by the dispatcher it is interpreted
 ret
 .cfi_endproc
fde continues
 ldr x22, [sp, #24]
 mov sp, x22
 adrp x9, where
 ldr x9, [x9, :lo12:where]
 sub x9, x9, #1 // not seen to be a label
 br x9
 .cfi_endproc
fde ends
 b leave
 .cfi_endproc
.data
where: .quad 2b + 1
operations: .quad begins, continues, ends
S

# Functions that take their last argument off the stack and go on in another one; its result is nobody's but theirs.
check popped 8 <<'S'
.globl _start
fde _start
 mov x0, #3
 str x0, [sp, #-16]!
 mov x0, #1
 bl pops
 str x0, [sp, #-16]!
 mov x0, #4
 bl pops9
 mov x0, x9
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde pops
 ldr x1, [sp], #16
 b sum
 .cfi_endproc
fde sum
 add x0, x0, x1
 ret
 .cfi_endproc
fde pops9
 ldr x1, [sp], #16
 b sum9
 .cfi_endproc
fde sum9
 add x9, x0, x1
 ret
 .cfi_endproc
S
exit $failed
