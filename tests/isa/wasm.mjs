// SPDX-License-Identifier: MIT
//
// wasm.mjs CPU.WASM CASES RESULTS: runs the cases of case.h by cpu.wasm, with a
// kernel that only notes faults.  Offsets are those of case.h and cpu.h.
import fs from 'node:fs';

const [cpuPath, casesPath, resultsPath] = process.argv.slice(2);
const CASE = 16 + 8 + 32 * 8 + 16 + 512, RESULT = 24 + 32 * 8 + 16 + 512;
const CODE = 0x28000000, SLOT = 4096, BATCH = 256, WINDOW = 0x10001000;
const CPU = { base: 0x10000, sp: 31 * 8, pc: 272, nzcv: 296, fpcr: 300, fpsr: 304, size: 352 + 512, v: 352 };
const BRK = 0xd4200000, PROT_MAP = 0x100000;

const memory = new WebAssembly.Memory({ initial: (CODE + BATCH * SLOT) >>> 16, maximum: 65536 });
const bytes = new Uint8Array(memory.buffer), view = new DataView(memory.buffer);
const UNWIND = {};
let fault = null;
const table = new WebAssembly.Table({ initial: 1, element: 'anyfunc' });
const module = new WebAssembly.Module(fs.readFileSync(cpuPath));
const imports = {
    env: { memory, __indirect_function_table: table },
    host: { host_unwind() { throw UNWIND; } },
    kernel: {
        kernel_syscall() { return -38n; },
        kernel_nanoseconds() { return 0n; },
        kernel_fault(sig, code, addr) { fault = { sig, code, addr: sig === 11 || sig === 7 ? addr : 0n }; },
        kernel_signal_deliver() { return 0; },
    },
};
let cpu;

bytes.fill(3, PROT_MAP + (WINDOW >>> 12), PROT_MAP + (WINDOW >>> 12) + 1);
bytes.fill(5, PROT_MAP + (CODE >>> 12), PROT_MAP + (CODE >>> 12) + BATCH);

const window32 = new Uint32Array(memory.buffer, WINDOW, 1024);
const M = (x) => BigInt.asUintN(64, x);
// The generator's windows: filled and hashed as case.h does; it takes few seeds.
const windows = new Map();
function windowOf(seed) {
    const words = new BigUint64Array(512);
    let s = M(BigInt(seed) * 0x9e3779b97f4a7c15n + 1n);
    for (let i = 0; i < 512; i++) {
        s = M(s * 6364136223846793005n + 1442695040888963407n);
        words[i] = s ^ s >> 29n;
    }
    return new Uint32Array(words.buffer);
}
function windowFill(seed) {
    if (!windows.has(seed))
        windows.set(seed, windowOf(seed));
    window32.set(windows.get(seed));
}
function windowHash() {
    let h = 1, k = 2;
    for (let i = 0; i < 1024; i++) {
        h = Math.imul(h ^ window32[i], 0x9e3779b1);
        h ^= h >>> 15;
        k = Math.imul(k + window32[i], 0x85ebca77);
        k ^= k >>> 13;
    }
    return BigInt(h >>> 0) << 32n | BigInt(k >>> 0);
}

const cases = fs.readFileSync(casesPath);
const count = Math.floor(cases.length / CASE);
const results = Buffer.alloc(count * RESULT);
const slot = (n) => CODE + (n % BATCH) * SLOT;

function writeCode(first) {
    new Uint32Array(memory.buffer, CODE, BATCH * SLOT / 4).fill(BRK);
    for (let k = first; k < Math.min(count, first + BATCH); k++)
        bytes.set(cases.subarray(k * CASE, k * CASE + 4 * cases.readUInt32LE(k * CASE + 16)), slot(k));
}

for (let n = 0; n < count; n++) {
    if (n % BATCH === 0) {
        writeCode(n);
        // host_unwind() leaves frames on cpu.wasm's stack, which only cpu_run() resets.
        cpu = new WebAssembly.Instance(module, imports).exports;
    }
    const c = cases.subarray(n * CASE, (n + 1) * CASE), r = results.subarray(n * RESULT, (n + 1) * RESULT);
    bytes.fill(0, CPU.base, CPU.base + CPU.size);
    bytes.set(c.subarray(24, 24 + 256), CPU.base);
    view.setBigUint64(CPU.base + CPU.pc, BigInt(slot(n)), true);
    view.setUint32(CPU.base + CPU.nzcv, c.readUInt32LE(280), true);
    view.setUint32(CPU.base + CPU.fpcr, c.readUInt32LE(284), true);
    view.setUint32(CPU.base + CPU.fpsr, c.readUInt32LE(288), true);
    bytes.set(c.subarray(296, 296 + 512), CPU.base + CPU.v);
    windowFill(c.readUInt32LE(20));
    fault = null;
    try {
        while (!fault)
            cpu.cpu_step();
    } catch (e) {
        if (e !== UNWIND)
            throw e;
    }
    r.writeUInt32LE(fault.sig, 0);
    r.writeUInt32LE(fault.code, 4);
    r.writeBigUint64LE(M(fault.addr), 8);
    r.writeBigUint64LE(view.getBigUint64(CPU.base + CPU.pc, true), 16);
    r.set(bytes.subarray(CPU.base, CPU.base + 256), 24);
    r.writeUInt32LE(view.getUint32(CPU.base + CPU.nzcv, true), 280);
    r.writeUInt32LE(view.getUint32(CPU.base + CPU.fpsr, true), 284);
    r.writeBigUint64LE(windowHash(), 288);
    r.set(bytes.subarray(CPU.base + CPU.v, CPU.base + CPU.v + 512), 296);
}
fs.writeFileSync(resultsPath, results);
