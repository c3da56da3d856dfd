/* SPDX-License-Identifier: MIT */
/* Functions that catch, with their tables: see unwind.c. */
	.macro function name
	.text
	.global	\name
	.type	\name, %function
\name:	.cfi_startproc
	.cfi_personality 0x1b, language
	.cfi_lsda 0x1b, \name\()_sites
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	.cfi_offset 19, -16
	.cfi_offset 20, -8
	.endm

	/* omitted: where landing pads begin (the function), types; words, so many bytes */
	.macro end name, from, to, pad
	.cfi_endproc
	.size	\name, . - \name
	.section .gcc_except_table, "a"
\name\()_sites:
	.byte	0xff, 0xff, 3, 13
	.word	\from - \name, \to - \from, \pad - \name
	.byte	0
	.balign	4
	.endm

	function catching
	mov	w19, w1
	mov	x2, x0
	mov	w0, w1
1:	blr	x2
2:	add	w0, w0, w19
3:	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
4:	mov	w1, w19
	bl	caught
	sub	w0, w0, w19
	b	3b
	end	catching, 1b, 2b, 4b

	function retrying
	mov	w19, w0
	mov	w20, #0
1:	bl	throw
2:	brk	#1
3:	mov	w1, #0
	bl	caught
	add	w20, w20, w0
	subs	w19, w19, #1
	b.ne	1b
	mov	w0, w20
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
	end	retrying, 1b, 2b, 3b

	.section .note.GNU-stack, "", %progbits
