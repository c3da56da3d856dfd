/* SPDX-License-Identifier: MIT */
/* The program that is damaged: small, with a jump table and a call through a pointer. */
static int (*volatile handler)(int);

static int twice(int x) { return 2 * x; }

static int choose(int x)
{
	switch (x) {
	case 0: return 7;
	case 1: return handler(3);
	case 2: return 11;
	case 3: return x * 5;
	case 4: return -1;
	case 5: return 13;
	}
	return 0;
}

int main(int argc, char **argv)
{
	handler = twice;
	(void)argv;
	return choose(argc);
}
