// SPDX-License-Identifier: MIT
// For the programs of shapes.sh, frames.sh and registers.sh.

// Begins a function that unwinders know.
.macro fde name
 .cfi_startproc
\name:
.endm

// A function that looks at callee-saved registers: it stores them from buf on.
.macro looker
.pushsection .bss
.align 4
buf: .space 80
.popsection
fde looks
 adrp x0, buf
 add x0, x0, :lo12:buf
 stp x19, x20, [x0]
 stp x21, x22, [x0, #16]
 stp x23, x24, [x0, #32]
 stp x25, x26, [x0, #48]
 stp x27, x28, [x0, #64]
 ret
 .cfi_endproc
.endm

// An interpreter whose operations share a frame.  What enters the frame (x1: what to do; x0 goes to x20), and what leaves it
// with x20, are functions of their own.
.macro interpreter
fde enter
 sub sp, sp, #64
 stp x29, x30, [sp, #48]
 stp x19, x20, [sp, #32]
 stp x21, x22, [sp, #16]
 mov x19, x1
 mov x20, x0
 mov x22, sp
 adrp x21, operations
 add x21, x21, :lo12:operations
 .cfi_endproc
fde dispatch
 next
 .cfi_endproc
fde leave
 mov x0, x20
 ldp x29, x30, [sp, #48]
 ldp x19, x20, [sp, #32]
 ldp x21, x22, [sp, #16]
 add sp, sp, #64
 ret
 .cfi_endproc
.endm
.macro next
 ldrb w9, [x19], #1
 ldr x9, [x21, x9, lsl #3]
 br x9
.endm

// A page for code made at run time: its address in a register.
.macro code_page register
 mov x0, #0
 mov x1, #4096
 mov x2, #7
 mov x3, #0x22
 mov x4, #-1
 mov x5, #0
 mov x8, #222 // mmap
 svc #0
 mov \register, x0
.endm
