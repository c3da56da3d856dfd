/* SPDX-License-Identifier: MIT */
/*
 * Code at addresses that the compiler knows, and the program has outside of its
 * text: in an array, and where it was mapped.
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

enum { ADD = 0x8b010000, SUB = 0xcb010000, MUL = 0x9b017c00, FADD = 0x1e602800, RET = 0xd65f03c0 };      /* x0, x0, x1; d0, d0, d0 */

static uint32_t code[1024] __attribute__((aligned(4096))) = { ADD, RET, FADD, RET };
#define MAPPED 0x50000000

static long calculate(void) { return ((long (*)(long, long))code)(40, 2); }

int main(void)
{
	if (mprotect(code, sizeof code, PROT_READ | PROT_WRITE | PROT_EXEC))
		return 1;
	__builtin___clear_cache((char *)code, (char *)(code + 4));
	printf("%ld\n", calculate());
	printf("%g\n", ((double (*)(double))(code + 2))(1.25));
	code[0] = SUB;
	__builtin___clear_cache((char *)code, (char *)(code + 4));
	printf("%ld\n", calculate());
	uint32_t *mapped = mmap((void *)MAPPED, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (mapped == MAP_FAILED)
		return 2;
	mapped[0] = MUL;
	mapped[1] = RET;
	__builtin___clear_cache((char *)mapped, (char *)(mapped + 2));
	printf("%ld\n", ((long (*)(long, long))MAPPED)(6, 7));
	return 0;
}
