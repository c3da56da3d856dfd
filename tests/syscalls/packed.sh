#!/bin/sh
# SPDX-License-Identifier: MIT
#
# packed.sh LIFT OPTION PROGRAM [ARG ...]: packs an ELF with aarch64-wasm-lift,
# once, in place of the ELF (so that argv[0] is the same), and runs it.
set -u
lift=$1 option=$2 program=$3
shift 3
case $(head -c 20 "$program" | od -An -tx1 | tr -d ' \n') in
*b700) # EM_AARCH64
    "$lift" "$option" "$program" -o "$program.packed" >&2 || exit 126
    mv "$program.packed" "$program"
    ;;
esac
exec "$program" "$@"
