/* SPDX-License-Identifier: MIT */
/* Computed goto as the file does not tell of it: by distances, by a table that changes.  Such jumps may be interpreted. */
#include <stdio.h>

/* Distances to a label, kept where nobody finds them before the program runs; no frame, and more values than arguments. */
static __attribute__((noinline)) int by_distance(int n, int *distance, const int *v)
{
	static void *const label[] = { &&add, &&sub, &&mul, &&done };
	void *base = &&add;
	int a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];

	for (int i = 0; i < n; i++)
		distance[i] = (char *)label[distance[i]] - (char *)base;
	goto *(base + *distance);
add:	distance++; a += b; b += c; c += d; d += e; e += f; f += g; g += h; h += a;
	goto *(base + *distance);
sub:	distance++; a -= h; h -= g; g -= f; f -= e; e -= d; d -= c; c -= b; b -= a;
	goto *(base + *distance);
mul:	distance++; a *= 3; b *= 5; c *= 7; d *= 9; e *= 11; f *= 13; g *= 17; h *= 19;
	goto *(base + *distance);
done:	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

/* A table that changes. */
static __attribute__((noinline)) int exchanged(const int *code, int exchange)
{
	static void *label[] = { &&one, &&two, &&done };
	int x = 1;

	if (exchange) {
		void *t = label[0];
		label[0] = label[1];
		label[1] = t;
		return 0;
	}
	goto *label[*code++];
one:	x = x * 10 + 1;
	goto *label[*code++];
two:	x = x * 7 + 2;
	goto *label[*code++];
done:	return x;
}

int main(void)
{
	static const int turns[] = { 0, 1, 1, 0, 2 };
	int distance[] = { 0, 2, 1, 0, 0, 1, 2, 0, 3 };
	static const int values[] = { 1, 20, 300, 4000, 50000, 6, 70, 800 };

	printf("%d\n", by_distance(sizeof distance / sizeof *distance, distance, values));
	printf("%d\n", exchanged(turns, 0));
	exchanged(turns, 1);
	printf("%d\n", exchanged(turns, 0));
	return 0;
}
