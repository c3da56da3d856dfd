// SPDX-License-Identifier: MIT
//
// Entry for the output `-o prog`: the last part of boot.js.  The host ELF stub
// (wrapper/stub.c) starts
//
//   node OPTIONS -r start.js / FILES OFFSET SIZE STATE argv…
//
// and start.js runs the bundle's first entry, which is boot.js, as the body of
// a function of `require` and `stub`, which is { ignored, blocked, pgid, sid }:
// sets of signals as the stub found them, and where the process belongs.
// process.argv has neither `/` nor STATE.  FILES is the descriptor of the file
// that holds the bundle, then the other ones the program inherits besides 0, 1
// and 2 ("960,3,7"); OFFSET says where the bundle lies in it.  wrapper/bundle.h
// has the bundle's format.  Entries: boot.js, kernel.wasm, cpu.wasm, guest.elf
// and, if the program is lifted, program.wasm.
'use strict';

function readExactly(fd, size, position) {
    const bytes = new Uint8Array(size);
    for (let have = 0; have < size;) {
        const n = fs.readSync(fd, bytes, have, size - have, position + have);
        if (!n)
            throw new Error('this program is cut short: its file ends within its own bundle');
        have += n;
    }
    return bytes;
}

// Where each entry lies in the file: name -> { position, size }.
function readBundle(fd, offset) {
    const ENTRY = 40, HEAD = 12;
    const count = new DataView(readExactly(fd, HEAD, offset).buffer).getUint32(8, true);
    const index = readExactly(fd, count * ENTRY, offset + HEAD), view = new DataView(index.buffer);
    const entries = {};
    for (let at = 0; at < index.length; at += ENTRY) {
        const name = String.fromCharCode(...index.subarray(at, index.indexOf(0, at)));
        entries[name] = { position: offset + Number(view.getBigUint64(at + 24, true)),
                          size: Number(view.getBigUint64(at + 32, true)) };
    }
    return entries;
}

// The stub hides variables that would change node itself by taking 64 from their first letter.
function unmasked(list) {
    return nulTerminated(list.bytes, (at) => {
        const first = list.bytes[at];
        if (first > 0 && first < 32)
            list.bytes[at] = first + 64;
    });
}

function startFromStub() {
    const [, files, offset] = process.argv;
    const [fd, ...inherited] = files.split(',').map(Number);
    const entries = readBundle(fd, Number(offset));
    const bytes = (name) => readExactly(fd, entries[name].size, entries[name].position);
    const module = (name) => new WebAssembly.Module(bytes(name));

    const elf = entries['guest.elf'];
    const image = {
        size: elf.size,
        read: (bytes, at, len, pos) =>
            fs.readSync(fd, bytes, at, Math.min(len, Math.max(elf.size - pos, 0)), elf.position + pos),
        close: () => fs.closeSync(fd),
    };
    const boot = { argv: lastArguments(process.argv.length - 4), env: unmasked(environment()),
                   cwd: currentDirectory(), exe: linkTarget(`/proc/self/fd/${fd}`),
                   fds: openFiles(inherited), signals: `${stub.ignored} ${stub.blocked}` };
    if (stub.ignored)
        keepIgnored(stub.ignored);
    const host = nodeHost(image, { ...startState(), pgid: Number(stub.pgid), sid: Number(stub.sid) },
                          (status, signal) => signal ? dieBySignal(signal) : process.reallyExit(status));
    Error.stackTraceLimit = 1; // an errno from Node is an exception: do not collect long traces for it
    const program = entries['program.wasm'] && new WebAssembly.Module(fusedForNode(bytes('program.wasm')));
    const modules = { kernel: module('kernel.wasm'), cpu: module('cpu.wasm'), program };
    process.reallyExit(run(modules, host, boot) ? 126 : 0);
}

try {
    startFromStub();
} catch (e) {
    endByBug(process.argv[4], e);
}
