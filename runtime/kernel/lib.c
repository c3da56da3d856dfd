/* SPDX-License-Identifier: MIT */
/*
 * The string functions of a freestanding build (clang calls memcpy, memset and
 * friends on its own account, too), and bounded text.
 */
#include "lib.h"

#ifdef __wasm__
/* -mbulk-memory turns these builtins into one instruction each. */
void *memcpy(void *to, const void *from, size_t n) { return __builtin_memcpy(to, from, n); }
void *memmove(void *to, const void *from, size_t n) { return __builtin_memmove(to, from, n); }
void *memset(void *to, int c, size_t n) { return __builtin_memset(to, c, n); }

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

void *memchr(const void *p, int c, size_t n)
{
	for (const u8 *s = p; n; n--, s++)
		if (*s == (u8)c)
			return (void *)s;
	return NULL;
}

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return (u8)*a - (u8)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n && *a && *a == *b; a++, b++, n--)
		;
	return n ? (u8)*a - (u8)*b : 0;
}

char *strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			return NULL;
	}
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	for (;; s++) {
		if (*s == (char)c)
			last = s;
		if (!*s)
			return (char *)last;
	}
}
#endif

char *kstrdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = kalloc(n);

	if (copy)
		memcpy(copy, s, n);
	return copy;
}

void text_init(struct text *t, char *buf, u32 cap)
{
	*t = (struct text){ .at = buf, .cap = cap };
	buf[0] = 0;
}

void text_mem(struct text *t, const void *p, u32 len)
{
	if (len > t->cap - 1 - t->len) {
		len = t->cap - 1 - t->len;
		t->full = true;
	}
	memcpy(t->at + t->len, p, len);
	t->len += len;
	t->at[t->len] = 0;
}

void text_char(struct text *t, char c) { text_mem(t, &c, 1); }
void text_str(struct text *t, const char *s) { text_mem(t, s, strlen(s)); }

static void text_number(struct text *t, u64 n, u32 base, bool negative, u32 width, bool zeros, bool left)
{
	char digits[24];
	u32 count = 0;

	do
		digits[count++] = "0123456789abcdef"[n % base];
	while (n /= base);

	u32 used = count + negative, fill = width > used ? width - used : 0;
	if (negative && zeros)
		text_char(t, '-');
	for (u32 i = 0; !left && i < fill; i++)
		text_char(t, zeros ? '0' : ' ');
	if (negative && !zeros)
		text_char(t, '-');
	while (count)
		text_char(t, digits[--count]);
	for (u32 i = 0; left && i < fill; i++)
		text_char(t, ' ');
}

static void text_padded(struct text *t, const char *s, u32 width, bool left)
{
	u32 len = strlen(s);

	for (u32 i = len; !left && i < width; i++)
		text_char(t, ' ');
	text_str(t, s);
	for (u32 i = len; left && i < width; i++)
		text_char(t, ' ');
}

void text_vprintf(struct text *t, const char *f, va_list args)
{
	for (; *f; f++) {
		if (*f != '%') {
			text_char(t, *f);
			continue;
		}
		bool left = false, zeros = false, wide = false;
		u32 width = 0;
		for (f++; *f == '-' || *f == '0'; f++) {
			left |= *f == '-';
			zeros |= *f == '0';
		}
		for (; *f >= '0' && *f <= '9'; f++)
			width = width * 10 + (*f - '0');
		for (; *f == 'l'; f++)
			wide = true;
		switch (*f) {
		case 's':
			text_padded(t, va_arg(args, const char *), width, left);
			break;
		case 'c':
			text_char(t, va_arg(args, int));
			break;
		case 'd': {
			s64 n = wide ? va_arg(args, long long) : va_arg(args, int);
			text_number(t, n < 0 ? -(u64)n : (u64)n, 10, n < 0, width, zeros, left);
			break;
		}
		case 'u': case 'x': case 'o': {
			u64 n = wide ? va_arg(args, unsigned long long) : va_arg(args, unsigned);
			u32 base = *f == 'u' ? 10 : *f == 'x' ? 16 : 8;
			text_number(t, n, base, false, width, zeros, left);
			break;
		}
		default:
			text_char(t, *f);
		}
	}
}

void text_printf(struct text *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprintf(t, format, args);
	va_end(args);
}

bool scan_u64(const char **s, u64 *out)
{
	const char *p = *s;
	u64 n = 0;

	if (*p < '0' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		if (n > (UINT64_MAX - 9) / 10)
			return false;
		n = n * 10 + (*p - '0');
	}
	*s = p;
	*out = n;
	return true;
}
