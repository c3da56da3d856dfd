// SPDX-License-Identifier: MIT
//
// Fused multiply-adds where the engine has them.  Lifted code calls functions
// for them, which are exact and slow.  If relaxed SIMD's madd is there, and does
// not round in between, it takes the place of those calls before the module is
// compiled.  Custom section "aw.fma" says where they are (lifter/wasm.h).
'use strict';

// (func (export "f") (param f64 f64 f32 f32) (result f64)): x * x + y in doubles, times that in singles.
const FMA_PROBE = '0061736d0100000001090160047c7c7d7d017c03020100070501016600000a2a0128002000fd142000fd142001fd14fd8702fd21002002'
    + 'fd132002fd132003fd13fd8502fd1f00bba20b';

// Rounded in between, both are 0.
function madds() {
    try {
        const module = new WebAssembly.Module(Uint8Array.from(FMA_PROBE.match(/../g), (byte) => parseInt(byte, 16)));
        const { f } = new WebAssembly.Instance(module).exports;
        return f(1 + 2 ** -30, -1 - 2 ** -29, 1 + 2 ** -13, -1 - 2 ** -12) === 2 ** -86;
    } catch {
        return false;
    }
}

// The program's module, changed in place.  allow() makes the engine show what it hides.
function fuse(bytes, allow = () => {}) {
    const CUSTOM = 0, CODE = 10, NOP = 1, SIMD = 0xfd;
    const F32X4_MADD = 0x105, F64X2_MADD = 0x107;
    const NAME = [6, 97, 119, 46, 102, 109, 97]; // "aw.fma"
    let at = 8, calls = null;
    const number = () => {
        let value = 0, byte, shift = 0;
        do {
            byte = bytes[at++];
            value |= (byte & 127) << shift;
            shift += 7;
        } while (byte & 128);
        return value;
    };
    const next = () => ({ id: bytes[at++], size: number() });

    while (at < bytes.length) {
        const { id, size } = next(), start = at, end = at + size;
        if (id === CUSTOM && NAME.every((byte, i) => bytes[start + i] === byte))
            calls = { start: start + NAME.length, end };
        if (id !== CODE) {
            at = end;
            continue;
        }
        if (!calls || !madds() && (allow(), !madds()))
            break;
        at = calls.start;
        for (let call = start; at < calls.end;) {
            const entry = number(), opcode = entry & 1 ? F64X2_MADD : F32X4_MADD;
            call += entry >>> 1;
            let last = call + 1;
            while (bytes[last] & 128)
                last++;
            bytes.fill(NOP, call, last + 1);
            bytes.set([SIMD, opcode & 127 | 128, opcode >> 7], call);
        }
        break;
    }
    return bytes;
}
