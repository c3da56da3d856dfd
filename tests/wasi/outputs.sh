# SPDX-License-Identifier: MIT
#
# What an x.wasm is, and what goes in and out besides files.
. "$(dirname "$0")/lib.sh"

cat >hello.c <<'EOF'
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char line[100];
    unsigned char chance[16] = { 0 };
    struct timespec before, after;

    for (int i = 1; i < argc; i++)
        printf("[%s]", argv[i]);
    printf("\nGREETING=%s\n", getenv("GREETING"));
    while (fgets(line, sizeof line, stdin))
        printf("<%s", line);
    errno = 0;
    printf("fork %d: %s\n", (int)fork(), strerror(errno));
    if (getrandom(chance, sizeof chance, 0) != sizeof chance || !memcmp(chance, chance + 8, 8))
        puts("no chance");
    clock_gettime(CLOCK_MONOTONIC, &before);
    usleep(20000);
    clock_gettime(CLOCK_MONOTONIC, &after);
    if ((after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec < 20000000)
        puts("no sleep");
    if (time(NULL) < 1700000000)
        puts("no time");
    printf("outside: %s\n", fopen("../../etc/passwd", "r") ? "is there" : strerror(errno));
    printf("terminal: %d%d%d\n", isatty(0), isatty(1), isatty(2));
    fflush(stdout);
    fputs("to stderr\n", stderr);
    if (argc > 1 && !strcmp(argv[1], "abort"))
        abort();
    if (argc > 1 && !strcmp(argv[1], "kill"))
        raise(SIGTERM);
    return argc > 1 && !strcmp(argv[1], "none") ? 0 : 42;
}
EOF
cc -O2 hello.c -o hello.wasm
printf 'first\nsecond\n' | GREETING=hello wasi hello.wasm one "two words" "" >out 2>err
same "exit status" 42 $?
same "standard output" "[one][two words][]
GREETING=hello
<first
<second
fork -1: Function not implemented
outside: No such file or directory
terminal: 000" "$(cat out)"
same "standard error" "to stderr" "$(cat err)"
wasi hello.wasm none </dev/null >out 2>&1
same "success" 0 $?
wasi hello.wasm abort </dev/null >out 2>&1
same "abort()" 134 $?
wasi hello.wasm kill </dev/null >out 2>&1
same "killed by a signal" 143 $?

shape() {
    "$NODE" -e 'const m = new WebAssembly.Module(fs.readFileSync(process.argv[1]));
        console.log(WebAssembly.Module.exports(m).map((e) => `${e.name}:${e.kind}`).sort().join(),
                    [...new Set(WebAssembly.Module.imports(m).map((i) => i.module))].join())' "$1"
}
same "exports and imports" "_start:function,memory:memory wasi_snapshot_preview1" "$(shape hello.wasm)"

# From an ELF that is there already, and from a program of ours.
cc -O2 hello.c -o hello.elf && aarch64-wasm-lift -mlift="$mode" hello.elf -o lifted.wasm
check "the same from an ELF" cmp hello.wasm lifted.wasm
cc -O2 hello.c -o hello && aarch64-wasm-lift -mlift="$mode" hello -o again.wasm
GREETING=again wasi again.wasm </dev/null >out 2>err
same "from a program" "42 GREETING=again" "$? $(grep GREET out)"
same "one file" "hello.wasm" "$(echo hello.*wasm*)"

# The page's and the script's wasm file is another one.
cc -O2 hello.c -o script.js
same "x.js" 42 "$("$NODE" script.js </dev/null >/dev/null 2>&1; echo $?)"

cc -O2 -save-temps hello.c -o kept.wasm
same "-save-temps" "$([ "$mode" = never ] || echo kept.lifted.wasm)" "$(ls | grep kept.lifted.wasm)"
check "-save-temps: the ELF" cmp kept.elf hello.elf
wasi kept.wasm </dev/null >out 2>err
same "-save-temps: runs" 42 $?
rm kept.*
leaves_nothing "writing modules"
finish
