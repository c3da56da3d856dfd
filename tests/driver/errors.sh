# SPDX-License-Identifier: MIT
#
# Bad input: one clear line, exit status 1, nothing left behind.
. "$(dirname "$0")/lib.sh"

fake_tree </dev/null
hello >a.c
real -static -no-pie a.c -o good.elf
real -c a.c
lift="aarch64-wasm-lift"

# patch FILE OFFSET BYTES...: good.elf with some bytes changed.
patch() {
    cp good.elf "$1"
    printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

fails_with "no program to lift" $lift
fails_with "unknown option --nonsense" $lift --nonsense
fails_with "-o needs the name of a file" $lift good.elf -o
fails_with "error: missing filename after" aarch64-wasm-cc a.c -o
fails_with "more than one program" $lift good.elf a.o
fails_with "cannot read none.elf: No such file or directory" $lift none.elf
fails_with "cannot read .: Is a directory" $lift . -o x
fails_with "not a regular file" $lift /dev/null -o x
fails_with "a.c: not an ELF file" $lift a.c -o x
: >empty
fails_with "empty: not an ELF file" $lift empty -o x
fails_with "a.o: an object file: link it first" $lift a.o -o x
fails_with "does not end in .elf: name the output with -o" sh -c 'cp good.elf good; aarch64-wasm-lift good'
fails_with "for x86-64, not AArch64" $lift "$AW_BIN/aarch64-wasm-cc" -o x
head -c 500000 "$AW_BIN/aarch64-wasm-cc" >cut
fails_with "for x86-64, not AArch64, and truncated" $lift cut -o x
patch machine 18 '\363'
fails_with "machine: an ELF file for machine 243, not AArch64 (183)" $lift machine -o x
head -c 30 good.elf >cut
fails_with "cut: truncated: the file ends within its ELF header" $lift cut -o x
head -c 100 good.elf >cut
fails_with "cut: truncated: program headers lie outside the file" $lift cut -o x
head -c 5000 good.elf >cut
fails_with "cut: truncated: the segment at 0x400000 lies outside the file" $lift cut -o x
patch class 4 '\001'
fails_with "class: a 32-bit ELF file" $lift class -o x
patch endian 5 '\002'
fails_with "endian: a big-endian ELF file" $lift endian -o x
patch type 16 '\004'
fails_with "type: ELF type 4 is no executable" $lift type -o x
patch phnum 56 '\000\000'
fails_with "phnum: no program headers" $lift phnum -o x
patch phoff 36 '\001'
fails_with "phoff: truncated: program headers lie outside the file" $lift phoff -o x
patch noexec 68 '\004'
fails_with "noexec: no executable segment" $lift noexec -o x
patch low 82 '\000'
fails_with "low: a segment at 0x0, below 0x10000: link it higher" $lift low -o x
patch high 84 '\001'
fails_with "reaches above 4 GiB" $lift high -o x
patch long 111 '\177'
fails_with "reaches above 4 GiB" $lift long -o x
patch overlap 137 '\000\100'
fails_with "overlaps the one before it" $lift overlap -o x

aarch64-linux-gnu-gcc a.c -o dynamic
fails_with "dynamic: dynamically linked (it wants /lib/ld-linux-aarch64.so.1): link it with -static" $lift dynamic -o x
aarch64-linux-gnu-gcc -shared -fPIC -x c /dev/null -o lib.so
fails_with "lib.so: a shared library" $lift lib.so -o x
check "no output" [ ! -e x ]
leaves_nothing "refusing"

fails_with "-mlift=: 'maybe' is none of auto, always, never" aarch64-wasm-cc -mlift=maybe a.c -o x
fails_with "AARCH64_WASM_LIFT: 'maybe' is none of" env AARCH64_WASM_LIFT=maybe aarch64-wasm-cc a.c -o x
fails_with "-mlibc=: 'dietlibc' is neither musl nor glibc" aarch64-wasm-cc -mlibc=dietlibc a.c -o x
fails_with "x-gcc is neither in the toolchain prefix nor on PATH" env AARCH64_WASM_CROSS=x- aarch64-wasm-cc a.c -o x
fails_with "x-ar is neither" env AARCH64_WASM_CROSS=x- aarch64-wasm-ar
fails_with "no musl for the guest there" env AARCH64_WASM_PREFIX=/none aarch64-wasm-cc a.c -o x
fails_with "cannot make a temporary directory /none/" env TMPDIR=/none aarch64-wasm-cc a.c -o x
ln -s "$work/tree/bin/aarch64-wasm-cc" "$work/tree/bin/aarch64-wasm-nonsense"
fails_with "is not a name of this toolchain's tools" aarch64-wasm-nonsense
echo 'echo "lift: error: cannot do it" >&2; exit 1' >hook
LIFT_HOOK=$PWD/hook
export LIFT_HOOK
fails_with "lift: error: cannot do it" aarch64-wasm-cc a.c -o x
echo 'kill -SEGV $$' >hook
fails_with "lift: Segmentation fault" aarch64-wasm-cc a.c -o x
unset LIFT_HOOK
rm "$libexec/lift"
fails_with "lift: No such file or directory" aarch64-wasm-cc a.c -o x
check "no output" [ ! -e x ]
leaves_nothing "failing"
finish
