# SPDX-License-Identifier: MIT
#
# Programs from end to end, interpreted and lifted: what the shell sees of them
# is what it sees of the same program on Linux.
. "$(dirname "$0")/lib.sh"

cat >a.c <<'EOF'
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	char cwd[4096];
	int c;

	if (!strcmp(what, "argv"))
		for (int i = 0; i < argc; i++)
			printf("[%s]", argv[i]);
	else if (!strcmp(what, "env"))
		for (char **e = environ; *e; e++)
			printf("%s\n", *e);
	else if (!strcmp(what, "cwd"))
		puts(getcwd(cwd, sizeof cwd));
	else if (!strcmp(what, "cat"))
		while ((c = getchar()) != EOF)
			putchar(c);
	else if (!strcmp(what, "exit"))
		return atoi(argv[2]);
	else if (!strcmp(what, "raise"))
		raise(atoi(argv[2]));
	else if (!strcmp(what, "abort"))
		abort();
	else if (!strcmp(what, "stderr"))
		fprintf(stderr, "to stderr\n");
	else if (!strcmp(what, "fd"))
		c = write(atoi(argv[2]), "to fd\n", 6);
	else if (!strcmp(what, "file"))
		c = write(open("made", O_CREAT | O_WRONLY, 0666), "x", 1);
	return fflush(stdout) ? 1 : 0;
}
EOF

aarch64-wasm-cc -O2 a.c -o a.elf
modes=-mlift=never
[ ! -x "$AW_LIBEXEC/lift" ] || modes="$modes -mlift=always"
for mode in $modes; do
    rm -f prog made
    aarch64-wasm-cc -O2 $mode a.c -o prog || bad "$mode"
    same "$mode argv" "[./prog][argv][][a b][--][-e]" "$(./prog argv '' 'a b' -- -e)"
    bytes=$(printf 'x\377\376y')
    check "$mode argv: any bytes" [ "$(./prog argv "$bytes" | od -c)" = "$(printf '[./prog][argv][%s]' "$bytes" | od -c)" ]
    same "$mode argv[0]" "[zero][argv]" "$(bash -c 'exec -a zero ./prog argv')"
    same "$mode environment" "B=1 NODE_OPTIONS=--bad A= C=x y" "$(env -i B=1 NODE_OPTIONS=--bad A= 'C=x y' ./prog env | xargs)"
    same "$mode empty environment" "" "$(env -i ./prog env)"
    mkdir -p dir
    same "$mode cwd" "$PWD/dir" "$(cd dir && ../prog cwd)"
    same "$mode pipe" "$(cksum <a.c)" "$(./prog cat <a.c | ./prog cat | cksum)"
    same "$mode big pipe" "$(head -c 3000000 /dev/zero | cksum)" "$(head -c 3000000 /dev/zero | ./prog cat | cksum)"
    same "$mode end of input" "" "$(./prog cat </dev/null)"
    for status in 0 1 42 255; do
        ./prog exit $status
        same "$mode exit $status" $status $?
    done
    for signal in 1 2 9 13 15 10; do
        sh -c "./prog raise $signal; exit \$?" 2>/dev/null
        same "$mode signal $signal" $((128 + signal)) $?
    done
    sh -c './prog abort; exit $?' 2>/dev/null
    same "$mode abort" 134 $?
    same "$mode stderr" "to stderr" "$(./prog stderr 2>&1 >/dev/null)"
    same "$mode inherited descriptor" "to fd" "$(./prog fd 7 7>&1 >/dev/null)"
    (umask 027; ./prog file)
    same "$mode umask" 640 "$(stat -c %a made)"
    ./prog cat <a.c | head -1 >/dev/null
    same "$mode closed pipe" 0 $?
    (for i in 1 2 3 4; do ./prog argv $i >par.$i & done; wait)
    same "$mode in parallel" "[./prog][argv][1] [./prog][argv][4]" "$(cat par.1) $(cat par.4)"
    strip prog
    same "$mode after strip" "[./prog][argv]" "$(./prog argv)"
    install -s prog installed
    same "$mode after install -s" "[./installed][argv]" "$(./installed argv)"
    aarch64-wasm-strip prog
    same "$mode after our strip" "[./prog][argv]" "$(./prog argv)"
    aarch64-wasm-cc -O2 $mode a.c -o x.js
    same "$mode x.js" "$PWD/x.js argv" "$(node x.js argv '' | sed 's/[][]/ /g' | xargs)"
    node x.js exit 3
    same "$mode x.js: exit status" 3 $?
    aarch64-wasm-cc -O2 $mode a.c -o y.mjs
    same "$mode y.mjs" "text" "$(echo text | node y.mjs cat)"
done
finish
