/* SPDX-License-Identifier: MIT */
/*
 * A test case of the instruction set and its result, as the generator, the
 * guest under qemu, the native interpreter and cpu.wasm exchange them: arrays
 * of these structs in files.
 *
 * The words stand at ISA_CODE + n * ISA_SLOT, everything else of the code area
 * is BRK, so every way out is a signal and lands where it can be seen.  The
 * window is one page of pseudo-random bytes between two unmapped ones.
 */
#ifndef ISA_CASE_H
#define ISA_CASE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	ISA_WORDS = 4,
	ISA_SLOT = 4096,
	ISA_BATCH = 256,           /* cases that share a code area */
	ISA_CODE = 0x28000000,
	ISA_WINDOW = 0x10001000,
	ISA_WINDOW_SIZE = 4096,
};
#define ISA_BRK 0xd4200000u

struct isa_case {
	uint32_t word[ISA_WORDS];  /* nwords of them */
	uint32_t nwords;
	uint32_t seed;             /* of the window */
	uint64_t x[31], sp;
	uint32_t nzcv, fpcr, fpsr, spare;
	uint8_t v[32][16];
};

struct isa_result {
	uint32_t sig, code;        /* what ended it: normally SIGTRAP at the BRK */
	uint64_t addr;             /* si_addr of SIGSEGV and SIGBUS, else 0 */
	uint64_t pc;
	uint64_t x[31], sp;
	uint32_t nzcv, fpsr;
	uint64_t window;           /* hash of the page afterwards */
	uint8_t v[32][16];
};

/* May the encoding name register i, or a list of registers with it? */
static inline bool isa_names(uint32_t word, int i)
{
	static const int fields[] = {0, 5, 10, 16};

	for (int k = 0; k < 4; k++)
		for (uint32_t n = 0; n < 4; n++)
			if ((int)(((word >> fields[k]) + n) % 32) == i)
				return true;
	return (int)(word >> 16 & 15) == i;    /* elements of halfwords: 4 bits */
}

static inline void isa_window_fill(uint8_t *w, uint32_t seed)
{
	uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
	uint64_t *q = (uint64_t *)w;

	for (int i = 0; i < ISA_WINDOW_SIZE / 8; i++) {
		s = s * 6364136223846793005u + 1442695040888963407u;
		q[i] = s ^ s >> 29;
	}
}

static inline uint64_t isa_window_hash(const uint8_t *w)
{
	const uint32_t *q = (const uint32_t *)w;
	uint32_t h = 1, k = 2;

	for (int i = 0; i < ISA_WINDOW_SIZE / 4; i++) {
		h = (h ^ q[i]) * 0x9e3779b1u;
		h ^= h >> 15;
		k = (k + q[i]) * 0x85ebca77u;
		k ^= k >> 13;
	}
	return (uint64_t)h << 32 | k;
}

static inline uint64_t isa_pc(uint32_t n)
{
	return ISA_CODE + (uint64_t)(n % ISA_BATCH) * ISA_SLOT;
}

#endif
