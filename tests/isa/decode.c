/* SPDX-License-Identifier: MIT */
/*
 * isa-decode: the decoder against LLVM's disassembler, word by word.
 *
 *   isa-decode LIST [STRIDE [FIRST [LAST]]]      numbers as strtoul reads them
 *
 * Compared is whether a word is an instruction at all, and which: the mnemonic
 * that LLVM prints must be one that LIST allows for the table's row.  Rows that
 * only trap stand for extensions that this machine lacks.  Every difference
 * must be explained by a line of LIST; over all 2^32 words every line must
 * also be of use.  Written to standard output: rows and their mnemonics, with
 * how many words and one of them.
 *
 * Processes share the words out and count into tables of their own.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <llvm-c/Disassembler.h>
#include <llvm-c/Target.h>

#include "decode.h"
#include "lifter/a64/a64.h"

enum { MAX_WORKERS = 64, SLOTS = 1 << 14, CHUNK = 1 << 16 };

/* What decoder and disassembler answered, how often.  Full when count is not 0. */
struct slot {
	const char *row;           /* NULL: undefined */
	char mnemonic[16];         /* "": rejected */
	const struct decode_line *line;
	uint32_t word;
	uint64_t count;
};

static struct slot *tables[MAX_WORKERS];

static struct slot *slot_of(struct slot *table, const char *row, const char *mnemonic,
                            const struct decode_line *line)
{
	uint64_t h = (uintptr_t)row * 0x9e3779b97f4a7c15u + (uintptr_t)line;

	for (const char *s = mnemonic; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	for (uint32_t i = (uint32_t)(h >> 20);; i++) {
		struct slot *s = &table[i % SLOTS];
		if (!s->count) {
			s->row = row;
			s->line = line;
			strcpy(s->mnemonic, mnemonic);
			return s;
		}
		if (s->row == row && s->line == line && !strcmp(s->mnemonic, mnemonic))
			return s;
	}
}

static void count(struct slot *table, const char *row, const char *mnemonic,
                  const struct decode_line *line, uint32_t word, uint64_t n)
{
	struct slot *s = slot_of(table, row, mnemonic, line);

	if (!s->count)
		s->word = word;
	s->count += n;
}

/* "\tadds\tx0, x1, x2" to "adds"; "b.eq" to "b". */
static void take_mnemonic(const char *text, char out[16])
{
	size_t n;

	text += strspn(text, " \t");
	n = strcspn(text, "\t .");
	if (n > 15)
		n = 15;
	memcpy(out, text, n);
	out[n] = 0;
}

static void compare_word(LLVMDisasmContextRef llvm, uint32_t word, struct slot *table)
{
	char text[256], mnemonic[16] = "";
	struct a64_insn in;
	const struct a64_desc *d = a64_decode(word, 0, &in) ? &a64_descs[in.id] : NULL;
	const struct decode_line *line = NULL;

	if (LLVMDisasmInstruction(llvm, (uint8_t *)&word, 4, 0, text, sizeof text))
		take_mnemonic(text, mnemonic);
	if (d && !*mnemonic && d->flow == A64_TRAP && strcmp(d->feature, "base"))
		d = NULL;                  /* SIGILL as any undefined word */
	if (!d != !*mnemonic)
		line = decode_explanation(d ? d->name : NULL, mnemonic, word);
	count(table, d ? d->name : NULL, mnemonic, line, word, 1);
}

static void work(struct slot *table, uint32_t worker, uint32_t workers, uint64_t stride,
                 uint64_t first, uint64_t last)
{
	LLVMDisasmContextRef llvm =
		LLVMCreateDisasmCPUFeatures("aarch64-linux-gnu", "generic", "+all", NULL, 0, NULL, NULL);

	if (!llvm)
		exit(2);
	for (uint64_t chunk = first + worker * CHUNK * stride; chunk <= last;
	     chunk += workers * CHUNK * stride) {
		if (!worker && (chunk / stride & 0xfffffff) < CHUNK * workers)
			fprintf(stderr, "%08lx\n", (unsigned long)chunk);
		for (uint64_t w = chunk; w < chunk + CHUNK * stride && w <= last; w += stride)
			compare_word(llvm, (uint32_t)w, table);
	}
	LLVMDisasmDispose(llvm);
}

static int by_row(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;
	int c = strcmp(x->row ? x->row : "", y->row ? y->row : "");

	return c ? c : strcmp(x->mnemonic, y->mnemonic);
}

/* Sorted, in the first table; how many. */
static uint32_t gather(uint32_t workers)
{
	static struct slot all[SLOTS];
	uint32_t n = 0;

	for (uint32_t w = 0; w < workers; w++)
		for (uint32_t i = 0; i < SLOTS; i++) {
			const struct slot *s = &tables[w][i];
			if (s->count)
				count(all, s->row, s->mnemonic, s->line, s->word, s->count);
		}
	for (uint32_t i = 0; i < SLOTS; i++)
		if (all[i].count)
			tables[0][n++] = all[i];
	qsort(tables[0], n, sizeof *all, by_row);
	return n;
}

static uint32_t report(const struct slot *s, uint32_t n, bool all_words)
{
	uint32_t bad = 0;
	uint64_t words = 0, explained = 0;

	for (uint32_t i = 0; i < n; i++, s++) {
		bool one_sided = !s->row != !*s->mnemonic;
		bool ok = one_sided ? s->line != NULL : !s->row || decode_allows(s->row, s->mnemonic);
		words += s->count;
		explained += one_sided && ok ? s->count : 0;
		if (s->line)
			decode_used(s->line);
		bad += !ok;
		printf("%s\t%s\t%s\t%08x\t%llu\n", ok ? one_sided ? "listed" : "same" : "DIFFERENT",
		       s->row ? s->row : "-", *s->mnemonic ? s->mnemonic : "-", s->word,
		       (unsigned long long)s->count);
		if (!ok)
			fprintf(stderr, "%08x: the table says %s, LLVM says %s (%llu words)\n", s->word,
			        s->row ? s->row : "undefined", *s->mnemonic ? s->mnemonic : "undefined",
			        (unsigned long long)s->count);
	}
	if (all_words)
		bad += decode_unused(stderr);
	fprintf(stderr, "%llu words, %llu differ as the list says, %u kinds of difference are not in it\n",
	        (unsigned long long)words, (unsigned long long)explained, bad);
	return bad;
}

int main(int argc, char **argv)
{
	uint64_t stride = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	uint64_t first = argc > 3 ? strtoull(argv[3], NULL, 0) : 0;
	uint64_t last = argc > 4 ? strtoull(argv[4], NULL, 0) : 0xffffffff;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	uint32_t workers = cores < 1 ? 1 : cores > MAX_WORKERS ? MAX_WORKERS : (uint32_t)cores;
	bool ok = true;
	int status;

	if (argc < 2 || argc > 5 || !stride || last > 0xffffffff) {
		fputs("usage: isa-decode LIST [STRIDE [FIRST [LAST]]]\n", stderr);
		return 2;
	}
	decode_read(argv[1]);
	LLVMInitializeAArch64TargetInfo();
	LLVMInitializeAArch64TargetMC();
	LLVMInitializeAArch64Disassembler();
	for (uint32_t i = 0; i < workers; i++) {
		tables[i] = mmap(NULL, SLOTS * sizeof(struct slot), PROT_READ | PROT_WRITE,
		                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (tables[i] == MAP_FAILED)
			return 2;
		if (!fork()) {
			work(tables[i], i, workers, stride, first, last);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		ok &= !status;
	return !ok || report(tables[0], gather(workers), stride == 1 && !first && last == 0xffffffff);
}
