# SPDX-License-Identifier: MIT
#
# The other names: plain cross tools; strip and objcopy also edit the guest in
# a program of ours; every name exists under both prefixes.
. "$(dirname "$0")/lib.sh"

for tool in cc gcc c++ g++ cpp ar as ld nm objcopy objdump ranlib readelf size strings strip addr2line; do
    cross=$tool
    case $tool in cc) cross=gcc ;; c++) cross=g++ ;; esac
    for prefix in aarch64-wasm- aarch64-unknown-linux-musl-; do
        same "$prefix$tool" "$("aarch64-linux-gnu-$cross" --version)" "$($prefix$tool --version)"
    done
done
check "the options' table is sorted" sh -c "sed -n 's/^OPT(\"\([^\"]*\)\".*/\1/p' '$AW_SOURCE/wrapper/options.tab' | LC_ALL=C sort -c"
check "--help tells of every option of ours" sh -c '[ $(aarch64-wasm-cc --help | grep -c -- "^  -m") -ge 4 ]'
check "aarch64-wasm-lift --help" sh -c 'aarch64-wasm-lift --help | grep -q Usage'

hello >a.c
real -c -g a.c
cp a.o b.o
aarch64-linux-gnu-ar rcD expected.a a.o
aarch64-wasm-ar rcD got.a a.o
check "ar" cmp expected.a got.a
aarch64-linux-gnu-strip a.o
aarch64-wasm-strip b.o
check "strip of an object" cmp a.o b.o
aarch64-linux-gnu-objcopy -O binary a.o a.bin
aarch64-wasm-objcopy -O binary b.o b.bin
check "objcopy of an object" cmp a.bin b.bin

fake_tree <<'EOF'
console.log('it runs');
EOF
aarch64-wasm-cc -g a.c -o prog
aarch64-wasm-cc -s a.c -o expected.elf
guest() { # the guest in a program
    objcopy -O binary -j .bundle "$1" bundle
    node -e 'const b = fs.readFileSync("bundle"), at = b.indexOf("guest.elf\0"), n = (o) => Number(b.readBigUInt64LE(at + o));
        fs.writeFileSync("guest", b.subarray(n(24), n(24) + n(32)));'
}

cp prog one; chmod 750 one; touch -d 2001-01-01 one
aarch64-wasm-strip -p one
same "strip -p: mode, date" "750 2001" "$(stat -c %a one) $(date -r one +%Y)"
same "strip: it runs" "it runs" "$(./one)"
guest one
same "strip: no symbols" 0 "$(aarch64-wasm-nm guest 2>/dev/null | wc -l)"
check "strip: smaller" [ "$(stat -c %s one)" -lt "$(stat -c %s prog)" ]
cp prog one; cp prog two; cp b.o three.o
aarch64-wasm-strip one two three.o
same "strip of several" "it runs it runs" "$(./one) $(./two)"
check "strip -o" aarch64-wasm-strip -o five prog
same "strip -o: it runs" "it runs" "$(./five)"
guest prog
check "strip -o: the input stays" [ "$(aarch64-wasm-nm guest | wc -l)" -gt 10 ]
aarch64-wasm-objcopy --strip-all prog six
same "objcopy IN OUT" "it runs" "$(./six)"
aarch64-wasm-objcopy -O binary prog seven
check "objcopy -O binary is no program" sh -c '! grep -q AWBUNDL1 seven'
aarch64-wasm-objcopy --only-keep-debug prog prog.debug
same "objcopy --only-keep-debug leaves an ELF" AArch64 "$(aarch64-wasm-readelf -h prog.debug | sed -n 's/.*Machine: *//p')"
aarch64-wasm-strip --no-such-option prog 2>/dev/null
same "strip's own errors" 1 $?
same "... leave the program" "it runs" "$(./prog)"

# A program of ours may be lifted anew.
aarch64-wasm-cc -mlift=never a.c -o late
aarch64-wasm-lift late
guest late
check "lifted anew" grep -q program.wasm bundle
same "lifted anew: it runs" "it runs" "$(./late)"
leaves_nothing "editing"
finish
