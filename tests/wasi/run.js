// SPDX-License-Identifier: MIT
//
//   node --no-turbo-fast-api-calls run.js DIR MODULE [ARG ...]
//
// Runs a module under node:wasi: DIR is its "/".  The option keeps node from a
// crash of its own: garbage collection within a call that may not collect.
'use strict';

const fs = require('fs');
process.removeAllListeners('warning'); // that WASI is experimental
const { WASI } = require('node:wasi');

const [, , dir, ...args] = process.argv;
const wasi = new WASI({ version: 'preview1', args, env: process.env, preopens: { '/': dir } });
const program = new WebAssembly.Module(fs.readFileSync(args[0]));
for (const { module: name } of WebAssembly.Module.imports(program))
    if (name !== 'wasi_snapshot_preview1')
        throw new Error(`imports ${name}`);
process.exitCode = wasi.start(new WebAssembly.Instance(program, wasi.getImportObject()));
