# SPDX-License-Identifier: MIT
#
# Read by scripts that lift small programs in assembly, and look at the lifter's report and at what comes out.
# From the environment: GUEST_CC, LIFT (aarch64-wasm-lift), STRIP, DIR.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$DIR" && cd "$DIR" || exit 1
failed=0

# check NAME STATUS PATTERN...: assembly on standard input, behind macros.S; each pattern is in what `lift -v` says, or with ! is not
check()
{
    name=$1 status=$2
    shift 2
    { cat "$here/macros.S" -; } >"$name.s"
    $GUEST_CC -static -nostdlib "$name.s" -o "$name.elf" && $STRIP "$name.elf" || exit 1
    $LIFT -v "$name.elf" -o "$name" >said 2>&1 || { cat said; exit 1; }
    for pattern; do
        case $pattern in
        !*) ! grep -q "${pattern#!}" said ;;
        *) grep -q "$pattern" said ;;
        esac || { echo "$name: $pattern"; cat said; failed=1; }
    done
    "./$name"
    got=$?
    [ $got = "$status" ] || { echo "$name: status $got"; failed=1; }
}

# lifted NAME: nothing of it is interpreted
lifted()
{
    AARCH64_WASM_STATS=1 "./$1" 2>said
    grep -q ' 0 instructions interpreted' said || { echo "$1: interpreted"; cat said; failed=1; }
}

# What the lifter says of programs whose floating point is done to the letter.
honours='modes and exception flags are honoured'
