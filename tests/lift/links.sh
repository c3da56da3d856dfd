#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   links.sh [NAME ...]
#
# The ways to make a static program: each row of the table is compiled, linked,
# lifted and run, must print and end as under qemu-aarch64, and of the
# instructions it executes hardly any may be interpreted: one in a thousand with
# symbols, one in a hundred without.
# From the environment: GUEST_CC (gcc for musl), GLIBC_CC, CLANG_CC (compiles for
# musl), STRIP, QEMU, LIFT (aarch64-wasm-lift), DIR; LIBCS, Debian's klibc and
# dietlibc unpacked (cmake/setup.sh prefix libcs), if there.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$DIR" && cd "$DIR" || exit 1

# name, stripped or not, C library and compiler (unwind: musl and libgcc's unwinder), flags.
# The ones of glibc and C++ are lifted for minutes: not by default.
table='
O0            symbols  musl   -O0
O2            symbols  musl   -O2
Os            symbols  musl   -Os
O3            stripped musl   -O3
stripped      stripped musl   -O2
pie           symbols  musl   -O2 -static-pie -fPIE
pie_stripped  stripped musl   -O2 -static-pie -fPIE
pic           symbols  musl   -O2 -fPIC
sections      symbols  musl   -O2 -ffunction-sections -fdata-sections -Wl,--gc-sections
sections_s    stripped musl   -O2 -ffunction-sections -fdata-sections -Wl,--gc-sections
lto           symbols  musl   -O2 -flto
lto_stripped  stripped musl   -O2 -flto
frameless     stripped musl   -O2 -fno-asynchronous-unwind-tables -fno-unwind-tables
small_frames  stripped musl   -Os -fomit-frame-pointer -fno-asynchronous-unwind-tables -fno-unwind-tables
large         symbols  musl   -O2 -mcmodel=large -fno-pie
large_s       stripped musl   -O2 -mcmodel=large -fno-pie -fno-jump-tables
protected     stripped musl   -O2 -mbranch-protection=standard
separate      stripped musl   -O2 -Wl,-z,separate-code,-z,norelro
high          symbols  musl   -O2 -Wl,-Ttext-segment=0x20000000
unwind        symbols  unwind -O2
unwind_s      stripped unwind -O2 -static-pie -fPIE
clang         symbols  clang  -O2
clang_s       stripped clang  -Os -fno-asynchronous-unwind-tables
glibc         symbols  glibc  -O2
glibc_s       stripped glibc  -O2
glibc_pie     stripped glibc  -O2 -static-pie -fPIE
glibc_O0      symbols  glibc  -O0 -fno-asynchronous-unwind-tables
glibc_lto     stripped glibc  -O3 -flto -ffunction-sections -Wl,--gc-sections
cxx           symbols  c++    -O2
cxx_pie       stripped c++    -O2 -static-pie -fPIE
klibc         symbols  klibc  -O2
klibc_s       stripped klibc  -Os -fno-asynchronous-unwind-tables
diet          symbols  diet   -O2
diet_s        stripped diet   -O2 -ffunction-sections -Wl,--gc-sections'

# compile LIBC ELF FLAGS...
compile()
{
    libc=$1 elf=$2 static=-static
    shift 2
    case " $* " in *' -static-pie '*) static= ;; esac
    [ $libc = clang ] || set -- "$@" "$here/links.S"
    set -- "$@" -w "$here/links.c"
    case $libc in
    unwind) $GUEST_CC $static $flags -fexceptions "$here/unwind.c" "$here/unwind.S" -o "$elf" ;;
    musl) $GUEST_CC $static "$@" -o "$elf" ;;
    c++) ${GLIBC_CC%gcc}g++ $static $flags -w "$here/links.cc" -o "$elf" ;;
    glibc) $GLIBC_CC $static "$@" -o "$elf" ;;
    clang) $CLANG_CC "$@" -c && $GUEST_CC -static links.o "$here/links.S" -o "$elf" ;;
    klibc) $GLIBC_CC -nostdinc -isystem "$LIBCS/klibc/include/arch/arm64" -isystem "$LIBCS/klibc/include/bits64" \
        -isystem "$LIBCS/klibc/include" -isystem "$($GLIBC_CC -print-file-name=include)" -D__KLIBC__=2 -D_BITSIZE=64 \
        -nostdlib -nostartfiles -static "$LIBCS/klibc/lib/crt0.o" "$@" "$LIBCS/klibc/lib/libc.a" -lgcc -o "$elf" ;;
    diet) $GLIBC_CC -nostdinc -isystem "$LIBCS/diet/include" -isystem "$($GLIBC_CC -print-file-name=include)" -D__dietlibc__ \
        -nostdlib -nostartfiles -static "$LIBCS/diet/lib/start.o" "$@" "$LIBCS/diet/lib/libc.a" -lgcc -o "$elf" ;;
    esac
}

# number FILE PATTERN
number() { sed -n "s/^aarch64-wasm: \([0-9]*\) instructions $2.*/\1/p" "$1"; }

failed=0
wrong() { echo "$*"; failed=1; }
while read -r name symbols libc flags; do
    [ "$name" ] || continue
    case " $* " in
    *" $name "*) ;;
    '  ') case $libc in glibc | c++) continue ;; klibc | diet) [ -d "${LIBCS:-}" ] || continue ;; esac ;;
    *) continue ;;
    esac
    # shellcheck disable=SC2086
    compile "$libc" "$name.elf" $flags && { [ $symbols = symbols ] || $STRIP "$name.elf"; } || { wrong "$name: cannot be made"; continue; }
    $QEMU "./$name.elf" >"$name.expected" 2>&1 </dev/null; echo "status $?" >>"$name.expected"
    $LIFT "$name.elf" -o "$name" || { wrong "$name: cannot be lifted"; continue; }
    AARCH64_WASM_STATS=1 "./$name" >"$name.out" 2>"$name.stats" </dev/null; echo "status $?" >>"$name.out"
    cmp -s "$name.expected" "$name.out" || { wrong "$name: not as under qemu"; diff "$name.expected" "$name.out" | head -n 6; continue; }
    AARCH64_WASM_STATS=all "./$name" >/dev/null 2>"$name.all" </dev/null
    all=$(number "$name.all" 'in all') some=$(number "$name.stats" interpreted)
    parts=1000
    [ $symbols = symbols ] || parts=100
    [ "${all:-0}" -gt 100000 ] && [ $((${some:-$all} * parts)) -le "$all" ] || { wrong "$name: of $all instructions $some are interpreted"; cat "$name.stats"; }
    echo "$name: of ${all:-?} instructions ${some:-?} are interpreted"
done <<EOF
$table
EOF
exit $failed
