// SPDX-License-Identifier: MIT
//
// node script_test.mjs DIRECTORY
//
// DIRECTORY/talk.js and talk.mjs, from the shell and as functions.
import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const directory = path.resolve(process.argv[2]);
const scripts = ['talk.js', 'talk.mjs'].map((name) => path.join(directory, name));

for (const script of scripts) {
    const shell = (args, input = '') => spawnSync(process.execPath, [script, ...args], { input, encoding: 'latin1' });

    const greeted = shell(['greet', 'a b'], 'Ada\n');
    assert.strictEqual(greeted.stdout, 'argument a b\nname? hello Ada\nbye\n');
    assert.strictEqual(greeted.status, 3);
    assert.strictEqual(shell(['abort']).signal, 'SIGABRT');
    assert.match(shell(['show', '/nonexistent']).stderr, /^\/nonexistent: No such file or directory\n$/);

    const cut = fs.mkdtempSync(path.join(os.tmpdir(), 'script-test-'));
    fs.copyFileSync(script, path.join(cut, path.basename(script)));
    const alone = spawnSync(process.execPath, [path.join(cut, path.basename(script))], { encoding: 'utf8' });
    assert.strictEqual(alone.status, 126);
    assert.match(alone.stderr, /error: needs .*talk\.wasm beside it\n$/);
    fs.rmSync(cut, { recursive: true });
}

const functions = [createRequire(import.meta.url)(scripts[0]), (await import(scripts[1])).default];
for (const run of functions) {
    const collect = async (options) => {
        const out = [];
        const result = await run({ print: (bytes) => out.push(...bytes), ...options });
        return { ...result, text: Buffer.from(out).toString() };
    };
    assert.deepStrictEqual(await collect({ arguments: ['greet'], stdin: 'one\ntwo\n' }),
                           { status: 3, signal: 0, text: 'name? hello one\nhello two\nbye\n' });
    assert.deepStrictEqual(await collect({ arguments: ['show', 'script_test.mjs'], cwd: import.meta.dirname ??
                                           path.dirname(new URL(import.meta.url).pathname) }),
                           { status: 0, signal: 0, text: fs.readFileSync(new URL(import.meta.url), 'utf8') });
    assert.deepStrictEqual(await collect({ arguments: ['abort'] }), { status: 0, signal: 6, text: '' });
    const both = await Promise.all(['a', 'b'].map((word) => collect({ arguments: ['greet', word], stdin: '' })));
    assert.deepStrictEqual(both.map((r) => r.text.split('\n')[0]), ['argument a', 'argument b']);
}
console.log('scripts: ok');
