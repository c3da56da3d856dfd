// SPDX-License-Identifier: MIT
//
// node files_test.js SOURCE-DIR PAGE-WASM-JS [SEED [ROUNDS]]
//
// The page's files against Linux's: random calls from runtime/host/imports.tab
// go to the page's host and, in a fresh temporary directory, to the Node host;
// results and everything that comes back must be equal.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');

const [, , source, pageWasmJs, seed = Date.now() % 1e9, rounds = 40] = process.argv;

const part = (name) => fs.readFileSync(path.join(source, name), 'utf8');
const scripts = ['host/js/memory.js', 'host/js/node_files.js', 'web/page_host.js'].map((f) => part(`runtime/${f}`));
const { nodeFiles, memoryRows, pageHost, Memories, pageWasm } = new Function('require', `${scripts.join('\n')}
    ${fs.readFileSync(pageWasmJs, 'utf8')}
    return { nodeFiles, memoryRows, pageHost, Memories, pageWasm };`)(require);

// xorshift32: the same numbers everywhere for a seed.
let random = (Number(seed) | 0) || 1;
function pick(n) {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return (random >>> 0) % n;
}
const oneOf = (list) => list[pick(list.length)];

const NAMES = ['a', 'b', 'c', 'd', 'a/b', 'a/c', 'b/a', 'c/d/a', 'a/', './b', 'a/../c', 'a/.', '../w/d', '.', '..',
               'x'.repeat(255), 'y'.repeat(256), 'b//a', 'd/'];
// Linux looks at a last name's length only when it looks it up, after other checks of rename(2) and link(2).
const SHORT_NAMES = NAMES.filter((name) => name.length < 256);
const TARGETS = ['a', 'b', 'c/d', '../w/a', '.', 'nothing', 'd'];
const FLAGS = [0, 0, 2, 0o101, 0o102, 0o302, 0o1102, 0o2102, 0o200000, 0o400000, 0o400102];

const PATH = 1024, PATH2 = 2048, DATA = 4096, ATTR_SIZE = 14 * 8;

// One of the two hosts, with the directory that relative paths start from.
class Side {
    constructor(imports, memories) {
        this.imports = imports;
        this.memories = memories;
        this.handles = [];
    }

    text(at, words) {
        const bytes = Buffer.from(words);
        this.memories.k.set(bytes, at);
        return [at, bytes.length];
    }

    enter(dir) { this.base = this.imports.host_open(this.base ?? -100, ...this.text(PATH, dir), 0o200000, 0); }
    data(n) { return Buffer.from(this.memories.k.slice(DATA, DATA + n)); }

    stat(result) {
        if (result < 0)
            return result;
        const [, , mode, nlink, uid, gid, , size] = new BigInt64Array(this.memories.k.slice(DATA, DATA + ATTR_SIZE).buffer);
        const isDir = (Number(mode) & 0o170000) === 0o040000;
        return [mode.toString(8), nlink, uid, gid, isDir ? 'size' : size].join(' ');
    }

    names(n) {
        const bytes = this.data(Math.max(n, 0)), names = [];
        for (let at = 0; at < n;) {
            const length = bytes.readUInt16LE(at + 10);
            names.push(`${bytes[at + 8]} ${bytes.toString('latin1', at + 12, at + 12 + length)}`);
            at += (12 + length + 7) & ~7;
        }
        return n < 0 ? n : names;
    }
}

// name -> a function that draws arguments and gives back what to do to a side.
const CALLS = {
    open: () => { const [p, f, m] = [oneOf(NAMES), oneOf(FLAGS), oneOf([0o644, 0o600, 0o755])];
        return (s) => { const h = s.imports.host_open(s.base, ...s.text(PATH, p), f, m); if (h >= 0) s.handles.push(h); return h < 0 ? h : 'open'; }; },
    close: (n) => { const i = pick(n + 1);
        return (s) => i < s.handles.length ? s.imports.host_close(s.handles.splice(i, 1)[0]) : 'none'; },
    read: (n) => { const [i, len, pos] = [pick(n + 1), 1 + pick(300), BigInt(pick(400))];
        return (s) => { const r = s.imports.host_read(s.handles[i] ?? 999, DATA, len, pos, 0); return r < 0 ? r : s.data(r).toString('hex'); }; },
    write: (n) => { const [i, len, pos, byte] = [pick(n + 1), 1 + pick(300), BigInt(pick(400)), pick(256)];
        return (s) => { s.memories.k.fill(byte, DATA, DATA + len); return s.imports.host_write(s.handles[i] ?? 999, DATA, len, pos); }; },
    fstat: (n) => { const i = pick(n + 1);
        return (s) => s.stat(s.imports.host_fstat(s.handles[i] ?? 999, DATA)); },
    truncate: (n) => { const [i, size] = [pick(n + 1), BigInt(pick(600))];
        return (s) => s.imports.host_truncate(s.handles[i] ?? 999, size); },
    stat: () => { const [p, follow] = [oneOf(NAMES), pick(2)];
        return (s) => s.stat(s.imports.host_stat(s.base, ...s.text(PATH, p), follow, DATA)); },
    readdir: () => { const p = oneOf(NAMES);
        return (s) => {
            const h = s.imports.host_open(s.base, ...s.text(PATH, p), 0o200000, 0);
            if (h < 0)
                return h;
            const names = [s.imports.host_readdir(h, 0, DATA, 8192)].map((n) => s.names(n))[0];
            s.imports.host_close(h);
            return Array.isArray(names) ? names.sort().join(', ') : names;
        }; },
    mkdir: () => { const [p, m] = [oneOf(NAMES), oneOf([0o755, 0o700])];
        return (s) => s.imports.host_mkdir(s.base, ...s.text(PATH, p), m); },
    unlink: () => { const [p, isDir] = [oneOf(NAMES), pick(2)];
        return (s) => s.imports.host_unlink(s.base, ...s.text(PATH, p), isDir); },
    rename: () => { const [p, q] = [oneOf(SHORT_NAMES), oneOf(SHORT_NAMES)];
        return (s) => s.imports.host_rename(s.base, ...s.text(PATH, p), s.base, ...s.text(PATH2, q)); },
    link: () => { const [p, q] = [oneOf(SHORT_NAMES), oneOf(SHORT_NAMES)];
        return (s) => s.imports.host_link(s.base, ...s.text(PATH, p), s.base, ...s.text(PATH2, q)); },
    symlink: () => { const [p, q] = [oneOf(TARGETS), oneOf(NAMES)];
        return (s) => s.imports.host_symlink(...s.text(PATH, p), s.base, ...s.text(PATH2, q)); },
    readlink: () => { const [p, cap] = [oneOf(NAMES), 1 + pick(6)];
        return (s) => { const r = s.imports.host_readlink(s.base, ...s.text(PATH, p), DATA, cap); return r < 0 ? r : s.data(r).toString(); }; },
    access: () => { const [p, m] = [oneOf(NAMES), pick(8)];
        return (s) => s.imports.host_access(s.base, ...s.text(PATH, p), m); },
    chmod: () => { const [p, m] = [oneOf(NAMES), oneOf([0o644, 0o711, 0o000])];
        return (s) => s.imports.host_chmod(s.base, ...s.text(PATH, p), m); },
    utimens: () => { const [p, follow, t] = [oneOf(NAMES), pick(2), BigInt(pick(1e6)) * 1000000000n];
        return (s) => s.imports.host_utimens(s.base, ...s.text(PATH, p), t, t, follow); },
};

function linuxSide(dir) {
    const memories = new Memories();
    const side = new Side(nodeFiles({ memories, image: null }), memories);
    side.enter(dir);
    return side;
}

const pageModule = new WebAssembly.Module(pageWasm());
function pageSide() {
    const memories = new Memories();
    const host = pageHost(pageModule, null, { show() {}, keys: null, input: null, size: () => [24, 80] }, () => {});
    host.attach(memories);
    const side = new Side(host.imports, memories);
    side.enter('/home');
    return side;
}

function round() {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'page-files-'));
    fs.chmodSync(dir, 0o755);
    const sides = [linuxSide(dir), pageSide()], log = [];
    try {
        for (const side of sides) {
            side.imports.host_mkdir(side.base, ...side.text(PATH, 'w'), 0o755);
            side.enter('w');
        }
        for (let n = 0; n < 400; n++) {
            const name = oneOf(Object.keys(CALLS)), state = random;
            const call = CALLS[name](sides[0].handles.length);
            const [wanted, got] = sides.map((side) => String(call(side)));
            log.push(`${n} ${name} ${wanted}`);
            if (wanted !== got)
                throw new Error(`${name} (state ${state}): Linux gives ${wanted}, the page ${got}\n${call}\n${log.slice(-15).join('\n')}`);
        }
    } finally {
        for (const handle of [...sides[0].handles, sides[0].base])
            fs.closeSync(handle);
        fs.rmSync(dir, { recursive: true, force: true });
    }
}

process.umask(0);
console.log(`seed ${seed}`);
for (let n = 0; n < rounds; n++)
    round();
console.log(`${rounds} rounds: equal`);
