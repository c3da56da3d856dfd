/* SPDX-License-Identifier: MIT */
/*
 * Jump tables whose address was spilled to the stack, as gcc does where
 * registers are short: tables of addresses and of offsets, one that a callee
 * replaces behind the caller's back, and a spill that only a path to exit()
 * overwrites.
 */
#include <stdio.h>
#include <stdlib.h>

int absolute(const char *program), offsets(const char *program), replaced(const char *program), cut(const char *program);
void keep(void), replace(void **slot);
void give_up(void) __attribute__((noreturn));
extern void *other_table[];

void keep(void) { __asm__ volatile("" ::: "memory"); }
void replace(void **slot) { *slot = other_table; }
void give_up(void) { puts("gave up"); exit(3); }

/* Each runs a program of letters a, b, c; anything below a ends it.  x20: result, x19: program. */
#define BEGIN(name, table) \
	".globl " #name "\n" ".type " #name ", %function\n" #name ":\n" \
	"	stp x29, x30, [sp, -64]!\n	mov x29, sp\n	stp x19, x20, [sp, 16]\n	str x21, [sp, 32]\n" \
	"	mov x19, x0\n	mov x20, 1\n" \
	"	adrp x1, " #table "\n	add x1, x1, :lo12:" #table "\n	str x1, [sp, 48]\n"
#define END(name) \
	"	mov w0, w20\n	ldr x21, [sp, 32]\n	ldp x19, x20, [sp, 16]\n	ldp x29, x30, [sp], 64\n	ret\n" \
	".size " #name ", . - " #name "\n"
#define NEXT \
	"	bl keep\n	ldrb w21, [x19], 1\n	sub w21, w21, 97\n	cmp w21, 2\n	b.hi 9f\n	ldr x1, [sp, 48]\n"

__asm__(".text\n"
	BEGIN(absolute, absolute_table)
	"1:\n" NEXT "	ldr x0, [x1, w21, uxtw 3]\n	br x0\n"
	"absolute_a:\n	add x20, x20, 1\n	b 1b\n"
	"absolute_b:\n	add x20, x20, x20\n	b 1b\n"
	"absolute_c:\n	sub x20, x20, 3\n	b 1b\n"
	"9:\n" END(absolute)
	BEGIN(offsets, offset_table)
	"1:\n" NEXT "	ldrh w0, [x1, w21, uxtw 1]\n	adr x1, offset_a\n	add x0, x1, w0, sxth 2\n	br x0\n"
	"offset_a:\n	add x20, x20, 1\n	b 1b\n"
	"offset_b:\n	add x20, x20, x20\n	b 1b\n"
	"offset_c:\n	sub x20, x20, 3\n	b 1b\n"
	"9:\n" END(offsets)
	BEGIN(replaced, absolute_table2)
	"	add x0, sp, 48\n	bl replace\n"
	"1:\n" NEXT "	ldr x0, [x1, w21, uxtw 3]\n	br x0\n"
	"replaced_a:\n	add x20, x20, 1\n	b 1b\n"
	"replaced_b:\n	add x20, x20, x20\n	b 1b\n"
	"replaced_c:\n	sub x20, x20, 3\n	b 1b\n"
	"replaced_d:\n	add x20, x20, 1000\n	b 1b\n"
	"9:\n" END(replaced)
	BEGIN(cut, offset_table2)
	"1:\n" NEXT "	ldrh w0, [x1, w21, uxtw 1]\n	adr x1, cut_a\n	add x0, x1, w0, sxth 2\n	br x0\n"
	"cut_a:\n	add x20, x20, 1\n	b 1b\n"
	"cut_b:\n	add x20, x20, x20\n	cmp x20, 1000\n	b.lo 1b\n"
	"	stp xzr, x20, [sp, 48]\n	bl give_up\n"
	"cut_c:\n	sub x20, x20, 3\n	b 1b\n"
	"9:\n" END(cut)
	".section .rodata\n	.balign 8\n"
	"offset_table:\n	.hword 0, (offset_b - offset_a) / 4, (offset_c - offset_a) / 4\n"
	"offset_table2:\n	.hword 0, (cut_b - cut_a) / 4, (cut_c - cut_a) / 4\n"
	".data\n	.balign 8\n"
	"absolute_table:\n	.quad absolute_a, absolute_b, absolute_c\n"
	"absolute_table2:\n	.quad replaced_a, replaced_b, replaced_c\n"
	"other_table:\n	.quad replaced_c, replaced_d, replaced_a\n"
	".text\n");

int main(void)
{
	static const char *const programs[] = { "", "a", "abc", "aabbcab", "bbbbbbbb", "cba" };

	for (unsigned i = 0; i < sizeof programs / sizeof *programs; i++) {
		const char *p = programs[i];
		printf("%s: %d %d %d %d\n", p, absolute(p), offsets(p), replaced(p), cut(p));
	}
	fflush(stdout);
	return cut("bbbbbbbbbb");
}
