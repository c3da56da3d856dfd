/* SPDX-License-Identifier: MIT */
/*
 * Page protections: a handler that opens a page, reads of what is not mapped,
 * the null page, addresses above 4 GiB.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

static sigjmp_buf out;
static char *volatile pages;
static volatile int repairs;

static void repair(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	repairs++;
	mprotect((char *)info->si_addr - (long)info->si_addr % PAGE, PAGE, PROT_READ | PROT_WRITE);
}

static void leave(int sig) { siglongjmp(out, sig); }

static __attribute__((noinline)) int readable(const char *p)
{
	if (sigsetjmp(out, 1))
		return 0;
	return *(const volatile char *)p + 1000;
}

int main(void)
{
	struct sigaction act = { .sa_sigaction = repair, .sa_flags = SA_SIGINFO };

	pages = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(pages, 7, 8 * PAGE);
	mprotect(pages + 2 * PAGE, 3 * PAGE, PROT_READ);
	sigaction(SIGSEGV, &act, NULL);
	for (int i = 0; i < 8; i++)
		pages[i * PAGE + 5] = i;
	printf("repairs %d\n", repairs);
	for (int i = 0; i < 8; i++)
		printf("%d %d\n", pages[i * PAGE + 5], pages[i * PAGE + 6]);
	signal(SIGSEGV, leave);
	munmap(pages + 4 * PAGE, PAGE);
	mprotect(pages + 6 * PAGE, PAGE, PROT_NONE);
	for (int i = 0; i < 8; i++)
		printf("page %d: %d\n", i, readable(pages + i * PAGE));
	printf("null %d, high %d\n", readable((char *)16), readable((char *)0x80000000010));
	return 0;
}
