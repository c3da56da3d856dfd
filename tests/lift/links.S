/* SPDX-License-Identifier: MIT */
/* Written by hand: data and tables among the code, and no frames. */
	.text
	.global in_text, by_table, through_literal
	.type in_text, %function
in_text:                                /* sum of the first x0 of the words behind it */
	adr	x1, words
	mov	x2, #0
1:	ldr	w3, [x1], #4
	add	x2, x2, w3, uxtw
	subs	x0, x0, #1
	b.ne	1b
	mov	x0, x2
	ret
words:	.word	0xd503201f, 0x14000000, 3, 0x94000001

	.type by_table, %function
by_table:
	cmp	w0, #3
	b.hs	9f
	adr	x1, offsets
	ldrb	w2, [x1, w0, uxtw]
	adr	x1, 5f
	add	x1, x1, x2, lsl #2
	br	x1
offsets: .byte	(5f - 5f) / 4, (6f - 5f) / 4, (7f - 5f) / 4
	.balign	4
5:	mov	w0, #50
	ret
6:	mov	w0, #60
	b	8f
7:	mov	w0, #70
8:	add	w0, w0, #1
	ret
9:	mov	w0, #99
	ret

	.type through_literal, %function
through_literal:
	ldr	x1, =0x123456789abcdef0
	add	x0, x0, x1, lsr #60
	adr	x16, distance
	ldrsw	x17, [x16]
	add	x16, x16, x17
	br	x16
	.ltorg
distance: .word	tripled - distance
tripled: add	x0, x0, x0, lsl #1
	ret
	.section .note.GNU-stack, "", %progbits
