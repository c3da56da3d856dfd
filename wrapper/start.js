// SPDX-License-Identifier: MIT
//
// What the stub hands to `node -e`: checks node's age and enters the bundle's
// first entry, boot.js (last part: runtime/host/js/stub.js), as the body of a
// function of `require` and `stub`.
//
// process.argv is [node, files, offset, size, state, argv0, args ...]; boot.js
// sees it without `state`, which is `stub` to it: the limits of the stack
// before the stub raised it (-1: none) and the sets of signals that were
// ignored and blocked, which node would not tell.
//
// The second entry may be V8's code for boot.js (see cache.js): a node that it
// is not for ignores it.
(function () {
    if (parseInt(process.versions.node, 10) < 20) {
        process.stderr.write(process.argv[5] + ': error: needs Node 20 or later, ' + process.execPath + ' is ' + process.version + '\n');
        process.exit(127);
    }
    const fs = require('fs');
    const [, files, offset] = process.argv;
    const [soft, hard, ignored, blocked] = process.argv.splice(4, 1)[0].split(',').map(BigInt);

    const read = (size, at) => {
        const bytes = Buffer.allocUnsafeSlow(size);
        if (fs.readSync(parseInt(files, 10), bytes, 0, size, at) < size)
            throw new Error('this program is cut short: its file ends within its bundle');
        return bytes;
    };
    const head = read(12 + 2 * 40, +offset), field = (at) => Number(head.readBigUInt64LE(at));
    const entry = (at) => read(field(at + 32), +offset + field(at + 24));
    const text = '(function (require, stub) {' + entry(12).toString() + '\n})';
    const cachedData = head.toString('latin1', 52, 62) === 'boot.cache' ? entry(52) : undefined;
    const script = new (require('vm').Script)(text, { filename: 'boot.js', cachedData });
    script.runInThisContext()(require, { stack: [soft, hard], ignored, blocked });
})();
