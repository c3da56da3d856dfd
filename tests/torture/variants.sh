# SPDX-License-Identifier: MIT
#
# Read by torture.sh and csmith.sh: how programs are compiled, a line each: name, compiler, flags.
# Newest: all that qemu 7.2 has; it lacks MOPS and CSSC, and so do we.
newest_gcc=armv8.7-a+crypto+sha3+sm4+fp16fml+rcpc+i8mm+bf16
newest_clang=armv8.9-a+sha2+aes+sha3+sm4+fp16fml+nomops+nocssc
variants=$(for compiler in gcc clang; do
    eval newest=\$newest_$compiler
    for level in O0 O1 O2 O3; do
        echo "$compiler-$level $compiler -$level"
        echo "$compiler-$level-newest $compiler -$level -march=$newest"
    done
done)'
size       gcc -Os
frame      gcc -O2 -fno-omit-frame-pointer'
