# SPDX-License-Identifier: MIT
#
# bzip2's own test (its Makefile's), and files in place.
. "$(dirname "$0")/lib.sh"

upstream bzip2
cc -O2 -D_FILE_OFFSET_BITS=64 bzip2/bzip2.c bzip2/blocksort.c bzip2/huffman.c bzip2/crctable.c bzip2/randtable.c \
    bzip2/compress.c bzip2/decompress.c bzip2/bzlib.c -o bzip2.wasm
for n in 1 2 3; do
    wasi bzip2.wasm -$n <bzip2/sample$n.ref >sample$n.rb2
    check "compress $n" cmp sample$n.rb2 bzip2/sample$n.bz2
    small=$([ $n = 3 ] && echo s)
    wasi bzip2.wasm -d$small <bzip2/sample$n.bz2 >sample$n.tst
    check "decompress $n" cmp sample$n.tst bzip2/sample$n.ref
done
cp bzip2/sample1.ref root/file
wasi bzip2.wasm -k file
check "a file" cmp root/file.bz2 "$(wasi bzip2.wasm <root/file >there.bz2; echo there.bz2)"
rm root/file
wasi bzip2.wasm -d file.bz2
same "and back" "file" "$(ls root)"
check "is the same" cmp root/file bzip2/sample1.ref
wasi bzip2.wasm -t file 2>/dev/null
same "not compressed" 2 $?
finish
