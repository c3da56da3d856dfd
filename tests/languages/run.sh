#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   run.sh [cxx fortran rust go go_stripped go_threads ...]
#
# Compiles each, lifts it, runs it under qemu-aarch64 and lifted, and counts how
# many of its instructions are interpreted.
# From the environment: PREFIX (setup.sh's), QEMU, CXX (aarch64-wasm-c++), LIFT (aarch64-wasm-lift), DIR.
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- cxx fortran rust go go_stripped go_threads
mkdir -p "$DIR" && cd "$DIR" || exit 1

goroot=$PREFIX/go/lib/go-1.19

go_build()
{
    GOROOT=$goroot HOME=$PWD GOCACHE=$PWD/cache GOPROXY=off GO111MODULE=off GOFLAGS=-p=2 GOARCH=arm64 CGO_ENABLED=0 \
        "$goroot/bin/go" build -ldflags "$1" -o $language.elf "$here/$2"
}

compile()
{
    case $1 in
    cxx) $CXX -O2 -pthread "$here/threads.cpp" -o cxx.elf ;;
    fortran) "$PREFIX/fortran/bin/aarch64-linux-gnu-gfortran-12" -O2 -static "$here/fortran.f90" -o fortran.elf ;;
    rust) "$PREFIX/rust/bin/rustc" --sysroot "$PREFIX/rust" --target aarch64-unknown-linux-gnu -C target-feature=+crt-static \
        -C linker="$PREFIX/bin/aarch64-linux-gnu-gcc" -C strip=symbols -O "$here/rust.rs" -o rust.elf ;;
    go) go_build "" go.go ;;
    go_stripped) go_build "-s -w" go.go ;;
    go_threads) go_build "" threads.go ;;
    esac
}

# run NAME COMMAND...
run()
{
    name=$1
    shift
    echo '12 words from standard input' | "$@" one two >"$name.out" 2>"$name.err"
    echo "status $?" >>"$name.out"
}

number() { sed -n "s/^aarch64-wasm: \([0-9]*\) instructions $2.*/\1/p" "$1"; }

for language; do
    compile "$language" && $LIFT "$language.elf" -o "$language" 2>lift.log || { echo "$language: cannot be made"; continue; }
    run qemu "$QEMU" "./$language.elf"
    run ours "./$language"
    cmp qemu.out ours.out && cmp qemu.err ours.err || echo "$language: not as under qemu"
    AARCH64_WASM_STATS=1 run some "./$language"
    AARCH64_WASM_STATS=all run all "./$language"
    echo "$language: of $(number all.err 'in all') instructions $(number some.err interpreted) are interpreted"
done | tee report
! grep -qE 'cannot be made|not as under qemu' report
