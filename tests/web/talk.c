/* SPDX-License-Identifier: MIT */
/*
 * The program of page_test.js: `talk WHAT` does one thing that a page must
 * carry to the user and back.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int greet(int argc, char **argv)
{
	char line[128];

	for (int i = 2; i < argc; i++)
		printf("argument %s\n", argv[i]);
	printf("name? ");
	fflush(stdout);
	while (fgets(line, sizeof line, stdin)) {
		printf("hello %s", line);
		fflush(stdout);
	}
	printf("bye\n");
	return 3;
}

static int show(const char *path)
{
	FILE *f = fopen(path, "r");
	int c;

	if (!f) {
		perror(path);
		return 1;
	}
	while ((c = getc(f)) != EOF)
		putchar(c);
	return fclose(f);
}

static int key(void)
{
	struct termios t;
	unsigned char c;

	if (tcgetattr(0, &t))
		return 1;
	t.c_lflag &= ~(ICANON | ECHO);
	if (tcsetattr(0, TCSANOW, &t))
		return 1;
	printf("press a key\n");
	if (read(0, &c, 1) != 1)
		return 1;
	printf("key %d\n", c);
	return 0;
}

static int store(void)
{
	FILE *f = fopen("/tmp/store", "w");

	if (!f || fputs("kept in memory\n", f) < 0 || fclose(f))
		return 1;
	return show("/tmp/store");
}

static void *listen(void *arg)
{
	char line[128];

	if (fgets(line, sizeof line, stdin))
		printf("heard %s", line);
	return arg;
}

/* One thread waits for the keyboard, which keeps nobody else from going on. */
static int threads(void)
{
	pthread_t listener;

	if (pthread_create(&listener, NULL, listen, NULL))
		return 1;
	for (int i = 1; i <= 3; i++) {
		usleep(10000);
		printf("tick %d\n", i);
		fflush(stdout);
	}
	return pthread_join(listener, NULL);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "greet";
	struct winsize size;

	if (!strcmp(what, "show"))
		return show(argv[2]);
	if (!strcmp(what, "key"))
		return key();
	if (!strcmp(what, "store"))
		return store();
	if (!strcmp(what, "threads"))
		return threads();
	if (!strcmp(what, "abort"))
		abort();
	if (!strcmp(what, "size"))
		return ioctl(1, TIOCGWINSZ, &size) ? 1 : printf("size %d\n", size.ws_col > 20) < 0;
	if (!strcmp(what, "spin"))
		for (volatile unsigned n = 0;; n++)
			;
	return greet(argc, argv);
}
