// SPDX-License-Identifier: MIT
//
// The one .wasm file of outputs that are scripts or pages (x.wasm beside x.js,
// x.mjs or x.html).  It is the program's lifted module, or an empty module if
// the program is not lifted, followed by custom sections:
//
//   aw.kernel  kernel.wasm      aw.cpu  cpu.wasm      aw.elf  the guest ELF
//
// So packing is appending: for each section a byte 0, the LEB128 size of what
// follows, the LEB128 length of the name, the name, the bytes.  An empty module
// is the eight bytes 00 61 73 6d 01 00 00 00.
'use strict';

function section(module, name) {
    const [bytes] = WebAssembly.Module.customSections(module, name);
    if (!bytes)
        throw new Error(`the .wasm file has no section ${name}: it was not made by aarch64-wasm-cc`);
    return bytes;
}

// Compiles what such a file holds: { modules, elf } for run() and imageOf().
function readModuleFile(bytes) {
    const program = new WebAssembly.Module(bytes);
    return {
        modules: { kernel: new WebAssembly.Module(section(program, 'aw.kernel')),
                   cpu: new WebAssembly.Module(section(program, 'aw.cpu')), program },
        elf: new Uint8Array(section(program, 'aw.elf')),
    };
}

// The guest ELF as hosts keep it, from bytes in memory.
function imageOf(elf) {
    return {
        size: elf.length,
        read(bytes, at, len, pos) {
            const part = elf.subarray(pos, pos + len);
            bytes.set(part, at);
            return part.length;
        },
        close() { elf = null; },
    };
}
