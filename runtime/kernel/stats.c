/* SPDX-License-Identifier: MIT */
/*
 * AARCH64_WASM_STATS=1: at the end, how many instructions were interpreted, and
 * from which addresses on.  AARCH64_WASM_STATS=all: nothing runs lifted, so the
 * same count is that of all instructions.
 */
#include "stats.h"

#include "lib.h"

enum { AT = offsetof(struct cpu, stats), SHOWN = 20 };

static enum cpu_stats_mode mode;
static struct cpu_stats stats;

void stats_begin(enum cpu_stats_mode m)
{
	u32 word = mode = m;

	host_copy_out(regs_at(AT + offsetof(struct cpu_stats, mode)), &word, sizeof(word));
}

static __attribute__((format(printf, 1, 2))) void put_line(const char *format, ...)
{
	char line[160];
	struct text text;
	va_list args;

	text_init(&text, line, sizeof(line) - 1);
	text_str(&text, "aarch64-wasm: ");
	va_start(args, format);
	text_vprintf(&text, format, args);
	va_end(args);
	line[text.len] = '\n';
	host_write(2, line, text.len + 1, -1);
}

/* The site with most instructions is shown, and taken away. */
static bool put_site(void)
{
	struct cpu_site *most = &stats.site[0];
	char from[16];
	struct text text;

	for (u32 i = 1; i <= stats.nsites; i++)
		if (stats.site[i].insns > most->insns)
			most = &stats.site[i];
	if (!most->insns)
		return false;
	text_init(&text, from, sizeof(from));
	if (most->pc)
		text_printf(&text, "0x%x", most->pc);
	else
		text_str(&text, "elsewhere");
	put_line("%12llu from %s, %u times", (unsigned long long)most->insns, from, most->stretches);
	most->insns = 0;
	return true;
}

void stats_end(void)
{
	if (!mode)
		return;
	host_copy_in(&stats, regs_at(AT), sizeof(stats));
	if (mode == STATS_ALL) {
		put_line("%llu instructions in all", (unsigned long long)stats.insns);
		return;
	}
	put_line("%llu instructions interpreted in %llu stretches, %llu single ones within lifted code",
	         (unsigned long long)stats.insns, (unsigned long long)stats.stretches, (unsigned long long)stats.steps);
	for (u32 i = 0; i < SHOWN && put_site(); i++)
		;
}
