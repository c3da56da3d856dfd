# SPDX-License-Identifier: MIT
#
# What -o writes by its suffix, and how: modes, links, devices, places where
# it cannot.
. "$(dirname "$0")/lib.sh"

fake_tree </dev/null
hello >a.c
real -static -no-pie -g a.c -o expected.elf
is_wasm() { node -e 'process.exit(+!WebAssembly.validate(fs.readFileSync(process.argv[1])))' "$1"; }
sections() { node -e 'const m = new WebAssembly.Module(fs.readFileSync(process.argv[1]));
    console.log(["aw.kernel", "aw.cpu", "aw.elf"].map((s) => WebAssembly.Module.customSections(m, s).length).join())' "$1"; }

mkdir o
aarch64-wasm-cc -g a.c -o o/x.elf
check "x.elf" cmp o/x.elf expected.elf
aarch64-wasm-cc a.c -o o/y.js
same "x.js" "y.js y.wasm" "$(cd o && echo y.*)"
same "x.js is the script" script "$(cat o/y.js)"
check "x.wasm is wasm" is_wasm o/y.wasm
same "x.wasm: sections" 1,1,1 "$(sections o/y.wasm)"
aarch64-wasm-cc -mlift=never a.c -o o/z.mjs
same "x.mjs" "z.mjs z.wasm" "$(cd o && echo z.*)"
same "x.mjs is the module" module "$(cat o/z.mjs)"
same "x.wasm, not lifted: sections" 1,1,1 "$(sections o/z.wasm)"
aarch64-wasm-cc a.c -o o/page.html
same "x.html" "page.html page.js page.wasm" "$(cd o && echo page.*)"
same "x.html: the terminal" terminal "$(cat o/xterm/xterm.js)"
aarch64-wasm-cc a.c -o o/alone.wasm
same "x.wasm alone" alone.wasm "$(cd o && echo alone.*)"
aarch64-wasm-cc -g -mlift=never a.c -o o/interpreted.wasm
check "x.wasm alone: not lifted" cmp o/alone.wasm o/interpreted.wasm
check "x.wasm alone is wasm" is_wasm o/alone.wasm
same "x.wasm alone: the ELF is a segment before the others" "2 1 ELF" "$(node -e 'const b = fs.readFileSync("o/alone.wasm");
    const at = b.indexOf("\x7fELF", 0, "latin1"), size = Number(b.readBigUInt64LE(at - 8));
    let head = at - 9;
    for (; b[head - 1] & 0x80; head--);
    console.log(b[head - 2], b[head - 1], b.toString("latin1", at + 1, at + 4));')"
aarch64-wasm-cc a.c -o o/prog.exe
check "another suffix is a program" [ -x o/prog.exe ]
aarch64-wasm-cc a.c -o -
check "-o - is a file of that name, as for gcc" [ -x ./- ]
rm ./-
aarch64-wasm-cc a.c
check "no -o" [ -x a.out ]

# A debugger's sections are not carried, symbols are.
aarch64-wasm-cc -g3 a.c -o debug
objcopy -O binary -j .bundle debug bundle
node -e 'const b = fs.readFileSync("bundle"), at = b.indexOf("guest.elf\0"), n = (o) => Number(b.readBigUInt64LE(at + o));
    fs.writeFileSync("guest.elf", b.subarray(n(24), n(24) + n(32)));'
same "no debug sections" "" "$(aarch64-wasm-readelf -SW guest.elf 2>&1 | grep -E 'debug_.*PROGBITS|rror|arning')"
aarch64-wasm-nm guest.elf >guest.nm
aarch64-wasm-nm expected.elf >expected.nm
check "the same symbols" cmp guest.nm expected.nm

# Modes.
(umask 027; aarch64-wasm-cc a.c -o m1; aarch64-wasm-cc a.c -o m2.js)
same "mode of a program" 750 "$(stat -c %a m1)"
same "mode of a script and its wasm" "640 640" "$(stat -c %a m2.js m2.wasm | xargs)"

# What is there already.
echo old >old && chmod 600 old
aarch64-wasm-cc a.c -o old
same "a file is replaced" 755 "$(stat -c %a old)"
echo target >target && ln -s target link
aarch64-wasm-cc a.c -o link
same "a symbolic link is replaced, not followed" "target no" "$(cat target) $([ -L link ] && echo yes || echo no)"
cp a.out running && ./running 2>/dev/null
aarch64-wasm-cc a.c -o running
check "a program can be linked again" [ -x running ]
aarch64-wasm-cc -v a.c -o /dev/null 2>err
same "-o /dev/null" "0 0" "$? $(grep -c 'libexec/aarch64-wasm-cc/lift' err)"
check "/dev/null is a device still" [ -c /dev/null ]
leaves_nothing "writing outputs"

# Where it cannot be written.
mkdir d
fails_with "cannot write d: Is a directory" aarch64-wasm-cc a.c -o d
fails_with "cannot write none/x: No such file or directory" aarch64-wasm-cc a.c -o none/x
fails_with "cannot write /dev/full: No space left on device" aarch64-wasm-cc a.c -o /dev/full
fails_with "cannot write /dev/full: No space left on device" aarch64-wasm-lift expected.elf -o /dev/full
fails_with "cannot write file/x: Not a directory" sh -c 'echo >file; aarch64-wasm-cc a.c -o file/x'
if [ "$(id -u)" -ne 0 ]; then
    mkdir ro && chmod 555 ro
    fails_with "cannot write ro/x: Permission denied" aarch64-wasm-cc a.c -o ro/x
fi
echo keep >precious
fails_with "cannot write precious: File too large" sh -c 'trap "" XFSZ; ulimit -f 60; aarch64-wasm-lift expected.elf -o precious'
same "what was there stays where the new one fails" keep "$(cat precious)"
fails_with "a part of this toolchain" sh -c "mv $libexec/cpu.wasm $libexec/gone; aarch64-wasm-cc a.c -o q; s=\$?; mv $libexec/gone $libexec/cpu.wasm; exit \$s"
check "no q" [ ! -e q ]

# Of an output of several files all are written, or none.
mkdir several
fails_with "cannot read" sh -c "rm $libexec/program.js; aarch64-wasm-cc a.c -o several/x.js"
fails_with "cannot copy" sh -c "rm -r $libexec/page/xterm; aarch64-wasm-cc a.c -o several/x.html"
same "all or none" "" "$(ls several)"
leaves_nothing "failing to write"
finish
