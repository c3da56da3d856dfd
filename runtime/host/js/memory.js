// SPDX-License-Identifier: MIT
//
// The two memories of a machine, and the rows of runtime/host/imports.tab that
// move bytes between them: the same on every host.
'use strict';

// The numbers imports.tab itself names; every other error is the errno a host reports.
const HOST_IMAGE = 2147483646, HOST_CWD = -100;
const NO_MEMORY = -12, WOULD_WAIT = -11, NO_TERMINAL = -25, CANNOT = -38;

// Sizes in 64 KiB pages, as runtime/kernel/entry.h gives them.
const KERNEL_PAGES = { initial: 32, maximum: 4096, shared: true };
const PROGRAM_PAGES = { initial: 64, maximum: 65536 };

/*
 * The two memories and their bytes.  `k` and `u` (kernel, user) are views; both
 * memories grow, so nobody keeps a view longer than one call.
 */
class Memories {
    constructor() {
        this.kernel = new WebAssembly.Memory(KERNEL_PAGES);
        this.program = new WebAssembly.Memory(PROGRAM_PAGES);
        this.kernelBytes = new Uint8Array(this.kernel.buffer);
        this.u = new Uint8Array(this.program.buffer);
    }

    get k() {
        const buffer = this.kernel.buffer;
        if (buffer !== this.kernelBytes.buffer)
            this.kernelBytes = new Uint8Array(buffer);
        return this.kernelBytes;
    }

    // Makes program memory at least `pages` long; false if the engine has no more.
    growProgram(pages) {
        const more = pages - (this.u.length >>> 16);
        try {
            if (more > 0)
                this.program.grow(more);
        } catch {
            return false;
        }
        this.u = new Uint8Array(this.program.buffer);
        return true;
    }
}

// Rows of imports.tab on the program's memory; the same on every host.
function memoryRows(state) {
    return {
        host_copy_in: (dst, src, len) => {
            src >>>= 0;
            state.memories.k.set(state.memories.u.subarray(src, src + len), dst);
        },
        host_copy_out: (dst, src, len) => {
            state.memories.u.set(state.memories.k.subarray(src, src + len), dst >>> 0);
        },
        host_user_fill: (at, byte, len) => {
            state.memories.u.fill(byte, at >>> 0, (at >>> 0) + (len >>> 0));
        },
        host_user_move: (dst, src, len) => {
            state.memories.u.copyWithin(dst >>> 0, src >>> 0, (src >>> 0) + (len >>> 0));
        },
        host_grow_user: (pages) => state.memories.growProgram(pages >>> 0) ? 0 : NO_MEMORY,
    };
}
