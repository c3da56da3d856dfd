# SPDX-License-Identifier: MIT
#
# For the tests of the driver: sourced first by each.  Makes an empty directory
# and goes there; `finish` at the end tells how it went.
#
# From the environment: AW_BIN, AW_LIBEXEC (of the build tree), AARCH64_WASM_PREFIX.
set -u
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir "$work/t" "$work/tmp"
cd "$work/t" || exit 1
PATH=$AW_BIN:$AARCH64_WASM_PREFIX/bin:$PATH # the real compiler, wherever it is
TMPDIR=$work/tmp # so that what a tool leaves behind is seen
unset AARCH64_WASM_LIFT AARCH64_WASM_CROSS AARCH64_WASM_NODE
export PATH TMPDIR
failures=0
checks=0

# check WHAT COMMAND...: the command succeeds.
check() {
    checks=$((checks + 1))
    what=$1
    shift
    "$@" || bad "$what"
}

# same WHAT EXPECTED GOT
same() {
    checks=$((checks + 1))
    [ "$2" = "$3" ] || bad "$1
  expected: $2
  got:      $3"
}

bad() {
    failures=$((failures + 1))
    echo "FAIL: $1"
}

# fails_with TEXT COMMAND...: exit status 1, one line on stderr with TEXT in it, nothing on stdout.
fails_with() {
    checks=$((checks + 1))
    text=$1
    shift
    "$@" >out 2>err
    status=$?
    lines=$(wc -l <err)
    [ $status -eq 1 ] && [ "$lines" -eq 1 ] && [ ! -s out ] && grep -qF -e "$text" err ||
        bad "$*: exit $status, $lines lines: $(cat err)
  expected one line with: $text"
    rm -f out err
}

# No unfinished files here or in $TMPDIR.
leaves_nothing() {
    checks=$((checks + 1))
    left=$(find "$work/tmp" -mindepth 1; find "$work/t" -name '.*.aw*')
    [ -z "$left" ] || bad "$1 left behind: $left"
}

# The real compiler with the flags that the driver puts first.
real() {
    gcc=$AARCH64_WASM_PREFIX/bin/aarch64-linux-gnu-gcc # as the driver calls it: gcc prints its own name
    [ -x "$gcc" ] || gcc=aarch64-linux-gnu-gcc
    "$gcc" \
        -specs="$AARCH64_WASM_PREFIX/aarch64-musl.specs" -B"$AARCH64_WASM_PREFIX/musl/usr/lib/" -ffp-contract=off \
        -mno-outline-atomics -march=armv8-a+lse -mbranch-protection=none -fno-pie "$@"
}

# Temporary names differ from run to run, and gcc prints them.
plain() {
    sed -E 's!/[^ ]*/cc[A-Za-z0-9]{6}!/tmp/ccTEMP!g' "$1"
}

hello() {
    cat <<'EOF'
#include <stdio.h>
int main(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("[%s]", argv[i]);
    puts("");
    return 0;
}
EOF
}

# A toolchain in tree/ with a runtime of its own: boot.js from stdin, and a
# lifter that gives an empty module.  For what does not need programs to run.
fake_tree() {
    mkdir -p "$work/tree/bin" "$work/tree/libexec/aarch64-wasm-cc"
    libexec=$work/tree/libexec/aarch64-wasm-cc
    cp "$AW_BIN/aarch64-wasm-cc" "$work/tree/bin"
    for tool in lift strip objcopy ar; do
        ln -s aarch64-wasm-cc "$work/tree/bin/aarch64-wasm-$tool"
    done
    cp "$AW_LIBEXEC/stub" "$libexec"
    cat >"$libexec/boot.js"
    printf '\0asm\1\0\0\0' >"$libexec/kernel.wasm"
    printf '\0asm\1\0\0\0' >"$libexec/cpu.wasm"
    echo 'script' >"$libexec/program.js"
    echo 'module' >"$libexec/program.mjs"
    mkdir -p "$libexec/page/xterm"
    echo 'page' >"$libexec/page/page.html"
    echo 'page script' >"$libexec/page/page.js"
    echo 'terminal' >"$libexec/page/xterm/xterm.js"
    # one function, one page, one byte of data
    printf '\0asm\1\0\0\0\1\4\1\140\0\0\3\2\1\0\5\3\1\0\1\12\4\1\2\0\13\13\7\1\0\101\0\13\1a' >"$libexec/wasi.wasm"
    cat >"$libexec/lift" <<'EOF'
#!/bin/sh
[ -z "${LIFT_HOOK:-}" ] || . "$LIFT_HOOK"
case " $* " in
*" --wasi "*) cp "$(dirname "$0")/wasi.wasm" "$3" ;;
*) printf '\0asm\1\0\0\0' >"$3" ;;
esac
EOF
    chmod +x "$libexec/lift"
    PATH=$work/tree/bin:$PATH
}

finish() {
    echo "$checks checks, $failures failed"
    [ "$failures" -eq 0 ]
    exit
}
