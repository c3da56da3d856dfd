// SPDX-License-Identifier: MIT
//
// The page's worker: runs the program once, from one message, and answers with
// { show: bytes } for the terminal and at last { status, signal } or { error }.
'use strict';

function runInPage({ modules, pageModule, elf, boot, input, ring, size, files }) {
    const io = {
        show: (bytes) => postMessage({ show: bytes }),
        keys: ring ? new KeyRing(ring) : null,
        input,
        size: () => io.keys ? [io.keys.words[RING_ROWS], io.keys.words[RING_COLUMNS]] : size,
    };
    const end = (status, signal) => {
        postMessage({ status, signal });
        throw END;
    };
    const host = pageHost(pageModule, imageOf(elf), io, end);
    for (const { name, bytes } of files)
        if (host.addFile(name, bytes) < 0)
            throw new Error(`no room for the file ${name}`);
    if (run(modules, host, boot))
        postMessage({ status: 126, signal: 0 });
}

if (typeof document === 'undefined')
    onmessage = ({ data }) => {
        try {
            runInPage(data);
        } catch (e) {
            postMessage({ error: String(e.message ?? e) });
        }
    };
