// SPDX-License-Identifier: MIT
//
// Node: what a program is started with, as the kernel wants it: bytes exactly
// as the system gave them (process.argv and process.env would turn them into
// UTF-8 and back).
'use strict';

// All of a file that tells no size.  Not readFileSync(), and no Buffer: what Node has in JavaScript is compiled anew
// in every process, which takes longer than a small program.
function readAll(path) {
    const fd = fs.openSync(path);
    let bytes = new Uint8Array(16384), size = 0;
    for (let n; (n = fs.readSync(fd, bytes, size, bytes.length - size, null)); size += n)
        if (size + n === bytes.length) {
            const more = new Uint8Array(bytes.length * 2);
            more.set(bytes);
            bytes = more;
        }
    fs.closeSync(fd);
    return bytes.subarray(0, size);
}

// NUL-terminated words as a word list (machine.js); `each` is told where every one starts.
function nulTerminated(bytes, each) {
    let count = 0;
    for (let at = 0, end; (end = bytes.indexOf(0, at)) >= 0; at = end + 1, count++)
        each?.(at, count);
    return { count, bytes };
}

// The last `count` arguments of this process.
function lastArguments(count) {
    const starts = [], { bytes } = nulTerminated(readAll('/proc/self/cmdline'), (at) => starts.push(at));
    return { count, bytes: count ? bytes.subarray(starts.at(-count)) : bytes.subarray(0, 0) };
}

const environment = () => nulTerminated(readAll('/proc/self/environ'));
const linkTarget = (path) => fs.readlinkSync(path, { encoding: 'buffer' });
const currentDirectory = () => linkTarget('/proc/self/cwd');

// Node 20 has relaxed SIMD behind a flag.  Loading 'v8' would take 10 ms, and what is in the way to its binding is a warning.
function showRelaxedSimd() {
    if (!process.version.startsWith('v20.'))
        return;
    const { noDeprecation } = process;
    process.noDeprecation = true;
    process.binding('v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
    process.noDeprecation = noDeprecation;
}

const fusedForNode = (bytes) => process.env.AARCH64_WASM_FMA === 'software' ? bytes : fuse(bytes, showRelaxedSimd);

// "fd:handle …" for the standard streams and other files the program inherits.
const openFiles = (inherited) => ['0', '1', '2', ...inherited].map((n) => `${n}:${n}`).join(' ');

/*
 * What stays true of a process however often the host is asked.  The kernel
 * applies the guest's umask, so the process's own becomes 0; not in a worker,
 * where Node does not allow it: the main thread does it before starting one.
 */
function startState() {
    return { umask: process.umask(0) };
}

/*
 * Node forgets at its start which signals whoever started it had ignored
 * (nohup(1)).  It shall not die from them either: a listener that is never
 * called, because the program leaves Node no time, keeps it from that.
 */
function keepIgnored(ignored) {
    const { signals } = require('os').constants;
    for (const name of Object.keys(signals))
        if (ignored >> BigInt(signals[name] - 1) & 1n)
            try {
                process.on(name, () => {});
            } catch {
                // one that Node keeps for itself or does not know
            }
}
