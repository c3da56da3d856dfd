/* SPDX-License-Identifier: MIT */
/* Thread-local variables of the first thread; constructors and destructors. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static __thread int counter = 5;
static __thread long zeroed[10];
_Thread_local char text[16] = "initial";
static int order;

static __attribute__((constructor(200))) void second(void) { order = order * 10 + 2; }
static __attribute__((constructor(101))) void first(void) { order = order * 10 + 1; }
static __attribute__((constructor)) void last(void) { order = order * 10 + 3; }
static __attribute__((destructor)) void bye(void) { printf("destructor: counter %d\n", counter); }

static __attribute__((noinline)) int *where(void) { return &counter; }

int main(void)
{
	printf("order %d\n", order);
	printf("%d %ld %s\n", counter, zeroed[9], text);
	*where() += 37;
	zeroed[3] = counter;
	text[0] = 'I';
	printf("%d %ld %s\n", counter, zeroed[3], text);
	errno = 0;
	printf("%p %d\n", (void *)fopen("/no/such/file", "r"), errno);
	errno = EINTR;
	free(malloc(100));
	printf("%d\n", errno);
	return 0;
}
