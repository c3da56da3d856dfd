// SPDX-License-Identifier: MIT
//
// Makes boot.cache when the toolchain is built: loaded by `node --require` into
// one run of a program, it keeps what V8 compiled for boot.js.  V8 takes it
// only for the same text, version and flags, which the stub gives.
const { Script } = require('vm');

require('vm').Script = class extends Script {
    constructor(text, options) {
        super(text, options);
        const exit = process.reallyExit;
        process.reallyExit = (status) => {
            if (!status)
                require('fs').writeFileSync(process.env.BOOT_CACHE, this.createCachedData());
            exit(status);
        };
    }
};
