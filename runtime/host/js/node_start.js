// SPDX-License-Identifier: MIT
//
// Node: what a program is started with, as the kernel wants it: bytes exactly
// as the system gave them (process.argv and process.env would turn them into
// UTF-8 and back).
'use strict';

function nulSeparated(file) {
    const words = [], bytes = fs.readFileSync(file);
    for (let at = 0, end; (end = bytes.indexOf(0, at)) >= 0; at = end + 1)
        words.push(bytes.subarray(at, end));
    return words;
}

// The last `count` arguments of this process.
function lastArguments(count) {
    return count > 0 ? nulSeparated('/proc/self/cmdline').slice(-count) : [];
}

const environment = () => nulSeparated('/proc/self/environ');
const linkTarget = (path) => fs.readlinkSync(path, { encoding: 'buffer' });
const currentDirectory = () => linkTarget('/proc/self/cwd');

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
