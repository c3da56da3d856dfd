/* SPDX-License-Identifier: MIT */
/*
 * What this machine says it can do: one row a feature, and from it AT_HWCAP,
 * AT_HWCAP2, /proc/cpuinfo and the identification registers.
 *
 *   F(extension, cpuinfo name, hwcap, bit, register, lowest bit of its field, value)
 *
 * Extension: the column `feature` of the instruction table (lifter/a64), "" if
 * no instruction belongs to it; test isa-features compares the two.  Hwcap is
 * 1 for AT_HWCAP, 2 for AT_HWCAP2, the rows are in the order of those bits,
 * as in Linux's arch/arm64/kernel/cpufeature.c.  Where two rows share a field the
 * later one's value counts.
 *
 * Not announced, and why: evtstrm (WFE does not wait), paca and pacg (no keys),
 * bti (pages are not guarded), dit, ssbs (no such bits).
 */
#ifndef RUNTIME_CPU_FEATURES_H
#define RUNTIME_CPU_FEATURES_H

#define CPU_FEATURES(F) \
	F("fp",       "fp",       1,  0, AA64PFR0,  16, 0) \
	F("simd",     "asimd",    1,  1, AA64PFR0,  20, 0) \
	F("aes",      "aes",      1,  3, AA64ISAR0,  4, 1) \
	F("pmull",    "pmull",    1,  4, AA64ISAR0,  4, 2) \
	F("sha1",     "sha1",     1,  5, AA64ISAR0,  8, 1) \
	F("sha2",     "sha2",     1,  6, AA64ISAR0, 12, 1) \
	F("crc32",    "crc32",    1,  7, AA64ISAR0, 16, 1) \
	F("lse",      "atomics",  1,  8, AA64ISAR0, 20, 2) \
	F("fp16",     "fphp",     1,  9, AA64PFR0,  16, 1) \
	F("fp16",     "asimdhp",  1, 10, AA64PFR0,  20, 1) \
	F("",         "cpuid",    1, 11, AA64PFR0,   0, 1) \
	F("rdm",      "asimdrdm", 1, 12, AA64ISAR0, 28, 1) \
	F("jscvt",    "jscvt",    1, 13, AA64ISAR1, 12, 1) \
	F("fcma",     "fcma",     1, 14, AA64ISAR1, 16, 1) \
	F("rcpc",     "lrcpc",    1, 15, AA64ISAR1, 20, 1) \
	F("dpb",      "dcpop",    1, 16, AA64ISAR1,  0, 1) \
	F("sha3",     "sha3",     1, 17, AA64ISAR0, 32, 1) \
	F("sm3",      "sm3",      1, 18, AA64ISAR0, 36, 1) \
	F("sm4",      "sm4",      1, 19, AA64ISAR0, 40, 1) \
	F("dotprod",  "asimddp",  1, 20, AA64ISAR0, 44, 1) \
	F("sha512",   "sha512",   1, 21, AA64ISAR0, 12, 2) \
	F("fhm",      "asimdfhm", 1, 23, AA64ISAR0, 48, 1) \
	F("",         "uscat",    1, 25, AA64MMFR2, 32, 1) \
	F("rcpc2",    "ilrcpc",   1, 26, AA64ISAR1, 20, 2) \
	F("flagm",    "flagm",    1, 27, AA64ISAR0, 52, 1) \
	F("sb",       "sb",       1, 29, AA64ISAR1, 36, 1) \
	F("dpb2",     "dcpodp",   2,  0, AA64ISAR1,  0, 2) \
	F("flagm2",   "flagm2",   2,  7, AA64ISAR0, 52, 2) \
	F("frintts",  "frint",    2,  8, AA64ISAR1, 32, 1) \
	F("i8mm",     "i8mm",     2, 13, AA64ISAR1, 52, 1) \
	F("bf16",     "bf16",     2, 14, AA64ISAR1, 44, 1) \
	F("",         "dgh",      2, 15, AA64ISAR1, 48, 1) \
	F("ecv",      "ecv",      2, 19, AA64MMFR0, 60, 1)

#define CPU_HWCAP_BIT(extension, name, hwcap, bit, ...) | ((hwcap) == 1 ? 1ull << (bit) : 0)
#define CPU_HWCAP2_BIT(extension, name, hwcap, bit, ...) | ((hwcap) == 2 ? 1ull << (bit) : 0)
#define CPU_HWCAP (0ull CPU_FEATURES(CPU_HWCAP_BIT))
#define CPU_HWCAP2 (0ull CPU_FEATURES(CPU_HWCAP2_BIT))

/* MIDR_EL1: no company's part, as the architecture allows software. */
#define CPU_MIDR (0x00u << 24 | 0x0u << 20 | 0xfu << 16 | 0x057u << 4 | 0x0u)

#endif
