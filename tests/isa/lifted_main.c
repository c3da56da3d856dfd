/* SPDX-License-Identifier: MIT */
/*
 * Guest program: runs the functions of lifted.s and compares with the results
 * embedded beside them (see lifted.c).  With the argument "usual" only those
 * in the usual floating-point environment, and without its exceptions.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"

enum { FPSR_QC = 1 << 27, FPSR_FIELDS = 0x0800009f };

struct state {
	uint64_t x[32];            /* 31 are used */
	uint64_t nzcv, fpsr, fpcr, spare;
	uint8_t v[32][16] __attribute__((aligned(16)));
};
_Static_assert(__builtin_offsetof(struct state, v) == 288, "lifted.c knows");

extern const struct {
	struct isa_case c;
	struct isa_result r;
} cases[];
extern void (*const case_functions[])(struct state *);
extern const uint32_t case_count;

static int check(uint32_t n, const struct state *s, uint64_t window, uint32_t flags)
{
	const struct isa_case *c = &cases[n].c;
	const struct isa_result *r = &cases[n].r;
	int bad = 0;

	for (int i = 0; i < 29; i++)
		if (isa_names(c->word[0], i) && s->x[i] != r->x[i])
			bad += printf(" x%d=%llx not %llx,", i, (unsigned long long)s->x[i],
			              (unsigned long long)r->x[i]);
	for (int i = 0; i < 32; i++) {
		uint64_t got[2], want[2];
		memcpy(got, s->v[i], 16);
		memcpy(want, r->v[i], 16);
		if (isa_names(c->word[0], i) && memcmp(got, want, 16))
			bad += printf(" v%d=%llx:%llx not %llx:%llx,", i, (unsigned long long)got[1],
			              (unsigned long long)got[0], (unsigned long long)want[1],
			              (unsigned long long)want[0]);
	}
	if (s->nzcv != r->nzcv)
		bad += printf(" nzcv=%x not %x,", (unsigned)(s->nzcv >> 28), r->nzcv >> 28);
	if ((s->fpsr ^ r->fpsr) & flags)
		bad += printf(" fpsr=%x not %x,", (unsigned)s->fpsr, r->fpsr);
	if (window != r->window)
		bad += printf(" the window differs,");
	if (bad)
		printf(" case_%u: .inst 0x%08x\n", n, c->word[0]);
	return bad != 0;
}

int main(int argc, char **argv)
{
	bool usual = argc > 1 && !strcmp(argv[1], "usual");
	uint32_t failed = 0, skipped = 0;
	uint8_t *window = mmap((void *)ISA_WINDOW, ISA_WINDOW_SIZE, PROT_READ | PROT_WRITE,
	                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (window == MAP_FAILED) {
		perror("mmap");
		return 2;
	}
	for (uint32_t n = 0; n < case_count; n++) {
		static struct state s;
		const struct isa_case *c = &cases[n].c;
		if (usual && c->fpcr) {
			skipped++;
			continue;
		}
		memcpy(s.x, c->x, sizeof c->x);
		memcpy(s.v, c->v, sizeof c->v);
		s.nzcv = c->nzcv;
		s.fpsr = c->fpsr;
		s.fpcr = c->fpcr;
		isa_window_fill(window, c->seed);
		case_functions[n](&s);
		failed += (uint32_t)check(n, &s, isa_window_hash(window), usual ? FPSR_QC : FPSR_FIELDS);
	}
	printf("%u cases, %u failed\n", case_count - skipped, failed);
	return failed != 0;
}
