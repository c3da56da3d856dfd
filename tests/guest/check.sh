#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   check.sh oracle NAME    compile NAME.c in all variants and have qemu-aarch64
#                           say what each prints and how it ends
#   check.sh RUNNER NAME    run the same ELFs: same output, same status
#
# RUNNER is native (interpreter and kernel as a host program), interp (packed,
# not lifted), lifted, stripped (lifted without symbols), parts (lifted as large programs are), software (lifted, without relaxed SIMD), wasi,
# wasi_interp or wasi_parts (the same as x.wasm, under node:wasi).  From the environment: DIR for all files, GUEST_CC and
# CLANG_CC to compile, STRIP, QEMU, NATIVE (a command that runs an ELF), LIFT
# (aarch64-wasm-lift), WASI (a command that runs x.wasm); VARIANTS, numbers of the table below, for less than all.

set -u
here=$(cd "$(dirname "$0")" && pwd)
runner=$1 name=$2
mkdir -p "$DIR"

# compiler and flags; clang's objects are linked by gcc, whose start files and
# libgcc are what is installed
variants='
gcc -O0
gcc -O2
gcc -O3 -march=armv8-a+lse -ffp-contract=off
clang -O0
clang -O2
clang -O3 -march=armv8.1-a -ffp-contract=off'

# one of each compiler: what differs is discovery
[ "$runner" != stripped ] || VARIANTS="2 5"
[ "$runner" != software ] || VARIANTS="2 6"
case $runner in
parts | wasi_parts) VARIANTS="2 4" ;;
esac

# no nested functions in clang; lifted code does not ask the page table
mask=
case $name in
# the engine does not say which address a lifted load or store trapped at; under WASI it ends the program
segv | overflow | protect) [ "$runner" != wasi ] || { echo "skipped: only the engine can catch that"; exit 77; } ;;
esac
case $name in
segv) [ "$runner" != lifted ] || mask='s/ at 0.*//;s/ at (nil)//' ;;
# the machine, not the compiler
features) variants='gcc -O2' VARIANTS=1 ;;
pauth) variants='
gcc -O2 -march=armv8.3-a
gcc -O2 -march=armv8.5-a -mbranch-protection=standard
clang -O0 -march=armv8.3-a -mbranch-protection=pac-ret+leaf+b-key
clang -O2 -march=armv8.5-a -mbranch-protection=standard' ;;
nested) variants=$(echo "$variants" | grep -v clang) ;;
protect) [ "$runner" != lifted ] || { echo "skipped: page protections are the interpreter's"; exit 77; } ;;
esac

compile()
{
    with=$1 to=$2
    shift 2
    set -- "$@" -std=gnu11 -w "$here/$name.c" -o "$to"
    if [ "$with" = gcc ]; then
        $GUEST_CC -static "$@" -lm
    else
        $CLANG_CC "$@".o -c && $GUEST_CC -static "$to.o" -o "$to" -lm && rm "$to.o"
    fi
}

# in_parts WASM OPTION...: the ELF in parts of 800 instructions, of which the C library alone is several
in_parts()
{
    wasm=$1
    shift
    "${LIFT%/bin/*}/libexec/aarch64-wasm-cc/lift" --part-insns 800 "$elf.elf" -o "$wasm" "$@" 2>"$elf.lift.stderr"
}

# run COMMAND...: standard output and the status, as a shell sees it
run()
{
    printf 'first 42 rest of line\nsecond line\n\nlast without newline' |
        GUEST_TEST=value sh -c '"$@" one "two words" ""; echo "status $?"' sh "$@" 2>"$DIR/$name.stderr"
}

failed=0
number=0
while read -r compiler flags; do
    [ "$compiler" ] || continue
    number=$((number + 1))
    case " ${VARIANTS:-$number} " in
    *" $number "*) ;;
    *) continue ;;
    esac
    elf=$DIR/$name.$number
    if [ "$runner" = oracle ]; then
        # shellcheck disable=SC2086
        compile "$compiler" "$elf.elf" $flags || exit 1
        run "$QEMU" "$elf.elf" >"$elf.expected" || exit 1
        continue
    fi
    case $runner in
    native) run $NATIVE "$elf.elf" >"$elf.$runner" ;;
    interp) $LIFT -mlift=never "$elf.elf" -o "$elf.interp.run" && run "$elf.interp.run" >"$elf.$runner" ;;
    wasi_interp) $LIFT -mlift=never "$elf.elf" -o "$elf.interp.wasm" && run $WASI "$elf.interp.wasm" >"$elf.$runner" ;;
    wasi) $LIFT "$elf.elf" -o "$elf.lifted.wasm" 2>"$elf.lift.stderr" && run $WASI "$elf.lifted.wasm" >"$elf.$runner" ;;
    lifted) $LIFT "$elf.elf" -o "$elf.lifted.run" 2>"$elf.lift.stderr" && run "$elf.lifted.run" >"$elf.$runner" ;;
    software) $LIFT "$elf.elf" -o "$elf.software.run" 2>"$elf.lift.stderr" &&
        AARCH64_WASM_FMA=software run "$elf.software.run" >"$elf.$runner" ;;
    parts) in_parts "$elf.part.wasm" && $LIFT --pack "$elf.elf" "$elf.part.wasm" -o "$elf.parts.run" && run "$elf.parts.run" >"$elf.$runner" ;;
    wasi_parts) in_parts "$elf.part.wasm" --wasi && $LIFT --pack-wasi "$elf.elf" "$elf.part.wasm" -o "$elf.parts.wasm" &&
        run $WASI "$elf.parts.wasm" >"$elf.$runner" ;;
    stripped) $STRIP "$elf.elf" -o "$elf.stripped.elf" && $LIFT "$elf.stripped.elf" -o "$elf.stripped.run" 2>"$elf.lift.stderr" &&
        run "$elf.stripped.run" >"$elf.$runner" ;;
    esac || echo "does not run" >"$elf.$runner"
    [ -z "$mask" ] || sed -i "$mask" "$elf.$runner"
    if ! sed "$mask" "$elf.expected" | cmp -s - "$elf.$runner"; then
        echo "$name, $compiler $flags, $runner: not as under qemu ($elf.elf)"
        diff "$elf.expected" "$elf.$runner" | head -n 10
        tail -n 3 "$DIR/$name.stderr"
        failed=$((failed + 1))
    fi
done <<EOF
$variants
EOF
exit $((failed > 0))
