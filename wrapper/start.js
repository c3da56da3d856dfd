// SPDX-License-Identifier: MIT
//
// What the stub hands to `node -r`: checks node's age and enters the bundle's
// first entry, boot.js (last part: runtime/host/js/stub.js), as the body of a
// function of `require` and `stub`.  It never returns.
//
// process.argv is [node, /, files, offset, size, state, argv0, args ...]; boot.js
// sees it without `/` and `state`.  `state` is `stub` to it: the limits of the
// stack before the stub raised it (-1: none), the sets of signals that were
// ignored and blocked, which node would not tell, process group and session.
//
// The second entry may be V8's code for boot.js, headed by the version of the
// node that it is for (see cache.js): V8 itself would take another node's.
//
// What is JavaScript in node itself is compiled anew in every process: Buffer's
// methods cost more here than they do.  boot.js is Latin-1, so that V8 has a
// byte a character.
if (parseInt(process.versions.node, 10) < 20) {
    process.stderr.write(process.argv[6] + ': error: needs Node 20 or later, ' + process.execPath + ' is ' + process.version + '\n');
    process.exit(127);
}
const fs = require('fs');
const [, , files, offset] = process.argv;
const [soft, hard, ignored, blocked, pgid, sid] = process.argv.splice(5, 1)[0].split(',').map(BigInt);
process.argv.splice(1, 1);
fs.closeSync(parseInt(__filename.slice(14), 10)); // this very file: /proc/self/fd/N

const read = (size, at) => {
    const bytes = new Uint8Array(size);
    if (fs.readSync(parseInt(files, 10), bytes, 0, size, +offset + at) < size)
        throw new Error('this program is cut short: its file ends within its bundle');
    return bytes;
};
const latin1 = (bytes) => Buffer.prototype.latin1Slice.call(bytes, 0, bytes.length);
const head = read(12 + 2 * 40, 0), field = (at) => Number(new DataView(head.buffer).getBigUint64(at, true));
const VERSION = 32;
const cached = latin1(head.subarray(52, 62)) === 'boot.cache'
    && latin1(read(VERSION, field(52 + 24))).replace(/\0.*/, '') === process.version;
const cachedData = cached ? read(field(52 + 32) - VERSION, field(52 + 24) + VERSION) : undefined;
const text = '(function (require, stub) {' + latin1(read(field(12 + 32), field(12 + 24))) + '\n})';
const script = new (require('vm').Script)(text, { filename: 'boot.js', cachedData });
script.runInThisContext()(require, { stack: [soft, hard], ignored, blocked, pgid, sid });
