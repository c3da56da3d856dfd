# SPDX-License-Identifier: MIT
#
# The kernel's heap in the program's address space.
. "$(dirname "$0")/lib.sh"

cc -O2 "$here/memory.c" -o memory.wasm
same "both grow" "bad: 0" "$(wasi memory.wasm)"
finish
