// SPDX-License-Identifier: MIT
//
// Node host: files and names (rows host_open … host_utimens of imports.tab).
// A handle is a file descriptor of the node process.  Paths are bytes from end
// to end: Linux names need not be UTF-8.
'use strict';

const fs = require('fs');

// A row from a function that throws Node's exceptions: back to the numbers they came from; no result is 0, "done".
const answer = (f) => (a, b, c, d, e, g) => {
    try {
        return f(a, b, c, d, e, g) ?? 0;
    } catch (error) {
        if (typeof error.errno !== 'number')
            throw error;
        return error.errno;
    }
};

// Sleeps on the calling thread, which Node allows everywhere.
const napCell = new Int32Array(new SharedArrayBuffer(4));
const nap = (ms) => Atomics.wait(napCell, 0, 0, ms);

/*
 * Repeats `io` while a non-blocking file (inherited so from whoever started
 * us) has nothing to give or take: the table says these calls wait.
 */
function waiting(io) {
    for (let ms = 1;; ms = Math.min(ms * 2, 16)) {
        try {
            return io();
        } catch (e) {
            if (e.errno !== WOULD_WAIT)
                throw e;
            nap(ms);
        }
    }
}

/*
 * Reads what is there and does not wait.  The flag belongs to an open file,
 * not to a read, so the file is opened once more; one that cannot be (a
 * socket) is read as it is.
 */
function readNow(fd, bytes, at, len) {
    let twin;
    try {
        twin = fs.openSync(`/proc/self/fd/${fd}`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    } catch {
        return fs.readSync(fd, bytes, at, len, null);
    }
    try {
        return fs.readSync(twin, bytes, at, len, null);
    } finally {
        fs.closeSync(twin);
    }
}

const STAT_FIELDS = ['dev', 'ino', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'size', 'blksize', 'blocks',
                     'atimeNs', 'mtimeNs', 'ctimeNs', 'birthtimeNs'];
const STATFS_FIELDS = ['type', 'bsize', 'blocks', 'bfree', 'bavail', 'files', 'ffree'];
const BIG = { bigint: true };

/*
 * state.cwd: where the program starts if not in this process's own directory.
 * state.image: { size, read(bytes, at, len, pos) -> count }, the guest ELF.
 * state.memories: see machine.js.
 */
function nodeFiles(state) {
    const k = () => state.memories.k;
    const u = () => state.memories.u;

    const bytesAt = (ptr, len) => Buffer.from(k().subarray(ptr, ptr + len)); // a copy: names outlive views

    function pathOf(base, ptr, len) {
        const path = bytesAt(ptr, len);
        const from = base === HOST_CWD ? state.cwd : `/proc/self/fd/${base}`;
        return path[0] === 0x2f || !from ? path : Buffer.concat([Buffer.from(`${from}/`), path]);
    }

    function putFields(ptr, stat, fields) {
        const view = new DataView(k().buffer, ptr, fields.length * 8);
        fields.forEach((f, i) => view.setBigInt64(i * 8, stat[f], true));
    }

    function read(file, bytes, at, len, pos, flags) {
        if (file === HOST_IMAGE)
            return state.image.read(bytes, at, len, Number(pos));
        if (flags & 1)
            return readNow(file, bytes, at, len);
        return waiting(() => fs.readSync(file, bytes, at, len, pos < 0n ? null : Number(pos)));
    }

    function write(file, bytes, at, len, pos) {
        return waiting(() => fs.writeSync(file, bytes, at, len, pos < 0n ? null : Number(pos)));
    }

    function fstat(file, st) {
        if (file !== HOST_IMAGE)
            return putFields(st, fs.fstatSync(file, BIG), STAT_FIELDS);
        const view = new BigUint64Array(k().buffer, st, STAT_FIELDS.length).fill(0n);
        view[STAT_FIELDS.indexOf('mode')] = BigInt(fs.constants.S_IFREG | 0o755);
        view[STAT_FIELDS.indexOf('size')] = BigInt(state.image.size);
    }

    // Directory listings in progress, by handle: arrays of names as bytes.
    const listings = new Map();

    function readdir(file, from, buf, cap) {
        const path = `/proc/self/fd/${file}`;
        if (from === 0 || !listings.has(file))
            listings.set(file, fs.readdirSync(path, { encoding: 'buffer' }));
        const names = listings.get(file), bytes = k(), view = new DataView(bytes.buffer);
        let at = buf;
        for (let i = from; i < names.length; i++) {
            const name = names[i], size = (12 + name.length + 7) & ~7;
            if (at + size > buf + cap)
                return at > buf ? at - buf : -22; // as getdents(2) for a buffer too small
            let ino = 0n, type = 0;
            try {
                const st = fs.lstatSync(Buffer.concat([Buffer.from(path + '/'), name]), BIG);
                ino = st.ino;
                type = Number(st.mode >> 12n) & 15; // d_type is the file type of st_mode
            } catch {
                // gone in between, or not to be looked at: a name without a type, as Linux allows
            }
            view.setBigUint64(at, ino, true);
            view.setUint8(at + 8, type);
            view.setUint8(at + 9, 0);
            view.setUint16(at + 10, name.length, true);
            bytes.set(name, at + 12);
            at += size;
        }
        return at - buf;
    }

    function readlink(base, p, n, buf, cap) {
        const target = fs.readlinkSync(pathOf(base, p, n), { encoding: 'buffer' }).subarray(0, cap);
        k().set(target, buf);
        return target.length;
    }

    // Only "where am I": Node has no lseek.
    function seek(file, off, whence) {
        if (off !== 0n || whence !== 1)
            return BigInt(CANNOT);
        const info = fs.readFileSync(`/proc/self/fdinfo/${file}`, 'latin1');
        return BigInt(/^pos:\s*(\d+)/m.exec(info)[1]);
    }

    function seconds(ns) {
        if (ns < 0n)
            throw { errno: CANNOT }; // Node would silently take the current time
        return Number(ns) / 1e9;
    }

    const rows = {
        host_open: (b, p, n, flags, mode) => fs.openSync(pathOf(b, p, n), flags, mode),
        host_close: (file) => { listings.delete(file); fs.closeSync(file); },
        host_read: (file, buf, len, pos, flags) => read(file, k(), buf, len, pos, flags),
        host_read_user: (file, buf, len, pos, flags) => read(file, u(), buf >>> 0, len, pos, flags),
        host_write: (file, buf, len, pos) => write(file, k(), buf, len, pos),
        host_write_user: (file, buf, len, pos) => write(file, u(), buf >>> 0, len, pos),
        host_poll: (fds, n, timeout) => CANNOT,
        host_fstat: fstat,
        host_stat: (b, p, n, follow, st) =>
            putFields(st, (follow ? fs.statSync : fs.lstatSync)(pathOf(b, p, n), BIG), STAT_FIELDS),
        host_statfs: (b, p, n, out) =>
            putFields(out, { ...fs.statfsSync(pathOf(b, p, n), BIG), name: 0n }, [...STATFS_FIELDS, 'name']),
        host_readdir: readdir,
        host_truncate: (file, size) => fs.ftruncateSync(file, Number(size)),
        host_sync: (file, dataOnly) => (dataOnly ? fs.fdatasyncSync : fs.fsyncSync)(file),
        host_fchmod: (file, mode) => fs.fchmodSync(file, mode),
        host_fchown: (file, uid, gid) => fs.fchownSync(file, uid, gid),
        host_futimens: (file, atime, mtime) => fs.futimesSync(file, seconds(atime), seconds(mtime)),
        host_mkdir: (b, p, n, mode) => { fs.mkdirSync(pathOf(b, p, n), { mode }); },
        host_unlink: (b, p, n, isDir) => (isDir ? fs.rmdirSync : fs.unlinkSync)(pathOf(b, p, n)),
        host_rename: (b, p, n, b2, p2, n2) => fs.renameSync(pathOf(b, p, n), pathOf(b2, p2, n2)),
        host_link: (b, p, n, b2, p2, n2) => fs.linkSync(pathOf(b, p, n), pathOf(b2, p2, n2)),
        host_symlink: (t, tn, b, p, n) => fs.symlinkSync(bytesAt(t, tn), pathOf(b, p, n)),
        host_readlink: readlink,
        host_mknod: (b, p, n, mode, rdev) => CANNOT,
        host_access: (b, p, n, mode) => fs.accessSync(pathOf(b, p, n), mode),
        host_chmod: (b, p, n, mode) => fs.chmodSync(pathOf(b, p, n), mode),
        host_chown: (b, p, n, uid, gid, follow) =>
            (follow ? fs.chownSync : fs.lchownSync)(pathOf(b, p, n), uid, gid),
        host_utimens: (b, p, n, atime, mtime, follow) =>
            (follow ? fs.utimesSync : fs.lutimesSync)(pathOf(b, p, n), seconds(atime), seconds(mtime)),
    };
    for (const name in rows)
        rows[name] = answer(rows[name]);

    const place = answer(seek);
    rows.host_seek = (file, off, whence) => BigInt(place(file, off, whence)); // the one 64-bit result
    return rows;
}
