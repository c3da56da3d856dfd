/* SPDX-License-Identifier: MIT */
/*
 * From paths to what WASI understands: a preopened directory, or another that
 * is open, and a path below it.
 *
 * WASI follows the links in a path but lets none lead out of the descriptor it
 * started from, so a path that climbs ("..") out of one is first made absolute
 * by its text and looked up among the preopened ones anew.
 */
#include "wasi.h"

struct named { wasi_fd fd; char *name; };    /* name: absolute, "" for the root */

/* Preopened directories, as they are named to us; then those that were opened. */
static struct named *preopens, *opened;
static u32 preopen_count, opened_count, opened_cap;
static const char *first_cwd = "/";

/* The next part of a path, without the slashes around it; false at its end. */
static bool next_part(const char **at, const char *end, const char **part, u32 *len)
{
	const char *s = *at;

	while (s < end && *s == '/')
		s++;
	*part = s;
	while (s < end && *s != '/')
		s++;
	*len = s - *part;
	*at = s;
	return *len;
}

static bool is_dot(const char *part, u32 len) { return len == 1 && part[0] == '.'; }
static bool is_dots(const char *part, u32 len) { return len == 2 && part[0] == '.' && part[1] == '.'; }

/* Does the path, by its text, lead above where it starts? */
static bool climbs(const char *path, const char *end)
{
	const char *part;
	u32 len;
	s32 depth = 0;

	while (next_part(&path, end, &part, &len)) {
		if (!is_dot(part, len))
			depth += is_dots(part, len) ? -1 : 1;
		if (depth < 0)
			return true;
	}
	return false;
}

/* The parts of a path behind what `t` holds, "/x/y".  With `flat`, ".." takes a part away. */
static void append(struct text *t, const char *path, u32 size, bool flat)
{
	const char *end = path + size, *part;
	u32 len;

	while (next_part(&path, end, &part, &len)) {
		if (is_dot(part, len))
			continue;
		if (flat && is_dots(part, len)) {
			while (t->len && t->at[--t->len] != '/')
				;
			t->at[t->len] = 0;
			continue;
		}
		text_char(t, '/');
		text_mem(t, part, len);
	}
}

/* Below which preopened directory; of several the innermost, of equal ones the last. */
static bool find_preopen(struct where *w, const char *path, u32 len)
{
	const struct named *best = NULL;
	u32 best_len = 0;

	for (u32 i = 0; i < preopen_count; i++) {
		u32 n = strlen(preopens[i].name);
		if (n > len || memcmp(path, preopens[i].name, n) || (path[n] && path[n] != '/') || n < best_len)
			continue;
		if (climbs(path + n, path + len))
			continue;
		best = &preopens[i];
		best_len = n;
	}
	if (!best)
		return false;
	path += best_len;
	len -= best_len;
	while (len && *path == '/')
		path++, len--;
	w->dir = best->fd;
	w->path = len ? path : ".";
	w->len = len ? len : 1;
	return true;
}

static const char *name_of(s32 base)
{
	if (base == BASE_CWD)
		return first_cwd;
	for (u32 i = 0; i < opened_count; i++)
		if (opened[i].name && opened[i].fd == (u32)base)
			return opened[i].name;
	return NULL;
}

/* The absolute path, by its text; NULL: no memory, or nobody knows where it starts. */
static char *absolute(s32 base, const char *path, u32 len, bool flat)
{
	const char *from = len && *path == '/' ? "" : name_of(base);
	u32 cap = from ? strlen(from) + len + 3 : 0;
	char *buf = from ? kalloc(cap) : NULL;
	struct text t;

	if (!buf)
		return NULL;
	text_init(&t, buf, cap);
	append(&t, from, strlen(from), flat);
	append(&t, path, len, flat);
	if (len > 1 && path[len - 1] == '/')
		text_char(&t, '/');
	return buf;
}

s32 where_find(struct where *w, s32 base, const char *path, u32 len)
{
	*w = (struct where){ 0 };
	if (!len)
		return -ENOENT;
	if (*path != '/' && base != BASE_CWD && !climbs(path, path + len)) {
		w->dir = base;
		w->path = path;
		w->len = len;
		return 0;
	}
	for (int flat = 0; flat < 2; flat++) {
		w->owned = absolute(base, path, len, flat);
		if (!w->owned)
			return -ENOENT;
		if (find_preopen(w, w->owned, strlen(w->owned)))
			return 0;
		where_done(w);
	}
	return -ENOENT;
}

void where_done(struct where *w)
{
	kfree(w->owned);
	w->owned = NULL;
}

/* --- directories --- */

void paths_opened(wasi_fd fd, s32 base, const char *path, u32 len)
{
	struct named n = { fd, absolute(base, path, len, true) };
	u32 i = 0;

	while (i < opened_count && opened[i].name)
		i++;
	if (i == opened_cap) {
		u32 cap = opened_cap ? 2 * opened_cap : 16;
		struct named *grown = n.name ? kresize(opened, opened_cap * sizeof(n), cap * sizeof(n)) : NULL;
		if (!grown) {
			kfree(n.name);
			return;
		}
		opened = grown;
		opened_cap = cap;
	}
	opened[i] = n;
	opened_count = max_u64(opened_count, i + 1);
}

void paths_closed(wasi_fd fd)
{
	for (u32 i = 0; i < opened_count; i++)
		if (opened[i].name && opened[i].fd == fd) {
			kfree(opened[i].name);
			opened[i].name = NULL;
		}
}

/* "/", ".", "" are the root; "a/b", "./a/b", "/a/b/" are /a/b. */
static char *preopen_name(wasi_fd fd, u32 len)
{
	char *name = kalloc(len + 1), *plain = kalloc(len + 2);
	struct text t;

	if (!name || !plain || wasi_fd_prestat_dir_name(fd, name, len))
		return NULL;
	text_init(&t, plain, len + 2);
	append(&t, name, len, true);
	kfree(name);
	return plain;
}

static bool is_directory(const char *path)
{
	struct wasi_filestat st;
	struct where w;

	if (where_find(&w, BASE_CWD, path, strlen(path)))
		return false;
	s32 err = wasi_path_filestat_get(w.dir, WASI_LOOKUP_FOLLOW, w.path, w.len, &st);
	where_done(&w);
	return !err && st.filetype == WASI_DIRECTORY;
}

void paths_init(const char *pwd)
{
	struct wasi_prestat st;
	enum { FIRST = 3 };

	for (wasi_fd fd = FIRST; !wasi_fd_prestat_get(fd, &st); fd++) {
		char *name = st.tag ? NULL : preopen_name(fd, st.name_len);
		struct named *grown = name ? kresize(preopens, preopen_count * sizeof(*grown),
		                                     (preopen_count + 1) * sizeof(*grown)) : NULL;
		if (!grown)
			continue;
		preopens = grown;
		preopens[preopen_count++] = (struct named){ fd, name };
	}
	if (pwd && *pwd == '/' && is_directory(pwd))
		first_cwd = pwd;
	else if (preopen_count && !is_directory("/"))
		first_cwd = preopens[0].name;
}

const char *paths_cwd(void) { return first_cwd; }
