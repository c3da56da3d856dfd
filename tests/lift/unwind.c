/* SPDX-License-Identifier: MIT */
/*
 * Exceptions for links.sh without C++ and its library: libgcc's unwinder, gcc's
 * cleanups, and a language of our own that catches everything (unwind.S).
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unwind.h>

#define NOINLINE __attribute__((noinline))

/* unwind.S: f(n) + n, and caught(e, n) - n if that throws */
int catching(int (*f)(int), int n);
/* The sum of caught(e, 0), n times: a loop through its landing pad, behind a call that never comes back */
int retrying(int n);

static struct _Unwind_Exception thrown;
static unsigned cleanups;

NOINLINE void throw(void)
{
	_Unwind_RaiseException(&thrown);
	__builtin_trap();
}

/* Nobody calls it but a landing pad. */
NOINLINE int caught(struct _Unwind_Exception *e, int n)
{
	unsigned h = 2166136261u;

	for (int i = 0; i < 300; i++)
		h = (h ^ (n + i)) * 16777619u;
	return (int)(h & 0xffff) + (e == &thrown);
}

/* Our language's tables have one site each: words, as unwind.S writes them. */
_Unwind_Reason_Code language(int version, _Unwind_Action actions, uint64_t class, struct _Unwind_Exception *e, struct _Unwind_Context *c)
{
	uintptr_t start = _Unwind_GetRegionStart(c), at = _Unwind_GetIP(c) - 1 - start;
	struct { uint32_t start, size, pad; } site;

	(void)version;
	(void)class;
	memcpy(&site, (char *)_Unwind_GetLanguageSpecificData(c) + 4, sizeof site);
	if (at - site.start >= site.size)
		return _URC_CONTINUE_UNWIND;
	if (actions & _UA_SEARCH_PHASE)
		return _URC_HANDLER_FOUND;
	_Unwind_SetGR(c, 0, (uintptr_t)e);
	_Unwind_SetIP(c, start + site.pad);
	return _URC_INSTALL_CONTEXT;
}

static void clean(int *n) { cleanups += *n; }

NOINLINE static int guarded(int n)
{
	__attribute__((cleanup(clean))) int guard = n + 1;

	if (n % 3)
		throw();
	return guard;
}

NOINLINE static int outer(int n)
{
	return catching(guarded, n) * 7 + n / 5;
}

int main(void)
{
	unsigned sum = 0;

	for (int i = 0; i < 60; i++)
		sum = sum * 31 + outer(i);
	printf("%u %u\n", sum, cleanups);
	printf("%d\n", retrying(20));
	return 4;
}
