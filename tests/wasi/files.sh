# SPDX-License-Identifier: MIT
#
# Files of a preopened directory: the same as Linux says of them.
. "$(dirname "$0")/lib.sh"

for program in files; do
    cc -O2 "$here/$program.c" -o $program.wasm
    cc -O2 "$here/$program.c" -o $program.elf
    under_qemu $program.elf >expected 2>&1
    echo "status $?" >>expected
    same "leaves nothing" "" "$(ls root)"
    wasi $program.wasm >got 2>&1
    echo "status $?" >>got
    check "$program: as on Linux" diff expected got
    same "leaves nothing" "" "$(ls root)"
done

# What one writes the other reads.
cat >cat.c <<'EOF'
#include <stdio.h>
int main(int argc, char **argv)
{
    FILE *from = fopen(argv[1], "r"), *to = argc > 2 ? fopen(argv[2], "w") : NULL;
    for (int c; (c = getc(from)) != EOF;)
        putc(c, to);
    return fclose(to) || !from ? 1 : 0;
}
EOF
cc -O2 cat.c -o cat.wasm
mkdir -p root/a/b
seq 100000 >root/a/numbers
wasi cat.wasm a/numbers /a/b/../b/copy
same "copied" 0 $?
check "the same" cmp root/a/numbers root/a/b/copy
finish
