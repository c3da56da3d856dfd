// SPDX-License-Identifier: MIT
//
// node serve_test.mjs SERVE: requests to aarch64-wasm-serve, good and bad.
import assert from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const serve = process.argv[2];
const top = fs.mkdtempSync(path.join(os.tmpdir(), 'serve-test-'));
const root = path.join(top, 'root');
fs.mkdirSync(path.join(root, 'sub dir'), { recursive: true });
fs.writeFileSync(path.join(top, 'secret'), 'secret');
fs.mkdirSync(path.join(top, 'root2'));
fs.writeFileSync(path.join(top, 'root2', 'secret'), 'secret');
fs.writeFileSync(path.join(root, 'a.html'), '<p>hello');
fs.writeFileSync(path.join(root, 'a"<b.wasm'), '\0asm');
fs.symlinkSync('../secret', path.join(root, 'link'));

const child = spawn(serve, ['--port=0', '--quiet', root], { stdio: ['ignore', 'pipe', 'inherit'] });
const url = await new Promise((resolve) => child.stdout.once('data', (line) => resolve(new URL(String(line).trim()))));

// What the server answers to these bytes, whole.
function ask(bytes) {
    return new Promise((resolve, reject) => {
        const socket = net.connect(url.port, url.hostname);
        let text = '';
        socket.on('data', (part) => { text += part; }).on('error', reject).on('end', () => resolve(text));
        socket.end(bytes, 'latin1');
    });
}
const get = (target, method = 'GET') => ask(`${method} ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
const has = async (target, pattern, method) => assert.match(await get(target, method), pattern, target);

try {
    await has('/a.html', /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html; charset=utf-8\r\nContent-Length: 8\r\n[^]*\r\n\r\n<p>hello$/);
    await has('/a.html', /\r\nCross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n/);
    await has('/a.html?query', /<p>hello$/);
    await has('/a.html', /\r\n\r\n$/, 'HEAD');
    await has('/a%22%3cb.wasm', /^HTTP\/1\.1 200 OK\r\nContent-Type: application\/wasm\r\n/);
    await has('/', /<a href="a%22%3Cb\.wasm">a&#34;&#60;b\.wasm<\/a>/);
    await has('/sub%20dir', /^HTTP\/1\.1 301 [^]*\r\nLocation: \.\/sub%20dir\/\r\n/);
    for (const outside of ['/../secret', '/%2e%2e/secret', '/link', '/../root2/secret', '/sub%20dir/../../secret', '//../secret', '/nothing'])
        await has(outside, /^HTTP\/1\.1 404 /);
    for (const bad of ['/%', '/%0', '/%zz', '/%00', '/a%0d%0ab', 'a.html'])
        await has(bad, /^HTTP\/1\.1 400 /);
    await has('/a.html', /^HTTP\/1\.1 405 [^]*\r\nAllow: GET, HEAD\r\n/, 'POST');
    await has(`/${'x'.repeat(5000)}`, /^HTTP\/1\.1 414 /);
    for (const bytes of ['', '\r\n\r\n', 'GET\r\n\r\n', 'GET /\0 HTTP/1.1\r\n\r\n', 'x'.repeat(20000)])
        assert.match(await ask(bytes), /^HTTP\/1\.1 400 /);
} finally {
    child.kill();
    fs.rmSync(top, { recursive: true });
}

for (const [args, message] of [[['--port', 'x'], /--port wants a number/], [['/nonexistent'], /No such file/], [['--what'], /unexpected argument/]]) {
    const { status, stderr } = spawnSync(serve, args, { encoding: 'utf8' });
    assert.strictEqual(status, 1);
    assert.match(stderr, message);
    assert.strictEqual(stderr.trim().split('\n').length, 1);
}
console.log('serve: ok');
