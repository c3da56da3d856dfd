// SPDX-License-Identifier: MIT
//
// node page_test.js CHROMIUM NODE-MODULES SERVE DIRECTORY
//
// Opens DIRECTORY/talk.html in headless Chromium, types into its terminal and
// reads what the terminal shows.  AARCH64_WASM_SHOT=file.png keeps a picture.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const [, , chromiumPath, nodeModules, serve, directory] = process.argv;
const { chromium } = require(path.join(nodeModules, 'playwright-core'));

// What a closed network needs: see the flags' names.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
               '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const TIMEOUT = 30000;

// A page of talk.html and what a user does with it.
class Visit {
    static async open(browser, url, query) {
        const visit = new Visit();
        visit.page = await browser.newPage({ viewport: { width: 1000, height: 680 } });
        visit.page.setDefaultTimeout(TIMEOUT);
        visit.page.on('pageerror', (e) => { throw e; });
        await visit.page.goto(`${url}talk.html?${query}`);
        return visit;
    }

    text() {
        return this.page.$$eval('.xterm-rows > div', (rows) => rows.map((r) => r.textContent.trimEnd()).join('\n').trim());
    }

    // Waits until the terminal shows `words`.
    async shows(words) {
        for (const end = Date.now() + TIMEOUT; !(await this.text()).includes(words);) {
            if (Date.now() > end)
                throw new Error(`the terminal does not show "${words}" but:\n${await this.text()}\n(${await this.status()})`);
            await this.page.waitForTimeout(50);
        }
    }

    status() { return this.page.textContent('#status'); }

    async ends(words) {
        await this.page.waitForSelector('#status[data-state=exited], #status[data-state=stopped], #status[data-state=failed]');
        const status = await this.status();
        if (status !== words)
            throw new Error(`status is "${status}", not "${words}"; the terminal shows:\n${await this.text()}`);
    }

    async type(text) { await this.page.keyboard.type(text); }
    async press(key) { await this.page.keyboard.press(key); }
}

const TESTS = {
    async typed_lines_arguments_and_exit_status(open) {
        const v = await open('arg=greet&arg=a%20b');
        await v.shows('argument a b\nname?');
        await v.type('Adam');
        await v.press('Backspace');
        await v.press('Enter');
        await v.shows('name? Ada\nhello Ada');
        await v.press('Control+d');
        await v.ends('Exited with status 3');
        if (process.env.AARCH64_WASM_SHOT)
            await v.page.screenshot({ path: process.env.AARCH64_WASM_SHOT });
    },
    async standard_input_from_the_address(open) {
        const v = await open('arg=greet&stdin=one%0Atwo%0A');
        await v.ends('Exited with status 3');
        await v.shows('name? hello one\nhello two\nbye');
    },
    async a_key_without_enter(open) {
        const v = await open('arg=key');
        await v.shows('press a key');
        await v.type('x');
        await v.shows('key 120');
        await v.ends('Exited with status 0');
    },
    async a_file_given_to_the_page(open) {
        const v = await open('run=0&arg=show&arg=note.txt');
        await v.page.setInputFiles('#files', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('from a file\n') });
        await v.page.click('#run');
        await v.ends('Exited with status 0');
        await v.shows('from a file');
    },
    async files_are_kept_in_memory(open) {
        const v = await open('arg=store');
        await v.ends('Exited with status 0');
        await v.shows('kept in memory');
    },
    async threads_go_on_while_one_waits_for_keys(open) {
        const v = await open('arg=threads');
        await v.shows('tick 1\ntick 2\ntick 3');
        await v.type('Ada');
        await v.press('Enter');
        await v.shows('heard Ada');
        await v.ends('Exited with status 0');
    },
    async window_size(open) {
        const v = await open('arg=size');
        await v.shows('size 1');
    },
    async death_by_signal(open) {
        const v = await open('arg=abort');
        await v.ends('Killed by signal 6');
    },
    async ctrl_c_stops_and_enter_runs_again(open) {
        const v = await open('arg=spin');
        await v.page.waitForSelector('#status[data-state=running]');
        await v.press('Control+c');
        await v.ends('Stopped');
        await v.press('Shift+Tab'); // out of the terminal
        await v.page.fill('#arguments', "greet 'x  y'");
        await v.page.focus('#arguments');
        await v.press('Enter');
        await v.shows('argument x  y');
    },
    async without_isolation_the_page_says_so_and_takes_text(open) {
        const v = await open('arg=greet&stdin=text%0A', true);
        await v.ends('Exited with status 3');
        await v.shows('hello text');
        const said = await v.page.textContent('#isolation:visible');
        if (!said.includes('Cross-Origin-Embedder-Policy'))
            throw new Error(`the page says: ${said}`);
    },
};

function startServe() {
    const child = spawn(serve, ['--port', '0', '--quiet', directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    return new Promise((resolve, reject) => {
        child.on('error', reject);
        child.stdout.once('data', (line) => resolve({ url: String(line).trim(), stop: () => child.kill() }));
    });
}

// A server that knows nothing of COOP and COEP.
function startPlainServer() {
    const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
    const server = http.createServer((request, response) => {
        const file = path.join(directory, path.normalize(new URL(request.url, 'http://x').pathname));
        fs.readFile(file, (error, bytes) => {
            response.writeHead(error ? 404 : 200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain' });
            response.end(bytes);
        });
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () =>
        resolve({ url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.closeAllConnections() || server.close() })));
}

async function main() {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'page-test-'));
    const [isolated, plain] = [await startServe(), await startPlainServer()];
    const browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS, env: { ...process.env, HOME: profile } });
    let failed = 0;
    try {
        for (const [name, test] of Object.entries(TESTS)) {
            const visits = [];
            const open = async (query, isPlain) => {
                visits.push(await Visit.open(browser, (isPlain ? plain : isolated).url, query));
                return visits.at(-1);
            };
            const start = Date.now();
            const error = await test(open).catch((e) => e);
            failed += !!error;
            console.log(`${error ? 'FAIL' : 'ok  '} ${name} (${Date.now() - start} ms)${error ? `\n${error.message}` : ''}`);
            await Promise.all(visits.map((v) => v.page.close()));
        }
    } finally {
        await browser.close();
        isolated.stop();
        plain.stop();
        fs.rmSync(profile, { recursive: true, force: true });
    }
    process.exit(failed ? 1 : 0);
}

main();
