#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What functions pass each other in registers: see check.sh.
. "$(dirname "$0")/check.sh"

# Go's functions, known by its table alone: sixteen arguments and results of each kind go through pointers, straight on to
# the next call, too, and x26 is the closure. Those of _start are C's: what Go's restore is looked at, too. FPSR is saved only.
check go 123 'known by unwind tables alone *8$' "!$honours" <<'S'
.globl _start
fde _start
 mov x19, #7
 fmov d8, #2.0
 bl go.main
 fcvtzs x1, d8
 add x0, x0, x1
 add x0, x0, x19
 and x20, x0, #0x7f
 bl looks
 bl go.cross
 bl looks
 adrp x0, buf
 ldr x0, [x0, :lo12:buf]
 add x0, x0, x20
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
looker

go.text:
go.cross:
 stp x19, x30, [sp, #-16]!
 bl go.inner
 ldp x19, x30, [sp], #16
 ret
go.inner:
 stp x29, x30, [sp, #-32]!
 mrs x0, fpsr
 str x0, [sp, #16]
 mov x19, #1
 bl looks
 mov x0, x19
 ldr x1, [sp, #16]
 msr fpsr, x1
 ldp x29, x30, [sp], #32
 ret
go.main:
 stp x29, x30, [sp, #-32]!
 str x19, [sp, #16]
 str d8, [sp, #24]
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
 mov x\n, #(\n * 3 + 1)
 scvtf d\n, x\n
 .endr
 adrp x26, closures
 add x26, x26, :lo12:closures
 ldr x16, [x26]
 blr x16
 adrp x26, closures + 16
 add x26, x26, :lo12:closures + 16
 ldr x16, [x26]
 blr x16
 mov x16, #0
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
 mov x17, #(\n * \n + 1)
 madd x16, x\n, x17, x16
 fcvtzs x19, d\n
 madd x16, x19, x17, x16
 .endr
 mov x0, x16
 ldr x19, [sp, #16]
 ldr d8, [sp, #24]
 ldp x29, x30, [sp], #32
 ret
go.turned:
 cbz x0, 1f
 sub sp, sp, #128
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
 str x\n, [sp, #(120 - 8 * \n)]
 .endr
 ldr x16, [x26, #8]
 add x16, x16, x15
 str x16, [sp]
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
 ldr x\n, [sp, #(8 * \n)]
 .endr
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
 str d\n, [sp, #(120 - 8 * \n)]
 .endr
 .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
 ldr d\n, [sp, #(8 * \n)]
 .endr
 add sp, sp, #128
1: ret
go.some:
 cbz x15, 2f
 str x30, [sp, #-16]!
 ldr x26, [x26, #8]
 ldr x16, [x26]
 blr x16
 ldr x30, [sp], #16
2: ret
go.changed:
 add x14, x14, #5
 fadd d15, d15, d0
 mov x25, #1
 fmov d9, #3.0
 ret
go.etext:

.data
.align 3
closures: .quad go.turned, 6, go.some, inner
inner: .quad go.changed
.section .rodata
.align 3
 .word 0xfffffff1, 0x08040000
 .quad 6, 0, go.text, 0, 0, 0, 0, 72
 .irp f, go.cross, go.inner, go.main, go.turned, go.some, go.changed, go.etext
 .word \f - go.text, 0
 .endr
S

# What no convention passes goes from one function to the next, and through a third: a register, a whole vector, flags; and
# one that a function changes, shows and restores.
check agreed 63 <<'S'
.globl _start
fde _start
 mov x1, #3
 bl flagged
 cset x19, eq
 bl made
 mov x0, #1
 bl between
 add x19, x19, x0
 mov x9, #7
 bl taken
 add x19, x19, x0
 bl changed
 bl taken
 add x0, x0, x19
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde made
 mov x10, #30
 movi v17.16b, #10
 ret
 .cfi_endproc
fde between
 str x30, [sp, #-16]!
 bl took
 ldr x30, [sp], #16
 ret
 .cfi_endproc
fde took
 umov w1, v17.b[9]
 add x0, x10, x0
 add x0, x0, w1, uxtw
 add x0, x0, #7
 ret
 .cfi_endproc
fde flagged
 str x30, [sp, #-16]!
 bl compared
 ldr x30, [sp], #16
 ret
 .cfi_endproc
fde compared
 cmp x1, #3
 ret
 .cfi_endproc
fde changed
 stp x9, x30, [sp, #-16]!
 mov x9, #1
 bl taken
 ldp x9, x30, [sp], #16
 ret
 .cfi_endproc
fde taken
 mov x0, x9
 ret
 .cfi_endproc
S

# A system call with two arguments leaves the third register alone, also where all are shown to it.
check arguments 7 <<'S'
.globl _start
fde _start
 bl looks
 mov x8, #172
 svc #0
 mov x1, #0
 mov x4, #7
 mov x8, #129
 svc #0
 adrp x9, entry
 ldr x9, [x9, :lo12:entry]
 blr x9
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
looker
fde fifth
 mov x0, x4
 ret
 .cfi_endproc
.data
entry: .quad fifth
S

# clang's outliner: what sets x19 and jumps on is called by what restores x19, while others look at callee-saved registers.
check outlined 5 'looks at callee-saved' <<'S'
.globl _start
fde _start
 mov x19, #5
 bl looks
 mov x0, #2
 bl typed
 bl looks
 adrp x0, buf
 ldr x0, [x0, :lo12:buf]
 mov x8, #93
 svc #0
 udf #0
 .cfi_endproc
fde typed
 stp x19, x30, [sp, #-16]!
 bl outlined
 add x0, x0, x19
 ldp x19, x30, [sp], #16
 ret
 .cfi_endproc
fde outlined
 mov x19, x0
 b indexed
 .cfi_endproc
fde indexed
 add x0, x0, #1
 ret
 .cfi_endproc
looker
S
exit $failed
