#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The oracle's compiler: the plain guest compiler, and an executable that it
# links becomes one that runs itself under qemu-aarch64 (qemu-stub.c).
# QEMU_CC_GUEST is the guest compiler's command, QEMU_CC_STUB the stub.

out=a.out
take=
for arg in "$@"; do
    if [ "$take" ]; then
        out=$arg
        take=
    fi
    case $arg in
    -o) take=1 ;;
    -o?*) out=${arg#-o} ;;
    esac
done

$QEMU_CC_GUEST -static "$@" || exit

# An executable (type 2) for AArch64 (machine 183)?
[ -f "$out" ] && [ "$(od -An -tx1 -j16 -N4 "$out" | tr -d ' ')" = 0200b700 ] || exit 0

offset=$(wc -c <"$QEMU_CC_STUB")
{
    cat "$QEMU_CC_STUB" "$out"
    printf QEMUSTUB
    for shift in 0 8 16 24; do
        printf "\\$(printf %03o $((offset >> shift & 255)))"
    done
    printf '\000\000\000\000'
} >"$out.$$" && chmod +x "$out.$$" && mv "$out.$$" "$out"
