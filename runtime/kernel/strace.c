/* SPDX-License-Identifier: MIT */
/*
 * AARCH64_WASM_STRACE=1: each call as strace prints it, on the host's standard
 * error.  How an argument is shown is its kind in syscalls.def; names of flags
 * are in straceflags.h.
 */
#include "syscall.h"

#include "host_imports.h"
#include "lib.h"
#include "straceflags.h"

bool strace_on;

enum { LINE_SIZE = 4096, STRING_MAX = 32 };

static const struct { int number; const char *name, *text; } errors[] = {
#define E(name, number, text) { number, #name, text },
#include "errno.def"
#undef E
};

static void put_flags(struct text *out, const struct flag_set *set, u64 value)
{
	u64 left = value & ~set->one_of;
	const char *bar = "";
	bool found = false;

	for (const struct flag_name *f = set->names; f->name; f++) {
		bool is_choice = !(f->value & ~set->one_of);
		if (is_choice ? (value & set->one_of) != f->value || found : (left & f->value) != f->value)
			continue;
		found |= is_choice;
		text_printf(out, "%s%s", bar, f->name);
		bar = "|";
		left &= ~f->value;
	}
	if (set->one_of && !found)
		left |= value & set->one_of;
	if (left || !*bar)
		text_printf(out, "%s%s%llx", bar, left ? "0x" : "", (unsigned long long)left);
}

static void put_quoted(struct text *out, const char *s, u32 len, bool cut)
{
	static const char escapes[] = "\nn\tt\rr\"\"\\\\\vv\ff";

	text_char(out, '"');
	for (u32 i = 0; i < len; i++) {
		u8 c = s[i];
		const char *e = escapes;
		while (*e && *e != (char)c)
			e += 2;
		if (c && *e)
			text_printf(out, "\\%c", e[1]);
		else if (c < 32 || c > 126)
			text_printf(out, i + 1 < len && s[i + 1] >= '0' && s[i + 1] <= '9' ? "\\%03o" : "\\%o", c);
		else
			text_char(out, c);
	}
	text_str(out, cut ? "\"..." : "\"");
}

static void put_address(struct text *out, u64 value)
{
	if (value)
		text_printf(out, "0x%llx", (unsigned long long)value);
	else
		text_str(out, "NULL");
}

static void put_bytes(struct task *t, struct text *out, u64 va, u64 len)
{
	char bytes[STRING_MAX];
	u32 shown = min_u64(len, STRING_MAX);

	if (copy_in(t, bytes, va, shown))
		put_address(out, va);
	else
		put_quoted(out, bytes, shown, len > shown);
}

static void put_iovec(struct task *t, struct text *out, u64 va, u64 count)
{
	enum { SHOWN = 4 };
	struct abi_iovec v[SHOWN];
	u32 shown = min_u64(count, SHOWN);

	if (copy_in(t, v, va, shown * sizeof(*v))) {
		put_address(out, va);
		return;
	}
	text_char(out, '[');
	for (u32 i = 0; i < shown; i++) {
		text_str(out, i ? ", {iov_base=" : "{iov_base=");
		put_bytes(t, out, v[i].base, v[i].len);
		text_printf(out, ", iov_len=%llu}", (unsigned long long)v[i].len);
	}
	text_str(out, count > shown ? ", ...]" : "]");
}

static void put_path(struct task *t, struct text *out, u64 va)
{
	char path[PATH_MAX];
	int len = va ? copy_path(t, path, va) : 0;

	if (!va)
		text_str(out, "NULL");
	else if (len < 0)
		text_printf(out, "0x%llx", (unsigned long long)va);
	else
		put_quoted(out, path, len, false);
}

static void put_timespec(struct task *t, struct text *out, u64 va)
{
	struct abi_timespec ts;

	if (!va)
		text_str(out, "NULL");
	else if (copy_in(t, &ts, va, sizeof(ts)))
		text_printf(out, "0x%llx", (unsigned long long)va);
	else
		text_printf(out, "{tv_sec=%lld, tv_nsec=%lld}", (long long)ts.sec, (long long)ts.nsec);
}

static const struct flag_set *flags_of(u8 kind)
{
	switch (kind) {
	case ARG_OFL: return &open_flags;
	case ARG_AT: return &at_flags;
	case ARG_ACC: return &access_modes;
	case ARG_PROT: return &prot_flags;
	case ARG_MAPF: return &map_flags;
	case ARG_WH: return &seek_whence;
	case ARG_FCN: return &fcntl_commands;
	case ARG_IOC: return &ioctl_requests;
	case ARG_CLK: return &clock_ids;
	case ARG_HOW: return &sigmask_hows;
	case ARG_LOCK: return &flock_modes;
	case ARG_MREM: return &mremap_flags;
	case ARG_SIG: return &signal_names;
	}
	return NULL;
}

static void put_arg(struct task *t, struct text *out, u8 kind, const u64 *a, s64 result)
{
	const struct flag_set *set = flags_of(kind);

	if (set) {
		put_flags(out, set, (u32)*a);
		return;
	}
	switch (kind) {
	case ARG_DIR:
		if ((s32)*a == AT_FDCWD) {
			text_str(out, "AT_FDCWD");
			return;
		}
		/* fall through */
	case ARG_D:
		text_printf(out, "%d", (s32)*a);
		return;
	case ARG_I:
		text_printf(out, "%lld", (long long)((s64)*a == (u32)*a ? (s32)*a : (s64)*a));
		return;
	case ARG_U:
		text_printf(out, "%llu", (unsigned long long)*a);
		return;
	case ARG_O:
		text_printf(out, "0%o", (u32)*a);
		return;
	case ARG_P:
		put_path(t, out, *a);
		return;
	case ARG_BUF:
		put_bytes(t, out, a[0], a[1]);
		return;
	case ARG_IOV:
		put_iovec(t, out, a[0], a[1]);
		return;
	case ARG_OUT: case ARG_STR:
		if (result >= 0)
			put_bytes(t, out, *a, result);
		else
			put_address(out, *a);
		return;
	case ARG_TS:
		put_timespec(t, out, *a);
		return;
	}
	put_address(out, *a);
}

static void put_result(struct text *out, u8 kind, s64 result)
{
	if (kind == RESULT_NEVER) {
		text_str(out, "?");
	} else if (result == -ERESTARTSYS) {
		text_str(out, "? ERESTARTSYS (To be restarted if SA_RESTART is set)");
	} else if (result < 0 && result >= -4095) {
		for (u32 i = 0; i < COUNT(errors); i++)
			if (errors[i].number == -result)
				text_printf(out, "-1 %s (%s)", errors[i].name, errors[i].text);
	} else if (kind == RESULT_HEX) {
		text_printf(out, "0x%llx", (unsigned long long)result);
	} else {
		text_printf(out, "%lld", (long long)result);
	}
}

static void emit(struct text *out)
{
	/* The newline must not be lost to a full line. */
	if (out->full)
		out->len = out->cap - 2;
	out->at[out->len++] = '\n';
	host_write(2, out->at, out->len, -1);
}

void strace_call(struct task *t, u64 nr, const u64 *a, s64 result)
{
	static const struct syscall unknown = { .args = { ARG_X, ARG_X, ARG_X, ARG_X, ARG_X, ARG_X } };
	const struct syscall *s = nr < SYSCALL_LIMIT && syscalls[nr].name ? &syscalls[nr] : &unknown;
	char line[LINE_SIZE];
	struct text out;

	text_init(&out, line, sizeof(line));
	if (!task_is_alone(t))
		text_printf(&out, "[pid %d] ", t->tid);
	if (s->name)
		text_printf(&out, "%s(", s->name);
	else
		text_printf(&out, "syscall_%llu(", (unsigned long long)nr);
	for (u32 i = 0; i < 6 && s->args[i]; i++) {
		text_str(&out, i ? ", " : "");
		put_arg(t, &out, s->args[i], &a[i], result);
	}
	text_char(&out, ')');
	/* strace lines results up. */
	while (out.len < 39)
		text_char(&out, ' ');
	text_str(&out, " = ");
	put_result(&out, s->result, result);
	emit(&out);
}

void strace_signal(int sig, const struct abi_siginfo *info)
{
	char line[160];
	struct text out;

	text_init(&out, line, sizeof(line));
	text_str(&out, "--- ");
	put_flags(&out, &signal_names, sig);
	text_str(&out, " {si_signo=");
	put_flags(&out, &signal_names, sig);
	text_printf(&out, ", si_code=%d", info->code);
	if (info->code > 0 && info->code < SI_KERNEL)
		text_printf(&out, ", si_addr=0x%llx", (unsigned long long)info->fault.addr);
	else
		text_printf(&out, ", si_pid=%d, si_uid=%u", info->kill.pid, info->kill.uid);
	text_str(&out, "} ---");
	emit(&out);
}

void strace_end(const char *how, u32 number, bool is_signal)
{
	char line[80];
	struct text out;

	text_init(&out, line, sizeof(line));
	text_printf(&out, "+++ %s ", how);
	if (is_signal)
		put_flags(&out, &signal_names, number);
	else
		text_printf(&out, "%u", number);
	text_str(&out, " +++");
	emit(&out);
}
