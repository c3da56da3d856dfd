/* SPDX-License-Identifier: MIT */
/*
 * Fixed cases, one a line:
 *     adds w0, w1, w2 | x1=7fffffff x2=1 | x0=80000000 nzcv=9
 * Up to four instructions separated by `;`, the state before, the state after
 * (only what is named is compared; sig=11 for what ends in a signal).
 * A `#` in the first column starts a comment.  The same lines are checked under qemu, so no expectation is ours.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "isa.h"

enum { MAX_LINES = 1024 };

struct line {
	uint32_t number;
	char *text, *code, *before, *after;
};

static struct line lines[MAX_LINES];

static uint32_t read_lines(const char *path)
{
	uint32_t size, n = 0, number = 0;
	char *text = isa_read_file(path, 1, &size);

	text[size] = 0;
	for (char *s; (s = strsep(&text, "\n"));) {
		number++;
		if (*s == '#' || !s[strspn(s, " \t")] || n == MAX_LINES)
			continue;
		struct line *l = &lines[n++];
		*l = (struct line){.number = number, .text = strdup(s)};
		l->code = strsep(&s, "|");
		l->before = strsep(&s, "|");
		l->after = s;
		if (!l->before || !l->after) {
			fprintf(stderr, "%s:%u: three columns expected\n", path, number);
			exit(1);
		}
	}
	return n;
}

/* Each line in a slot of its own four words, assembled in one go. */
static uint32_t *assemble(const char *as, uint32_t n)
{
	char source[] = "/tmp/isaXXXXXX", command[4096];
	int fd = mkstemp(source);
	FILE *f = fdopen(fd, "w");

	if (!f)
		exit(1);
	fputs(".arch armv8.6-a+crypto+fp16+fp16fml+sha3+sm4+flagm+pauth\n", f);
	for (uint32_t i = 0; i < n; i++)
		fprintf(f, ".balign 16\n%s\n", lines[i].code);
	fprintf(f, ".balign 16\n.word 0\n");
	fclose(f);
	snprintf(command, sizeof command,
	         "%s %s -o %s.o && %.*sobjcopy -O binary -j .text %s.o %s.bin; s=$?; rm -f %s.o; exit $s",
	         as, source, source, (int)(strlen(as) - 2), as, source, source, source);
	if (system(command))
		exit(1);
	unlink(source);
	strcat(source, ".bin");
	uint32_t words;
	uint32_t *code = isa_read_file(source, 4, &words);
	unlink(source);
	if (words != n * 4 + 1) {
		fprintf(stderr, "isa: some line is longer than four instructions\n");
		exit(1);
	}
	return code;
}

int isa_fixed_assemble(const char *file, const char *as, FILE *out)
{
	uint32_t n = read_lines(file);
	const uint32_t *code = assemble(as, n);

	for (uint32_t i = 0; i < n; i++) {
		struct isa_case c = {.seed = 1, .sp = ISA_WINDOW + 1024};
		const char *bad = isa_state_parse(lines[i].before, &c);
		if (bad) {
			fprintf(stderr, "%s:%u: `%s` is not understood\n", file, lines[i].number, bad);
			return 1;
		}
		/* the assembler fills up with NOPs or zeros */
		memcpy(c.word, code + i * 4, sizeof c.word);
		for (c.nwords = ISA_WORDS; c.nwords > 1; c.nwords--)
			if (c.word[c.nwords - 1] != 0 && c.word[c.nwords - 1] != 0xd503201f)
				break;
		fwrite(&c, sizeof c, 1, out);
	}
	return 0;
}

static bool token_holds(const char *tok, const struct isa_result *r)
{
	char *end;
	unsigned long long v = strtoull(strchr(tok, '=') + 1, &end, 16);
	int i = atoi(tok + 1);

	if (tok[0] == 'x')
		return r->x[i] == v;
	if (tok[0] == 'v') {
		uint64_t q[2] = {strtoull(*end ? end + 1 : end, NULL, 16), v};
		return !memcmp(r->v[i], q, 16);
	}
	if (!strncmp(tok, "sp=", 3))
		return r->sp == v;
	if (!strncmp(tok, "nzcv=", 5))
		return r->nzcv >> 28 == v;
	if (!strncmp(tok, "qc=", 3))
		return (r->fpsr >> 27 & 1) == v;
	if (!strncmp(tok, "fpsr=", 5))
		return r->fpsr == v;
	if (!strncmp(tok, "sig=", 4))
		return r->sig == (uint32_t)atoi(tok + 4);
	return false;
}

int isa_fixed_check(const char *file, const struct isa_result *results, uint32_t count)
{
	uint32_t n = read_lines(file), failed = 0;

	if (n != count) {
		fprintf(stderr, "isa: %u lines, %u results\n", n, count);
		return 1;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct isa_result *r = &results[i];
		bool ok = strstr(lines[i].after, "sig=") || r->sig == 5;
		for (char *tok; (tok = strsep(&lines[i].after, " \t"));)
			if (*tok && !(strchr(tok, '=') && token_holds(tok, r))) {
				printf("FAIL %s:%u: not %s\n", file, lines[i].number, tok);
				ok = false;
			}
		if (ok)
			continue;
		failed++;
		printf("FAIL %s:%u: %s\n     ends with sig=%u nzcv=%x", file, lines[i].number, lines[i].text,
		       r->sig, r->nzcv >> 28);
		for (int k = 0; k < 8; k++)
			printf(" x%d=%llx", k, (unsigned long long)r->x[k]);
		for (int k = 0; k < 3; k++) {
			uint64_t q[2];
			memcpy(q, r->v[k], 16);
			printf(" v%d=%llx:%llx", k, (unsigned long long)q[1], (unsigned long long)q[0]);
		}
		putchar('\n');
	}
	printf("%u fixed cases, %u failed\n", n, failed);
	return failed != 0;
}
