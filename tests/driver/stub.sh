# SPDX-License-Identifier: MIT
#
# What the stub hands to node: everything, exactly.  The "program" here is a
# boot.js that prints what it was given.
. "$(dirname "$0")/lib.sh"

fake_tree <<'EOF'
const fs = require('fs');
const strings = (file) => fs.readFileSync(file).toString('latin1').split('\0').slice(0, -1);
const [, files, offset, size] = process.argv;
const [fd, ...inherited] = files.split(',').map(Number);
const magic = Buffer.alloc(8);
fs.readSync(fd, magic, 0, 8, +offset);
const show = {
    argv: () => strings('/proc/self/cmdline').slice(4 - process.argv.length).map((w) => `[${w}]`).join(''),
    env: () => strings('/proc/self/environ').filter((w) => /^.?(NODE|ODE|OPENSSL|PENSSL|T_)/.test(w)).map(escape).join(' '),
    cwd: () => fs.readlinkSync('/proc/self/cwd'),
    magic: () => magic.toString(),
    inherited: () => inherited.filter((n) => n < 10).join(),
    stack: () => stub.stack.join(),
    ignored: () => String(stub.ignored & 0xffn),
    stdin: () => fs.readFileSync(0, 'latin1'),
    limit: () => /Max stack size +(\d+)/.exec(fs.readFileSync('/proc/self/limits', 'latin1'))[1],
    deep: () => { let n = 0; const f = () => { n++; f(); }; try { f(); } catch {} return n > 50000; },
};
const what = strings('/proc/self/cmdline').slice(4 - process.argv.length)[1];
if (what === 'exit')
    process.exit(42);
if (what === 'kill')
    process.kill(process.pid, 'SIGTERM');
else
    console.log(show[what]());
EOF

hello >a.c
aarch64-wasm-cc -mlift=never a.c -o prog || exit 1

same "argv" "[./prog][argv][][a  b][\$x '\"]" "$(./prog argv '' 'a  b' "\$x '\"")"
same "argv: bytes that are no UTF-8" "[argv][$(printf '\377\300x' | iconv -f latin1 -t utf8)]" \
    "$(./prog argv "$(printf '\377\300x')" | sed 's!^\[./prog\]!!')"
same "argv[0] as the caller says" "[some name][argv]" "$(bash -c 'exec -a "some name" ./prog argv')"
same "argv that look like node's options" "[./prog][argv][--version][-e][--][-]" "$(./prog argv --version -e -- -)"
same "the bundle is found" AWBUNDL1 "$(./prog magic)"
same "cwd" "$PWD" "$(./prog cwd)"
same "standard input" "some text" "$(echo some text | ./prog stdin)"
same "environment: order, empty values" "T_B%3D T_A%3D1" "$(env -i T_B= T_A=1 ./prog env)"
same "NODE_OPTIONS is the program's, not node's" "%0EODE_OPTIONS%3D--no-such-option" \
    "$(env -i NODE_OPTIONS=--no-such-option ./prog env)"
same "OPENSSL_CONF too" "%0FPENSSL_CONF%3D/none" "$(env -i OPENSSL_CONF=/none ./prog env)"
same "an empty environment" "" "$(env -i ./prog env)"
same "inherited descriptors" "5,7" "$(./prog inherited 3<&- 4<&- 5</dev/null 6<&- 7>/dev/null 8<&- 9<&-)"
same "ignored signals" 1 "$(sh -c 'trap "" HUP; exec ./prog ignored')"
same "the stack's limits as they were" "1048576,$(ulimit -Hs | sed s/unlimited/-1/)" "$(ulimit -Ss 1024; ./prog stack)"
same "the stack's limit as node has it" 67108864 "$(ulimit -Ss 1024; ./prog limit)"
same "a low hard limit of the stack" 4194304 "$(ulimit -s 4096; ./prog limit)"
same "deep recursion" true "$(./prog deep)"
same "no deep recursion where the stack is small: no crash" false "$(ulimit -s 2048; ./prog deep)"

./prog exit
same "exit status" 42 $?
sh -c './prog kill; echo $?' >out 2>/dev/null
same "death by signal" 143 "$(cat out)"

# Copies, links, other directories, other names, shells.
cp prog copy && same "a copy" "[./copy][argv]" "$(./copy argv)"
mv copy moved && same "moved" "[./moved][argv]" "$(./moved argv)"
ln -s prog link && same "through a symbolic link" "[./link][argv]" "$(./link argv)"
mkdir dir && same "from another directory" "[../prog][argv]" "$(cd dir && ../prog argv)"
same "from PATH" "[prog][argv]" "$(PATH=$PWD:$PATH prog argv)"
same "under sh -c" "[./prog][argv]" "$(sh -c './prog argv')"
same "under env -i" "[./prog][argv]" "$(env -i ./prog argv)"
cp prog deleted
same "deleted while it runs" AWBUNDL1 "$( (sleep 0.3; ./deleted magic) & sleep 0; wait )"
(for i in 1 2 3 4 5 6; do ./prog argv $i >par.$i & done; wait)
same "in parallel" "[./prog][argv][1] [./prog][argv][6]" "$(cat par.1) $(cat par.6)"

# Host tools that take programs apart.
for tool in strip "strip --strip-all" "strip -g" "strip --strip-unneeded" "llvm-strip-22" "llvm-strip-22 --strip-all" \
    "objcopy" "objcopy --strip-all"; do
    command -v "${tool%% *}" >/dev/null || continue
    cp prog stripped
    $tool stripped
    same "after $tool" "AWBUNDL1" "$(./stripped magic)"
done
install -s prog installed && same "after install -s" AWBUNDL1 "$(./installed magic)"

# Without a node, or with an old one.
mkdir empty
ln -s "$(command -v node)" empty/mynode
same "AARCH64_WASM_NODE" AWBUNDL1 "$(AARCH64_WASM_NODE=$PWD/empty/mynode ./prog magic)"
AARCH64_WASM_NODE=/missing/node ./prog magic 2>err
same "AARCH64_WASM_NODE wrong: status" 127 $?
same "AARCH64_WASM_NODE wrong" "./prog: error: cannot run the node that AARCH64_WASM_NODE names: /missing/node" "$(cat err)"

echo /missing/node >"$libexec/node"
aarch64-wasm-cc a.c -o a.elf
PATH=/none "$work/tree/bin/aarch64-wasm-lift" -mlift=never a.elf -o nodeless
same "node from PATH" AWBUNDL1 "$(./nodeless magic)"
PATH=$PWD/empty ./nodeless magic 2>err
same "no node: status" 127 $?
same "no node" "./nodeless: error: needs Node 20 or later, and there is no node on PATH (or set AARCH64_WASM_NODE)" "$(cat err)"

# V8's code for boot.js: only for the node that made it.
cat >code.js <<'EOF'
const { Script } = require('vm');
require('vm').Script = class extends Script {
    constructor(text, options) {
        super(text, { ...options, cachedData: undefined });
        console.log(options.cachedData ? options.cachedData.length : 'none');
    }
};
EOF
printf '#!/bin/sh\nexec %s --require %s/code.js "$@"\n' "$(command -v node)" "$PWD" >shows
chmod +x shows
for version in "$(node --version)" v20.0.0; do
    printf '%s' "$version" | dd of="$libexec/boot.cache" bs=100 conv=sync status=none
    PATH=/none "$work/tree/bin/aarch64-wasm-lift" -mlift=never a.elf -o coded
    AARCH64_WASM_NODE=$PWD/shows ./coded argv | head -n 1
done >out
same "V8's code for boot.js, and another node's" "68 none" "$(echo $(cat out))"

echo "Object.defineProperty(process, 'versions', { value: { node: '18.19.0' } });" >old.js
printf '#!/bin/sh\nexec %s --require %s/old.js "$@"\n' "$(command -v node)" "$PWD" >old
chmod +x old
AARCH64_WASM_NODE=$PWD/old ./prog magic 2>err
same "an old node: status" 127 $?
same "an old node" "./prog: error: needs Node 20 or later," "$(sed 's/later,.*/later,/' err)"
finish
