#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   run.sh [fortran rust go go_stripped go_threads ...]
#
# Compiles LANGUAGE.*, lifts it, runs it under qemu-aarch64 and lifted, and
# counts how many of its instructions are interpreted.
# From the environment: PREFIX (setup.sh's), QEMU, LIFT (aarch64-wasm-lift), DIR.
#
# Go's runtime starts a thread before main(): until there are threads, go_threads must say so, with the error of clone().
# The others are built with the runtime's main() but for the thread that watches over the others and the lock of main's own,
# and without garbage collection, which starts threads, too.
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- fortran rust go go_stripped go_threads
mkdir -p "$DIR" && cd "$DIR" || exit 1

export GOMAXPROCS=1 GOGC=off
goroot=$PREFIX/go/lib/go-1.19 runtime=$PREFIX/go/lib/go-1.19/src/runtime/proc.go
# Go's programs begin at 0x10000 unless told otherwise
go_base='-T 0x411000'

go_build()
{
    sed '/^func main() {/,/^}/ { s/if GOARCH != "wasm" {/if false {/; s/^\(\t*\)\(un\)*lockOSThread()/\1/ }' "$runtime" >proc.go
    cmp -s proc.go "$runtime" && { echo "run.sh: Go's runtime is not the one expected"; return 1; }
    echo "{ \"Replace\": { \"$(readlink -f "$runtime")\": \"$PWD/proc.go\", \"$runtime\": \"$PWD/proc.go\" } }" >overlay.json
    GOROOT=$goroot HOME=$PWD GOCACHE=$PWD/cache GOPROXY=off GO111MODULE=off GOFLAGS=-p=2 GOARCH=arm64 CGO_ENABLED=0 \
        "$goroot/bin/go" build "$@" -o $language.elf "$here/go.go"
}

compile()
{
    case $1 in
    fortran) "$PREFIX/fortran/bin/aarch64-linux-gnu-gfortran-12" -O2 -static "$here/fortran.f90" -o fortran.elf ;;
    rust) "$PREFIX/rust/bin/rustc" --sysroot "$PREFIX/rust" --target aarch64-unknown-linux-gnu -C target-feature=+crt-static \
        -C linker="$PREFIX/bin/aarch64-linux-gnu-gcc" -C strip=symbols -O "$here/rust.rs" -o rust.elf ;;
    go) go_build -overlay overlay.json -ldflags "$go_base" ;;
    go_stripped) go_build -overlay overlay.json -ldflags "$go_base -s -w" ;;
    go_threads) go_build -ldflags "$go_base" ;;
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
    if [ "$language" = go_threads ] && grep -q 'failed to create new OS thread (have . already; errno=38)' ours.err; then
        echo "$language: needs a thread, and says so"
        continue
    fi
    cmp qemu.out ours.out && cmp qemu.err ours.err || echo "$language: not as under qemu"
    AARCH64_WASM_STATS=1 run some "./$language"
    AARCH64_WASM_STATS=all run all "./$language"
    echo "$language: of $(number all.err 'in all') instructions $(number some.err interpreted) are interpreted"
done | tee report
! grep -qE 'cannot be made|not as under qemu' report
