/* SPDX-License-Identifier: MIT */
/*
 * Damaged ELF files through the lifter's front end, under sanitizers: reading,
 * code discovery and the calling conventions must end with a result or with
 * one line on stderr, never with a crash, whatever the file says.
 *
 *     lift-fuzz TEMPLATES.bc PROGRAM.elf COUNT [SEED]
 *
 * Each case runs in a child, so that one crash does not hide the next.
 */
#include <gelf.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lifter/program.h"
#include "lifter/tmpl.h"

enum { SANITIZER_EXIT = 99, SECONDS = 60 };

const char *__asan_default_options(void) { return "exitcode=99:detect_leaks=0:allocator_may_return_null=1"; }
const char *__ubsan_default_options(void) { return "exitcode=99:halt_on_error=1:print_stacktrace=1"; }

static u64 state;

static u32 random_below(u32 n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % n;
}

static u8 *read_all(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	struct stat st;

	if (!f || fstat(fileno(f), &st)) {
		perror(path);
		exit(2);
	}
	u8 *bytes = malloc(st.st_size + 1);
	*size = fread(bytes, 1, st.st_size, f);
	fclose(f);
	return bytes;
}

/* What the front end reads beside headers, by its place in the file. */
static struct part { const char *name; size_t at, size; } parts[] = { { .name = ".eh_frame" }, { .name = ".gcc_except_table" } };
enum { PARTS = sizeof parts / sizeof *parts };

static void find_parts(u8 *bytes, size_t size)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;
	size_t names;

	elf_version(EV_CURRENT);
	Elf *elf = elf_memory((char *)bytes, size);
	while (elf && !elf_getshdrstrndx(elf, &names) && (scn = elf_nextscn(elf, scn)))
		for (u32 i = 0; i < PARTS; i++)
			if (gelf_getshdr(scn, &sh) && !strcmp(elf_strptr(elf, names, sh.sh_name), parts[i].name)) {
				parts[i].at = sh.sh_offset;
				parts[i].size = sh.sh_size;
			}
	elf_end(elf);
	for (u32 i = 0; i < PARTS; i++)
		if (!parts[i].size) {
			fprintf(stderr, "the program has no %s\n", parts[i].name);
			exit(2);
		}
}

static size_t somewhere(size_t size)
{
	switch (random_below(4)) {
	case 0: return random_below(size);
	case 1: {
		const struct part *p = &parts[random_below(PARTS)];
		return p->at + random_below(p->size);
	}
	default: return random_below(64 + 8 * 56);
	}
}

/* Mostly headers and frames: that is where a byte changes what the rest means. */
static size_t damage(u8 *bytes, size_t size)
{
	static const u64 interesting[] = { 0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, ~0ull, ~0ull >> 1, 1ull << 32, 0x400000 };
	u32 changes = 1 + random_below(4);

	for (u32 i = 0; i < changes; i++) {
		size_t at = somewhere(size);
		u64 v = interesting[random_below(sizeof interesting / sizeof *interesting)];
		u32 width = 1u << random_below(4);
		if (at + width > size)
			continue;
		if (random_below(2))
			memcpy(bytes + at, &v, width);
		else
			bytes[at] ^= 1u << random_below(8);
	}
	return random_below(8) ? size : random_below(size);
}

static void one(const char *path)
{
	static struct image image;
	static struct program program;

	if (!freopen("/dev/null", "w", stderr))
		exit(2);
	alarm(SECONDS);
	image_open(&image, path, NULL);
	discover(&program, &image);
	summarize(&program);
	_exit(0);
}

static bool survives(const char *path)
{
	int status;
	pid_t pid = fork();

	if (pid < 0) {
		perror("fork");
		exit(2);
	}
	if (!pid)
		one(path);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) <= 1;
}

int main(int argc, char **argv)
{
	size_t size;
	u32 failed = 0, count = argc > 3 ? atoi(argv[3]) : 0;
	char path[64];

	if (argc < 4) {
		fprintf(stderr, "usage: lift-fuzz TEMPLATES.bc PROGRAM.elf COUNT [SEED]\n");
		return 2;
	}
	u64 seed = argc > 4 ? strtoull(argv[4], NULL, 0) : (u64)time(NULL);
	u8 *original = read_all(argv[2], &size), *bytes = malloc(size);
	find_parts(original, size);
	snprintf(path, sizeof path, "lift-fuzz.%d.elf", (int)getpid());
	printf("seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	tmpl_load(LLVMContextCreate(), argv[1]);
	for (u32 i = 0; i < count; i++) {
		state = seed + i;
		memcpy(bytes, original, size);
		size_t n = damage(bytes, size);
		FILE *f = fopen(path, "wb");
		if (!f || fwrite(bytes, 1, n, f) != n || fclose(f)) {
			perror(path);
			return 2;
		}
		if (!survives(path)) {
			printf("crash: lift-fuzz %s %s 1 %llu\n", argv[1], argv[2], (unsigned long long)(seed + i));
			fflush(stdout);
			failed++;
		}
	}
	unlink(path);
	printf("%u cases, %u crashes\n", count, failed);
	return failed != 0;
}
