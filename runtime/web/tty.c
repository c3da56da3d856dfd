/* SPDX-License-Identifier: MIT */
/*
 * The page's terminal: Linux's line discipline (termios(3)) between the keys
 * that xterm.js sends and what the program reads, and between what it writes
 * and what xterm.js shows.
 *
 * Keys are taken only while the program reads, so a line typed ahead is echoed
 * when its turn comes.  Signals from keys are the page's business.
 */
#include "runtime/kernel/abi.h"
#include "page.h"

enum {
	INLCR = 0100, IGNCR = 0200, ICRNL = 0400,
	OPOST = 01, ONLCR = 04,
	ISIG = 01, ICANON = 02, ECHO = 010, ECHOE = 020, ECHOK = 040, ECHONL = 0100, ECHOCTL = 01000,
	ECHOKE = 04000, IEXTEN = 0100000,
	VERASE = 2, VKILL = 3, VEOF = 4, VMIN = 6, VEOL = 11, VWERASE = 14, VEOL2 = 16,
	LINE_MAX = 4096, QUEUE_SIZE = 65536, OUT_SIZE = 2 * SCRATCH_SIZE,
};

/* What a Linux terminal starts with. */
static struct abi_termios mode = {
	.iflag = ICRNL | 02000 /* IXON */, .oflag = OPOST | ONLCR, .cflag = 0277,
	.lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.cc = { 3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22 },
};

bool tty_is_input = true;

static u8 queue[QUEUE_SIZE];   /* ready to be read: whole lines, or all keys without ICANON */
static u32 queue_len;
static u32 line_ends;          /* lines in the queue; an end of file counts as an empty one */
static u8 line[LINE_MAX];      /* being edited */
static u32 line_len;
static u8 out[OUT_SIZE];       /* for the screen */
static u32 out_len;

/* Ends a line in the queue at an end-of-file key; never typed. */
enum { END_OF_FILE = 0xff };

static void show(u8 c)
{
	if (c == '\n' && (mode.oflag & (OPOST | ONLCR)) == (OPOST | ONLCR) && out_len < OUT_SIZE)
		out[out_len++] = '\r';
	if (out_len < OUT_SIZE)
		out[out_len++] = c;
}

static bool is_control(u8 c) { return (c < 32 && c != '\t' && c != '\n') || c == 127; }

static void echo(u8 c)
{
	if (!(mode.lflag & ECHO) && !(c == '\n' && mode.lflag & ECHONL && mode.lflag & ICANON))
		return;
	if (is_control(c) && mode.lflag & ECHOCTL) {
		show('^');
		show(c ^ 0100);
	} else {
		show(c);
	}
}

/* Takes the last character off the line: all bytes of its UTF-8 form, one column on the screen. */
static void erase_one(void)
{
	if (!line_len)
		return;
	while (line_len && (line[line_len - 1] & 0xc0) == 0x80)
		line_len--;
	u8 c = line_len ? line[--line_len] : 0;
	u32 columns = is_control(c) && mode.lflag & ECHOCTL ? 2 : 1;
	for (u32 n = 0; mode.lflag & ECHO && n < columns; n++) {
		show('\b');
		show(' ');
		show('\b');
	}
}

static void erase_word(void)
{
	while (line_len && line[line_len - 1] == ' ')
		erase_one();
	while (line_len && line[line_len - 1] != ' ')
		erase_one();
}

/* Moves the edited line into the queue. */
static void line_done(void)
{
	u32 room = QUEUE_SIZE - queue_len;
	u32 n = line_len < room ? line_len : room;

	memcpy(queue + queue_len, line, n);
	queue_len += n;
	line_len = 0;
	line_ends++;
}

static void key_canonical(u8 c)
{
	if (c == mode.cc[VERASE] || c == '\b') {
		erase_one();
	} else if (c == mode.cc[VKILL]) {
		while (line_len)
			erase_one();
	} else if (c == mode.cc[VWERASE] && mode.lflag & IEXTEN) {
		erase_word();
	} else if (c == mode.cc[VEOF]) {
		if (!line_len)
			line[line_len++] = END_OF_FILE;
		line_done();
	} else if (line_len < LINE_MAX - 1 || c == '\n') {
		echo(c);
		line[line_len++] = c;
		if (c == '\n' || (c && (c == mode.cc[VEOL] || c == mode.cc[VEOL2])))
			line_done();
	}
}

static void key(u8 c)
{
	if (c == '\r' && mode.iflag & IGNCR)
		return;
	if (c == '\r' && mode.iflag & ICRNL)
		c = '\n';
	else if (c == '\n' && mode.iflag & INLCR)
		c = '\r';
	if (mode.lflag & ICANON) {
		key_canonical(c);
	} else if (queue_len < QUEUE_SIZE) {
		echo(c);
		queue[queue_len++] = c;
	}
}

/* Keys from the page; what they echo is then to be fetched with tty_shown. */
PAGE_EXPORT(tty_keys) void tty_keys(const u8 *keys, u32 len)
{
	out_len = 0;
	for (u32 n = 0; n < len; n++)
		key(keys[n]);
}

/* What the program writes, made ready for the screen; at most SCRATCH_SIZE bytes. */
PAGE_EXPORT(tty_write) void tty_write(const u8 *from, u32 len)
{
	out_len = 0;
	for (u32 n = 0; n < len; n++)
		show(from[n]);
}

PAGE_EXPORT(tty_shown) u8 *tty_shown(void) { return out; }
PAGE_EXPORT(tty_shown_len) u32 tty_shown_len(void) { return out_len; }

static void queue_drop(u32 n)
{
	memmove(queue, queue + n, queue_len - n);
	queue_len -= n;
}

/*
 * What a read gets: bytes, 0 at the end of the file, -EAGAIN while more keys
 * must come.
 */
PAGE_EXPORT(tty_read) s32 tty_read(u8 *to, u32 len)
{
	if (!(mode.lflag & ICANON)) {
		if (!queue_len)
			return mode.cc[VMIN] ? -EAGAIN : 0;
		u32 n = len < queue_len ? len : queue_len;
		memcpy(to, queue, n);
		queue_drop(n);
		line_ends = 0;
		return (s32)n;
	}
	if (!line_ends)
		return -EAGAIN;
	if (queue_len && queue[0] == END_OF_FILE) {
		queue_drop(1);
		line_ends--;
		return 0;
	}
	u32 n = 0;
	while (n < len && n < queue_len) {
		u8 c = to[n] = queue[n];
		n++;
		if (c == '\n') {
			line_ends--;
			break;
		}
	}
	queue_drop(n);
	if (!queue_len)
		line_ends = 0;
	return (s32)n;
}

PAGE_EXPORT(tty_get) void tty_get(struct abi_termios *to) { *to = mode; }

/* when 2: also forgets what was typed and not read (tcsetattr(3), TCSAFLUSH). */
PAGE_EXPORT(tty_set) void tty_set(u32 when, const struct abi_termios *from)
{
	bool was_canonical = mode.lflag & ICANON;

	mode = *from;
	if (when == 2)
		queue_len = line_ends = line_len = 0;
	else if (was_canonical && !(mode.lflag & ICANON))
		line_done();
}

/* Input is a text given beforehand: the standard input is no terminal. */
PAGE_EXPORT(tty_no_input) void tty_no_input(void) { tty_is_input = false; }
