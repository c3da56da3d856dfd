/* SPDX-License-Identifier: MIT */
/* The program that is damaged: small, with a jump table, a call through a pointer, and two that may throw. */
static int (*volatile handler)(int);

static int twice(int x) { return 2 * x; }

static int choose(int x)
{
	switch (x) {
	case 0: return 7;
	case 1: return handler(3);
	case 2: return 11;
	case 3: return x * 5;
	case 4: return -1;
	case 5: return 13;
	}
	return 0;
}

int guarded(int);
__asm__(
	".text\n"
	".type guarded, %function\n"
	"guarded: .cfi_startproc\n"
	" .cfi_personality 0x1b, guarded\n"
	" .cfi_lsda 0x1b, sites\n"
	" stp x29, x30, [sp, #-16]!\n"
	" .cfi_def_cfa_offset 16\n"
	" .cfi_offset 29, -16\n"
	" .cfi_offset 30, -8\n"
	"1: bl main\n"
	"2: mov w0, #1\n"
	"3: bl main\n"
	"4: ldp x29, x30, [sp], #16\n"
	" ret\n"
	"5: mov w0, w1\n"
	" b 4b\n"
	" .cfi_endproc\n"
	".size guarded, . - guarded\n"
	".section .gcc_except_table, \"a\"\n"
	"sites: .byte 0xff, 0x9b\n"
	" .uleb128 7f - 6f\n"
	"6: .byte 1\n"
	" .uleb128 9f - 8f\n"
	"8: .uleb128 1b - guarded, 2b - 1b, 5b - guarded, 1\n"
	" .uleb128 3b - guarded, 4b - 3b, 5b - guarded, 0\n"
	"9: .byte 1, 0\n"
	" .balign 4\n"
	" .word 0\n"
	"7: .text\n");

int main(int argc, char **argv)
{
	handler = twice;
	(void)argv;
	return choose(argc) + guarded(argc);
}
