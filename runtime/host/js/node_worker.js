// SPDX-License-Identifier: MIT
//
// Entry for the outputs `-o x.js` and `-o x.mjs`: the program runs in a worker,
// because only there Node gives it a stack as deep as Linux programs expect.
//
//   node x.js arguments…                      runs it like a native program
//
//   const run = require('./x.js');            or: import run from './x.mjs';
//   const { status, signal } = await run({
//       arguments: ['-n', '3'],               what follows argv[0]; default none
//       thisProgram: 'x',                     argv[0]; default: the script's path
//       env: { LANG: 'C' },                   default: this process's
//       cwd: '/tmp',                          default: this process's
//       stdin: 'text or bytes',               default: this process's
//       print: (bytes) => {},                 default: this process's stdout
//       printErr: (bytes) => {},              default: this process's stderr
//   });
//
// As with emcc, the names are Module's; unlike there, print gets bytes as they
// are written, not lines.  One of status and signal (a number) is 0.  The
// promise is rejected only if the program could not be started at all.
// x.wasm must stay beside the script, under the same name.
'use strict';

const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

const STACK_MB = 64;
const NOT_LOADED = 126;

// --- in the worker

/*
 * Redirects the standard streams named in `redirect`: { stdin: bytes or null,
 * stdout: bool, stderr: bool }.  Output goes to the main thread as messages.
 * The streams themselves stay open: they are the whole process's.
 */
function redirected(host, redirect) {
    const { host_close, host_read, host_read_user, host_write, host_write_user } = host.imports;
    let input = redirect.stdin;

    const read = (plain, bytes) => (file, buf, len, pos, flags) => {
        if (file !== 0 || !input)
            return plain(file, buf, len, pos, flags);
        const part = input.subarray(0, len);
        bytes().set(part, buf >>> 0);
        input = input.subarray(part.length);
        return part.length;
    };
    const write = (plain, bytes) => (file, buf, len, pos) => {
        if (!(file === 1 && redirect.stdout) && !(file === 2 && redirect.stderr))
            return plain(file, buf, len, pos);
        parentPort.postMessage({ file, bytes: bytes().slice(buf >>> 0, (buf >>> 0) + len) });
        return len;
    };
    const k = () => host.memories().k, u = () => host.memories().u;
    Object.assign(host.imports, {
        host_close: (file) => file <= 2 ? 0 : host_close(file),
        host_read: read(host_read, k), host_read_user: read(host_read_user, u),
        host_write: write(host_write, k), host_write_user: write(host_write_user, u),
    });
    return host;
}

function workerMain({ file, boot, start, redirect }) {
    // Compile and check what runs when it first runs: small programs start at once.
    // The lifter's hints: Node 26 takes those on branches by itself.
    for (const flag of ['--wasm-lazy-compilation', '--wasm-lazy-validation', '--experimental-wasm-branch-hinting',
        '--experimental-wasm-compilation-hints'])
        require('v8').setFlagsFromString(flag);
    const { modules, elf } = readModuleFile(fusedForNode(fs.readFileSync(file)));
    const end = (status, signal) => {
        parentPort.postMessage({ status, signal });
        throw END;
    };
    const host = redirected(nodeHost(imageOf(elf), start, end), redirect);
    Error.stackTraceLimit = 1; // an errno from Node is an exception: do not collect long traces for it
    if (run(modules, host, boot))
        parentPort.postMessage({ status: NOT_LOADED, signal: 0 });
}

// --- on the main thread

/*
 * Starts the worker; `script` is what it runs (this very file), `file` the
 * .wasm.  Resolves to { status, signal }.
 */
function runInWorker(script, data, print, printErr) {
    return new Promise((resolve, reject) => {
        const worker = new Worker(script, { workerData: { aarch64Wasm: data },
                                            resourceLimits: { stackSizeMb: STACK_MB } });
        let result = null;
        worker.on('message', (message) => {
            if (message.bytes)
                (message.file === 1 ? print : printErr)(message.bytes);
            else
                result = message;
        });
        worker.on('error', reject);
        worker.on('exit', () => result ? resolve(result) : reject(new Error('the program ended without a result')));
    });
}

function runFromApi(script, path, file, options = {}) {
    const { arguments: args = [], thisProgram = path, env, cwd, stdin = null, print, printErr } = options;
    const boot = {
        argv: wordList([thisProgram, ...args]),
        env: env ? wordList(Object.entries(env).map(([name, value]) => `${name}=${value}`)) : environment(),
        cwd: cwd ?? currentDirectory(), exe: path, fds: openFiles([]),
    };
    const redirect = { stdin: stdin === null ? null : Uint8Array.from(Buffer.from(stdin)),
                       stdout: !!print, stderr: !!printErr };
    // The process is not only ours: its umask stays.
    return runInWorker(script, { file, boot, start: { umask: process.umask(), cwd }, redirect }, print, printErr);
}

async function runFromCommandLine(script, path, file) {
    if (!fs.existsSync(file)) {
        fs.writeSync(2, `${path}: error: needs ${file} beside it\n`);
        process.reallyExit(NOT_LOADED);
    }
    const self = wordList([path]), rest = lastArguments(process.argv.length - 2);
    const argv = { count: self.count + rest.count, bytes: Buffer.concat([self.bytes, rest.bytes]) };
    const boot = { argv, env: environment(),
                   cwd: currentDirectory(), exe: path, fds: openFiles([]) };
    const redirect = { stdin: null, stdout: false, stderr: false };
    const { status, signal } = await runInWorker(script, { file, boot, start: startState(), redirect })
        .catch((e) => endByBug(path, e));
    if (signal)
        dieBySignal(signal);
    process.reallyExit(status);
}

const isProgramWorker = !isMainThread && !!workerData?.aarch64Wasm;
