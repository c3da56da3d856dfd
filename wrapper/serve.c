/* SPDX-License-Identifier: MIT */
/*
 * aarch64-wasm-serve: serves one directory on 127.0.0.1 with the two headers
 * (COOP, COEP) that make a page cross-origin isolated, without which browsers
 * withhold shared memory and a program in a page cannot wait for its input.
 *
 * A child process for each connection, one request each.  Only GET and HEAD,
 * only files beneath the directory: a path is resolved first (so that neither
 * ".." nor a symbolic link leads out) and then compared with the root.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_HEAD = 16384, CLIENT_SECONDS = 60 };

static const struct { const char *suffix, *type; } mime_types[] = {
	{ ".css",  "text/css; charset=utf-8" },
	{ ".html", "text/html; charset=utf-8" },
	{ ".js",   "text/javascript; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".mjs",  "text/javascript; charset=utf-8" },
	{ ".png",  "image/png" },
	{ ".svg",  "image/svg+xml" },
	{ ".txt",  "text/plain; charset=utf-8" },
	{ ".wasm", "application/wasm" },
};

static const char usage[] =
	"Usage: aarch64-wasm-serve [--port N] [DIRECTORY]\n"
	"Serve DIRECTORY (default: the current one) at http://127.0.0.1:N/ with the\n"
	"headers that pages made by `aarch64-wasm-cc -o prog.html` need.\n"
	"\n"
	"  --port N   listen on port N (default 8080; 0 takes any free one)\n"
	"  --quiet    do not print a line for each request\n"
	"  --help     print this text\n"
	"\n"
	"The first line of output is the address. Stop it with Ctrl-C.\n";

static char root[PATH_MAX];
static bool is_quiet;
static bool has_body = true; /* of the one request a child answers: false for HEAD */

static _Noreturn __attribute__((format(printf, 1, 2))) void die(const char *format, ...)
{
	va_list args;

	fputs("aarch64-wasm-serve: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static const char *mime_type(const char *path)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof mime_types / sizeof *mime_types; i++)
		if (!strcasecmp(dot, mime_types[i].suffix))
			return mime_types[i].type;
	return "application/octet-stream";
}

/* Writes everything or ends the child: a client that left needs no answer. */
static void send_all(int sock, const void *data, size_t size)
{
	const char *p = data;

	while (size) {
		ssize_t n = send(sock, p, size, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(0);
		p += n;
		size -= (size_t)n;
	}
}

static void send_head(int sock, int status, const char *reason, const char *type,
		      const char *extra, long long length)
{
	char head[PATH_MAX * 3 + 1024];
	int n = snprintf(head, sizeof head,
			 "HTTP/1.1 %d %s\r\n"
			 "Content-Type: %s\r\n"
			 "Content-Length: %lld\r\n"
			 "%s"
			 "Cross-Origin-Opener-Policy: same-origin\r\n"
			 "Cross-Origin-Embedder-Policy: require-corp\r\n"
			 "Cross-Origin-Resource-Policy: same-origin\r\n"
			 "X-Content-Type-Options: nosniff\r\n"
			 "Cache-Control: no-cache\r\n"
			 "Connection: close\r\n\r\n",
			 status, reason, type, length, extra);

	send_all(sock, head, (size_t)n);
}

static int send_status(int sock, int status, const char *reason, const char *extra)
{
	char body[128];
	int n = snprintf(body, sizeof body, "%d %s\n", status, reason);

	send_head(sock, status, reason, "text/plain; charset=utf-8", extra, n);
	send_all(sock, body, has_body ? (size_t)n : 0);
	return status;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	     : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Decodes %xx in place and cuts the query off; false for what no file name holds. */
static bool decode_path(char *path)
{
	char *out = path;

	for (char *in = path; *in && *in != '?' && *in != '#'; in++) {
		char c = *in;
		if (c == '%') {
			int high = hex_digit(in[1]), low = high < 0 ? -1 : hex_digit(in[2]);
			if (low < 0)
				return false;
			c = (char)(high << 4 | low);
			in += 2;
		}
		if ((unsigned char)c < 32 || c == 127)
			return false;
		*out++ = c;
	}
	*out = 0;
	return path[0] == '/';
}

static bool is_beneath_root(const char *path)
{
	size_t n = strlen(root);

	return !strncmp(path, root, n) && (n == 1 || path[n] == '/' || !path[n]);
}

/* A file name as it may stand in an attribute and as text: everything unusual as %xx or &#n;. */
static void print_name(FILE *to, const char *name, bool is_link)
{
	for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
		bool is_plain = ((*p | 32) >= 'a' && (*p | 32) <= 'z') || (*p >= '0' && *p <= '9')
			     || strchr("._-", *p);
		if (is_plain || (!is_link && *p >= 128))
			fputc(*p, to);
		else
			fprintf(to, is_link ? "%%%02X" : "&#%u;", *p);
	}
}

static int send_listing(int sock, const char *path)
{
	struct dirent **names;
	int count = scandir(path, &names, NULL, alphasort);
	char *text;
	size_t size;
	FILE *page = open_memstream(&text, &size);

	if (count < 0 || !page)
		return send_status(sock, 403, "Forbidden", "");
	fputs("<!doctype html><html lang=en><meta charset=utf-8><title>Files</title>\n"
	      "<h1>Files</h1>\n<ul>\n", page);
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] == '.')
			continue;
		const char *slash = names[i]->d_type == DT_DIR ? "/" : "";
		fputs("<li><a href=\"", page);
		print_name(page, names[i]->d_name, true);
		fprintf(page, "%s\">", slash);
		print_name(page, names[i]->d_name, false);
		fprintf(page, "%s</a>\n", slash);
	}
	fputs("</ul>\n", page);
	fclose(page);
	send_head(sock, 200, "OK", "text/html; charset=utf-8", "", (long long)size);
	send_all(sock, text, has_body ? size : 0);
	return 200;
}

/* Relative links on a directory's page need its address to end in a slash. */
static int send_redirect(int sock, const char *path)
{
	char *header;
	size_t size;
	FILE *to = open_memstream(&header, &size);

	if (!to)
		return send_status(sock, 500, "Internal Server Error", "");
	fputs("Location: ./", to);
	print_name(to, strrchr(path, '/') + 1, true);
	fputs("/\r\n", to);
	fclose(to);
	return send_status(sock, 301, "Moved Permanently", header);
}

static int send_file(int sock, int fd, const char *path, long long size)
{
	send_head(sock, 200, "OK", mime_type(path), "", size);
	while (has_body && size > 0) {
		ssize_t n = sendfile(sock, fd, NULL, (size_t)size);
		if (n <= 0 && errno != EINTR)
			break;
		size -= n > 0 ? n : 0;
	}
	return 200;
}

/* Answers a request for an already decoded path; returns the status sent. */
static int answer(int sock, const char *path)
{
	char full[PATH_MAX * 2], real[PATH_MAX];
	struct stat st;

	if (snprintf(full, sizeof full, "%s%s", root, path) >= PATH_MAX)
		return send_status(sock, 414, "URI Too Long", "");
	if (!realpath(full, real) || !is_beneath_root(real))
		return send_status(sock, 404, "Not Found", "");
	if (!stat(real, &st) && S_ISDIR(st.st_mode)) {
		if (path[strlen(path) - 1] != '/')
			return send_redirect(sock, path);
		if (strlen(real) + sizeof "/index.html" > sizeof real)
			return send_status(sock, 414, "URI Too Long", "");
		strcat(real, "/index.html");
		if (access(real, R_OK)) {
			*strrchr(real, '/') = 0;
			return send_listing(sock, *real ? real : "/");
		}
	}
	/* O_NONBLOCK: opening a FIFO must not wait for its writer. */
	int fd = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return send_status(sock, 403, "Forbidden", "");
	return send_file(sock, fd, real, st.st_size);
}

/* Reads one request's head into buf; false when it is too long or the client left. */
static bool read_head(int sock, char *buf, size_t size)
{
	size_t have = 0;

	while (have < size - 1) {
		ssize_t n = recv(sock, buf + have, size - 1 - have, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		have += (size_t)n;
		buf[have] = 0;
		if (strlen(buf) == have && strstr(buf, "\r\n\r\n"))
			return true;
	}
	return false;
}

static void serve_client(int sock)
{
	char head[MAX_HEAD], method[8], version[16];
	char *path = malloc(MAX_HEAD);
	int status;

	alarm(CLIENT_SECONDS);
	if (!path || !read_head(sock, head, sizeof head))
		status = send_status(sock, 400, "Bad Request", "");
	else if (sscanf(head, "%7s %16383s %15s", method, path, version) != 3
		 || strncmp(version, "HTTP/1.", 7) || !decode_path(path))
		status = send_status(sock, 400, "Bad Request", "");
	else if (strcmp(method, "GET") && strcmp(method, "HEAD"))
		status = send_status(sock, 405, "Method Not Allowed", "Allow: GET, HEAD\r\n");
	else {
		has_body = !strcmp(method, "GET");
		status = answer(sock, path);
	}
	if (!is_quiet && path)
		fprintf(stderr, "%d %s\n", status, status == 400 ? "(not a request)" : path);
	/* Tell the client first: unread input would turn close() into a reset. */
	shutdown(sock, SHUT_WR);
	while (recv(sock, head, sizeof head, 0) > 0)
		;
	_exit(0);
}

static int listen_on(int port)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof addr;
	int on = 1, sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (sock < 0 || setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)
	    || bind(sock, (struct sockaddr *)&addr, size) || listen(sock, 64)
	    || getsockname(sock, (struct sockaddr *)&addr, &size))
		die("cannot listen on 127.0.0.1:%d: %s", port, strerror(errno));
	printf("http://127.0.0.1:%d/\n", ntohs(addr.sin_port));
	fflush(stdout);
	return sock;
}

static int parse_port(const char *text)
{
	char *end;
	long port = text && *text ? strtol(text, &end, 10) : -1;

	if (port < 0 || port > 65535 || *end)
		die("--port wants a number from 0 to 65535, not '%s'", text ? text : "");
	return (int)port;
}

int main(int argc, char **argv)
{
	const char *directory = NULL;
	int port = 8080;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return fputs(usage, stdout) < 0;
		else if (!strcmp(argv[i], "--quiet"))
			is_quiet = true;
		else if (!strncmp(argv[i], "--port=", 7))
			port = parse_port(argv[i] + 7);
		else if (!strcmp(argv[i], "--port"))
			port = parse_port(argv[++i < argc ? i : argc]);
		else if (argv[i][0] == '-' || directory)
			die("unexpected argument '%s' (see --help)", argv[i]);
		else
			directory = argv[i];
	}
	struct stat st;
	if (!realpath(directory ? directory : ".", root) || stat(root, &st))
		die("%s: %s", directory ? directory : ".", strerror(errno));
	if (!S_ISDIR(st.st_mode))
		die("%s: not a directory", directory);

	int sock = listen_on(port);
	signal(SIGCHLD, SIG_IGN); /* children leave no zombies */
	for (;;) {
		int client = accept4(sock, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0)
			continue;
		pid_t child = fork();
		if (!child)
			serve_client(client);
		close(client);
	}
}
