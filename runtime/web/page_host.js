// SPDX-License-Identifier: MIT
//
// The page's host: the rows of runtime/host/imports.tab in a browser's worker.
// Files, names and the terminal's rules are C (page.wasm, see page.h); this
// copies arguments and results between its memory and the program's, and waits
// for keys.
'use strict';

const STAT_SIZE = 14 * 8, STATFS_SIZE = 8 * 8, TERMIOS_SIZE = 36;
const SCRATCH_SIZE = 65536, SECOND_PATH = 8192; // two paths at most, then a result behind them
const RESULT = 16384;
const INPUT_AGAIN = WOULD_WAIT;

/*
 * Keys from the page's main thread: a ring in shared memory.  head and tail
 * count bytes, modulo the ring's size; the window's size stands beside them.
 */
const RING_HEAD = 0, RING_TAIL = 1, RING_ROWS = 2, RING_COLUMNS = 3, RING_WORDS = 4;

class KeyRing {
    constructor(buffer) {
        this.words = new Int32Array(buffer, 0, RING_WORDS);
        this.bytes = new Uint8Array(buffer, RING_WORDS * 4);
    }

    // On the page: what does not fit is not taken.
    put(keys) {
        const head = Atomics.load(this.words, RING_HEAD), size = this.bytes.length;
        let tail = Atomics.load(this.words, RING_TAIL);
        for (const key of keys) {
            if (tail - head === size)
                break;
            this.bytes[tail++ % size] = key;
        }
        Atomics.store(this.words, RING_TAIL, tail);
        Atomics.notify(this.words, RING_TAIL);
    }

    // In the worker: what is there; if `wait`, at least one.
    take(wait) {
        const head = Atomics.load(this.words, RING_HEAD), size = this.bytes.length;
        if (wait)
            Atomics.wait(this.words, RING_TAIL, head);
        const tail = Atomics.load(this.words, RING_TAIL), keys = [];
        for (let at = head; at < tail; at++)
            keys.push(this.bytes[at % size]);
        Atomics.store(this.words, RING_HEAD, tail);
        return keys;
    }
}

/*
 * io: { show(bytes) for the screen, keys: KeyRing or null, input: Uint8Array or
 * null (standard input given beforehand), size() -> [rows, columns] }
 */
function pageHost(pageModule, image, io, end) {
    const state = { image, memories: null };
    const page = new WebAssembly.Instance(pageModule, {
        env: { page_now: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e3)) * 1000n },
    }).exports;
    page.page_init();
    if (io.input)
        page.tty_no_input();

    const scratch = page.page_scratch();
    const k = () => state.memories.k, u = () => state.memories.u;
    const own = (at, len) => new Uint8Array(page.memory.buffer, at, len); // memory may grow with every call

    // Copies a path to the scratch memory; a longer one than any may be is cut, and still too long.
    function path(ptr, len, at = 0) {
        const n = Math.min(len, SECOND_PATH);
        own(scratch + at, n).set(k().subarray(ptr, ptr + n));
        return [scratch + at, n];
    }

    const result = (to, size, call) => {
        const value = call(scratch + RESULT);
        if (value >= 0)
            k().set(own(scratch + RESULT, size ?? value), to);
        return value;
    };

    function show(bytes, at, len) {
        own(scratch, len).set(bytes.subarray(at, at + len));
        page.tty_write(scratch, len);
        io.show(own(page.tty_shown(), page.tty_shown_len()).slice());
        return len;
    }

    function readInput(bytes, at, len, flags) {
        if (io.input) {
            const part = io.input.subarray(0, len);
            bytes.set(part, at);
            io.input = io.input.subarray(part.length);
            return part.length;
        }
        if (!io.keys)
            return 0; // no shared memory: nobody can type
        for (;;) {
            const n = page.tty_read(scratch, Math.min(len, SCRATCH_SIZE));
            if (n !== INPUT_AGAIN) {
                bytes.set(own(scratch, Math.max(n, 0)), at);
                return n;
            }
            const keys = io.keys.take(!(flags & 1));
            if (!keys.length)
                return INPUT_AGAIN;
            own(scratch, keys.length).set(keys);
            page.tty_keys(scratch, keys.length);
            if (page.tty_shown_len())
                io.show(own(page.tty_shown(), page.tty_shown_len()).slice());
        }
    }

    // Moves `len` bytes in pieces; stops at a short one, as read(2) and write(2) may.
    function pieces(len, pos, move) {
        for (let done = 0;;) {
            const size = Math.min(len - done, SCRATCH_SIZE);
            const n = move(done, size, pos < 0n ? pos : pos + BigInt(done));
            if (n < 0)
                return done || n;
            done += n;
            if (n < size || done === len)
                return done;
        }
    }

    function read(file, bytes, at, len, pos, flags) {
        if (file === HOST_IMAGE)
            return state.image.read(bytes, at, len, Number(pos));
        if (file === 0)
            return readInput(bytes, at, len, flags);
        return pieces(len, pos, (done, size, where) => {
            const n = page.page_read(file, scratch, size, where);
            if (n > 0)
                bytes.set(own(scratch, n), at + done);
            return n;
        });
    }

    function write(file, bytes, at, len, pos) {
        if (file === 1 || file === 2)
            return pieces(len, pos, (done, size) => show(bytes, at + done, size));
        return pieces(len, pos, (done, size, where) => {
            own(scratch, size).set(bytes.subarray(at + done, at + done + size));
            return page.page_write(file, scratch, size, where);
        });
    }

    function fstat(file, st) {
        if (file !== HOST_IMAGE)
            return result(st, STAT_SIZE, (at) => page.page_fstat(file, at));
        const fields = new BigUint64Array(STAT_SIZE / 8);
        fields[2] = BigInt(0o100755); // mode
        fields[7] = BigInt(state.image.size);
        k().set(new Uint8Array(fields.buffer), st);
        return 0;
    }

    const isTerminal = (file) => file >= 0 && file <= 2 && !(file === 0 && io.input);
    const onTerminal = (call) => (file, ...args) => isTerminal(file) ? call(file, ...args) ?? 0 : NO_TERMINAL;

    const start = performance.now();
    const since = (ms) => BigInt(Math.round(ms * 1e3)) * 1000n;
    const clocks = [() => since(performance.timeOrigin + performance.now()), () => since(performance.now()),
                    () => since(performance.now() - start), () => 0n];
    const ids = [0, 0, 0, 0, 1, 0, 1, 1, 0o022, globalThis.navigator?.hardwareConcurrency ?? 1];

    function random(buf, len) {
        const bytes = new Uint8Array(Math.min(len, SCRATCH_SIZE)); // a shared view is not taken
        for (let have = 0; have < len; have += bytes.length)
            k().set(crypto.getRandomValues(bytes).subarray(0, len - have), buf + have);
        return 0;
    }

    const twoPaths = (call) => (b, p, n, b2, p2, n2) => call(b, ...path(p, n), b2, ...path(p2, n2, SECOND_PATH));

    return {
        imports: {
            ...memoryRows(state),
            host_open: (b, p, n, flags, mode) => page.page_open(b, ...path(p, n), flags, mode),
            host_close: (file) => file <= 2 ? 0 : page.page_close(file),
            host_read: (file, buf, len, pos, flags) => read(file, k(), buf, len, pos, flags),
            host_read_user: (file, buf, len, pos, flags) => read(file, u(), buf >>> 0, len, pos, flags),
            host_write: (file, buf, len, pos) => write(file, k(), buf, len, pos),
            host_write_user: (file, buf, len, pos) => write(file, u(), buf >>> 0, len, pos),
            host_seek: (file, off, whence) => page.page_seek(file, off, whence),
            host_poll: () => CANNOT,
            host_fstat: fstat,
            host_stat: (b, p, n, follow, st) =>
                result(st, STAT_SIZE, (at) => page.page_stat(b, ...path(p, n), follow, at)),
            host_statfs: (b, p, n, out) =>
                result(out, STATFS_SIZE, (at) => page.page_statfs(b, ...path(p, n), at)),
            host_readdir: (file, from, buf, cap) =>
                result(buf, undefined, (at) => page.page_readdir(file, from, at, Math.min(cap, SCRATCH_SIZE - RESULT))),
            host_truncate: (file, size) => page.page_truncate(file, size),
            host_sync: () => 0, // memory is as safe as it gets
            host_fchmod: (file, mode) => page.page_fchmod(file, mode),
            host_fchown: (file, uid, gid) => page.page_fchown(file, uid, gid),
            host_futimens: (file, atime, mtime) => page.page_futimens(file, atime, mtime),
            host_mkdir: (b, p, n, mode) => page.page_mkdir(b, ...path(p, n), mode),
            host_unlink: (b, p, n, isDir) => page.page_unlink(b, ...path(p, n), isDir),
            host_rename: twoPaths(page.page_rename),
            host_link: twoPaths(page.page_link),
            host_symlink: (t, tn, b, p, n) => page.page_symlink(...path(t, tn), b, ...path(p, n, SECOND_PATH)),
            host_readlink: (b, p, n, buf, cap) =>
                result(buf, undefined, (at) => page.page_readlink(b, ...path(p, n), at, Math.min(cap, SECOND_PATH))),
            host_mknod: () => CANNOT,
            host_access: (b, p, n, mode) => page.page_access(b, ...path(p, n), mode),
            host_chmod: (b, p, n, mode) => page.page_chmod(b, ...path(p, n), mode),
            host_chown: (b, p, n, uid, gid, follow) => page.page_chown(b, ...path(p, n), uid, gid, follow),
            host_utimens: (b, p, n, atime, mtime, follow) =>
                page.page_utimens(b, ...path(p, n), atime, mtime, follow),
            host_tty_size: onTerminal((file, out) => {
                const [rows, columns] = io.size();
                k().set(new Uint8Array(new Uint16Array([rows, columns, 0, 0]).buffer), out);
            }),
            host_tty_get: onTerminal((file, out) => result(out, TERMIOS_SIZE, (at) => page.tty_get(at) ?? 0)),
            host_tty_set: onTerminal((file, when, from) => {
                own(scratch, TERMIOS_SIZE).set(k().subarray(from, from + TERMIOS_SIZE));
                page.tty_set(when, scratch);
            }),
            host_clock: (id) => clocks[id](),
            host_random: random,
            host_id: (what) => ids[what] ?? CANNOT,
            host_groups: () => 0,
            host_kill: () => CANNOT, // there is no other process
            host_exit: (status) => end(status, 0),
            host_exit_signal: (sig) => end(0, sig),
        },
        attach(memories) { state.memories = memories; },
        loaded() {
            image.close();
            state.image = null;
        },
        // Puts a file into the program's directory before it starts.
        addFile(name, bytes) {
            const words = new TextEncoder().encode(name);
            own(scratch, words.length).set(words);
            const file = page.page_open(HOST_CWD, scratch, words.length, 0o1101, 0o644); // O_WRONLY|O_CREAT|O_TRUNC
            for (let at = 0; file >= 0 && at < bytes.length; at += SCRATCH_SIZE) {
                const part = bytes.subarray(at, at + SCRATCH_SIZE);
                own(scratch, part.length).set(part);
                page.page_write(file, scratch, part.length, -1n);
            }
            return file < 0 ? file : page.page_close(file);
        },
    };
}
