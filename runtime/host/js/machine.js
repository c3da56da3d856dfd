// SPDX-License-Identifier: MIT
//
// The machine a program runs on: two memories (memory.js), a table, and up to
// three wasm modules put together (runtime/kernel/entry.h gives the order),
// then run to the end.  The same under Node and in a page; what differs is the
// host, an object { imports, attach(memories), loaded() }: `imports` has a
// function for each row of runtime/host/imports.tab, loaded() says that the
// guest ELF will not be read again.
'use strict';

// Thrown by host_unwind to leave every wasm frame at once: cpu_run() then goes
// on at cpu->pc.  Preallocated, so that a longjmp costs no stack trace.
const UNWIND = { name: 'unwind' };

// Thrown by hosts that cannot end a process on the spot (a worker): leaves run().
const END = { name: 'end' };

// Where a program's lifted code is: custom section "aw.map" (see lifter/).
function liftedMap(program) {
    const [section] = program ? WebAssembly.Module.customSections(program, 'aw.map') : [];
    if (!section)
        return null;
    const [textBase, textSize, bitmap, hasThreads] = new Uint32Array(section);
    return { textBase, textSize, bitmap, hasThreads };
}

const wide = (low, high) => BigInt(high) << 32n | BigInt(low >>> 0);

// A host's rows as kernel.wasm imports them: all take and give i32 (runtime/host/gen_imports.c).
function kernelImports(rows, memories) {
    const plain = (row) => (a, b, c, d, e, f, g, h) => row(a, b, c, d, e, f, g, h);
    const put = (value, at) => { new DataView(memories.kernel.buffer).setBigInt64(at, value, true); };
    const imports = {};
    for (const name in rows)
        imports[name] = (WIDE_ROWS[name] ?? plain)(rows[name], put);
    return imports;
}

// A list of strings as the kernel takes it: each NUL-terminated, and how many.
function wordList(words) {
    return { count: words.length, bytes: new TextEncoder().encode(words.map((word) => `${word}\0`).join('')) };
}

/*
 * What kernel_boot() reads.  boot: { argv, env (word lists), cwd, exe, fds,
 * signals (strings or bytes) }.
 */
function bootBytes({ argv, env, cwd, exe, fds, signals = '0 0' }) {
    const text = new TextEncoder(), end = new Uint8Array(1);
    const line = (word) => typeof word === 'string' ? [text.encode(word), end] : [word, end];
    const list = ({ count, bytes }) => [...line(String(count)), bytes];
    const parts = [...list(argv), ...list(env), ...line(cwd), ...line(exe), ...line(fds), ...line(signals)];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
    }
    return bytes;
}

// Loads the program; an errno if that fails, and then the kernel has said why.
function load(kernel, memories, boot) {
    const words = bootBytes(boot);
    const at = kernel.kernel_boot_buffer(words.length);
    memories.k.set(words, at);
    const bad = kernel.kernel_boot(words.length);
    if (bad)
        throw new Error(`the kernel does not take what the program is started with (${bad})`);
    return kernel.kernel_exec_first();
}

// What runs it: cpu.wasm, and its lifted code if it has any.  Both are linked to where the kernel has made room for them.
function assemble(modules, memories, kernel) {
    const table = new WebAssembly.Table({ initial: 1, element: 'anyfunc' });
    const common = { memory: memories.program, __indirect_function_table: table };
    const unwind = { host_unwind() { throw UNWIND; } };
    const cpu = new WebAssembly.Instance(modules.cpu, { env: common, kernel, host: unwind }).exports;
    const map = liftedMap(modules.program);

    table.set(0, cpu.cpu_miss);
    if (map) {
        table.grow(map.textSize >>> 2, cpu.cpu_miss);
        new WebAssembly.Instance(modules.program, { env: common, cpu, host: unwind });
        cpu.cpu_init(map.textBase, map.textSize, map.bitmap, map.hasThreads);
    }
    return cpu;
}

/*
 * modules: { kernel, cpu, program } as WebAssembly.Module, program optional.
 * Boots the kernel and runs the program.  Comes back only if the host cannot
 * end the process itself (END) or the program could not be loaded (an errno;
 * the kernel has said why on handle 2).
 */
function run(modules, host, boot) {
    const memories = new Memories();
    host.attach(memories);
    try {
        const kernel = new WebAssembly.Instance(modules.kernel, {
            env: { memory: memories.kernel }, host: kernelImports(host.imports, memories),
        }).exports;
        const err = load(kernel, memories, boot);

        host.loaded();
        if (err)
            return err;
        runToEnd(assemble(modules, memories, kernel));
    } catch (e) {
        if (e !== END)
            throw e;
    }
    return 0;
}

// What a wasm trap was, for cpu_fault(): the numbers of enum cpu_trap (runtime/cpu/cpu.h).
const TRAPS = [
    [1, /memory|\btable\b|index|null function|signature|indirect call/i], // also a jump to where no code is
    [2, /unreachable/i],
    [3, /divide|overflow|unrepresentable/i],
];
const TRAP_STACK = 4, TRAP_OTHER = 5;

function trapKind(e) {
    if (e instanceof RangeError || /recursion/.test(e.message))
        return TRAP_STACK;
    const row = TRAPS.find(([, pattern]) => pattern.test(e.message));
    return row ? row[0] : TRAP_OTHER;
}

function isTrap(e) {
    return e instanceof WebAssembly.RuntimeError || e instanceof RangeError
        || e.name === 'InternalError'; // Firefox: "too much recursion"
}

// A trap in the kernel is a bug of ours; the stack's first frame tells (its module's name).
const isKernels = (e) => e instanceof WebAssembly.RuntimeError && /kernel\.wasm/.test(e.stack);

function runToEnd(cpu) {
    for (;;) {
        try {
            cpu.cpu_run();
            return;
        } catch (e) {
            if (e === UNWIND)
                continue;
            if (e === END || !isTrap(e) || isKernels(e))
                throw e;
            // Outside of the try: a trap in here is a bug of ours, not the program's.
            cpu.cpu_fault(trapKind(e), 0n);
        }
    }
}
