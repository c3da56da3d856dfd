// SPDX-License-Identifier: MIT
//
// Entry for the output `-o prog`: the last part of boot.js, which the host ELF
// stub starts as
//
//   node --stack-size=64000 --wasm-lazy-compilation -e SNIPPET -- FILES OFFSET SIZE argv…
//
// FILES is the descriptor of the bundle, and after commas the other ones the
// program inherits besides 0, 1 and 2 ("3" or "3,5,7").  OFFSET and SIZE say
// where in that file the bundle is.  SNIPPET reads the bundle's first entry,
// which is boot.js, and runs it as the body of a function:
//
//   const s=require('fs'),[,f,o]=process.argv,r=(n,p)=>{const b=Buffer.allocUnsafeSlow(n);
//   s.readSync(parseInt(f),b,0,n,p);return b},h=r(52,+o),q=(i)=>Number(h.readBigUInt64LE(i));
//   new Function('require',r(q(44),+o+q(36)))(require)
//
// Bundle (little-endian): "AWBUNDL1", u32 count, then for each entry char
// name[24], u64 offset from the bundle's start, u64 size; then the bytes.
// Entries: boot.js, kernel.wasm, cpu.wasm, guest.elf and, if the program is
// lifted, program.wasm.
'use strict';

function readExactly(fd, size, position) {
    const bytes = Buffer.allocUnsafeSlow(size);
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
    const count = readExactly(fd, HEAD, offset).readUInt32LE(8);
    const index = readExactly(fd, count * ENTRY, offset + HEAD);
    const entries = {};
    for (let at = 0; at < index.length; at += ENTRY) {
        const name = index.toString('latin1', at, at + 24).replace(/\0.*/, '');
        entries[name] = { position: offset + Number(index.readBigUInt64LE(at + 24)),
                          size: Number(index.readBigUInt64LE(at + 32)) };
    }
    return entries;
}

function startFromStub() {
    const [, files, offset] = process.argv;
    const [fd, ...inherited] = files.split(',').map(Number);
    const entries = readBundle(fd, Number(offset));
    const module = (name) => entries[name]
        && new WebAssembly.Module(readExactly(fd, entries[name].size, entries[name].position));

    const elf = entries['guest.elf'];
    const image = {
        size: elf.size,
        read: (bytes, at, len, pos) =>
            fs.readSync(fd, bytes, at, Math.min(len, Math.max(elf.size - pos, 0)), elf.position + pos),
        close: () => fs.closeSync(fd),
    };
    const boot = { argv: lastArguments(process.argv.length - 4), env: environment(),
                   cwd: currentDirectory(), exe: linkTarget(`/proc/self/fd/${fd}`),
                   fds: openFiles(inherited) };
    const host = nodeHost(image, startState(),
                          (status, signal) => signal ? dieBySignal(signal) : process.reallyExit(status));
    Error.stackTraceLimit = 0; // an errno from Node is an exception: do not collect traces for it
    const modules = { kernel: module('kernel.wasm'), cpu: module('cpu.wasm'), program: module('program.wasm') };
    process.reallyExit(run(modules, host, boot) ? 126 : 0);
}

startFromStub();
