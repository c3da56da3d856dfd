# SPDX-License-Identifier: MIT
#
# The guest ELF of a link, and everything gcc writes beside it, are what the
# real compiler makes.
. "$(dirname "$0")/lib.sh"
AARCH64_WASM_LIFT=never # it is about what is linked
export AARCH64_WASM_LIFT

setup() {
    mkdir -p "$1/o" "$1/with space"
    hello >"$1/a.c"
    echo 'int main(void) { return f() - 7; } ' | sed '1i int f(void);' >"$1/m.c"
    echo 'int f(void) { return 7; }' >"$1/b.c"
    cp "$1/m.c" "$1/with space/m.c"
    echo '-O2 "with space/m.c" b.c' >"$1/args"
    echo '#include <math.h>
#include <stdlib.h>
int main(int c, char **v) { return (int)sin(atof(v[c - 1])); }' >"$1/math.c"
}

# same_link OUTPUT ARGUMENTS...: with -o OUTPUT.elf for us, the same name for gcc.
same_link() {
    setup d
    (cd d && real -no-pie -static "$@" >../r.out 2>../r.err; echo $? >../r.status)
    rm -rf r o
    mv d r
    setup d
    (cd d && aarch64-wasm-cc "$@" >../o.out 2>../o.err; echo $? >../o.status)
    mv d o
    for part in out err status; do
        plain r.$part >r.plain
        plain o.$part >o.plain
        check "$* : $part" cmp r.plain o.plain
    done
    for map in r/map o/map; do
        [ ! -e $map ] || plain $map | grep -v '^OUTPUT' >$map.plain
        rm -f $map
    done
    check "$* : files" diff -r r o
    leaves_nothing "$*"
}

while read -r line; do
    eval "same_link $line"
done <<'EOF'
a.c -o a.elf
-oa.elf a.c
a.c -o o/a.elf -O2 -s
m.c b.c -o o/m.elf -MD
m.c b.c -o o/m.elf -MMD -MF deps
m.c b.c -o o/m.elf -MMD -MT it
@args -o o/m.elf
a.c -o o/a.elf -fstack-usage -gsplit-dwarf -O1
math.c -lm -o o/math.elf
math.c -l m -o o/math.elf
-x c a.c -o a.elf -Wl,-Map=map
m.c -o m.elf
a.c missing.c -o a.elf
missing.o -o a.elf
-flto -O2 m.c b.c -o m.elf
-static-pie -fPIE a.c -o a.elf
EOF

# An output that is no executable, though nothing on the command line says so.
setup d
cd d || exit 1
aarch64-wasm-cc -Wl,-r -nostdlib b.c -o rel
same "-Wl,-r leaves an object" REL "$(aarch64-wasm-readelf -h rel | sed -n 's/^ *Type: *\([A-Z]*\).*/\1/p')"

# The names of the temporaries' kind, with -save-temps.
real -static -no-pie m.c b.c -o expected.elf
for where in '' =obj =cwd; do
    mkdir -p real/o ours/o
    (cd real && real -static -no-pie -save-temps$where ../m.c ../b.c -o o/m)
    (cd ours && aarch64-wasm-cc -mlift=never -save-temps$where ../m.c ../b.c -o o/m)
    dir=ours/o
    [ "$where" != =cwd ] || dir=ours
    check "-save-temps$where keeps the ELF" cmp $dir/m.elf expected.elf
    rm -f $dir/m.elf real/o/m ours/o/m
    check "-save-temps$where" diff -r real ours
    rm -r real ours
done

# A program linked with a shared library that has an archive beside it.
real -c b.c
aarch64-wasm-ar rc libb.a b.o
real -shared -fPIC -nostdlib b.c -o libb.so.1.2
real -static -no-pie m.c libb.a -o expected_lib.elf
aarch64-wasm-cc m.c ./libb.so.1.2 -o lib.elf
check "the archive instead of the shared library" cmp lib.elf expected_lib.elf
rm libb.a
aarch64-wasm-cc m.c ./libb.so.1.2 -o nolib.elf 2>err
same "no archive: the linker's word" 1 "$(grep -c 'attempted static link of dynamic object' err)"

# No -o: a.out, and other files are named after it.
aarch64-wasm-cc -mlift=never -fstack-usage m.c b.c
check "a.out is a program" [ -x a.out ]
check "a.out's other files" [ -s a-m.su ]

echo 'not C' >bad.c
aarch64-wasm-cc bad.c 2>/dev/null
check "a failing compilation leaves the a.out before" [ -x a.out ]
echo '#define N 5' >h.h
check "a header is compiled beside it" aarch64-wasm-cc h.h
check "... and is no program" [ -s h.h.gch ]

# More arguments than a command line holds (gcc hands on only file names in a file of its own).
real -c m.c b.c
real -r -nostdlib b.o -o nothing.o
aarch64-wasm-ar rc libnothing.a nothing.o
i=0
while [ $i -lt 30000 ]; do
    echo "'./././././././././././././././././././././././././././././././././libnothing.a'"
    i=$((i + 1))
done >many
aarch64-wasm-cc m.o b.o @many -o many.elf
check "many arguments" cmp many.elf expected.elf
cd ..
leaves_nothing "linking"
finish
