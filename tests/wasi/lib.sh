# SPDX-License-Identifier: MIT
#
# For the tests of x.wasm: sourced first by each.  Like the driver's, and
#
#   cc ARG ...            the driver, lifting or not as the test says
#   wasi ARG ...          runs a module; the directory root/ is its "/"
#   under_qemu ARG ...    runs the same in root/, for what must come out
#   upstream NAME         unpacks a package's source
mode=$AARCH64_WASM_LIFT
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../driver/lib.sh"
mkdir root

cc() { aarch64-wasm-cc -mlift="$mode" -std=gnu11 "$@"; }
wasi() { $WASI root "$@"; }
under_qemu() { (elf=$PWD/$1; shift; cd root && "$QEMU" "$elf" "$@"); }

upstream() {
    mkdir -p "$AW_SOURCES"
    (
        flock 9
        [ -f "$AW_SOURCES/$1.unpacked" ] ||
            { sh "$AW_SOURCE/cmake/setup.sh" source "$1" "$AW_SOURCES/$1" && touch "$AW_SOURCES/$1.unpacked"; }
    ) 9>>"$AW_SOURCES/lock" >/dev/null && cp -r "$AW_SOURCES/$1" "$1"
}
