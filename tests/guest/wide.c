/* SPDX-License-Identifier: MIT */
/* Wide and multibyte characters in UTF-8; locale-bound functions; iconv. */
#include <iconv.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

int main(void)
{
	wchar_t wide[50];
	char text[100];

	printf("%s\n", setlocale(LC_ALL, "C.UTF-8") ? "set" : "not set");
	printf("%zu\n", mbstowcs(wide, "na\xc3\xafve \xe2\x82\xac 100", 50));
	printf("%x %x %zu\n", wide[2], wide[6], wcslen(wide));
	for (wchar_t *w = wide; *w; w++)
		*w = towupper(*w);
	printf("%ls|%5.3ls|%zu\n", wide, wide, wcstombs(text, wide, 100));
	printf("%d %d %d\n", iswalpha(0xe9) != 0, wcwidth(0x4e00), iswspace(0x2003) != 0);
	swprintf(wide, 50, L"%d %ls %f", 42, L"wide", 2.5);
	printf("%ls %d\n", wide, wcscmp(wide, L"42 wide"));
	printf("%ld %g\n", wcstol(L"123abc", NULL, 10), wcstod(L"2.5e3", NULL));
	iconv_t c = iconv_open("ISO-8859-1", "UTF-8");
	char in[] = "\xc3\xa9t\xc3\xa9", *from = in, *to = text;
	size_t left = strlen(in), room = sizeof text;
	size_t odd = iconv(c, &from, &left, &to, &room);
	printf("%zd %zu %02x %02x\n", odd, (size_t)(to - text), (unsigned char)text[0], (unsigned char)text[2]);
	iconv_close(c);
	mbstate_t state = { 0 };
	printf("%zd %zd\n", mbrlen("\xe2", 1, &state), mbrlen("\x28", 1, &state));
	printf("%s\n", localeconv()->decimal_point);
	return 0;
}
