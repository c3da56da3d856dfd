# SPDX-License-Identifier: MIT
#
# What links no executable is the real compiler's, byte for byte: output,
# messages, files and exit status.
. "$(dirname "$0")/lib.sh"

setup() {
    mkdir -p "$1/sub dir"
    hello >"$1/a.c"
    echo 'int f(void) { return 7; }' >"$1/b.c"
    echo 'int f(void) { return 7 }' >"$1/bad.c"
    echo 'int g(int x) { return x / 0 + undeclared_thing; }' >"$1/warn.c"
    echo '#define N 5' >"$1/h.h"
    printf '.globl f\nf: ldadd x0, x1, [x2]\n ret\n' >"$1/s.S"
    echo '-c "sub dir/q.c" -O2 @inner' >"$1/args"
    echo "-DX='a b' -DY=\\\"c\\\"" >"$1/inner"
    echo 'const char *x = Y; int X_is;' >"$1/sub dir/q.c"
    echo '@loop' >"$1/loop"
}

# pass ARGUMENTS...
pass() {
    rm -rf r o
    setup d # both in one place: paths are in objects
    (cd d && real "$@" <a.c >../r.out 2>../r.err; echo $? >../r.status)
    mv d r
    setup d
    (cd d && aarch64-wasm-cc "$@" <a.c >../o.out 2>../o.err; echo $? >../o.status)
    mv d o
    for part in out err status; do
        plain r.$part >r.plain
        plain o.$part >o.plain
        check "$* : $part" cmp r.plain o.plain
    done
    for gch in r/*.gch o/*.gch; do # no two runs of gcc make the same one
        [ ! -s "$gch" ] || : >"$gch"
    done
    check "$* : files" diff -r r o
}

while read -r line; do
    eval "pass $line"
done <<'EOF'
-c a.c
-c a.c -o other.o
-ca.c
-c a.c b.c
-c -O3 -g a.c -save-temps
-c -MD a.c
-c -MMD -MF deps -MT target a.c
-S a.c -o -
-S -fverbose-asm -O2 b.c
-E a.c
-E - 
-E -dM - -
-x c -c - -o from_stdin.o
-x c -E -
-x assembler-with-cpp -c s.S
-c s.S
-M a.c
-MM a.c
-MM -MG -include missing.h b.c
-fsyntax-only warn.c
-fsyntax-only -Wall a.c
-c bad.c
-c warn.c
-c missing.c
h.h
-c h.h
-x c-header h.h -o pre.gch
-r a.c -o rel.o
-shared -fPIC -nostdlib b.c -o libb.so
-shared -fPIC b.c -o libb.so
-print-prog-name=ld
-print-libgcc-file-name
-print-file-name=libc.a
-print-search-dirs
-print-multi-lib
-print-sysroot
-dumpversion
-dumpfullversion
-dumpspecs
--version
--target-help
--help=target
-v
-v -c a.c
-### -c a.c
-E -v - 
""
-c
-o
-x
-unknown-option
-c -fno-such-thing a.c
-c @args -o q.o
@args
-c @inner a.c
@missing -c a.c
@loop
-c -mcpu=cortex-a72 a.c
-c -march=armv8.2-a+fp16 a.c
-c -Wp,-MD,deps a.c
-c -Wa,-L a.c
-Xlinker
-c -DNAME="two words" -I"sub dir" a.c
EOF

# Where the user names the architecture ours is not said (gcc would warn); that changes nothing else.
aarch64-wasm-cc '-###' -c o/a.c -mcpu=cortex-a72 2>err
check "-mcpu: no -march of ours" sh -c '! grep -q armv8-a+lse err'

same "-dumpmachine" aarch64-unknown-linux-musl "$(aarch64-wasm-cc -dumpmachine)"
same "-dumpmachine of the C++ compiler" "$(aarch64-linux-gnu-g++ -dumpmachine)" "$(aarch64-wasm-c++ -dumpmachine)"
check "our options are not gcc's" aarch64-wasm-cc -mlift=never -mrelaxed-nan -c o/a.c -o x.o
echo '-mlift=never -c' >own
check "our options in a response file" aarch64-wasm-cc @own o/a.c -o y.o
check "our options change no object" cmp x.o y.o
leaves_nothing "compiling"
finish
