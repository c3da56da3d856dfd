/* SPDX-License-Identifier: MIT */
/*
 * The interpreter of operations.c, made as LuaJIT's is: what it works with lives
 * in callee-saved registers, each operation ends in a jump to the next, and the
 * operations' addresses are made of a table of offsets, so that nobody refers to
 * them.
 *
 *   x19 program   x20 locals   x21 base of the operations   x22 table of offsets
 *   x23 state of the caller    x24 1 << 63 | 7, which is no number that fits in 32 bits
 *   w25, w26, w27 operands
 */
	.text
	.macro	operation name
	.type	op_\name, %function
op_\name:
	.endm

	/* An instruction is four bytes: operation, a, b, c. */
	.macro	next
	ldr	w9, [x19], #4
	and	w10, w9, #255
	ubfx	w25, w9, #8, #8
	ubfx	w26, w9, #16, #8
	ubfx	w27, w9, #24, #8
	ldrh	w10, [x22, x10, lsl #1]
	add	x10, x21, x10
	br	x10
	.endm

	.macro	end name
	.size	op_\name, . - op_\name
	.endm

	.macro	arithmetic name, instruction
	operation \name
	ldr	x0, [x20, x26, lsl #3]
	ldr	x1, [x20, x27, lsl #3]
	\instruction	x0, x0, x1
	str	x0, [x20, x25, lsl #3]
	next
	end	\name
	.endm

/* long run(const unsigned *program, long *locals, struct state *) */
	.globl	run
	.type	run, %function
run:
	stp	x29, x30, [sp, #-96]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mov	x19, x0
	mov	x20, x1
	mov	x23, x2
	mov	x9, sp
	str	x9, [x23]
	adrp	x21, operations
	add	x21, x21, :lo12:operations
	adrp	x22, offsets
	add	x22, x22, :lo12:offsets
	mov	x24, #0x8000000000000000
	orr	x24, x24, #7
	next
	.size	run, . - run

/* What is below the frame of run() is left: void leave(struct state *, long) returns for run(). */
	.globl	leave
	.type	leave, %function
leave:
	ldr	x9, [x0]
	mov	sp, x9
	mov	x0, x1
leave_run:
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret
	.size	leave, . - leave

operations:
	arithmetic add, add
	arithmetic sub, sub
	arithmetic mul, mul
	arithmetic div, udiv
	arithmetic and, and
	arithmetic or, orr
	arithmetic xor, eor
	arithmetic shl, lsl
	arithmetic shr, lsr
	arithmetic sar, asr
	arithmetic ror, ror
	arithmetic andn, bic
	arithmetic orn, orn
	arithmetic xorn, eon
	operation move
	ldr	x0, [x20, x26, lsl #3]
put:	str	x0, [x20, x25, lsl #3]
	next
	end	move
	operation constant
	bfi	w26, w27, #8, #8
	sxth	x0, w26
	str	x0, [x20, x25, lsl #3]
	next
	end	constant
	operation neg
	ldr	x0, [x20, x26, lsl #3]
	neg	x0, x0
	str	x0, [x20, x25, lsl #3]
	next
	end	neg
	/* the one number that x24 holds: it must outlive calls of C */
	operation big
	str	x24, [x20, x25, lsl #3]
	next
	end	big
	/* a call: x30 is no return address any more */
	operation mod
	ldr	x0, [x20, x26, lsl #3]
	ldr	x1, [x20, x27, lsl #3]
	bl	modulo
	str	x0, [x20, x25, lsl #3]
	next
	end	mod
	operation new
	mov	x0, x23
	ldr	x1, [x20, x26, lsl #3]
	bl	new
	b	put
	end	new
	operation less
	ldr	x0, [x20, x25, lsl #3]
	ldr	x1, [x20, x26, lsl #3]
	cmp	x0, x1
	b.ge	1f
	sxtb	x2, w27
	add	x19, x19, x2, lsl #2
1:	next
	end	less
	/* these only go to others */
	operation not
	mov	w27, w26
	b	op_xorn
	end	not
	operation double
	mov	w27, w26
	b	op_add
	end	double
	operation zero
	mov	w26, w25
	mov	w27, w25
	b	op_sub
	end	zero
	operation leave
	ldr	x0, [x20, x25, lsl #3]
	b	leave_run
	end	leave

	.type	modulo, %function
modulo:
	udiv	x2, x0, x1
	msub	x0, x2, x1, x0
	ret
	.size	modulo, . - modulo

	.section .rodata
offsets:
	.irp	name, add, sub, mul, div, and, or, xor, shl, shr, sar, ror, andn, orn, xorn, move, constant, neg, big, mod, new, less, not, double, zero, leave
	.hword	op_\name - operations
	.endr
