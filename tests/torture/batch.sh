#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   batch.sh NAME COMPILER FLAGS <LIST
#
# Compiles the programs of LIST (a line: NAME SOURCE[,SOURCE...] OPTION ...)
# into one ELF, DIR/NAME.elf, lifts it, runs each program under qemu-aarch64
# and lifted, and prints a line for each that differs and one for all.
# COMPILER is gcc or clang.  From the environment: DIR, GUEST_CC, CLANG_CC,
# OBJCOPY, STRIP, QEMU, LIFT; ARGS for the programs; STRIPPED if no symbols
# shall be left; PASSED, if the same machine code shall not be run twice: a
# directory with an empty file for each object that did not differ.

set -u
here=$(cd "$(dirname "$0")" && pwd)
batch=$1 compiler=$2 flags=$3
work=$DIR/$batch
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1

# object FILE SOURCE[,SOURCE] OPTION ...: main() gets the file's name, all else is local
object()
{
    to=$1 sources=$(echo "$2" | tr , ' ')
    shift 2
    case $compiler in
    gcc) $GUEST_CC $flags -w "$@" -r -nostdlib $sources -o "$to.o" ;;
    clang) $CLANG_CC -std=gnu89 $flags -w -Wno-incompatible-pointer-types -fno-finite-loops "$@" -c $sources -o "$to.o" ;;
    esac && $OBJCOPY --redefine-sym "main=$to" --keep-global-symbol="$to" "$to.o"
}

# passed FILE: where PASSED has this object
passed()
{
    echo "$PASSED/$(sha256sum "$1.o" | cut -d ' ' -f 1)${STRIPPED:+-stripped}"
}

# run FILE COMMAND...: what it prints, and how it ends
run()
{
    to=$1
    shift
    # addresses differ
    sh -c "$limit"' "$@"; echo "status $?"' sh "$@" 2>"$to.stderr" </dev/null | sed 's/0x[0-9a-f]\{6,10\}/ADDRESS/g' >"$to"
}

count=0 failed=0 known=0 compiled=
while read -r name sources options; do
    if ! object "test_$count" "$sources" $options 2>>compile.log; then
        failed=$((failed + 1))
    elif [ -n "${PASSED:-}" ] && [ -e "$(passed "test_$count")" ]; then
        known=$((known + 1))
    else
        compiled="$compiled test_$count"
        echo "$name" >"test_$count.name"
    fi
    count=$((count + 1))
done

sums()
{
    echo "$batch, $compiler $flags${STRIPPED:+, stripped}: of $count $failed do not compile, $known are known, $endless do not end; $ran run, $differ differ"
}
ran=0 endless=0 differ=0
[ -n "$compiled" ] || { sums; exit; }

# Some refer to functions that are nowhere, to see whether the compiler drops the call.
elf=$DIR/$batch.elf
$GUEST_CC -static -O1 "-DTESTS=$(for test in $compiled; do echo "F($test)"; done | tr '\n' ' ')" "$here/one_of.c" \
    $(for test in $compiled; do echo "$test.o"; done) -lm -Wl,--unresolved-symbols=ignore-all -o "$elf" 2>link.log &&
    { [ -z "${STRIPPED:-}" ] || $STRIP "$elf"; } &&
    $LIFT "$elf" -o "$DIR/$batch.run" 2>lift.log || {
    echo "$batch: cannot be made, see $work/*.log"
    exit 1
}

for test in $compiled; do
    limit='ulimit -St 2; timeout -k 1 10'
    run "$test.qemu" "$QEMU" "$elf" "$test" ${ARGS:-}
    if grep -qE 'status (124|152)$' "$test.qemu"; then         # by timeout, or SIGXCPU
        endless=$((endless + 1))
        continue
    fi
    limit='timeout -k 1 60'
    run "$test.lifted" "$DIR/$batch.run" "$test" ${ARGS:-}
    ran=$((ran + 1))
    if cmp -s "$test.qemu" "$test.lifted"; then
        [ -z "${PASSED:-}" ] || : >"$(passed "$test")"
        continue
    fi
    differ=$((differ + 1))
    echo "differs: $(cat "$test.name"), $compiler $flags: $elf $test ($(tail -n 1 "$test.qemu"), lifted $(tail -n 1 "$test.lifted"))"
done
sums
