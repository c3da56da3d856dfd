# SPDX-License-Identifier: MIT
#
# Leaving frames, so often that one left behind each time would fill the stack.
. "$(dirname "$0")/lib.sh"

cc -O2 "$here/unwind.c" -o unwind.wasm
cc -O2 "$here/unwind.c" -o unwind.elf
[ "$mode" = never ] && faults=100000 || faults=0 # lifted code does not ask the page table
under_qemu unwind.elf $faults >expected
echo "status $?" >>expected
wasi unwind.wasm $faults >got
echo "status $?" >>got
check "as on Linux" diff expected got
finish
