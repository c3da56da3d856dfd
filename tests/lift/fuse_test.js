// SPDX-License-Identifier: MIT
//
// node fuse_test.js fuse.js x.wasm
//
// A lifted module is valid wherever there is SIMD; with relaxed SIMD each of the
// calls that section "aw.fma" lists becomes a madd, and it is valid still.
// Exit status 77: this engine, on this machine, does not fuse.
'use strict';

const assert = require('assert');
const fs = require('fs');

const [, , script, file] = process.argv;
const { fuse, madds } = new Function(`${fs.readFileSync(script, 'latin1')}; return { fuse, madds };`)();
const old = fs.readFileSync(file), same = Buffer.from(old);

assert(WebAssembly.validate(old), 'not valid before');
const madd = (bytes, at) => bytes[at] === 0xfd && [0x85, 0x87].includes(bytes[at + 1]) && bytes[at + 2] === 2;

if (!madds()) {
    assert(fuse(same) === same && same.equals(old), 'changed for an engine that has no madd');
    require('v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
}
if (!madds())
    process.exit(77);

let allowed = 0;
const fused = fuse(Buffer.from(old), () => { allowed++; });
assert.strictEqual(allowed, 0);
assert.strictEqual(fused.length, old.length);
assert(WebAssembly.validate(fused), 'not valid with madds');

// Where something changed, a call of a function has become a madd and nothing else.
const kinds = new Set();
let count = 0;
for (let at = 0; at < old.length; at++) {
    if (old[at] === fused[at])
        continue;
    assert(old[at] === 0x10 && madd(fused, at), `byte ${at}`);
    let end = at + 1;
    while (old[end] & 128)
        end++;
    assert(end - at >= 2 && fused.subarray(at + 3, end + 1).every((byte) => byte === 1), `after byte ${at}`);
    kinds.add(fused[at + 1]);
    count++;
    at = end;
}
assert.deepStrictEqual([...kinds].sort(), [0x85, 0x87]);
assert(count >= 4, `${count} places`);

// A module without such calls stays as it is.
const plain = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
assert(fuse(plain) === plain && plain[7] === 0);
