// SPDX-License-Identifier: MIT
//
// Makes boot.cache when the toolchain is built: loaded by `node --require` into
// one run of a program, it keeps what V8 compiled for boot.js, behind the node's
// version in 32 bytes.  V8 takes it only for the same text, flags (which the
// stub gives) and version of its own; that is too little, since releases of Node
// change V8 without changing its version: start.js compares Node's.
const { Script } = require('vm');

require('vm').Script = class extends Script {
    constructor(text, options) {
        super(text, options);
        const exit = process.reallyExit;
        process.reallyExit = (status) => {
            if (!status)
                require('fs').writeFileSync(process.env.BOOT_CACHE,
                    Buffer.concat([Buffer.from(process.version.padEnd(32, '\0')), this.createCachedData()]));
            exit(status);
        };
    }
};
