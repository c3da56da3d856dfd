// SPDX-License-Identifier: MIT
//
// Node host: terminals, time, chance, identity and the end (rows host_tty_size
// … host_exit_signal of imports.tab).
'use strict';

const MEMORY_DEVICES = 1n; // major number of /dev/null and its like: spares them the question below

/*
 * Terminals, by stty(1): Node itself neither reads nor sets a termios.  Answers
 * null for what is no terminal, else stty's output.
 */
function stty(file, args) {
    const stat = fs.fstatSync(file, BIG);
    if (Number(stat.mode) >> 12 !== fs.constants.S_IFCHR >> 12 || stat.rdev >> 8n === MEMORY_DEVICES)
        return null;
    if (!require('tty').isatty(file))
        return null;
    const { error, status, stdout } = require('child_process')
        .spawnSync('stty', args, { stdio: [file, 'pipe', 'ignore'], encoding: 'latin1' });
    if (error || status)
        throw { errno: CANNOT };
    return stdout;
}

// stty -g: iflag:oflag:cflag:lflag:cc0:cc1:…, hexadecimal.
const CC_KERNEL = 19, CC_STTY = 32;

// How much there is to read at once and without waiting; 0 also where that cannot be told.
function pending(file, into) {
    try {
        return readNow(file, into, 0, into.length);
    } catch {
        return 0;
    }
}

function ttyRows(state) {
    function size(file, out) {
        const text = stty(file, ['size']);
        if (text === null)
            return NO_TERMINAL;
        const [rows, columns] = text.split(' ').map(Number);
        new Uint16Array(state.memories.k.buffer, out, 4).set([rows, columns, 0, 0]);
    }

    function get(file, out) {
        const text = stty(file, ['-g']);
        if (text === null)
            return NO_TERMINAL;
        const words = text.trim().split(':').map((w) => parseInt(w, 16));
        const view = new DataView(state.memories.k.buffer, out, 36);
        for (let i = 0; i < 4; i++)
            view.setUint32(i * 4, words[i], true);
        view.setUint8(16, 0);
        for (let i = 0; i < CC_KERNEL; i++)
            view.setUint8(17 + i, words[4 + i]);
    }

    function set(file, when, at) {
        const view = new DataView(state.memories.k.buffer, at, 36);
        const words = [];
        for (let i = 0; i < 4; i++)
            words.push(view.getUint32(i * 4, true).toString(16));
        for (let i = 0; i < CC_STTY; i++)
            words.push(i < CC_KERNEL ? view.getUint8(17 + i).toString(16) : '0');
        if (when === 2) // drop what was typed and not read
            for (const junk = new Uint8Array(4096); pending(file, junk) > 0;)
                ;
        if (stty(file, [words.join(':')]) === null)
            return NO_TERMINAL;
    }

    return { host_tty_size: answer(size), host_tty_get: answer(get), host_tty_set: answer(set) };
}

/*
 * Real time in nanoseconds: Node's own clock has milliseconds, so it is carried
 * on by the monotonic one, and taken anew when somebody sets the machine's clock.
 */
function realClock() {
    let offset = 0n;
    return () => {
        const coarse = BigInt(Date.now()) * 1000000n, fine = process.hrtime.bigint() + offset;
        const ahead = fine - coarse;
        if (ahead >= 0n && ahead < 2000000n)
            return fine;
        offset += coarse - fine;
        return coarse;
    };
}

function timeRows() {
    const us = (n) => BigInt(n) * 1000n;
    const clocks = [
        realClock(),
        () => process.hrtime.bigint(),
        () => { const { user, system } = process.cpuUsage(); return us(user + system); },
        () => us(process.cpuUsage().system),
    ];
    return { host_clock: (id) => clocks[id]() };
}

// start: { umask, cwd, pgid, sid }, what was true when the program began; cwd only if it is not this process's,
// process group and session if they are known.
function identityRows(state, start) {
    // Fields of proc(5)'s /proc/self/stat after the parenthesised name: state ppid pgrp session …
    const statField = (n) => {
        const text = fs.readFileSync('/proc/self/stat', 'latin1');
        return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[n]);
    };
    const ids = [
        () => process.getuid(), () => process.geteuid(), () => process.getgid(), () => process.getegid(),
        () => process.pid, () => process.ppid, () => start.pgid ?? statField(2), () => start.sid ?? statField(3),
        () => start.umask,
        () => require('os').availableParallelism(),
        () => process.resourceUsage().maxRSS,
    ];

    // process.getgroups() adds the effective group, which getgroups(2) need not.
    function groups(buf, cap) {
        const text = fs.readFileSync('/proc/self/status', 'latin1').match(/^Groups:(.*)/m)[1];
        const list = (text.match(/\d+/g) ?? []).map(Number);
        new Uint32Array(state.memories.k.buffer, buf, cap).set(list.slice(0, cap));
        return list.length;
    }

    function random(buf, len) {
        const fd = fs.openSync('/dev/urandom'); // loading Node's crypto takes longer than a small program
        try {
            for (let have = 0; have < len;)
                have += fs.readSync(fd, state.memories.k, buf + have, len - have, null);
        } finally {
            fs.closeSync(fd);
        }
    }

    return {
        host_random: answer(random),
        host_id: (what) => ids[what] ? ids[what]() : CANNOT,
        host_groups: answer(groups),
        host_kill: answer((pid, sig) => { process.kill(pid, sig); }),
    };
}

/*
 * Ends this process as the signal would have: Node ignores or handles some of
 * them, but hands a signal back to the system when its last listener goes.
 * Only on Node's main thread.
 */
function dieBySignal(sig) {
    const { signals } = require('os').constants;
    const name = Object.keys(signals).find((n) => signals[n] === sig);
    try {
        const listener = () => {};
        process.on(name, listener);
        process.off(name, listener);
    } catch {
        // a signal nobody can listen to needs no handing back
    }
    process.kill(process.pid, sig);
    nap(1000); // it may arrive on another thread first
    process.reallyExit(128 + sig);
}

// The end of a program that we, not it, are to blame for; 70 is EX_SOFTWARE of sysexits.h.
function endByBug(name, e) {
    fs.writeSync(2, `${name}: internal error: ${e?.stack || e}\n`);
    process.reallyExit(70);
}

/*
 * The whole host.  end(status, signal) ends the process: one of the two is 0.
 */
function nodeHost(image, start, end) {
    const state = { image, memories: null, cwd: start.cwd };
    return {
        imports: {
            ...memoryRows(state), ...nodeFiles(state), ...ttyRows(state), ...timeRows(),
            ...identityRows(state, start),
            host_exit: (status) => end(status, 0),
            host_exit_signal: (sig) => end(0, sig),
        },
        attach(memories) { state.memories = memories; },
        memories: () => state.memories,
        loaded() {
            image.close();
            state.image = null;
        },
    };
}
