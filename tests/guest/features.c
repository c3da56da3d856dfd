/* SPDX-License-Identifier: MIT */
/*
 * What the machine says it has: AT_HWCAP and AT_HWCAP2 against the
 * identification registers, by Linux's rules, and against /proc/cpuinfo
 * where that is an Arm machine's.  Prints contradictions only.
 */
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

#define ID(crm, op2) ({ unsigned long v_; __asm__("mrs %0, S3_0_C0_C" #crm "_" #op2 : "=r"(v_)); v_; })

enum { PFR0, PFR1, ISAR0, ISAR1, ISAR2, MMFR0, MMFR1, MMFR2, REGISTERS, NONE };

static const struct { const char *name; int word, bit, id, lowest, least; } features[] = {
	{"fp", 0, 0, PFR0, 16, 0}, {"asimd", 0, 1, PFR0, 20, 0}, {"aes", 0, 3, ISAR0, 4, 1}, {"pmull", 0, 4, ISAR0, 4, 2},
	{"sha1", 0, 5, ISAR0, 8, 1}, {"sha2", 0, 6, ISAR0, 12, 1}, {"crc32", 0, 7, ISAR0, 16, 1},
	{"atomics", 0, 8, ISAR0, 20, 2}, {"fphp", 0, 9, PFR0, 16, 1}, {"asimdhp", 0, 10, PFR0, 20, 1},
	{"cpuid", 0, 11, NONE, 0, 0}, {"asimdrdm", 0, 12, ISAR0, 28, 1}, {"jscvt", 0, 13, ISAR1, 12, 1},
	{"fcma", 0, 14, ISAR1, 16, 1}, {"lrcpc", 0, 15, ISAR1, 20, 1}, {"dcpop", 0, 16, ISAR1, 0, 1},
	{"sha3", 0, 17, ISAR0, 32, 1}, {"sm3", 0, 18, ISAR0, 36, 1}, {"sm4", 0, 19, ISAR0, 40, 1},
	{"asimddp", 0, 20, ISAR0, 44, 1}, {"sha512", 0, 21, ISAR0, 12, 2}, {"sve", 0, 22, PFR0, 32, 1},
	{"asimdfhm", 0, 23, ISAR0, 48, 1}, {"ilrcpc", 0, 26, ISAR1, 20, 2}, {"flagm", 0, 27, ISAR0, 52, 1},
	{"sb", 0, 29, ISAR1, 36, 1}, {"dcpodp", 1, 0, ISAR1, 0, 2}, {"flagm2", 1, 7, ISAR0, 52, 2},
	{"frint", 1, 8, ISAR1, 32, 1}, {"i8mm", 1, 13, ISAR1, 52, 1}, {"bf16", 1, 14, ISAR1, 44, 1},
	{"rng", 1, 16, ISAR0, 60, 1}, {"bti", 1, 17, PFR1, 0, 1}, {"mte", 1, 18, PFR1, 8, 2},
	{"sme", 1, 23, PFR1, 24, 1},
	/* qemu 7.2 does not set these bits */
	{"dit", -1, 24, PFR0, 48, 1}, {"uscat", -1, 25, MMFR2, 32, 1}, {"ssbs", -1, 28, PFR1, 4, 2},
	{"dgh", -2, 15, ISAR1, 48, 1}, {"ecv", -2, 19, MMFR0, 60, 1}, {"afp", -2, 20, MMFR1, 44, 1},
	{"rpres", -2, 21, ISAR2, 4, 1}, {"wfxt", -2, 31, ISAR2, 0, 2},
};

static char cpuinfo[8192];

static unsigned cpuinfo_number(const char *key)
{
	const char *at = strstr(cpuinfo, key);
	unsigned n = ~0u;

	if (at && (at = strchr(at, ':')))
		sscanf(at + 1, "%i", (int *)&n);
	return n;
}

/* Is the word in the line of features? */
static int listed(const char *line, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = line; (at = strstr(at, name)); at += n)
		if (at[-1] == ' ' && (at[n] == ' ' || at[n] == '\n'))
			return 1;
	return 0;
}

int main(void)
{
	unsigned long hwcap[2] = {getauxval(AT_HWCAP), getauxval(AT_HWCAP2)}, midr = ID(0, 0);
	unsigned long id[REGISTERS] = {ID(4, 0), ID(4, 1), ID(6, 0), ID(6, 1), ID(6, 2), ID(7, 0), ID(7, 1), ID(7, 2)};
	FILE *f = fopen("/proc/cpuinfo", "r");
	size_t n = f ? fread(cpuinfo, 1, sizeof cpuinfo - 1, f) : 0;
	const char *line = strstr(cpuinfo, "\nFeatures");
	unsigned count = 0;

	cpuinfo[n] = 0;
	for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
		int word = features[i].word;
		int field = features[i].id == NONE ? 0 : (int)(id[features[i].id] >> features[i].lowest & 15);
		int has;
		if (word < 0 && !line)
			continue;                      /* not a machine that knows them */
		has = hwcap[word < 0 ? -1 - word : word] >> features[i].bit & 1;
		if (field == 15 && features[i].id == PFR0)
			field = -1;                    /* FP and AdvSIMD: absent */
		if (has != (field >= features[i].least))
			printf("%s: hwcap %d, field %d\n", features[i].name, has, field);
		if (line && has != listed(line, features[i].name))
			printf("%s: hwcap %d, not so in cpuinfo\n", features[i].name, has);
		count += has;
	}
	if (!(hwcap[0] >> 11 & 1) || count < 20)
		printf("%u features, cpuid %d\n", count, (int)(hwcap[0] >> 11 & 1));
	if (line && (cpuinfo_number("CPU implementer") != midr >> 24 || cpuinfo_number("CPU variant") != (midr >> 20 & 15) ||
	             cpuinfo_number("CPU part") != (midr >> 4 & 0xfff) || cpuinfo_number("CPU revision") != (midr & 15)))
		printf("MIDR %lx is not cpuinfo's\n", midr);
	puts("compared");
	return 0;
}
