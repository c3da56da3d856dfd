/* SPDX-License-Identifier: MIT */
/*
 * Eighty operations of a few instructions, one of which falls into the next: that
 * one is known by the table of offsets alone.  Some end in code that leaves the
 * interpreter's frame, which stands beside another one.  Ends with the sum of
 * what 10,000 runs through all of them add, modulo 251.
 *
 *   x19 program   x20 sum   x21 base of the operations   x22 table of offsets   x23 runs to go
 */
	.macro	next
	ldrb	w9, [x19], #1
	ldrh	w10, [x22, x9, lsl #1]
	add	x10, x21, x10
	br	x10
	.endm

	.macro	address register, name
	adrp	\register, \name
	add	\register, \register, :lo12:\name
	.endm

	.text
	.globl	_start
_start:
	bl	run
	mov	x1, #251
	udiv	x2, x0, x1
	msub	x0, x2, x1, x0
	mov	x8, #94
	svc	#0

run:
	stp	x29, x30, [sp, #-64]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	str	x23, [sp, #48]
	address	x21, operations
	address	x22, offsets
	mov	x20, #0
	mov	x23, #10000
	address	x19, program
	next

more:
	mov	x0, x23
	ret

	.altmacro
	.macro	operation number
op_\number:
	add	x20, x20, #\number
	.if	\number % 20 == 1
	cbz	x23, leave
	.endif
	.if	\number == 60
	tbz	x20, #63, 2f
leave:
	bl	more
	cbz	x0, 1f
	address	x19, program
2:
	.endif
	.if	\number != 7
	next
	.endif
	.if	\number == 60
1:	mov	x0, x20
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldr	x23, [sp, #48]
	ldp	x29, x30, [sp], #64
	ret
	.endif
	.endm
operations:
	.set	i, 0
	.rept	80
	operation	%i
	.set	i, i + 1
	.endr
again:
	sub	x23, x23, #1
	b	leave

	.section .rodata
	.macro	offset number
	.hword	op_\number - operations
	.endm
offsets:
	.set	i, 0
	.rept	80
	offset	%i
	.set	i, i + 1
	.endr
	.hword	again - operations
program:
	.set	i, 0
	.rept	81
	.byte	i
	.set	i, i + 1
	.endr
