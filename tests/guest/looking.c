/* SPDX-License-Identifier: MIT */
/*
 * Values that a function is only handed to keep, and that somebody looks at
 * all the same: its return address in a variable, callee-saved registers that
 * are scanned as a garbage collector does.
 */
#include <stdio.h>
#include <string.h>

#define NOINLINE __attribute__((noinline, noclone))

static char *seen[8];
static unsigned count;

NOINLINE void look(void **p)
{
	seen[count++] = *p;
	*p = NULL;
}

NOINLINE void called(void)
{
	void *from = __builtin_return_address(0);

	look(&from);
	look(&from);
}

NOINLINE int called_for_result(int x)
{
	void *from = __builtin_return_address(0);

	look(&from);
	return x + 1;
}

NOINLINE void scan(long *to)
{
	long registers[10];

	__asm__ volatile("stp x19, x20, [%0]\n\tstp x21, x22, [%0, #16]\n\tstp x23, x24, [%0, #32]\n\t"
			 "stp x25, x26, [%0, #48]\n\tstp x27, x28, [%0, #64]" : : "r"(registers) : "memory");
	memcpy(to, registers, sizeof registers);
}

NOINLINE int hold(long v)
{
	long registers[10];
	register long a __asm__("x19") = v * 3, b __asm__("x25") = v * 5;
	int found = 0;

	__asm__ volatile("" : "+r"(a), "+r"(b));
	scan(registers);
	__asm__ volatile("" : "+r"(a), "+r"(b));
	for (int i = 0; i < 10; i++)
		found += registers[i] == v * 3 || registers[i] == v * 5;
	return found + (int)(a + b);
}

int main(void)
{
	called();
	called();
	printf("%d %d %d\n", seen[1] == NULL, seen[3] == NULL, seen[2] > seen[0] && seen[2] < seen[0] + 64);
	called_for_result(1);
	called_for_result(2);
	printf("%d\n", seen[5] > seen[4] && seen[5] < seen[4] + 64);
	printf("%d %d\n", hold(1000), hold(-7));
	return 0;
}
