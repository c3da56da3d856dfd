/* SPDX-License-Identifier: MIT */
/* Pointer authentication: signed calls, tail calls, returns and loads; compiled for it, too. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

__asm__(".text\n"
        /* long call_signed(long (*f)(long), long modifier, long arg): and returns signed */
        ".globl call_signed\n.type call_signed, %function\n"
        "call_signed: pacibsp\n\tstp x29, x30, [sp, #-16]!\n\tmov x29, sp\n"
        "\tmov x9, x0\n\tpacia x9, x1\n\tmov x0, x2\n\tblraa x9, x1\n"
        "\tldp x29, x30, [sp], #16\n\tretab\n.size call_signed, .-call_signed\n"
        ".globl call_zero\n.type call_zero, %function\n"
        "call_zero: paciasp\n\tstp x29, x30, [sp, #-16]!\n\tpacizb x0\n\tmov x9, x0\n\tmov x0, x1\n\tblrabz x9\n"
        "\tldp x29, x30, [sp], #16\n\tautiasp\n\tret\n.size call_zero, .-call_zero\n"
        /* ... jumps there */
        ".globl tail_signed\n.type tail_signed, %function\n"
        "tail_signed: pacib x0, x1\n\tmov x16, x0\n\tmov x0, x2\n\tbrab x16, x1\n.size tail_signed, .-tail_signed\n"
        ".globl tail_zero\n.type tail_zero, %function\n"
        "tail_zero: paciza x0\n\tmov x16, x0\n\tmov x0, x1\n\tbraaz x16\n.size tail_zero, .-tail_zero\n"
        /* long load_signed(long *p): p[1], then p[-1] with write-back */
        ".globl load_signed\n.type load_signed, %function\n"
        "load_signed: mov x9, x0\n\tpacdza x9\n\tldraa x0, [x9, #8]\n\txpacd x9\n\tpacdzb x9\n"
        "\tldrab x1, [x9, #-8]!\n\txpacd x9\n\tldr x2, [x9]\n\tadd x0, x0, x1\n\tadd x0, x0, x2\n\tret\n"
        ".size load_signed, .-load_signed\n");
long call_signed(long (*f)(long), long modifier, long arg);
long call_zero(long (*f)(long), long arg);
long tail_signed(long (*f)(long), long modifier, long arg);
long tail_zero(long (*f)(long), long arg);
long load_signed(const long *p);

static long twice(long n) { return 2 * n; }
static long count(long n) { return n ? 1 + call_signed(count, n, n - 1) : 0; }
static long even(long n);
static long odd(long n) { return n ? tail_signed(even, n, n - 1) : 0; }
static long even(long n) { return n ? tail_zero(odd, n - 1) : 1; }

static jmp_buf back;
static long leave(long n) { longjmp(back, (int)n); }

static void *strip(void *p)
{
	__asm__("xpaci %0" : "+r"(p));
	return p;
}

static void *caller(void) { return strip(__builtin_return_address(0)); }

int main(void)
{
	static const long numbers[] = {1000, 200, 30};
	char text[32];

	printf("%ld %ld %ld\n", call_signed(twice, 7, 21), call_zero(twice, 4), count(100));
	printf("%ld %ld\n", even(10), odd(10));
	printf("%ld\n", load_signed(numbers + 1));
	if (!setjmp(back))
		call_signed(leave, 3, 5);
	else
		puts("back");
	printf("%d\n", strip(strip(text)) == text && caller() == strip(caller()));
	puts(strcpy(text, "end"));
	return 0;
}
